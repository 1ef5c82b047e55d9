namespace OpsChat.Understanding;

/// <summary>
/// What the sentence encoder says of one text, compared with the examples of the playbooks in force. All that a decision takes from the encoder: recorded with the turn, it lets
/// the turn be decided again on a machine that rounds differently or has no encoder.
/// </summary>
/// <param name="Text">What was encoded.</param>
/// <param name="Issues">Every issue of the playbooks, in their order.</param>
/// <param name="Unasked">Its learner's score for "no issue at all", in the measure of <see cref="IssueResemblance.Score"/>.</param>
/// <param name="Background">Cosine with the nearest text that is about no issue, −1 to 1.</param>
/// <param name="NearExamples">The examples nearest in meaning, at most three, nearest first.</param>
public sealed record EncoderReading(
    string Text, IReadOnlyList<IssueResemblance> Issues, double Unasked, double Background, IReadOnlyList<NearExample> NearExamples);

/// <summary>How much a text resembles one issue's examples.</summary>
/// <param name="Score">The learner's signed distance: positive when it is more likely this issue than not.</param>
/// <param name="Nearness">Cosine with the issue's nearest example, −1 to 1.</param>
public sealed record IssueResemblance(string Issue, double Score, double Nearness);

namespace OpsChat.Understanding;

/// <summary>
/// Reads feeling, threats, and the wish for a person. The phrases are in <c>Words/mood.txt</c>. Pure, thread-safe, linear in the text.
/// </summary>
public static class MoodDetector
{
    private static readonly Lexicon Moods = Lexicon.Load("mood.txt");

    /// <summary>Reads a customer's message; a threat of violence outranks a legal one, that one press, and that one a chargeback.</summary>
    public static MoodReading Read(string text)
    {
        var findings = Moods.Find(text);
        var tone = findings.Any("angry") ? Tone.Angry : findings.Any("upset") ? Tone.Upset : Tone.Calm;
        return new(tone, ThreatIn(findings), findings.Any("person"), findings.Any("complaint"), [.. findings.All.Select(findings.Written).Distinct()]);
    }

    private static Threat ThreatIn(Findings findings) =>
        findings.Any("violence") ? Threat.Violence
        : findings.Any("legal") ? Threat.Legal
        : findings.Any("press") ? Threat.Press
        : findings.Any("chargeback") ? Threat.Chargeback
        : Threat.None;
}

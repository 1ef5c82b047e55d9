using OpsChat.Playbooks;
using OpsChat.Understanding;

namespace OpsChat.Learning;

/// <summary>Phrases that a playbook, there or new, would learn, and the conversation that each comes from.</summary>
/// <param name="IsNew">The playbook is not there yet.</param>
internal sealed record TaughtPhrases(string Playbook, IReadOnlyList<(string Phrase, string Conversation)> Phrases, int Most, bool IsNew = false)
{
    // What is gained must be worth reading, and of ten more answers at most one may be wrong.
    private const int FewestGained = 2, MostWrongOf = 10;

    // An issue that so many customers wrote about is there, though its messages are too few to be read surely yet: a playbook for it keeps them from
    // being taken for another's.
    private const int FewestOfNewIssue = 5;

    public bool IsWorthIt(ProposalGain gain) =>
        gain.MoreRight >= FewestGained
            ? gain.MoreRight >= (MostWrongOf - 1) * gain.MoreWrong
            : IsNew && gain is { MoreRight: >= 0, MoreWrong: <= 0 } && Phrases.DistinctBy(phrase => phrase.Conversation).Count() >= FewestOfNewIssue;
}

/// <summary>A message with the playbook that is right for it; null where none is.</summary>
internal sealed record JudgedMessage(string Words, string? Right, string Conversation);

/// <summary>
/// What example phrases would do, by cross-validation: of the conversations a part is left out, the classifier of the playbooks learns the phrases
/// of the others, and reads the messages of the part. All proposed phrases are learned together, as they would be when all are taken.
/// </summary>
internal static class ExampleGain
{
    private const int Folds = 4, MostConfusions = 5;

    /// <summary>Twice: those that are not worth it among all would spoil what the others gain, so the others are measured once more without
    /// them.</summary>
    public static IReadOnlyDictionary<string, ProposalGain> Measured(
        PlaybookSnapshot known, IReadOnlyList<TaughtPhrases> taught, IReadOnlyList<JudgedMessage> messages, ISentenceEncoder? encoder)
    {
        if (taught.Count == 0)
        {
            return new Dictionary<string, ProposalGain>();
        }

        var all = Measure(known, taught, messages, encoder);
        var worthIt = taught.Where(t => all[t.Playbook].MoreRight > Math.Max(0, all[t.Playbook].MoreWrong) || t.IsWorthIt(all[t.Playbook])).ToList();
        var alone = worthIt.Count == 0 || worthIt.Count == taught.Count ? all : Measure(known, worthIt, messages, encoder);
        return taught.ToDictionary(t => t.Playbook, t => alone.GetValueOrDefault(t.Playbook) ?? all[t.Playbook]);
    }

    private static Dictionary<string, ProposalGain> Measure(
        PlaybookSnapshot known, IReadOnlyList<TaughtPhrases> taught, IReadOnlyList<JudgedMessage> messages, ISentenceEncoder? encoder)
    {
        var fold = messages
            .Select(message => message.Conversation)
            .Concat(taught.SelectMany(t => t.Phrases).Select(p => p.Conversation))
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .Select((conversation, i) => (conversation, i % Folds))
            .ToDictionary(pair => pair.conversation, pair => pair.Item2, StringComparer.Ordinal);
        var before = messages.Select(message => Chosen(known.Reader.Classifier, message.Words)).ToArray();
        var after = new string?[messages.Count];
        for (var part = 0; part < Folds; part++)
        {
            var classifier = Trained(
                known,
                taught.Select(t => t with { Phrases = [.. t.Phrases.Where(phrase => fold[phrase.Conversation] != part)] }),
                encoder
            );
            for (var i = 0; i < messages.Count; i++)
            {
                after[i] = fold[messages[i].Conversation] == part ? Chosen(classifier, messages[i].Words) : after[i];
            }
        }

        return taught.ToDictionary(t => t.Playbook, t => GainOf(t.Playbook, messages, before, after));
    }

    private static ProposalGain GainOf(string playbook, IReadOnlyList<JudgedMessage> messages, string?[] before, string?[] after)
    {
        int Right(string?[] chosen) => messages.Where((message, i) => message.Right == playbook && chosen[i] == playbook).Count();
        int Wrong(string?[] chosen) => messages.Where((message, i) => message.Right != playbook && chosen[i] == playbook).Count();
        var confusions = messages
            .Select((message, i) => (message.Right, Was: before[i], Now: after[i]))
            .Where(m => m.Now == playbook && m.Right != playbook && m.Was != playbook)
            .CountBy(m => m.Right ?? "none")
            .OrderByDescending(pair => pair.Value)
            .ThenBy(pair => pair.Key, StringComparer.Ordinal)
            .Take(MostConfusions)
            .Select(pair => $"{pair.Value} of {(pair.Key == "none" ? "no playbook" : pair.Key)} would be taken for {playbook}");
        return new(messages.Count, Right(after) - Right(before), Wrong(after) - Wrong(before), [.. confusions]);
    }

    private static IssueClassifier Trained(PlaybookSnapshot known, IEnumerable<TaughtPhrases> taught, ISentenceEncoder? encoder)
    {
        var more = taught.ToDictionary(t => t.Playbook);
        var own = known.Playbooks.Playbooks.Select(playbook => new IssueExamples(
            playbook.Issue,
            playbook.Description,
            [.. playbook.Examples, .. Chosen(more.GetValueOrDefault(playbook.Issue), playbook.Examples)]
        ));
        var added = more
            .Values.Where(t => known.Playbooks.Find(t.Playbook) is null)
            .Select(t => new IssueExamples(t.Playbook, "", Chosen(t, [])))
            .Where(issue => issue.Phrases.Count > 0);
        return MessageReader.Train([.. own, .. added], [], encoder).Classifier;
    }

    private static IReadOnlyList<string> Chosen(TaughtPhrases? taught, IReadOnlyList<string> there) =>
        taught is null ? [] : PhraseChoice.Of(taught.Phrases.Select(phrase => phrase.Phrase), there, taught.Most);

    private static string? Chosen(IssueClassifier classifier, string words) => classifier.Classify(IssueText.Of(words)).Chosen;
}

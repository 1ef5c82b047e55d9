using System.Text;
using OpsChat.Playbooks;
using OpsChat.Understanding;

namespace OpsChat.Learning;

/// <summary>A playbook that people's own answers make.</summary>
internal sealed record PlaybookDraft(string Name, string Text, IReadOnlyList<Lesson> Lessons, TaughtPhrases Taught, IReadOnlyList<ProposedCase> Cases)
{
    public Proposal With(ProposalGain gain)
    {
        var evidence = Learner.Conversations(Lessons);
        return new(ProposalKind.NewPlaybook, Name, $"A new playbook, {Name}", new PlaybookEdit.NewFile(Text), evidence, Cases)
        {
            Why = $"In {evidence} conversations people answered alike in their own words, and no playbook says that.",
            Gain = gain,
            Waited = Learner.MiddleWait(Lessons),
            IsAboveTheLine = Taught.IsWorthIt(gain),
        };
    }
}

/// <summary>Repeated own answers to similar messages without a playbook: a new file, whose reply is the most central answer.</summary>
internal static class NewPlaybooks
{
    private const int MostPhrases = 20, MostWords = 300, MostMiddle = 5;
    private const double OfteninGroup = 0.25;

    public static IReadOnlyList<PlaybookDraft> Of(IReadOnlyList<IReadOnlyList<Lesson>> groups, LearningInput input, CommonWords common)
    {
        var taken = input.Known.Playbooks.Playbooks.Select(playbook => playbook.Issue).ToHashSet(StringComparer.Ordinal);
        var there = input.Known.Playbooks.Playbooks.SelectMany(playbook => playbook.Examples).ToList();
        var names = new IssueNames([.. input.Lessons.Select(lesson => common.Shown(lesson.Words, lesson)), .. there]);
        List<PlaybookDraft> drafts = [];
        foreach (var group in groups.Where(group => Learner.Conversations(group) >= Learner.FewestConversations))
        {
            var phrases = group
                .Select(lesson => (Phrase: common.Phrase(lesson), lesson.Conversation))
                .Where(phrase => phrase.Phrase is not null)
                .Select(phrase => (phrase.Phrase!, phrase.Conversation))
                .ToList();
            var chosen = PhraseChoice.Of(phrases.Select(phrase => phrase.Item1), there, MostPhrases);
            if (chosen.Count < 2 || Reply(group, common) is not { } reply)
            {
                continue;
            }

            var name = names.Of([.. group.Select(lesson => common.Shown(lesson.Words, lesson))], [.. group.Select(common.ShownAnswer)], taken);
            var text = File(name, chosen, reply, group);
            if (Learner.IsAccepted(input, $"{name}.md", text))
            {
                taken.Add(name);
                there.AddRange(chosen);
                drafts.Add(new(name, text, group, new(name, phrases, MostPhrases, IsNew: true), Learner.Cases(group, common)));
            }
        }

        return drafts;
    }

    /// <summary>The most central answer, with facts turned back into places, that says nothing of one customer; null when there is none.</summary>
    private static string? Reply(IReadOnlyList<Lesson> group, CommonWords common)
    {
        var texts = group.Select(lesson => TurnedBack.Of(TurnedBack.WithoutCourtesy(lesson.Sent!), lesson.Facts, lesson.Language)).ToList();
        var likeness = new TextLikeness([.. group.Select(common.Answer)], null);
        var central = Enumerable
            .Range(0, texts.Count)
            .OrderByDescending(i => Enumerable.Range(0, texts.Count).Average(j => likeness.Between(i, j)))
            .ToList();
        var candidates = central
            .Take(Math.Max(MostMiddle, central.Count / 2))
            .Select(i =>
                TurnedBack
                    .Sentences(texts[i])
                    .Select(sentence => (Sentence: sentence, IsFine: common.IsTheShops(sentence, group[i])))
                    .ToList()
            )
            .ToList();
        // A whole answer is better than one that lost a sentence.
        var whole = candidates.Find(sentences => sentences.Count > 0 && sentences.TrueForAll(s => s.IsFine))
            ?? candidates.MaxBy(sentences => sentences.Count(s => s.IsFine));
        var reply = string.Join(' ', whole?.Where(s => s.IsFine).Select(s => s.Sentence) ?? []);
        reply = reply.Length == 0 ? reply : char.ToUpperInvariant(reply[0]) + reply[1..];
        return reply.Count(char.IsLetter) >= 10 && new TextTemplate(reply).WordCount <= MostWords ? reply : null;
    }

    private static string File(string name, IReadOnlyList<string> phrases, string reply, IReadOnlyList<Lesson> group)
    {
        var title = char.ToUpperInvariant(name[0]) + name[1..].Replace('-', ' ');
        var words = new TextTemplate(reply).WordCount;
        var text = new StringBuilder();
        text.Append("---\nautonomy: canary\nfinancial: ")
            .Append(Money(reply, group))
            .Append("\nmax_words: ")
            .Append(Math.Max(PlaybookSettings.DefaultMaxWords, Math.Min(MostWords, words + 20)))
            .Append("\n---\n# ")
            .Append(title)
            .Append("\n\n## Issue Type\nProposed from people's own answers. Customers write about: ")
            .Append(name.Replace('-', ' '))
            .Append(".\n\n");
        foreach (var phrase in phrases)
        {
            text.Append("- ").Append(phrase).Append('\n');
        }

        return text.Append("\n## Standard Reply\n")
            .Append(reply.StartsWith('#') || reply.StartsWith('-') || reply.StartsWith('+') ? "Answer: " : "")
            .Append(reply)
            .Append("\n\n## Exception Handling\n")
            .ToString();
    }

    /// <summary>In doubt it waits for the owner's approval.</summary>
    private static string Money(string reply, IReadOnlyList<Lesson> group)
    {
        var senses = group.Select(lesson => MoneyDetector.Read(lesson.Words).Sense).ToList();
        double Share(MoneySense sense) => senses.Count(s => s == sense) / (double)senses.Count;
        var draft = MoneyDetector.ReadDraft(reply).Sense;
        return draft == MoneySense.Moves || Share(MoneySense.Moves) >= OfteninGroup ? "action"
            : draft == MoneySense.Asks || Share(MoneySense.Asks) >= OfteninGroup
                ? reply.Contains("{{", StringComparison.Ordinal) ? "action"
                    : "information"
            : "no";
    }
}

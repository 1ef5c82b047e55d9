using System.Text.RegularExpressions;
using OpsChat.Text;
using OpsChat.Understanding;

namespace OpsChat.Playbooks;

/// <summary>
/// Finds what is probably not meant in playbooks that can be read. Only warnings: the gate stays safe without them (a reply above its
/// own word limit is handed to a person), but the owner would wonder why.
/// </summary>
public static partial class PlaybookLinter
{
    /// <param name="playbooks">Playbooks that were read without errors.</param>
    public static IEnumerable<Finding> Check(IReadOnlyList<ParsedPlaybook> playbooks) =>
        playbooks.SelectMany(parsed => CheckOne(parsed.Playbook!, parsed.Lines)).Concat(RepeatedExamples(playbooks));

    private static IEnumerable<Finding> CheckOne(Playbook playbook, PlaybookLines lines)
    {
        var texts = Texts(playbook, lines).ToList();
        return texts.SelectMany(text => TooLong(playbook, text))
            .Concat(texts.Where(text => text.IsStandardReply).SelectMany(text => WithoutLink(playbook, text)))
            .Concat(playbook.StandardReply.ByLanguage.SelectMany(variant => OtherFacts(playbook, variant.Key, variant.Value, lines)))
            .Concat(texts.Where(text => text.IsSent).SelectMany(text => MayPromiseMoney(playbook, text)))
            .Concat(NothingToApprove(playbook, lines))
            .Concat(RepeatedRules(playbook));
    }

    /// <param name="IsSent">It may be sent without an approval.</param>
    private readonly record struct PlacedText(TextTemplate Text, int Line, bool IsStandardReply, bool IsSent = true);

    /// <summary>Every text that a customer may get.</summary>
    private static IEnumerable<PlacedText> Texts(Playbook playbook, PlaybookLines lines) =>
        playbook.StandardReply.ByLanguage.Select(variant => new PlacedText(variant.Value, lines.Variants.GetValueOrDefault(variant.Key, 1), true))
            .Prepend(new(playbook.StandardReply.Default, lines.StandardReply, true))
            .Concat(
                playbook
                    .Rules.Where(rule => rule.Action != RuleAction.HandOff)
                    .SelectMany(rule => rule.Reply.All.Select(text => new PlacedText(text, rule.Line, false, rule.Action != RuleAction.Approve)))
            );

    private static IEnumerable<Finding> TooLong(Playbook playbook, PlacedText text)
    {
        if (text.Text.WordCount > playbook.Settings.MaxWords)
        {
            yield return Warning(
                playbook,
                text.Line,
                $"The text has {text.Text.WordCount} words, and `max_words` is {playbook.Settings.MaxWords}; it will always be handed to a person.",
                "Shorten it, or raise `max_words`."
            );
        }
    }

    private static IEnumerable<Finding> WithoutLink(Playbook playbook, PlacedText text)
    {
        var hasLink =
            text.Text.Source.Contains("://", StringComparison.Ordinal)
            || text.Text.Names.Any(name => name.EndsWith("url", StringComparison.Ordinal));
        if (playbook.Settings.LinkRequired && !hasLink)
        {
            yield return Warning(
                playbook,
                text.Line,
                "`link: required`, and this reply has no link; it will always be handed to a person.",
                "Add an address or a fact like `{{shipment.tracking_url}}`, or remove `link`."
            );
        }
    }

    /// <summary>What promises money is never sent without an approval, whatever the file says; its owner would wonder why. Only of texts for
    /// everybody: what others promise depends on the facts in them.</summary>
    private static IEnumerable<Finding> MayPromiseMoney(Playbook playbook, PlacedText text)
    {
        var isForEverybody = text.Text.Names.All(name => name.StartsWith("store.", StringComparison.Ordinal));
        if (playbook.Settings.Financial != FinancialUse.Action && isForEverybody
            && MoneyDetector.ReadDraft(Fact().Replace(text.Text.Source, "12")) is { Sense: MoneySense.Moves } money)
        {
            yield return Warning(
                playbook,
                text.Line,
                $"“{string.Join("”, “", money.Words)}” may promise money or goods, so that each of these replies waits for your approval.",
                "Say it in other words, or write `financial: action` if you want to approve each one."
            );
        }
    }

    /// <summary>A variant may use a fact's own variant: <c>store.shipping_fees_ms</c> under <c>### ms</c> is <c>store.shipping_fees</c>.</summary>
    private static IEnumerable<Finding> OtherFacts(Playbook playbook, string language, TextTemplate variant, PlaybookLines lines)
    {
        var suffix = "_" + language.Replace('-', '_');
        var own = playbook.StandardReply.Default.Names.ToHashSet();
        var others = variant.Names.Select(name => name.EndsWith(suffix, StringComparison.Ordinal) ? name[..^suffix.Length] : name).ToHashSet();
        others.SymmetricExceptWith(own);
        if (others.Count > 0)
        {
            yield return Warning(
                playbook,
                lines.Variants.GetValueOrDefault(language, 1),
                $"The text for `{language}` and the default differ in "
                    + $"{string.Join(", ", others.Order(StringComparer.Ordinal).Select(name => $"`{name}`"))}.",
                "Use the same facts in every language."
            );
        }
    }

    private static IEnumerable<Finding> NothingToApprove(Playbook playbook, PlaybookLines lines)
    {
        var mayNotRender = playbook.StandardReply.Default.Names.Any(name => !name.StartsWith("store.", StringComparison.Ordinal));
        if (playbook.Settings.Financial == FinancialUse.Action && mayNotRender && !playbook.Rules.Any(rule => rule.Action == RuleAction.Approve))
        {
            yield return Warning(
                playbook,
                lines.StandardReply,
                "`financial: action` without an `approve` rule: when a fact is missing, there is no text to approve.",
                "Add a rule with `approve`, or a standard reply that needs no facts."
            );
        }
    }

    private static IEnumerable<Finding> RepeatedRules(Playbook playbook)
    {
        HashSet<Condition> seen = [];
        foreach (var rule in playbook.Rules.Where(rule => !seen.Add(rule.Condition)))
        {
            yield return Warning(
                playbook,
                rule.Line,
                "An earlier rule has the same condition, so this one never applies.",
                "Remove one, or make their conditions differ."
            );
        }
    }

    private static IEnumerable<Finding> RepeatedExamples(IReadOnlyList<ParsedPlaybook> playbooks)
    {
        Dictionary<string, string> firstIssue = [];
        foreach (var (playbook, lines) in playbooks.Select(parsed => (parsed.Playbook!, parsed.Lines)))
        {
            for (var i = 0; i < playbook.Examples.Count; i++)
            {
                var phrase = NotAWord().Replace(playbook.Examples[i].ToLowerInvariant(), " ").Trim();
                if (phrase.Length > 0 && !firstIssue.TryAdd(phrase, playbook.Issue))
                {
                    yield return Warning(
                        playbook,
                        lines.Examples.ElementAtOrDefault(i),
                        firstIssue[phrase] == playbook.Issue
                            ? $"The example `{playbook.Examples[i]}` stands twice."
                            : $"The example `{playbook.Examples[i]}` stands in `{firstIssue[phrase]}` too, so nobody can tell the two apart by it.",
                        "Keep it where it fits best."
                    );
                }
            }
        }
    }

    private static Finding Warning(Playbook playbook, int line, string problem, string remedy) =>
        new($"{playbook.Issue}.md", Math.Max(1, line), 1, problem, remedy, IsError: false);

    [GeneratedRegex(@"\{\{[^}]*\}\}")]
    private static partial Regex Fact();

    [GeneratedRegex(@"[^\p{L}\p{M}\p{N}]+")]
    private static partial Regex NotAWord();
}

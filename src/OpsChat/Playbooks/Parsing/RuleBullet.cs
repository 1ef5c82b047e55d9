using OpsChat.Text;
using System.Text.RegularExpressions;
using Markdig.Syntax;

namespace OpsChat.Playbooks.Parsing;

/// <summary>Reads one bullet of Exception Handling: <c>When …, reply|ask|approve|hand off [to …]: text</c>.</summary>
internal static partial class RuleBullet
{
    private const string Form = "Write it like: When `order.missing`, ask: Could you send me your order number? Or like: When the customer buys "
        + "for a shop, hand off: Please make an offer.";

    private static readonly string[] Actions = ["reply", "ask", "approve", "hand off"];

    /// <summary>The rule, or null when it cannot be read; every fault in it is reported.</summary>
    public static ExceptionRule? Read(ListItemBlock bullet, SourceText source, FactVocabulary vocabulary, FindingList findings)
    {
        var plain = MarkdownText.Of(bullet.Where(block => block is not ListBlock), findings);
        var start = plain.SourceOffset(0);
        if (!When().IsMatch(plain.Text))
        {
            findings.Error(start, "The rule does not begin with `When`.", Form);
            return null;
        }

        var action = ActionPart().Matches(plain.Text).FirstOrDefault(match => !IsInCode(match.Index, plain));
        if (action is null)
        {
            findings.Error(start, "The rule has no action.", NearAction(plain));
            return null;
        }

        var condition = ReadCondition(plain, When().Match(plain.Text).Length, action.Index, vocabulary, findings);
        var kind = KindOf(action.Groups["action"].Value);
        var text = ReplySection.TemplateAt(plain, action.Index + action.Length, plain.Text.Length, vocabulary, findings);
        var variants = Variants(bullet, vocabulary, findings);
        var to = action.Groups["to"] is { Success: true } owner ? owner.Value.Trim() : null;
        var isSound = CheckAction(kind, to, text, plain.SourceOffset(action.Index + 2), findings);
        return condition is null || !isSound ? null : Rule(new(condition, kind, text, to, source.At(start).Line), variants);
    }

    private static ExceptionRule Rule(ExceptionRule rule, Dictionary<string, TextTemplate> variants) =>
        variants.Count > 0 ? rule with { Variants = variants } : rule;

    /// <summary>The same text in other languages: bullets below the rule, each <c>- ms: …</c>.</summary>
    private static Dictionary<string, TextTemplate> Variants(ListItemBlock bullet, FactVocabulary vocabulary, FindingList findings)
    {
        var variants = new Dictionary<string, TextTemplate>(StringComparer.OrdinalIgnoreCase);
        foreach (var below in bullet.OfType<ListBlock>().SelectMany(list => list.OfType<ListItemBlock>()))
        {
            var plain = MarkdownText.Of(below, findings);
            var tag = LanguageMark().Match(plain.Text);
            var text = tag.Success ? ReplySection.TemplateAt(plain, tag.Length, plain.Text.Length, vocabulary, findings) : null;
            if (text is null or { Source.Length: 0 })
            {
                findings.Error(
                    plain.SourceOffset(0),
                    "This bullet below a rule is no language variant.",
                    "Write the rule's text in another language: `- ms: Pesanan …`."
                );
            }
            else if (!variants.TryAdd(tag.Groups["tag"].Value.ToLowerInvariant(), text))
            {
                findings.Error(
                    plain.SourceOffset(0),
                    $"The language `{tag.Groups["tag"].Value}` stands twice below this rule.",
                    "Keep one of the two."
                );
            }
        }

        return variants;
    }

    private static bool CheckAction(RuleAction action, string? to, TextTemplate text, int at, FindingList findings)
    {
        if (to is not null && action != RuleAction.HandOff)
        {
            findings.Error(at, $"Only `hand off` takes `to {to}`.", Form);
            return false;
        }

        if (text.Source.Length == 0 && action != RuleAction.HandOff)
        {
            findings.Error(at, "The rule has no text.", "Write what the customer gets after the colon.");
            return false;
        }

        return true;
    }

    private static Condition? ReadCondition(MarkdownText plain, int start, int end, FactVocabulary vocabulary, FindingList findings)
    {
        List<Condition?> parts = [];
        foreach (var (from, to) in Parts(plain, start, end))
        {
            parts.Add(ReadPart(plain, from, to, vocabulary, findings));
        }

        return parts.Contains(null) ? null : parts.Count == 1 ? parts[0] : new Condition.All([.. parts.OfType<Condition>()]);
    }

    /// <summary>The stretches between "and"s that stand outside of code spans, without the white space around them.</summary>
    private static IEnumerable<(int From, int To)> Parts(MarkdownText plain, int start, int end)
    {
        var from = start;
        foreach (Match and in And().Matches(plain.Text))
        {
            if (and.Index >= from && and.Index + and.Length <= end && !IsInCode(and.Index, plain))
            {
                yield return Trimmed(plain.Text, from, and.Index);
                from = and.Index + and.Length;
            }
        }

        yield return Trimmed(plain.Text, from, end);
    }

    private static Condition? ReadPart(MarkdownText plain, int from, int to, FactVocabulary vocabulary, FindingList findings)
    {
        if (from >= to)
        {
            findings.Error(plain.SourceOffset(from), "The rule has no condition here.", Form);
            return null;
        }

        var code = plain.Code.Where(stretch => stretch.Start < to && stretch.End > from).ToList();
        if (code.Count == 0)
        {
            var prose = plain.Text[from..to];
            if (ProseOnFacts.FormOf(prose, vocabulary) is { } form)
            {
                findings.Warn(
                    plain.SourceOffset(from),
                    $"`{prose}` is compared with the customer's words, not with facts.",
                    $"Write the condition between backticks: When {form}, …"
                );
            }

            return new Condition.InProse(prose);
        }

        if (code.Count > 1 || code[0].Start > from || code[0].End < to)
        {
            findings.Error(
                plain.SourceOffset(from),
                "A condition on facts and words stand side by side.",
                "Join them with `and`, and put `or` inside the code span."
            );
            return null;
        }

        return ReadFacts(plain, from, to, vocabulary, findings);
    }

    private static Condition.OnFacts? ReadFacts(MarkdownText plain, int from, int to, FactVocabulary vocabulary, FindingList findings)
    {
        var source = plain.Text[from..to];
        var (expression, broken) = FactExpressionParser.Parse(source);
        List<ParseError> slips = expression is null ? [broken!] : [.. FactExpressionParser.Check(expression, vocabulary)];
        foreach (var slip in slips)
        {
            findings.Error(plain.SourceOffset(from) + slip.At, slip.Problem, slip.Remedy);
        }

        return slips.Count == 0 ? new(source) : null;
    }

    private static (int From, int To) Trimmed(string text, int from, int to)
    {
        while (from < to && char.IsWhiteSpace(text[from]))
        {
            from++;
        }

        while (to > from && char.IsWhiteSpace(text[to - 1]))
        {
            to--;
        }

        return (from, to);
    }

    private static bool IsInCode(int at, MarkdownText plain) => plain.Code.Any(stretch => stretch.Start <= at && at < stretch.End);

    private static RuleAction KindOf(string action) => action.ToLowerInvariant() switch
    {
        "reply" => RuleAction.Reply,
        "ask" => RuleAction.Ask,
        "approve" => RuleAction.Approve,
        _ => RuleAction.HandOff,
    };

    /// <summary>Looks for a misspelt action before the colon.</summary>
    private static string NearAction(MarkdownText plain)
    {
        var colon = plain.Text.IndexOf(": ", StringComparison.Ordinal);
        var comma = colon < 0 ? -1 : plain.Text.LastIndexOf(',', colon);
        return comma < 0
            ? $"After the condition write a comma, then reply, ask, approve or hand off, then a colon. {Form}"
            : NearNames.Remedy(plain.Text[(comma + 1)..colon].Trim(), Actions, $"The actions are {string.Join(", ", Actions)}. {Form}");
    }

    [GeneratedRegex(@"^\s*(?<tag>[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*)\s*:\s*")]
    private static partial Regex LanguageMark();

    [GeneratedRegex(@"^\s*When\s+", RegexOptions.IgnoreCase)]
    private static partial Regex When();

    [GeneratedRegex(@",\s*(?<action>reply|ask|approve|hand[ -]?off)(\s+to\s+(?<to>[^:\n,]{1,60}?))?\s*(:|$)", RegexOptions.IgnoreCase)]
    private static partial Regex ActionPart();

    [GeneratedRegex(@"\s+and\s+", RegexOptions.IgnoreCase)]
    private static partial Regex And();
}

using System.Runtime.CompilerServices;
using OpsChat.Understanding;

namespace OpsChat.Playbooks;

public enum Autonomy { Shadow, Suggest, Canary, Full }

/// <summary>What the playbook's owner says about money in it.</summary>
public enum FinancialUse { No, Information, Action }

/// <summary>One Markdown file: Issue Type, Standard Reply, Exception Handling. Immutable.</summary>
/// <param name="Issue">The file name without <c>.md</c>: <c>where-is-my-order</c>.</param>
/// <param name="Version">The first 12 hex digits of the SHA-256 of the file's bytes; a new version starts new evidence.</param>
/// <param name="Description">The prose of the Issue Type section.</param>
/// <param name="Examples">Example phrases, one for each bullet of the Issue Type section.</param>
/// <param name="Tests">Rows of the <c>## Tests</c> table.</param>
public sealed record Playbook(
    string Issue,
    string Version,
    string Title,
    PlaybookSettings Settings,
    string Description,
    IReadOnlyList<string> Examples,
    ReplyText StandardReply,
    IReadOnlyList<ExceptionRule> Rules,
    IReadOnlyList<PlaybookTest> Tests)
{
    // Asked several times of every message; a playbook never changes.
    private static readonly ConditionalWeakTable<Playbook, IReadOnlySet<string>> s_factNames = new();

    /// <summary>Every fact that a condition or a text of the playbook names; only these are looked up.</summary>
    public IReadOnlySet<string> FactNames() =>
        s_factNames.GetValue(
            this,
            static playbook =>
                playbook
                    .Rules.SelectMany(r => r.Condition.FactNames.Concat(r.Reply.All.SelectMany(text => text.Names)))
                    .Concat(playbook.StandardReply.All.SelectMany(text => text.Names))
                    .ToHashSet()
        );
}

/// <summary>The front matter of a playbook.</summary>
/// <param name="MaxWords">The most words a reply may have; from 5 to 300, default 60.</param>
/// <param name="LinkRequired">A reply without a link is not sent.</param>
/// <param name="Owner">Who gets the hand-off.</param>
public sealed record PlaybookSettings(
    string Module = "support",
    Autonomy Autonomy = Autonomy.Canary,
    FinancialUse Financial = FinancialUse.No,
    int MaxWords = PlaybookSettings.DefaultMaxWords,
    bool LinkRequired = false,
    string Owner = "support")
{
    public const int DefaultMaxWords = 60;
}

/// <summary>A text with <c>{{name}}</c> places, in the default language and perhaps others.</summary>
/// <param name="Default">Used when the customer's language has no variant.</param>
/// <param name="ByLanguage">Variants by lower-case BCP 47 tag: <c>ms</c>.</param>
public sealed record ReplyText(TextTemplate Default, IReadOnlyDictionary<string, TextTemplate> ByLanguage)
{
    /// <summary>The tag of the variant for <paramref name="language"/>; <c>und</c> when that is the default.</summary>
    public string TagFor(string language) => ByLanguage.FirstOrDefault(variant => ReferenceEquals(variant.Value, For(language))).Key ?? "und";

    // A few words in two languages could be of either.
    private const double SureLanguage = 0.6;

    // Asked of every reply, and reading a language takes its time.
    private static readonly ConditionalWeakTable<TextTemplate, string> s_languages = new();

    /// <summary>The language that the default text is written in; English where the words do not tell.</summary>
    public string DefaultLanguage =>
        s_languages.GetValue(
            Default,
            static text => LanguageDetector.Detect(text.WrittenWords) is (var tag, >= SureLanguage) ? tag : "en"
        );

    /// <summary>The default and every variant.</summary>
    public IEnumerable<TextTemplate> All => [Default, .. ByLanguage.Values];

    /// <summary>The variant for <paramref name="language"/> (exact tag, then its primary subtag, then a region's variant of it, then the
    /// language that
    /// its readers understand as well), else the default.</summary>
    public TextTemplate For(string language) =>
        ByLanguage.TryGetValue(language, out var exact) ? exact
        : Regional(Primary(language)) is { } regional ? regional
        : Regional(LanguageDetector.Sibling(Primary(language), [.. ByLanguage.Keys.Select(Primary)])) is { } sibling ? sibling
        : Default;

    private TextTemplate? Regional(string primary) =>
        ByLanguage.TryGetValue(primary, out var plain)
            ? plain
            : ByLanguage
                .Where(variant => Primary(variant.Key) == primary)
                .OrderBy(variant => variant.Key, StringComparer.Ordinal)
                .Select(variant => variant.Value)
                .FirstOrDefault();

    private static string Primary(string tag) => tag.Split('-')[0];
}

/// <summary>What an exception rule does when its condition holds.</summary>
public enum RuleAction { Reply, Ask, Approve, HandOff }

/// <summary>One bullet of Exception Handling. Rules are tried in order; the first that holds wins.</summary>
/// <param name="Text">The reply, question, text for approval, or the reason of the hand-off.</param>
/// <param name="To">For a hand-off with <c>to</c>: who gets it; else null (the playbook's owner).</param>
/// <param name="Line">1-based line in the file, for explanations.</param>
public sealed record ExceptionRule(Condition Condition, RuleAction Action, TextTemplate Text, string? To, int Line)
{
    private static readonly Dictionary<string, TextTemplate> s_none = [];

    /// <summary>The same text in other languages, by lower-case BCP 47 tag.</summary>
    public IReadOnlyDictionary<string, TextTemplate> Variants { get; init; } = s_none;

    public ReplyText Reply => new(Text, Variants);
}

/// <summary>A row of the Tests table: what the customer says, and the verdict (and perhaps the issue, or a phrase of the reply) expected.</summary>
public sealed record PlaybookTest(string CustomerSays, string Expect, int Line);

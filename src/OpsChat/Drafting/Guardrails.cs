using OpsChat.Facts;
using OpsChat.Text;

namespace OpsChat.Drafting;

/// <summary>What a draft may fail at. Stored and reported by these names.</summary>
public enum Guardrail
{
    Empty,
    TooLong,
    LinkMissing,
    Ungrounded,
    Language,
    ForbiddenPromise,
    OtherCustomersData,
    LeakedInstructions,
    Tone,
    /// <summary>A rewording that lost a link, date, amount, condition or refusal of the owner's reply.</summary>
    Incomplete,
    /// <summary>It tells a customer that something about an order looks wrong.</summary>
    Suspicion,
}

/// <summary>One reason why a draft must not leave as it is.</summary>
/// <param name="Words">The offending words as the draft has them; empty when the failure is about what is absent.</param>
/// <param name="Sentence">What is wrong, for the owner's card and for a model's second attempt.</param>
public sealed record GuardFailure(Guardrail Guardrail, string Words, string Sentence);

/// <summary>A draft, and all that its words may come from.</summary>
public sealed record GuardInput
{
    public required string Draft { get; init; }

    /// <summary>BCP 47 tag that the reply should have, or <c>und</c> when any will do.</summary>
    public string Language { get; init; } = "und";

    /// <summary>What the language detector says of the draft; <c>und</c> or a score under 0.6 proves nothing.</summary>
    public string DraftLanguage { get; init; } = "und";

    /// <summary>0 to 1.</summary>
    public double DraftLanguageScore { get; init; }

    /// <summary>From the playbook; counted as <see cref="Scripts.CountWords"/> does.</summary>
    public int MaxWords { get; init; } = 60;

    public bool LinkRequired { get; init; }

    /// <summary>The chosen reply or rule text and the standing texts, rendered: everything in them may be said.</summary>
    public IReadOnlyList<string> OwnersTexts { get; init; } = [];

    /// <summary>The facts released to this conversation. Facts about the message (<c>message.*</c>) ground nothing.</summary>
    public FactSet Facts { get; init; } = FactSet.Empty;

    /// <summary>They ground order numbers, names and addresses; never amounts, counts, dates, links, terms or promises.</summary>
    public string CustomersWords { get; init; } = "";

    /// <summary>This customer's own name, e-mail and phone, which are nobody else's data.</summary>
    public IReadOnlyList<string> OwnDetails { get; init; } = [];

    /// <summary>Prompts and rule texts, unrendered: no passage of them may appear in a draft.</summary>
    public IReadOnlyList<string> Instructions { get; init; } = [];

    /// <summary>Names of products and carriers that the shop knows: one that is named must be the one that the facts are about.</summary>
    public IReadOnlyList<string> ShopNames { get; init; } = [];

    /// <summary>Words and phrases that the owner's style forbids.</summary>
    public IReadOnlyList<string> AvoidedWords { get; init; } = [];

    /// <summary>Without the words, which are a customer's.</summary>
    public override string ToString() => $"{nameof(GuardInput)} ({Language}, at most {MaxWords} words)";
}

/// <summary>
/// The checks that every draft passes before the gate sees it, whoever wrote it. Pure. A text of the owner, rendered from
/// facts and left as it is, can fail only at what the owner set for it: the word limit and the required link.
/// </summary>
public static class Guardrails
{
    // In characters. No reply of 300 words comes near; a flood is stopped for its length before it costs time.
    private const int LongestChecked = 12_000;

    /// <summary>Every failure; an empty list means that the draft may be judged by the gate.</summary>
    public static IReadOnlyList<GuardFailure> Check(GuardInput input)
    {
        if (string.IsNullOrWhiteSpace(input.Draft))
        {
            return [new(Guardrail.Empty, "", "The draft has no words.")];
        }
        if (input.Draft.Length > LongestChecked)
        {
            return [new(Guardrail.TooLong, "", $"The draft has {input.Draft.Length:N0} characters, which no reply needs.")];
        }
        var own = OwnerSentences.RemovedFrom(input.Draft, input.OwnersTexts);
        return
        [
            .. Length(input),
            .. Link(input),
            .. own.Length == 0 ? [] : Foreign(input, own),
        ];
    }

    /// <summary>The checks on what the owner did not write word for word.</summary>
    private static IEnumerable<GuardFailure> Foreign(GuardInput input, string words) =>
        LeakCheck.Failures(words, input)
            .Concat(Grounding.Failures(words, input))
            .Concat(SuspicionCheck.Failures(words, input))
            .Concat(LanguageCheck.Failures(words, input))
            .Concat(ToneCheck.Failures(words, input));

    private static IEnumerable<GuardFailure> Length(GuardInput input)
    {
        var count = Scripts.CountWords(input.Draft);
        if (count > input.MaxWords)
        {
            yield return new(Guardrail.TooLong, "", $"The draft has {count} words; at most {input.MaxWords} are allowed.");
        }
    }

    private static IEnumerable<GuardFailure> Link(GuardInput input)
    {
        if (input.LinkRequired && !ClaimReader.HasLink(input.Draft))
        {
            yield return new(Guardrail.LinkMissing, "", "The playbook requires a link, and the draft has none.");
        }
    }
}

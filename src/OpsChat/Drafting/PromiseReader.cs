using OpsChat.Text;
using System.Text.RegularExpressions;

namespace OpsChat.Drafting;

/// <summary>
/// Finds promises and how they are made. "Refunds take five days", "if it is unopened we refund it", "we will refund you" and
/// "we do not refund" hold the same word and say four different things; an owner's sentence of one form does not ground another
/// that goes further.
/// </summary>
internal static partial class PromiseReader
{
    /// <summary>The kind that gives money back.</summary>
    public const string Refund = "refund";

    private const string Stated = "stated", Conditional = "conditional", Committed = "committed", Denied = "denied";

    public static IReadOnlyList<Claim> Read(string text) => Sentences().Split(Folded(text)).SelectMany(OfSentence).ToList();

    private static string Folded(string text) => PromiseWords.Idioms.Replace(PlainText.NormaliseLower(text), "·");

    /// <summary>True when the text binds the shop to something for this customer, whatever it is.</summary>
    public static bool Commits(string text) => PromiseWords.Commitments.IsMatch(PlainText.NormaliseLower(text));

    /// <summary>True for a promise that is refused or bound to a condition.</summary>
    public static bool Limits(Claim claim) => claim.Kind == ClaimKind.Promise && FormOf(claim) is Denied or Conditional;

    /// <summary>True for a promise that holds only when something has happened.</summary>
    public static bool IsConditional(Claim claim) => claim.Kind == ClaimKind.Promise && FormOf(claim) == Conditional;

    /// <summary>True when the text tells of money that has gone back.</summary>
    public static bool TellsOfRefund(string text) => ClausesOf(text).Any(TellsOfRefund);

    /// <summary>True when the text tells of money that has gone back, and neither promises nor tells of anything besides. A second amount may be
    /// one that is still to come.</summary>
    public static bool OnlyTellsOfRefund(string text)
    {
        var clauses = ClausesOf(text).Where(one => !PromiseWords.Negations.IsMatch(one.Clause)).ToList();
        return clauses.Exists(TellsOfRefund)
            && clauses.Count(one => AmountReader.Read(one.Clause, "").NamesMoney) <= 1
            && !clauses.Exists(one =>
                !TellsOfRefund(one) && OfClause(one.Clause, one.Sentence).Any(claim => PromiseWords.Moves(KindOf(claim.Keys[0])))
            );
    }

    /// <summary>"Once we have refunded it" is still to come; what is said behind it, "it shows after three days", is no condition of it.</summary>
    private static bool TellsOfRefund((string Clause, string Sentence) one) =>
        PromiseWords.Repaid.Match(one.Clause) is { Success: true } repaid
        && !PromiseWords.Negations.IsMatch(one.Clause)
        && !PromiseWords.Future.IsMatch(one.Clause)
        && !PromiseWords.Conditions.IsMatch(InFrontOf(one.Sentence, one.Sentence.IndexOf(one.Clause, StringComparison.Ordinal) + repaid.Index))
        && !OnceIn().IsMatch(one.Clause);

    /// <summary>What a condition in front of the verb reaches: a comma ends it, "after we looked at it, it has been refunded", but where the
    /// clause behind only goes on with it, "once it is back, and we have refunded it".</summary>
    private static string InFrontOf(string sentence, int verb)
    {
        var before = sentence[..verb];
        return EndOfCondition().Matches(before) is [.., var last] ? before[(last.Index + last.Length)..] : before;
    }

    [GeneratedRegex(@"[,，](?!\s*(?:and|dan|serta|lalu|và|และ|at|并|並|而且|且)\b)", RegexOptions.CultureInvariant)]
    private static partial Regex EndOfCondition();

    /// <summary>"已退 RM50 之后": Chinese puts the condition's word behind it.</summary>
    [GeneratedRegex("之后|之後|以后|以後|的话|的話")]
    private static partial Regex OnceIn();

    private static IEnumerable<(string Clause, string Sentence)> ClausesOf(string text) =>
        from sentence in Sentences().Split(Folded(text))
        from clause in Clauses().Split(sentence)
        select (clause, sentence);

    private static string FormOf(Claim claim) => claim.Keys[0].Split(':')[2];

    public static string KindOf(string key) => key.Split(':')[1];

    /// <summary>A commitment also says what a condition or a rule says; a denial says only itself.</summary>
    public static IEnumerable<string> Implied(string key)
    {
        var (kind, form) = (KindOf(key), key.Split(':')[2]);
        string[] forms = form switch
        {
            Committed => [Committed, Conditional, Stated],
            Conditional => [Conditional, Stated],
            _ => [form],
        };
        return forms.Select(f => Key(kind, f));
    }

    private static IEnumerable<Claim> OfSentence(string sentence) => Clauses().Split(sentence).SelectMany(clause => OfClause(clause, sentence));

    private static IEnumerable<Claim> OfClause(string clause, string sentence)
    {
        var found = PromiseWords.All.Select(kind => (Kind: kind, Match: kind.Words.Match(clause))).Where(f => f.Match.Success).ToList();
        // "money back" is a refund and not money besides.
        return found
            .Where(f => !found.Any(other => other.Match.Length > f.Match.Length && IsWithin(f.Match, other.Match)))
            .Select(f => Of(f.Kind, f.Match, clause, sentence));
    }

    private static bool IsWithin(Match inner, Match outer) => outer.Index <= inner.Index && inner.Index + inner.Length <= outer.Index + outer.Length;

    private static Claim Of(PromiseKind kind, Match match, string clause, string sentence)
    {
        // The promise's own words may hold a "no" ("no charge"), which does not deny it.
        var around = clause.Remove(match.Index, match.Length).Insert(match.Index, " ");
        var form = PromiseWords.Negations.IsMatch(around) ? Denied
            : !kind.Moves ? Stated
            : PromiseWords.Conditions.IsMatch(sentence) ? Conditional
            : PromiseWords.Commitments.IsMatch(sentence) ? Committed
            : Stated;
        return new(ClaimKind.Promise, match.Value, [Key(Name(kind, clause), form)]);
    }

    // What is free matters: free shipping does not ground a free jacket.
    private static string Name(PromiseKind kind, string clause) =>
        kind.Name == "free" && Postage().IsMatch(clause) ? "free shipping" : kind.Name;

    private static string Key(string kind, string form) => $"P:{kind}:{form}";

    // Chinese puts no space behind a full stop.
    [GeneratedRegex(@"[.!?;]+(?:\s|$|(?=\p{IsCJKUnifiedIdeographs}))|[\n…]+", RegexOptions.CultureInvariant)]
    private static partial Regex Sentences();

    [GeneratedRegex(
        @",|:\s|\s-\s|\b(?:but|and|so|because|however|although|though|tetapi|tapi|dan|namun|nhưng|và|แต่|และ|pero|at)\b|但是|但|而且|并且",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Clauses();

    [GeneratedRegex(
        @"shipping|delivery|postage|postal|shipped|deliver|penghantaran|pengiriman|pos\b|ongkir|ongkos|giao hàng|vận chuyển|จัดส่ง|ค่าส่ง"
            + @"|padala|运费|配送|送货|包邮|邮费",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Postage();
}

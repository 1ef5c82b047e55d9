using System.Security.Cryptography;
using System.Text;
using OpsChat.Text;
using OpsChat.Understanding;

namespace OpsChat.Facts;

/// <summary>Whether the orders asked about belong to this chat. Closed: the cases below are all there are.</summary>
public abstract record IdentityOutcome
{
    private IdentityOutcome() { }

    /// <summary>Number and second detail match, for every order asked about in this turn.</summary>
    public sealed record Proven(IReadOnlyList<Order> Orders) : IdentityOutcome;

    /// <summary>No order number was given yet.</summary>
    public sealed record NeedsNumber(bool SecondDetailToo) : IdentityOutcome;

    /// <summary>A number was given, whether or not such an order exists; e-mail or phone ending are still to come.</summary>
    public sealed record NeedsSecondDetail : IdentityOutcome;

    /// <summary>Number and detail do not go together. The same for a wrong and an unknown number.</summary>
    public sealed record NoMatch : IdentityOutcome;

    /// <summary>Somebody guessed today: one detail is no proof until midnight, e-mail and phone ending together are. Whether such an order
    /// exists, and what of it was right, this does not tell.</summary>
    public sealed record NeedsBothDetails : IdentityOutcome;

    /// <summary>This chat had its tries, or guesses at this order went on. A person takes over, who sees what was given.</summary>
    public sealed record TooManyTries : IdentityOutcome;
}

/// <summary>What one chat has claimed, proven and tried. Stored with the conversation.</summary>
/// <param name="OrderNumbers">Keys as of <see cref="OrderNumber.Key"/>, the latest last.</param>
/// <param name="Emails">Lower case, the latest last.</param>
/// <param name="PhoneEndings">Four digits each, the latest last.</param>
/// <param name="Proven">Keys of the orders proven in the open case.</param>
/// <param name="Failed">Pairs of order key and detail that did not match, over the whole chat; each counts as one try.</param>
/// <param name="VouchedEmail">The customer's address as the channel itself knows it, or null; it stands for the second detail.</param>
public sealed record IdentityState(
    IReadOnlyList<string> OrderNumbers,
    IReadOnlyList<string> Emails,
    IReadOnlyList<string> PhoneEndings,
    IReadOnlyList<string> Proven,
    IReadOnlyList<string> Failed,
    string? VouchedEmail = null)
{
    public static IdentityState Nothing { get; } = new([], [], [], [], []);

    /// <summary>With what one more turn says. Everybody knows the address on their own order: who writes several at once guesses, and none of them
    /// proves anything.</summary>
    public IdentityState With(EntityReading turn) => this with
    {
        OrderNumbers = Latest(OrderNumbers, turn.OrderNumbers.Select(OrderNumber.Key)),
        Emails = Latest(Emails, OnlyOne(turn.Emails.Select(e => e.Trim().ToLowerInvariant()))),
        PhoneEndings = Latest(PhoneEndings, OnlyOne(turn.PhoneEndings)),
    };

    /// <summary>At the start of a new case: what was claimed and proven is forgotten, the failed tries are not.</summary>
    public IdentityState ForNewCase() => Nothing with { Failed = Failed, VouchedEmail = VouchedEmail };

    /// <summary>Keys of what the failed tries of this chat count against.</summary>
    internal IReadOnlyList<string> TriedKeys =>
        [.. Failed.SelectMany(pair => DetailsOf(pair).Select(Facts.Identity.KeyOfDetail).Prepend(OrderOf(pair))).Distinct(StringComparer.Ordinal)];

    /// <summary>By what the lists hold: a turn that tells nothing new leaves nothing to be stored.</summary>
    public bool Equals(IdentityState? other) => other is not null && VouchedEmail == other.VouchedEmail
        && OrderNumbers.SequenceEqual(other.OrderNumbers) && Emails.SequenceEqual(other.Emails) && PhoneEndings.SequenceEqual(other.PhoneEndings)
        && Proven.SequenceEqual(other.Proven) && Failed.SequenceEqual(other.Failed);

    public override int GetHashCode() =>
        HashCode.Combine(OrderNumbers.Count, Emails.Count, PhoneEndings.Count, Proven.Count, Failed.Count, VouchedEmail);

    /// <summary>Shows no personal data.</summary>
    public override string ToString() => $"{Proven.Count} orders proven, {Failed.Count} failed tries";

    /// <param name="pair">As in <see cref="Failed"/>; a key holds no space.</param>
    internal static string OrderOf(string pair) => pair.Split(' ')[0];

    internal static string[] DetailsOf(string pair) => pair.Split(' ')[1..];

    private static string[] OnlyOne(IEnumerable<string> told) => told.Distinct(StringComparer.Ordinal).ToArray() is [var one] ? [one] : [];

    // A detail said again moves to the end; an unbounded list would let one chat grow its row without limit.
    private static IReadOnlyList<string> Latest(IReadOnlyList<string> known, IEnumerable<string> more) =>
        [.. known.Concat(more).Where(x => x.Length > 0).Reverse().Distinct(StringComparer.Ordinal).Take(20).Reverse()];
}

/// <summary>The outcome with what is to be stored for it.</summary>
/// <param name="TriedKeys">Keys of the orders and details that new failed tries count against today. One chat counts little, however much it
/// tries: it must not lock the right customer out.</param>
public sealed record IdentityDecision(IdentityOutcome Outcome, IdentityState Next, IReadOnlyList<string> TriedKeys);

/// <summary>
/// Order facts are released after the order number and a second detail that matches: the e-mail address or the last four digits
/// of a phone number on the order. Not the postcode, which is printed on every label.
/// </summary>
public static class Identity
{
    /// <summary>Failed tries after which a chat gets no more.</summary>
    public const int TriesOfChat = 5;

    /// <summary>Failed tries after which one detail is no proof of an order that day, whoever asks: it takes both.</summary>
    public const int TriesOfOrderADay = 5;

    /// <summary>Chats that failed with the same detail after which it is no proof of any order that day without the other one.</summary>
    public const int ChatsOfDetailADay = 5;

    /// <summary>Failed tries after which an order's facts go through a person that day.</summary>
    public const int TriesOfOrderForAPerson = 25;

    /// <summary>How often one chat counts against an order, however often it tries.</summary>
    private const int CountedOfChat = 2;

    /// <summary>Under which chats that failed today are counted, whatever they asked for.</summary>
    public const string AnyChat = "any chat";

    /// <summary>Under which tries with a detail are counted. A key of an order holds no space.</summary>
    public static string KeyOfDetail(string detail) =>
        $"detail {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(detail)).AsSpan(0, 16))}";

    /// <summary>What tries have to be counted for before these orders are decided upon.</summary>
    public static IReadOnlyList<string> Counted(IdentityState state, IReadOnlyList<string> asked) =>
        [.. asked.Concat(state.Emails.Concat(state.PhoneEndings).Select(KeyOfDetail)).Distinct(StringComparer.Ordinal)];

    /// <summary>The keys of the orders that this turn is about: those it names, else the latest one of the case.</summary>
    public static IReadOnlyList<string> Asked(IdentityState state, EntityReading turn)
    {
        string[] named = [.. turn.OrderNumbers.Select(OrderNumber.Key).Where(k => k.Length > 0).Distinct(StringComparer.Ordinal)];
        return named.Length > 0 ? named : [.. state.OrderNumbers.TakeLast(1)];
    }

    /// <param name="state">With this turn's claims already in it.</param>
    /// <param name="asked">From <see cref="Asked"/>.</param>
    /// <param name="found">The order for each key, null when there is none.</param>
    /// <param name="triesToday">Failed tries today, in all chats, by the keys of <see cref="Counted"/>.</param>
    /// <param name="provenEmail">The full e-mail address on an order that this chat proved already, or null: its owner's other orders need no
    /// further detail.</param>
    /// <param name="isSuspect">Where this chat comes from, too many chats guessed.</param>
    public static IdentityDecision Decide(
        IdentityState state,
        IReadOnlyList<string> asked,
        IReadOnlyDictionary<string, Order?> found,
        IReadOnlyDictionary<string, int> triesToday,
        string? provenEmail = null,
        bool isSuspect = false)
    {
        if (asked.Count == 0)
        {
            return new(new IdentityOutcome.NeedsNumber(state.Emails.Count + state.PhoneEndings.Count == 0 && state.VouchedEmail is null), state, []);
        }

        var before = state;
        var orders = new List<Order>();
        IdentityOutcome? refusal = null;
        foreach (var key in asked.TakeWhile(_ => refusal is null))
        {
            var order = found.GetValueOrDefault(key);
            (state, refusal) = IsKnown(key, order, state, provenEmail) ? (WithProven(state, key), null)
                : triesToday.GetValueOrDefault(key) >= TriesOfOrderForAPerson ? (state, new IdentityOutcome.TooManyTries())
                : isSuspect || IsGuessedAt(key, state, triesToday) ? ProveByBoth(key, order, state)
                : Prove(key, order, state, triesToday.GetValueOrDefault(key));
            orders.Add(order!);
        }

        return new(refusal ?? new IdentityOutcome.Proven(orders), state, NewlyTried(before, state));
    }

    private static bool IsKnown(string key, Order? order, IdentityState state, string? provenEmail) =>
        order is not null
        && (
            state.Proven.Contains(key)
            || (provenEmail is not null && SameEmail(order, provenEmail))
            || (state.VouchedEmail is { } vouched && SameEmail(order, vouched))
        );

    /// <summary>A detail that this chat alone failed with says nothing of others.</summary>
    private static bool IsGuessedAt(string key, IdentityState state, IReadOnlyDictionary<string, int> triesToday) =>
        triesToday.GetValueOrDefault(key) >= TriesOfOrderADay
        || state.Emails.Concat(state.PhoneEndings).Any(detail => triesToday.GetValueOrDefault(KeyOfDetail(detail)) >= ChatsOfDetailADay);

    /// <summary>No refusal means that the order, which then exists, is proven.</summary>
    private static (IdentityState Next, IdentityOutcome? Refusal) Prove(string key, Order? order, IdentityState state, int triesToday)
    {
        string[] details = [.. state.Emails.Reverse(), .. state.PhoneEndings.Reverse()];
        if (details.Length == 0)
        {
            return (state, new IdentityOutcome.NeedsSecondDetail());
        }

        foreach (var detail in details.Where(d => !state.Failed.Contains(Pair(key, d))).ToArray())
        {
            if (state.Failed.Count >= TriesOfChat)
            {
                return (state, new IdentityOutcome.TooManyTries());
            }

            if (triesToday >= TriesOfOrderADay)
            {
                return ProveByBoth(key, order, state);
            }

            if (order is not null && Matches(order, detail))
            {
                return (WithProven(state, key), null);
            }

            state = state with { Failed = [.. state.Failed, Pair(key, detail)] };
            triesToday++;
        }

        return (state, state.Failed.Count >= TriesOfChat ? new IdentityOutcome.TooManyTries() : new IdentityOutcome.NoMatch());
    }

    /// <summary>The way that the right customer has while others guess: both details, of which the latest of each are tried.</summary>
    private static (IdentityState Next, IdentityOutcome? Refusal) ProveByBoth(string key, Order? order, IdentityState state)
    {
        if (state.Failed.Count >= TriesOfChat)
        {
            return (state, new IdentityOutcome.TooManyTries());
        }

        if (state.Emails.Count == 0 || state.PhoneEndings.Count == 0)
        {
            return (state, new IdentityOutcome.NeedsBothDetails());
        }

        if (order is not null && SameEmail(order, state.Emails[^1]) && order.PhoneEndings.Contains(state.PhoneEndings[^1]))
        {
            return (WithProven(state, key), null);
        }

        var pair = Pair(key, $"{state.Emails[^1]} {state.PhoneEndings[^1]}");
        var next = state.Failed.Contains(pair) ? state : state with { Failed = [.. state.Failed, pair] };
        return (next, next.Failed.Count >= TriesOfChat ? new IdentityOutcome.TooManyTries() : new IdentityOutcome.NeedsBothDetails());
    }

    private static string[] NewlyTried(IdentityState before, IdentityState after)
    {
        var keys = new List<string>();
        var known = before.Failed.ToList();
        foreach (var pair in after.Failed.Skip(before.Failed.Count))
        {
            keys.AddRange(known.Count == 0 ? [AnyChat] : []);
            keys.AddRange(
                known.Count(other => IdentityState.OrderOf(other) == IdentityState.OrderOf(pair)) < CountedOfChat
                    ? [IdentityState.OrderOf(pair)]
                    : []
            );
            keys.AddRange(
                IdentityState
                    .DetailsOf(pair)
                    .Where(detail => !known.Any(other => IdentityState.DetailsOf(other).Contains(detail)))
                    .Select(KeyOfDetail)
            );
            known.Add(pair);
        }

        return [.. keys];
    }

    // A key holds no space.
    private static string Pair(string key, string detail) => $"{key} {detail}";

    private static bool Matches(Order order, string detail) =>
        detail.Contains('@', StringComparison.Ordinal) ? SameEmail(order, detail) : order.PhoneEndings.Contains(detail);

    private static bool SameEmail(Order order, string email) => string.Equals(order.Email, email.Trim(), StringComparison.OrdinalIgnoreCase);

    private static IdentityState WithProven(IdentityState state, string key) =>
        state.Proven.Contains(key) ? state : state with { Proven = [.. state.Proven, key] };
}

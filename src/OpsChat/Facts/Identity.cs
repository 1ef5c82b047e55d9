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

    /// <summary>This chat, or this order today, had its tries. A person takes over.</summary>
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

    /// <summary>With what one more turn says.</summary>
    public IdentityState With(EntityReading turn) => this with
    {
        OrderNumbers = Latest(OrderNumbers, turn.OrderNumbers.Select(OrderNumber.Key)),
        Emails = Latest(Emails, turn.Emails.Select(e => e.Trim().ToLowerInvariant())),
        PhoneEndings = Latest(PhoneEndings, turn.PhoneEndings),
    };

    /// <summary>At the start of a new case: what was claimed and proven is forgotten, the failed tries are not.</summary>
    public IdentityState ForNewCase() => Nothing with { Failed = Failed, VouchedEmail = VouchedEmail };

    /// <summary>Keys of the orders that a try failed on.</summary>
    internal IReadOnlyList<string> FailedOrders => [.. Failed.Select(OrderOf).Distinct(StringComparer.Ordinal)];

    /// <summary>Shows no personal data.</summary>
    public override string ToString() => $"{Proven.Count} orders proven, {Failed.Count} failed tries";

    /// <param name="pair">As in <see cref="Failed"/>; a key holds no space.</param>
    internal static string OrderOf(string pair) => pair.Split(' ')[0];

    // A detail said again moves to the end; an unbounded list would let one chat grow its row without limit.
    private static IReadOnlyList<string> Latest(IReadOnlyList<string> known, IEnumerable<string> more) =>
        [.. known.Concat(more).Where(x => x.Length > 0).Reverse().Distinct(StringComparer.Ordinal).Take(20).Reverse()];
}

/// <summary>The outcome with what is to be stored for it.</summary>
/// <param name="FailedOrders">Keys of the orders that a new try failed on, once for each try: they count against the order's day.</param>
public sealed record IdentityDecision(IdentityOutcome Outcome, IdentityState Next, IReadOnlyList<string> FailedOrders);

/// <summary>
/// Order facts are released after the order number and a second detail that matches: the e-mail address or the last four digits
/// of a phone number on the order. Not the postcode, which is printed on every label.
/// </summary>
public static class Identity
{
    /// <summary>Failed tries after which a chat gets no more.</summary>
    public const int TriesOfChat = 5;

    /// <summary>Failed tries after which an order gives no more answers that day, whoever asks.</summary>
    public const int TriesOfOrderADay = 5;

    /// <summary>The keys of the orders that this turn is about: those it names, else the latest one of the case.</summary>
    public static IReadOnlyList<string> Asked(IdentityState state, EntityReading turn)
    {
        string[] named = [.. turn.OrderNumbers.Select(OrderNumber.Key).Where(k => k.Length > 0).Distinct(StringComparer.Ordinal)];
        return named.Length > 0 ? named : [.. state.OrderNumbers.TakeLast(1)];
    }

    /// <param name="state">With this turn's claims already in it.</param>
    /// <param name="asked">From <see cref="Asked"/>.</param>
    /// <param name="found">The order for each key, null when there is none.</param>
    /// <param name="triesToday">Failed tries on each key today, in all chats.</param>
    /// <param name="provenEmail">The full e-mail address on an order that this chat proved already, or null: its owner's other orders need no
    /// further detail.</param>
    public static IdentityDecision Decide(
        IdentityState state,
        IReadOnlyList<string> asked,
        IReadOnlyDictionary<string, Order?> found,
        IReadOnlyDictionary<string, int> triesToday,
        string? provenEmail = null)
    {
        string[] details = [.. state.Emails.Reverse(), .. state.PhoneEndings.Reverse()];
        if (asked.Count == 0)
        {
            return new(new IdentityOutcome.NeedsNumber(details.Length == 0 && state.VouchedEmail is null), state, []);
        }

        var failedBefore = state.Failed.Count;
        var orders = new List<Order>();
        IdentityOutcome? refusal = null;
        foreach (var key in asked.TakeWhile(_ => refusal is null))
        {
            var order = found.GetValueOrDefault(key);
            (state, refusal) = Prove(key, order, details, state, triesToday.GetValueOrDefault(key), provenEmail);
            orders.Add(order!);
        }

        string[] failedOrders = [.. state.Failed.Skip(failedBefore).Select(IdentityState.OrderOf)];
        return new(refusal ?? new IdentityOutcome.Proven(orders), state, failedOrders);
    }

    /// <summary>No refusal means that the order, which then exists, is proven.</summary>
    private static (IdentityState Next, IdentityOutcome? Refusal) Prove(string key, Order? order, string[] details, IdentityState state, int triesToday, string? provenEmail)
    {
        if (order is not null && (state.Proven.Contains(key) || (provenEmail is not null && SameEmail(order, provenEmail)) || (state.VouchedEmail is { } vouched && SameEmail(order, vouched))))
        {
            return (WithProven(state, key), null);
        }

        if (details.Length == 0)
        {
            return (state, new IdentityOutcome.NeedsSecondDetail());
        }

        foreach (var detail in details.Where(d => !state.Failed.Contains(Pair(key, d))).ToArray())
        {
            if (state.Failed.Count >= TriesOfChat || triesToday >= TriesOfOrderADay)
            {
                return (state, new IdentityOutcome.TooManyTries());
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

    // A key holds no space.
    private static string Pair(string key, string detail) => $"{key} {detail}";

    private static bool Matches(Order order, string detail) =>
        detail.Contains('@', StringComparison.Ordinal) ? SameEmail(order, detail) : order.PhoneEndings.Contains(detail);

    private static bool SameEmail(Order order, string email) => string.Equals(order.Email, email.Trim(), StringComparison.OrdinalIgnoreCase);

    private static IdentityState WithProven(IdentityState state, string key) =>
        state.Proven.Contains(key) ? state : state with { Proven = [.. state.Proven, key] };
}

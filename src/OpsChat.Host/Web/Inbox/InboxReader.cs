using System.Globalization;
using OpsChat.Messages;
using OpsChat.Storage;

namespace OpsChat.Host.Web.Inbox;

/// <summary>Some rows of the inbox.</summary>
/// <param name="Next">Where the next page begins; null at the end.</param>
/// <param name="All">How many rows the filter has, each a conversation; null where they are not counted.</param>
/// <param name="Matters">How many approvals and hand-offs are open in those.</param>
public sealed record InboxPart(IReadOnlyList<InboxRow> Rows, string? Next, int? All, int Matters = 0);

/// <summary>
/// Reads the inbox page by page. What is open is ranked as of one moment, which the cursor carries, so that a page never repeats or leaves out a row
/// because time went on; what is done is in the order of its latest message.
/// </summary>
public static class InboxReader
{
    public const int RowsOfAPage = 40, MostFound = 200;

    /// <param name="cursor">The <see cref="InboxPart.Next"/> of the page before; null, or what cannot be read, for the first.</param>
    /// <param name="me">Whose inbox it is, for <c>mine</c>.</param>
    /// <param name="orders">Keys of orders: a search also finds who proved one of them. Null for none.</param>
    public static InboxPart Read(
        UnitOfWork session,
        InboxFilter filter,
        string? cursor,
        string me,
        DateTimeOffset now,
        IReadOnlyList<string>? orders = null
    ) => filter is { View: "done", Words: null } ? Done(session, filter, cursor, now) : Ranked(session, filter, cursor, me, now, orders ?? []);

    private static InboxPart Done(UnitOfWork session, InboxFilter filter, string? cursor, DateTimeOffset now)
    {
        (long, string)? before =
            cursor?.Split('~', 2) is [var at, var id] && long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var ms)
                ? (ms, id)
                : null;
        var rows = session.InboxRows.Quiet(now, before, filter.Channel, filter.Playbook, RowsOfAPage + 1);
        var page = rows.Take(RowsOfAPage).ToList();
        return new(
            [.. page.Where(row => HasTag(row, filter))],
            rows.Count > RowsOfAPage ? $"{page[^1].LastAt.ToUnixTimeMilliseconds()}~{page[^1].Conversation}" : null,
            null
        );
    }

    private static InboxPart Ranked(
        UnitOfWork session,
        InboxFilter filter,
        string? cursor,
        string me,
        DateTimeOffset now,
        IReadOnlyList<string> orders
    )
    {
        var from = Place.Parse(cursor);
        var asOf = from?.AsOf ?? DateTimeOffset.FromUnixTimeMilliseconds(now.ToUnixTimeMilliseconds());
        var all = Urgency.Rank(Candidates(session, filter, now, orders).Where(row => Matches(row, filter, me)), asOf);
        var left = from is null ? all : [.. all.Where(row => from.IsBefore(row))];
        var page = left.Take(RowsOfAPage).ToList();
        return new(page, left.Count > RowsOfAPage ? Place.Of(page[^1], asOf).ToString() : null, all.Count, all.Sum(row => row.Matters));
    }

    /// <summary>A search looks at everything, unless a view narrows it; the views look at what is open, or at what people hold.</summary>
    private static IReadOnlyList<InboxRow> Candidates(
        UnitOfWork session,
        InboxFilter filter,
        DateTimeOffset now,
        IReadOnlyList<string> orders
    ) =>
        filter.Words is { } words ? session.InboxRows.Of(Found(session, words, orders), now)
        : filter.View == "waiting"
            ?
            [
                .. session.InboxRows.Held(now, MostFound),
                .. session.InboxRows.Open(now).Where(row => row.Handling.SnoozedUntil is not null),
            ]
        : session.InboxRows.Open(now);

    private static IReadOnlyList<string> Found(UnitOfWork session, string words, IReadOnlyList<string> orders)
    {
        var said = session.Search.Find(words, MostFound);
        var proved = orders.SelectMany(session.Conversations.WhoProved).Select(known => known.Id.ToString());
        return orders.Count == 0 ? said : [.. said.Concat(proved).Distinct(StringComparer.Ordinal).Take(MostFound)];
    }

    private static bool Matches(InboxRow row, InboxFilter filter, string me) =>
        InView(row, filter, me)
        && (filter.Channel is null || row.Conversation.Channel == filter.Channel)
        && (filter.Playbook is null || row.Playbook == filter.Playbook)
        && (filter.Owner is null || row.To == filter.Owner)
        && HasTag(row, filter);

    private static bool HasTag(InboxRow row, InboxFilter filter) =>
        filter.Tag is null || row.Handling.Tags.Contains(filter.Tag, StringComparer.OrdinalIgnoreCase);

    private static bool InView(InboxRow row, InboxFilter filter, string me) => filter.View switch
    {
        "waiting" => row.Handling.SnoozedUntil is not null || row.TakenOverBy is not null,
        "done" => row.For == WaitsFor.Nothing,
        InboxFilter.All when filter.Words is not null => true,
        _ when row.Handling.SnoozedUntil is not null => false,
        "mine" => row.Handling.Assigned == me || row.TakenOverBy == me,
        "unassigned" => row.Handling.Assigned is null,
        "approvals" => row.For == WaitsFor.Approval,
        "drafts" => row.For == WaitsFor.Draft,
        _ => true,
    };

    /// <summary>A row's place in the ranking of one moment.</summary>
    private sealed record Place(DateTimeOffset AsOf, double Points, long Since, string Id)
    {
        public static Place Of(InboxRow row, DateTimeOffset asOf) =>
            new(asOf, Urgency.Of(row, asOf), row.Since.ToUnixTimeMilliseconds(), row.Conversation.ToString());

        public static Place? Parse(string? cursor) =>
            cursor?.Split('~', 4) is [var asOf, var points, var since, var id]
            && long.TryParse(asOf, NumberStyles.None, CultureInfo.InvariantCulture, out var ms)
            && ms < 253_402_300_800_000
            && double.TryParse(points, NumberStyles.Float, CultureInfo.InvariantCulture, out var sum)
            && long.TryParse(since, NumberStyles.None, CultureInfo.InvariantCulture, out var began)
                ? new(DateTimeOffset.FromUnixTimeMilliseconds(ms), sum, began, id)
                : null;

        /// <summary>Whether that row comes after this place.</summary>
        public bool IsBefore(InboxRow row)
        {
            var other = Of(row, AsOf);
            return (-other.Points, other.Since).CompareTo((-Points, Since)) is var order
                && (order > 0 || (order == 0 && string.CompareOrdinal(other.Id, Id) > 0));
        }

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{AsOf.ToUnixTimeMilliseconds()}~{Points:R}~{Since}~{Id}");
    }
}

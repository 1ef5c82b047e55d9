using System.Globalization;
using OpsChat.Messages;
using OpsChat.Storage;
using OpsChat.Storage.Tables;

namespace OpsChat.Host.Web;

/// <summary><c>GET /api/conversations</c>: customers and their threads, the latest first.</summary>
static class ConversationsEndpoint
{
    private const int MostRows = 100;

    private static readonly string[] s_states = ["all", "open", "waiting", "taken-over", "closed"];

    /// <param name="q">A customer's name or id, an order's number, or words that were written; empty for all.</param>
    /// <param name="state"><c>open</c>, <c>waiting</c> (for a person or an approval), <c>taken-over</c>, <c>closed</c> or <c>all</c>.</param>
    /// <param name="before">The <c>next</c> of the page before.</param>
    public static async Task<IResult> ListAsync(
        string? q,
        string? state,
        string? before,
        IStore store,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        if (state is not null && !s_states.Contains(state))
        {
            return Problems.Error(StatusCodes.Status400BadRequest, $"'{state}' is no state of a conversation. Use {string.Join(", ", s_states)}.");
        }

        if (before is not null && PlaceOf(before) is null)
        {
            return Problems.Error(StatusCodes.Status400BadRequest, "before must be the next of the page before.");
        }

        var now = time.GetUtcNow();
        var found = await store.ReadAsync(
            session => session.Conversations.Newest(q?.Trim() ?? "", state ?? "all", now, before is null ? null : PlaceOf(before), MostRows + 1),
            cancellationToken
        );
        var page = found.Take(MostRows).ToList();
        return Results.Json(new
        {
            conversations = page.Select(row => new
            {
                id = row.It.Id.ToString(),
                channel = row.It.Id.Channel,
                customer = row.It.Id.Customer,
                name = row.It.Name,
                state = StateOf(row, now),
                waiting = row.Waiting,
                lastText = row.LastText,
                at = row.It.LastAt,
            }),
            next = found.Count > MostRows ? Shown(new(page[^1].It.LastAt, page[^1].It.Id)) : null,
        });
    }

    /// <summary>Milliseconds and the id: conversations of the same millisecond have an order too.</summary>
    private static string Shown(ConversationPlace place) =>
        string.Create(CultureInfo.InvariantCulture, $"{place.At.ToUnixTimeMilliseconds()}~{place.Id}");

    private static ConversationPlace? PlaceOf(string shown) =>
        shown.Split('~', 2) is [var at, var id]
        && long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var ms)
        && ms <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
        && ConversationId.TryParse(id, out var conversation)
            ? new(DateTimeOffset.FromUnixTimeMilliseconds(ms), conversation)
            : null;

    private static string StateOf(ConversationRow row, DateTimeOffset now) =>
        row.It.Closed ? "closed" : row.It.TakenOverUntil > now ? "taken-over" : row.Waiting > 0 ? "waiting" : "open";
}

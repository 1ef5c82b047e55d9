using System.Globalization;
using System.Text.Json;
using OpsChat.Agent;
using OpsChat.Storage;

namespace OpsChat.Host.Web;

/// <summary><c>GET /api/events</c>: what was committed, as server-sent events, from a number on.</summary>
static class ChangeStream
{
    private const int MostAtOnce = 200;

    /// <summary>So often a comment goes out when nothing happens, so that proxies and readers see that the line is alive.</summary>
    private static readonly TimeSpan s_aliveEvery = TimeSpan.FromSeconds(15);

    /// <remarks>Whoever comes with a number from before what is kept gets <c>event: reset</c> first: read everything anew.</remarks>
    /// <param name="after">The last number that the reader knows; without one, and without the <c>Last-Event-ID</c> of a reader that comes back,
    /// only news is told.</param>
    public static async Task<IResult> TellAsync(
        long? after,
        HttpContext context,
        ChangeFeed feed,
        IStore store,
        IHostApplicationLifetime host,
        TimeProvider time
    )
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, host.ApplicationStopping);
        var from = after
            ?? (
                long.TryParse(context.Request.Headers["Last-Event-ID"], NumberStyles.None, CultureInfo.InvariantCulture, out var last)
                    ? last
                    : (long?)null
            )
            ?? await store.ReadAsync(session => session.Changes.Latest(), ending.Token);
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        try
        {
            await context.Response.WriteAsync(": listening\n\n", ending.Token);
            if (await store.ReadAsync(session => session.Changes.IsTooOld(from), ending.Token))
            {
                await context.Response.WriteAsync("event: reset\ndata: {}\n\n", ending.Token);
            }

            await context.Response.Body.FlushAsync(ending.Token);
            while (true)
            {
                var changes = await feed.AfterAsync(from, MostAtOnce, s_aliveEvery, time, ending.Token);
                foreach (var change in changes)
                {
                    from = change.Number;
                    await context.Response.WriteAsync(
                        $"id: {change.Number}\nevent: change\ndata: {JsonSerializer.Serialize(change, JsonSerializerOptions.Web)}\n\n",
                        ending.Token
                    );
                }

                await context.Response.WriteAsync(changes.Count == 0 ? ": alive\n\n" : "", ending.Token);
                await context.Response.Body.FlushAsync(ending.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The reader left, or the host stops; it will come back with the last number.
        }

        return Results.Empty;
    }
}

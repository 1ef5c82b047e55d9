using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using OpsChat.Agent;
using OpsChat.Storage;
using OpsChat.Storage.Tables;

namespace OpsChat.Channels.Telegram;

/// <summary>
/// Carries out what approvers wrote and tapped, on one host at a time and as soon as it is stored: taps about different things side by side, those
/// about one in order. What approvers write waits for the taps before it, and those after it wait for it.
/// </summary>
public sealed class OwnerUpdatesRunner(
    IStore store,
    UpdateHandling handling,
    OwnerPlace place,
    ChangeFeed feed,
    TimeProvider time,
    ILogger<OwnerUpdatesRunner> log
) : PeriodicService(s_every, time, log, feed.Of(OwnerUpdateTable.ChangeKind))
{
    private const int MostAtOnce = 100;
    private const string Unread = "Something that was written or tapped in the owner chat was stored by a newer version of OpsChat, and this one "
        + "cannot read it. Do it again; cards show what has been done.";

    // News wake it; this is for news that were lost on the way from another host.
    private static readonly TimeSpan s_every = TimeSpan.FromSeconds(1);

    // Carried out, but still in the store, perhaps because it was in trouble: not done again.
    private readonly ConcurrentDictionary<long, bool> _done = [];

    protected override string WhenItFails => "What approvers wrote or tapped in Telegram could not be carried out";

    protected override Task BeginAsync(CancellationToken cancellationToken) => place.OpenAsync(cancellationToken);

    public override async Task LookAsync(CancellationToken cancellationToken)
    {
        while (await WaitingAsync(cancellationToken) is { Count: > 0 } waiting)
        {
            var readable = waiting.Select(update => (update.Number, News: NewsIn(update))).ToList();
            foreach (var part in Parts(readable))
            {
                await Task.WhenAll(part.GroupBy(one => SubjectOf(one.News)).Select(line => CarryOutAsync(line, cancellationToken)));
            }

            await store.WriteAsync(session =>
            {
                foreach (var (number, news) in readable)
                {
                    session.OwnerUpdates.Remove(number);
                    if (news is TelegramNews.Ignored)
                    {
                        session.Notices.Add("telegram", Unread, Time.GetUtcNow());
                    }
                }
            }, cancellationToken);
            _done.Clear();
        }
    }

    private Task<IReadOnlyList<OwnerUpdate>> WaitingAsync(CancellationToken cancellationToken) =>
        store.ReadAsync(session => session.OwnerUpdates.First(MostAtOnce), cancellationToken);

    /// <summary>Words are a part of their own, and so are the taps between two of them.</summary>
    private static IEnumerable<IReadOnlyList<(long Number, TelegramNews News)>> Parts(IReadOnlyList<(long Number, TelegramNews News)> waiting)
    {
        List<(long, TelegramNews)> taps = [];
        foreach (var one in waiting)
        {
            if (one.News is TelegramNews.Tap)
            {
                taps.Add(one);
                continue;
            }

            yield return taps;
            taps = [];
            yield return [one];
        }

        yield return taps;
    }

    /// <summary>What is decided: also where a second copy of a lost card stands. Null for what carries no button of ours.</summary>
    private static string? SubjectOf(TelegramNews news) => news is TelegramNews.Tap tap ? ButtonSeal.Read(tap.Data)?.Subject : null;

    private async Task CarryOutAsync(IEnumerable<(long Number, TelegramNews News)> line, CancellationToken cancellationToken)
    {
        foreach (var (number, news) in line.Where(one => !_done.ContainsKey(one.Number)))
        {
            await handling.HandleAsync(news, cancellationToken);
            _done[number] = true;
        }
    }

    /// <summary>What a newer version stored during an upgrade may be none of this one's.</summary>
    private static TelegramNews NewsIn(OwnerUpdate update)
    {
        try
        {
            return JsonSerializer.Deserialize<TelegramNews>(update.Body) ?? new TelegramNews.Ignored("nothing is stored of it");
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            return new TelegramNews.Ignored("it cannot be read");
        }
    }
}

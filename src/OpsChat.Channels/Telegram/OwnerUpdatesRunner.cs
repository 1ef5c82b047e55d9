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
    private const int MostAtOnce = 100, MostTries = 5;
    private const string Unread = "Something that was written or tapped in the owner chat was stored by a newer version of OpsChat, and this one "
        + "cannot read it. Do it again; cards show what has been done.";

    private const string Undone = "Something that was written or tapped in the owner chat could not be carried out, though it was tried five times: ";

    // News wake it; this is for news that were lost on the way from another host.
    private static readonly TimeSpan s_every = TimeSpan.FromSeconds(1);

    // Carried out, but still in the store, perhaps because it was in trouble: not done again.
    private readonly ConcurrentDictionary<long, bool> _done = [];

    // How often, and why, the store refused what can be stored otherwise: it may hold something that cannot be read.
    private readonly ConcurrentDictionary<long, (int Times, string Why)> _failed = [];

    protected override string WhenItFails => "What approvers wrote or tapped in Telegram could not be carried out";

    protected override Task BeginAsync(CancellationToken cancellationToken) => place.OpenAsync(cancellationToken);

    public override async Task LookAsync(CancellationToken cancellationToken)
    {
        while (await WaitingAsync(cancellationToken) is { Count: > 0 } waiting)
        {
            // Another host may have heard that the group became a supergroup.
            await place.OpenAsync(cancellationToken);
            var readable = waiting.Select(update => (update.Number, News: NewsIn(update))).ToList();
            try
            {
                foreach (var part in Parts(readable))
                {
                    await Task.WhenAll(part.GroupBy(one => SubjectOf(one.News)).Select(line => CarryOutAsync(line, cancellationToken)));
                }
            }
            catch (StoreException) when (_failed.Any(one => one.Value.Times >= MostTries))
            {
                await SetAsideAsync(cancellationToken);
                continue;
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
            _failed.Clear();
        }
    }

    /// <summary>What cannot be carried out holds up nothing else; whoever did it is told.</summary>
    private async Task SetAsideAsync(CancellationToken cancellationToken)
    {
        var hopeless = _failed.Where(one => one.Value.Times >= MostTries).ToList();
        await store.WriteAsync(session =>
        {
            foreach (var (number, (_, why)) in hopeless)
            {
                session.OwnerUpdates.Remove(number);
                session.Notices.Add("telegram", $"{Undone}{why}", Time.GetUtcNow());
            }
        }, cancellationToken);
        hopeless.ForEach(one => _failed.TryRemove(one));
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
            if (_failed.ContainsKey(number))
            {
                // A store in trouble refuses this too, and then it is no try.
                await store.WriteAsync(_ => true, cancellationToken);
            }

            try
            {
                await handling.HandleAsync(news, cancellationToken);
                _done[number] = true;
                _failed.TryRemove(number, out _);
            }
            catch (StoreException e)
            {
                _failed.AddOrUpdate(number, (1, e.Message), (_, before) => (before.Times + 1, e.Message));
                throw;
            }
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

using System.Collections.Concurrent;
using System.Text.Json;
using OpsChat.Messages;
using OpsChat.Storage;
using OpsChat.Storage.Tables;

namespace OpsChat.Channels.Telegram;

/// <summary>
/// Takes updates in, from the poll or the webhook alike: each once, those of one customer in order and what was written in a row in one commit,
/// customers side by side. What approvers wrote and tapped is only stored here, in its order: <see cref="OwnerUpdatesRunner"/> carries it out.
/// </summary>
public sealed class TelegramInbox(IStore store, UpdateHandling handling, BusinessAccounts business, OwnerPlace place, TimeProvider time)
{
    // Telegram drops what it could not deliver for 24 h; twice that is remembered, of updates and of what they led to.
    private static readonly TimeSpan s_memory = TimeSpan.FromHours(48);
    private static readonly SeenKind[] s_ofUpdates =
    [
        SeenKind.TelegramUpdate,
        SeenKind.TelegramStart,
        SeenKind.WrittenByHand,
        SeenKind.OwnersWords,
        SeenKind.OwnersEdit,
        SeenKind.Flood,
    ];
    private static readonly TimeSpan s_unreadKept = TimeSpan.FromDays(30);

    // Handled, but not noted in the store yet because it was in trouble: what comes again here for that is not done again.
    private readonly ConcurrentDictionary<int, bool> _handled = [];

    /// <summary>Returns after everything that came is durable, so that it may be confirmed.</summary>
    /// <exception cref="StoreException">Something could not be stored: nothing may be confirmed, and it must come again.</exception>
    /// <exception cref="TelegramUnreachableException">The same, as of <see cref="BusinessAccounts.HeardAsync"/>.</exception>
    /// <exception cref="TelegramRefusedException">The same.</exception>
    /// <param name="came">Updates as they came, in their order.</param>
    /// <returns>The highest number among them.</returns>
    public async Task<int> AcceptAsync(IReadOnlyList<JsonElement> came, CancellationToken cancellationToken)
    {
        if (store.IsShared)
        {
            // The owner chat may have become another one on another host.
            await place.OpenAsync(cancellationToken);
        }

        var now = time.GetUtcNow();
        var updates = came.Select(UpdateDecoder.Read).OfType<DecodedUpdate>().DistinctBy(u => u.Id).ToList();
        if (updates.Count == 0)
        {
            throw new TelegramUnreachableException("getUpdates", "it sent updates without numbers, which cannot be confirmed");
        }

        var unseen = await store.ReadAsync(session => updates.Where(u => !session.Seen.Has(KeyOf(u.Id))).ToList(), cancellationToken);
        var fresh = unseen.Where(u => !_handled.ContainsKey(u.Id)).Select(u => (u.Id, News: NewsIn(u, now))).ToList();
        var heard = await business.HeardAsync(fresh, f => f.News, cancellationToken);
        var ofOwners = heard.Where(f => UpdateHandling.IsOwners(f.News)).ToDictionary(f => f.Id, f => JsonSerializer.Serialize(f.News));
        await Task.WhenAll(heard.Where(f => !ofOwners.ContainsKey(f.Id)).GroupBy(f => LineOf(f.News))
            .Select(line => HandleInOrderAsync(line, cancellationToken)));
        await store.WriteAsync(session =>
        {
            foreach (var update in unseen.Where(u => u.Unreadable.Count > 0))
            {
                KeepUnread(session, update, now);
            }

            foreach (var update in unseen)
            {
                // Delivered to two hosts at once, one of them keeps it.
                if (session.Seen.Add(KeyOf(update.Id), now) && ofOwners.TryGetValue(update.Id, out var body))
                {
                    session.OwnerUpdates.Add(body);
                }
            }

            session.Seen.Prune(now - s_memory, s_ofUpdates);
            session.UnreadUpdates.Prune(now - s_unreadKept);
        }, cancellationToken);
        unseen.ForEach(update => _handled.TryRemove(update.Id, out _));
        return updates.Max(u => u.Id);
    }

    /// <summary>What follows one another: all of one customer, taps apart from words, and the rest.</summary>
    private static (ConversationId? Customer, long? Taps) LineOf(TelegramNews news) => (news.Customer, (news as TelegramNews.Tap)?.From);

    private async Task HandleInOrderAsync(IEnumerable<(int Update, TelegramNews News)> line, CancellationToken cancellationToken)
    {
        List<(int Update, TelegramNews.FromCustomer Wrote)> inARow = [];
        foreach (var (update, news) in line)
        {
            if (news is TelegramNews.FromCustomer wrote)
            {
                inARow.Add((update, wrote));
                continue;
            }

            await KeepAsync();
            await handling.HandleAsync(news, cancellationToken);
            _handled[update] = true;
        }

        await KeepAsync();

        async Task KeepAsync()
        {
            if (inARow.Count > 0)
            {
                await handling.HandleAsync([.. inARow.Select(one => one.Wrote)], cancellationToken);
                inARow.ForEach(one => _handled[one.Update] = true);
                inARow.Clear();
            }
        }
    }

    private static SeenKey KeyOf(int update) => new(SeenKind.TelegramUpdate, $"{update}");

    private TelegramNews NewsIn(DecodedUpdate update, DateTimeOffset now) =>
        update.Update is { } readable ? UpdateReader.Read(readable, place.Chat, now) : new TelegramNews.Ignored("it cannot be read");

    /// <summary>What cannot be read is kept as it came and told; it stops nothing.</summary>
    private void KeepUnread(UnitOfWork session, DecodedUpdate update, DateTimeOffset now)
    {
        if (session.UnreadUpdates.Add(update.Id, update.Raw, now))
        {
            var customer = NewsIn(update, now).Customer;
            session.Notices.Add("telegram",
                $"Telegram sent something{(customer is { } of ? $" of {of}" : "")} that OpsChat cannot read "
                    + $"({string.Join(", ", update.Unreadable.Where(u => u.Length > 0).DefaultIfEmpty("all of it"))}). "
                    + $"It is kept as it came for 30 days, as update {update.Id}; "
                    + (customer is null
                        ? "look into the chats for what is missing here."
                        : "what could be read of it was handled; look into that chat."),
                now
            );
        }
    }
}

using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using OpsChat.Channels.Telegram.Desk;
using OpsChat.Storage.Tables;
using OpsChat.Storage;

namespace OpsChat.Channels.Telegram;

/// <summary>
/// Takes updates in, from the poll or the webhook alike: each once, those of one customer in order, customers side by side. What approvers tap on
/// different cards goes side by side too; what they write waits for it, and it waits for what they wrote.
/// </summary>
public sealed partial class TelegramInbox(
    IStore store,
    CustomerUpdates customers,
    OwnerUpdates owners,
    BusinessAccounts business,
    OwnerPlace place,
    TimeProvider time,
    ILogger<TelegramInbox> log
)
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
        await Task.WhenAll(heard.GroupBy(f => f.News.Customer).Select(line => line.Key is null
            ? HandleOwnersAsync(line, cancellationToken)
            : HandleInOrderAsync(line, cancellationToken)));
        await store.WriteAsync(session =>
        {
            foreach (var update in unseen.Where(u => u.Unreadable.Count > 0))
            {
                KeepUnread(session, update, now);
            }

            unseen.ForEach(update => session.Seen.Add(KeyOf(update.Id), now));
            session.Seen.Prune(now - s_memory, s_ofUpdates);
            session.UnreadUpdates.Prune(now - s_unreadKept);
        }, cancellationToken);
        unseen.ForEach(update => _handled.TryRemove(update.Id, out _));
        return updates.Max(u => u.Id);
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

    private async Task HandleOwnersAsync(IEnumerable<(int Update, TelegramNews News)> line, CancellationToken cancellationToken)
    {
        var taps = new List<(int Update, TelegramNews News)>();
        foreach (var one in line)
        {
            if (one.News is TelegramNews.Tap)
            {
                taps.Add(one);
                continue;
            }

            await TapAsync();
            await HandleInOrderAsync([one], cancellationToken);
        }

        await TapAsync();

        async Task TapAsync()
        {
            await Task.WhenAll(taps.GroupBy(tap => LineOf((TelegramNews.Tap)tap.News)).Select(line => HandleInOrderAsync(line, cancellationToken)));
            taps.Clear();
        }
    }

    /// <summary>Taps of one line follow one another: those on one card, and all of one customer.</summary>
    private static (long Of, int? Card) LineOf(TelegramNews.Tap tap) => IsCustomers(tap) ? (tap.From, null) : (tap.Chat ?? tap.From, tap.Message);

    private static bool IsCustomers(TelegramNews.Tap tap) =>
        ButtonSeal.Read(tap.Data) is { Verb: ButtonVerb.ThumbUp or ButtonVerb.ThumbDown or ButtonVerb.WantPerson };

    private async Task HandleInOrderAsync(IEnumerable<(int Update, TelegramNews News)> line, CancellationToken cancellationToken)
    {
        foreach (var (update, news) in line)
        {
            // Part of a hosted loop: an update that meets a bug must not come back for ever and hold up all others.
            try
            {
                await HandleAsync(news, cancellationToken);
            }
            catch (Exception e) when (e is not StoreException && !cancellationToken.IsCancellationRequested)
            {
                LogFailed(log, news.GetType().Name, e);
                await store.WriteAsync(
                    session =>
                        session.Notices.Add(
                            "telegram",
                            $"An update from Telegram ({news.GetType().Name}{(news.Customer is { } customer ? $" of {customer}" : "")}) "
                                + "could not be handled; the log says why. Look into the chat.",
                            time.GetUtcNow()
                        ),
                    cancellationToken
                );
            }

            _handled[update] = true;
        }
    }

    private Task HandleAsync(TelegramNews news, CancellationToken cancellationToken) =>
        news switch
        {
            TelegramNews.Tap tap when IsCustomers(tap) => customers.HandleAsync(tap, cancellationToken),
            TelegramNews.BusinessChanged changed => business.ChangedAsync(changed.Connection, cancellationToken),
            TelegramNews.Tap
            or TelegramNews.OwnerWrote
            or TelegramNews.OwnerEdited
            or TelegramNews.WroteAnonymously
            or TelegramNews.AddedToGroup
            or TelegramNews.GroupMigrated => owners.HandleAsync(news, cancellationToken),
            _ => customers.HandleAsync(news, cancellationToken),
        };

    [LoggerMessage(Level = LogLevel.Error, Message = "An update from Telegram ({Kind}) could not be handled; it is left out.")]
    private static partial void LogFailed(ILogger log, string kind, Exception e);
}

using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using OpsChat.Channels.Telegram.Api;
using OpsChat.Channels.Telegram.Desk;
using OpsChat.Storage;

namespace OpsChat.Channels.Telegram;

/// <summary>Takes updates in, from the poll or the webhook alike: each once, those of one customer in order, customers side by side.</summary>
public sealed partial class TelegramInbox(
    IStore store, CustomerUpdates customers, OwnerUpdates owners, BusinessAccounts business, OwnerPlace place, TimeProvider time, ILogger<TelegramInbox> log)
{
    // Telegram drops what it could not deliver for 24 h; twice that is remembered.
    private static readonly TimeSpan s_memory = TimeSpan.FromHours(48);

    // Handled, but not noted in the store yet because it was in trouble: what comes again for that is not done again.
    private readonly ConcurrentDictionary<int, bool> _handled = [];

    /// <summary>Returns after everything that came is durable, so that it may be confirmed.</summary>
    /// <exception cref="StoreException">Something could not be stored: nothing may be confirmed, and it must come again.</exception>
    /// <exception cref="TelegramUnreachableException">The same, as of <see cref="BusinessAccounts.HeardAsync"/>.</exception>
    /// <exception cref="ApiRequestException">The same.</exception>
    public async Task AcceptAsync(IReadOnlyList<Update> updates, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var unseen = await store.ReadAsync(session => updates.DistinctBy(u => u.UpdateId).Where(u => !session.Seen.Has(KeyOf(u.UpdateId))).ToList(), cancellationToken);
        var fresh = unseen.Where(u => !_handled.ContainsKey(u.UpdateId)).Select(u => (u.UpdateId, News: UpdateReader.Read(u, place.Chat, now))).ToList();
        var heard = await business.HeardAsync(fresh, f => f.News, cancellationToken);
        await Task.WhenAll(heard.GroupBy(f => f.News.Customer).Select(line => HandleInOrderAsync(line, cancellationToken)));
        await store.WriteAsync(session =>
        {
            unseen.ForEach(update => session.Seen.Add(KeyOf(update.UpdateId), now));
            session.Seen.Prune(now - s_memory);
        }, cancellationToken);
        unseen.ForEach(update => _handled.TryRemove(update.UpdateId, out _));
    }

    private static string KeyOf(int update) => $"update:{update}";

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
                await store.WriteAsync(session => session.Notices.Add(
                    "telegram", $"An update from Telegram ({news.GetType().Name}{(news.Customer is { } customer ? $" of {customer}" : "")}) could not be handled; the log says why. Look into the chat.",
                    time.GetUtcNow()), cancellationToken);
            }

            _handled[update] = true;
        }
    }

    private Task HandleAsync(TelegramNews news, CancellationToken cancellationToken) => news switch
    {
        TelegramNews.Tap tap when ButtonSeal.Read(tap.Data) is { Verb: ButtonVerb.ThumbUp or ButtonVerb.ThumbDown or ButtonVerb.WantPerson } data =>
            customers.TapAsync(tap, data, cancellationToken),
        TelegramNews.BusinessChanged changed => business.ChangedAsync(changed.Connection, cancellationToken),
        TelegramNews.Tap or TelegramNews.OwnerWrote or TelegramNews.WroteAnonymously or TelegramNews.AddedToGroup or TelegramNews.GroupMigrated => owners.HandleAsync(news, cancellationToken),
        _ => customers.HandleAsync(news, cancellationToken),
    };

    [LoggerMessage(Level = LogLevel.Error, Message = "An update from Telegram ({Kind}) could not be handled; it is left out.")]
    private static partial void LogFailed(ILogger log, string kind, Exception e);
}

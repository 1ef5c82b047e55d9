using Microsoft.Extensions.Logging;
using OpsChat.Channels.Telegram.Desk;
using OpsChat.Storage;

namespace OpsChat.Channels.Telegram;

/// <summary>Hands what an update means to whom it concerns.</summary>
public sealed partial class UpdateHandling(
    IStore store,
    CustomerUpdates customers,
    OwnerUpdates owners,
    BusinessAccounts business,
    TimeProvider time,
    ILogger<UpdateHandling> log
)
{
    /// <summary>What approvers wrote and tapped, or whoever pretends to be one: what may take several commits.</summary>
    public static bool IsOwners(TelegramNews news) =>
        news is TelegramNews.OwnerWrote or TelegramNews.OwnerEdited || news is TelegramNews.Tap tap && !IsCustomers(tap);

    /// <summary>Handles what one customer wrote in a row in one commit, or nothing of it, and returns after it is durable.</summary>
    /// <exception cref="StoreException">It could not be stored, and has to be handled again.</exception>
    public async Task HandleAsync(IReadOnlyList<TelegramNews.FromCustomer> inARow, CancellationToken cancellationToken)
    {
        try
        {
            await customers.AdmitAsync([.. inARow.Select(wrote => wrote.Message)], cancellationToken);
        }
        catch (Exception e) when (e is not StoreException && !cancellationToken.IsCancellationRequested)
        {
            // Which one meets the bug is seen one by one.
            foreach (var wrote in inARow)
            {
                await HandleAsync(wrote, cancellationToken);
            }
        }
    }

    /// <summary>Returns after what it is about is durable. What meets a bug is told and left out: it must not come back for ever and hold up all
    /// others.</summary>
    /// <exception cref="StoreException">It could not be stored, and has to be handled again.</exception>
    public async Task HandleAsync(TelegramNews news, CancellationToken cancellationToken)
    {
        try
        {
            await HandOnAsync(news, cancellationToken);
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
    }

    private Task HandOnAsync(TelegramNews news, CancellationToken cancellationToken) =>
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

    private static bool IsCustomers(TelegramNews.Tap tap) =>
        ButtonSeal.Read(tap.Data) is { Verb: ButtonVerb.ThumbUp or ButtonVerb.ThumbDown or ButtonVerb.WantPerson };

    [LoggerMessage(Level = LogLevel.Error, Message = "An update from Telegram ({Kind}) could not be handled; it is left out.")]
    private static partial void LogFailed(ILogger log, string kind, Exception e);
}

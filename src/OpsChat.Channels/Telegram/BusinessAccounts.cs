using System.Collections.Concurrent;
using OpsChat.Agent;
using OpsChat.Storage;
using Telegram.Bot.Requests;
using Telegram.Bot.Types;

namespace OpsChat.Channels.Telegram;

/// <summary>
/// Whose business accounts the bot acts for: those of listed approvers. Telegram lets anybody connect any bot to their own account, and what is
/// written there by hand would count as the shop's own word.
/// </summary>
public sealed class BusinessAccounts(TelegramGateway bot, Approvers approvers, IStore store, TimeProvider time)
{
    private const string Strangers = "telegram-business";
    private const int MostKept = 1000;

    private readonly ConcurrentDictionary<string, long> _userOf = [];

    /// <summary>What is heard of what came: all but the news from other people's accounts.</summary>
    /// <exception cref="TelegramUnreachableException">A connection is new here, and Telegram cannot be asked whose it is: nothing may be
    /// confirmed.</exception>
    /// <exception cref="TelegramRefusedException">The same, because Telegram asks to wait or refuses the token.</exception>
    public async Task<IReadOnlyList<T>> HeardAsync<T>(IReadOnlyList<T> came, Func<T, TelegramNews> newsOf, CancellationToken cancellationToken)
    {
        foreach (var changed in came.Select(newsOf).OfType<TelegramNews.BusinessChanged>())
        {
            Keep(changed.Connection);
        }

        var heard = new List<T>();
        foreach (var one in came)
        {
            if (
                newsOf(one).Customer is not { } customer
                || TelegramAddress.Of(customer).Business is not { } connection
                || await IsOursAsync(connection, cancellationToken)
            )
            {
                heard.Add(one);
            }
        }

        return heard;
    }

    /// <summary>An account connected the bot, disconnected it, or changed what it may do.</summary>
    public Task ChangedAsync(BusinessConnection connection, CancellationToken cancellationToken) => IsApprover(connection.User.Id)
        ? store.WriteAsync(session => session.Notices.Add("telegram", InWords(connection), time.GetUtcNow()), cancellationToken)
        : TellOfStrangerAsync(connection.User, cancellationToken);

    private async Task<bool> IsOursAsync(string connection, CancellationToken cancellationToken)
    {
        if (_userOf.TryGetValue(connection, out var known))
        {
            return IsApprover(known);
        }

        try
        {
            var found = await bot.CallAsync(new GetBusinessConnectionRequest { BusinessConnectionId = connection }, cancellationToken);
            Keep(found);
            if (!IsApprover(found.User.Id))
            {
                await TellOfStrangerAsync(found.User, cancellationToken);
            }

            return IsApprover(found.User.Id);
        }
        catch (TelegramRefusedException e) when (e.Refusal.ErrorCode is 400 or 403)
        {
            return false; // Telegram does not know it, or not any more.
        }
        catch (TelegramRefusedException e) when (e.Refusal.ErrorCode == 404)
        {
            // The token is right, or nothing would have come: a server of one's own, older than the method. Who may connect there is its keeper's
            // to say.
            return true;
        }
    }

    // Where nobody is listed with a Telegram id there is nobody to compare with; the owner is told of each connection.
    private bool IsApprover(long user) => approvers.ByTelegramId(user) is not null || approvers.All.All(a => a.TelegramId == 0);

    /// <summary>In memory: after a restart Telegram is asked again.</summary>
    private void Keep(BusinessConnection connection)
    {
        if (_userOf.Count >= MostKept)
        {
            _userOf.Clear();
        }

        _userOf[connection.Id] = connection.User.Id;
    }

    private Task TellOfStrangerAsync(User user, CancellationToken cancellationToken) =>
        store.WriteAsync(
            session =>
                ToldOnce.Tell(
                    session,
                    Strangers,
                    $"{user.Id}",
                    $"{MessageText.Cut(user.FirstName, 60)} (Telegram id {user.Id}) connected the bot to a Telegram Business account and "
                        + "is no approver, so nothing is read or answered there. "
                        + "If that is the shop's own account, list its owner among the approvers with "
                        + $"OpsChat__Approvals__Approvers__…__TelegramId={user.Id} and restart OpsChat.",
                    time.GetUtcNow()
                ),
            cancellationToken
        );

    private static string InWords(BusinessConnection connection) =>
        connection switch
        {
            { IsEnabled: false } =>
                $"{connection.User.FirstName}'s Telegram Business account disconnected the bot. Its customers are no longer answered here.",
            { Rights.CanReply: true } =>
                $"{connection.User.FirstName}'s Telegram Business account connected the bot. Its customers are answered from that account.",
            _ =>
                $"{connection.User.FirstName}'s Telegram Business account connected the bot, but does not let it reply. In Telegram: "
                    + "Settings, Telegram Business, Chatbots, allow “Reply to messages”.",
        };
}

using OpsChat.Messages;
using OpsChat.Storage;

namespace OpsChat.Agent;

/// <summary>
/// Reads what a turn starts from, and commits what it leads to. Where storing is delivering (<see cref="IChannel.DeliversByStoring"/>), what the
/// turn says leaves in the same transaction: it is with the customer once, and the store writes to the disk once less for each message.
/// </summary>
/// <param name="channels">Those that may deliver by storing; what is said in any other waits for the <see cref="OutboxSender"/>.</param>
public sealed class TurnStore(IStore store, IEnumerable<IChannel> channels, TimeProvider time)
{
    private readonly Dictionary<string, IChannel> _storing = channels
        .Where(channel => channel.DeliversByStoring)
        .SelectMany(channel => channel.Names, (channel, name) => (channel, name))
        .ToDictionary(pair => pair.name, pair => pair.channel);

    /// <summary>The undecided messages of a conversation, or null when there are none, or another host decides it.</summary>
    public Task<Turn?> LoadAsync(ConversationId conversation, DateTimeOffset now, CancellationToken cancellationToken) =>
        store.ReadAsync(session => session.Hosts.IsMine(conversation) ? TurnLoader.Load(session, conversation, now) : null, cancellationToken);

    /// <summary>Commits a turn, and gives the conversation back when nothing is undecided in it any more.</summary>
    /// <param name="work">Writes the turn; false when there was nothing to write.</param>
    /// <returns>What the work returned; what left with it is announced by then.</returns>
    public async Task<bool> CommitAsync(ConversationId conversation, Func<UnitOfWork, bool> work, CancellationToken cancellationToken)
    {
        var channel = _storing.GetValueOrDefault(conversation.Channel);
        var left = new List<OutboxMessage>();
        var isWritten = await store.WriteAsync(session =>
        {
            // A store that lost its connection does the work once more.
            left.Clear();
            if (!session.Hosts.IsMine(conversation) || !work(session))
            {
                return false;
            }

            session.Hosts.Release(conversation);

            if (channel is not null)
            {
                left.AddRange(Leave(session, conversation));
            }

            return true;
        }, cancellationToken);
        foreach (var message in left)
        {
            await channel!.SendAsync(message, cancellationToken);
        }

        return isWritten;
    }

    /// <summary>The conversation's messages that wait, in their order, up to the first that has to be looked at before it leaves.</summary>
    private List<OutboxMessage> Leave(UnitOfWork session, ConversationId conversation)
    {
        var (left, now) = (new List<OutboxMessage>(), time.GetUtcNow());
        foreach (var message in session.Outbox.Unsent(conversation))
        {
            if (message is not { State: OutboxState.Queued, Attempts: 0, IsChecked: false }
                || session.Outbox.Leave(message, OutboxState.Sent, now) is not { } sent)
            {
                break;
            }

            DeliveryRecorder.Record(session, sent, now);
            left.Add(sent);
        }

        return left;
    }
}

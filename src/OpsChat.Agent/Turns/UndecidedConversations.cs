using System.Runtime.CompilerServices;
using OpsChat.Messages;
using OpsChat.Storage;

namespace OpsChat.Agent;

/// <summary>
/// Finds what this host has to decide and has not in line: at the start all that is undecided, and on a shared store again and again what a host
/// that is gone left, what this host claimed and could not read then, and what other hosts store in the conversations that are this one's.
/// </summary>
sealed class UndecidedConversations(IStore store)
{
    private const int MostAtOnce = 1000;

    private long _seen;

    /// <summary>Makes this host's what nobody decides.</summary>
    /// <param name="isInLine">Whether this host decides a conversation already.</param>
    /// <returns>What is this host's and not in line, with the messages that wait there.</returns>
    public async IAsyncEnumerable<(ConversationId Conversation, IReadOnlyList<InboxMessage> Undecided)> TakeUpAsync(
        Func<ConversationId, bool> isInLine,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var left = (await store.ReadAsync(session => session.Hosts.Undecided(), cancellationToken))
            .Where(found => !isInLine(found.Conversation))
            .ToLookup(found => found.IsMine, found => found.Conversation);
        var taken = left[false].Any()
            ? await store.WriteAsync(session => left[false].Where(session.Hosts.TakeUp).ToList(), cancellationToken)
            : [];
        foreach (var part in left[true].Concat(taken).Chunk(MostAtOnce))
        {
            foreach (var line in await ReadAsync(part, cancellationToken))
            {
                yield return line;
            }
        }
    }

    /// <summary>Looks what other hosts have stored since the last time in conversations that are this one's: a further fragment, for which it waits
    /// as for one that came here.</summary>
    /// <param name="isBeingDecided">Conversations of which nothing needs to be heard.</param>
    public async Task<IReadOnlyList<(ConversationId Conversation, IReadOnlyList<InboxMessage> Undecided)>> HearAsync(
        Func<ConversationId, bool> isBeingDecided,
        CancellationToken cancellationToken
    )
    {
        var seen = _seen;
        var (latest, changes) = await store.ReadAsync(
            session => (session.Changes.Latest(), seen == 0 ? [] : session.Changes.After(seen, MostAtOnce)),
            cancellationToken
        );
        var heard = changes
            .Where(change => change.Kind == "message")
            .Select(change => change.Conversation)
            .OfType<string>()
            .Distinct()
            .Select(ConversationId.Parse)
            .Where(conversation => !isBeingDecided(conversation));
        var lines = await ReadAsync([.. heard], cancellationToken);
        // Only now: what could not be read is heard of again.
        _seen = changes.Count < MostAtOnce ? latest : changes[^1].Number;
        return lines;
    }

    /// <summary>Of these, the conversations of this host in which something waits.</summary>
    private async Task<IReadOnlyList<(ConversationId Conversation, IReadOnlyList<InboxMessage> Undecided)>> ReadAsync(
        ConversationId[] conversations,
        CancellationToken cancellationToken
    ) =>
        conversations.Length == 0
            ? []
            : await store.ReadAsync(
                session =>
                    conversations
                        .Where(session.Hosts.IsMine)
                        .Select(conversation => (Conversation: conversation, Undecided: session.Inbox.Undecided(conversation)))
                        .Where(line => line.Undecided.Count > 0)
                        .ToList(),
                cancellationToken
            );
}

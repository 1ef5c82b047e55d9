using OpsChat.Approvals;
using OpsChat.Messages;
using OpsChat.Playbooks;
using OpsChat.Storage;

namespace OpsChat.Agent;

/// <summary>How a conversation was handled before a person changed it, and after.</summary>
public sealed record HandlingChange(ConversationId Conversation, Handling Before, Handling After);

/// <summary>
/// What people agree on about a conversation without telling the customer: whose it is, when to look again, what it is about, and notes. Every change
/// stands in the audit log, without the words.
/// </summary>
public sealed class HandlingDesk(IStore store, CurrentPlaybooks knowledge, OpsChatOptions options, TimeProvider time)
{
    /// <summary>Who has it from now on; null gives it back to everybody.</summary>
    public Task<IReadOnlyList<HandlingChange>> AssignAsync(
        Approver who,
        IReadOnlyCollection<ConversationId> which,
        string? to,
        CancellationToken cancellationToken
    ) => ChangeAsync(who, which, _ => new { Verb = "assign", To = to }, (it, _) => it with { Assigned = to }, cancellationToken);

    /// <summary>Out of the way until then, or until the customer writes again; null brings it back.</summary>
    public Task<IReadOnlyList<HandlingChange>> SnoozeAsync(
        Approver who,
        IReadOnlyCollection<ConversationId> which,
        DateTimeOffset? until,
        CancellationToken cancellationToken
    ) =>
        ChangeAsync(
            who,
            which,
            now => new { Verb = until > now ? "snooze" : "wake", Until = until },
            (it, now) => it with { SnoozedUntil = until > now ? until : null },
            cancellationToken
        );

    public Task<IReadOnlyList<HandlingChange>> PrioritiseAsync(
        Approver who,
        IReadOnlyCollection<ConversationId> which,
        Priority priority,
        CancellationToken cancellationToken
    ) =>
        ChangeAsync(
            who,
            which,
            _ => new { Verb = "priority", To = priority.ToString() },
            (it, _) => it with { Priority = priority },
            cancellationToken
        );

    /// <param name="tag">Compared without case; the oldest give way when there are too many.</param>
    public Task<IReadOnlyList<HandlingChange>> TagAsync(
        Approver who,
        IReadOnlyCollection<ConversationId> which,
        string tag,
        bool isOn,
        CancellationToken cancellationToken
    )
    {
        var word = Cut(tag, Handling.MostCharactersOfATag);
        return word.Length == 0
            ? Task.FromResult<IReadOnlyList<HandlingChange>>([])
            : ChangeAsync(
                who,
                which,
                _ => new { Verb = isOn ? "tag" : "untag" },
                (it, _) =>
                    it with
                    {
                        Tags =
                        [
                            .. it
                                .Tags.Where(known => !known.Equals(word, StringComparison.OrdinalIgnoreCase))
                                .Concat(isOn ? [word] : [])
                                .TakeLast(Handling.MostTags),
                        ],
                    },
                cancellationToken
            );
    }

    /// <summary>Puts back what was changed, where nobody changed it again since.</summary>
    /// <returns>How many conversations are as before.</returns>
    public Task<int> UndoAsync(Approver who, IReadOnlyList<HandlingChange> changes, CancellationToken cancellationToken) =>
        store.WriteAsync(
            session =>
            {
                var now = time.GetUtcNow();
                // Who was forgotten meanwhile is not written about again.
                var same = changes
                    .Where(change =>
                        session.Conversations.Find(change.Conversation) is not null
                        && IsSame(session.Handling.Of(change.Conversation), change.After)
                    )
                    .ToList();
                foreach (var change in same)
                {
                    session.Handling.Set(change.Conversation, change.Before);
                    session.Audit.Append("handoff", who.Name, change.Conversation, new { Verb = "undo" }, now);
                }

        return same.Count;
    }, cancellationToken);

    private static bool IsSame(Handling one, Handling other) =>
        one with { Tags = other.Tags } == other && one.Tags.SequenceEqual(other.Tags);

    /// <summary>A note for the others; false when it has no words or nobody wrote there.</summary>
    public Task<bool> NoteAsync(Approver who, ConversationId about, string text, CancellationToken cancellationToken) => store.WriteAsync(session =>
    {
        var (now, words) = (time.GetUtcNow(), Cut(text, InternalNote.MostCharacters));
        if (words.Length == 0 || session.Conversations.Find(about) is null)
        {
            return false;
        }

        session.Handling.AddNote(new(Ids.New('n', now), about, who.Name, words, now));
        session.Audit.Append("handoff", who.Name, about, new { Verb = "note" }, now);
        return true;
    }, cancellationToken);

    /// <summary>The person has the conversation and the agent is silent there for a while; false when nobody wrote there.</summary>
    public Task<bool> TakeOverAsync(Approver who, ConversationId which, CancellationToken cancellationToken) => store.WriteAsync(session =>
    {
        var now = time.GetUtcNow();
        if (session.Conversations.Find(which) is null)
        {
            return false;
        }

        session.Conversations.SetTakeOver(which, now + options.Messages.PersonHolds, who.Name);
        session.Audit.Append("handoff", who.Name, which, new { Verb = "take over" }, now);
        return true;
    }, cancellationToken);

    /// <summary>Tomorrow at nine in the shop's time, as snoozing offers it.</summary>
    public DateTimeOffset TomorrowMorning() =>
        InTheShop(knowledge().Policy.DayOf(time.GetUtcNow()).AddDays(1).ToDateTime(new TimeOnly(9, 0)));

    /// <summary>What the shop's clock shows, as a moment.</summary>
    public DateTimeOffset InTheShop(DateTime clock) => new(clock, knowledge().Policy.TimeZone.GetUtcOffset(clock));

    private static string Cut(string text, int most) => text.Trim() is var words && words.Length > most ? words[..most] : words;

    private Task<IReadOnlyList<HandlingChange>> ChangeAsync(
        Approver who,
        IReadOnlyCollection<ConversationId> which,
        Func<DateTimeOffset, object> data,
        Func<Handling, DateTimeOffset, Handling> change,
        CancellationToken cancellationToken
    ) =>
        store.WriteAsync<IReadOnlyList<HandlingChange>>(
            session =>
            {
                var now = time.GetUtcNow();
                List<HandlingChange> changes = [];
                foreach (var id in which.Distinct().Where(id => session.Conversations.Find(id) is not null))
                {
                    var before = session.Handling.Of(id);
                    session.Handling.Set(id, change(before, now));
                    session.Audit.Append("handoff", who.Name, id, data(now), now);
                    changes.Add(new(id, before, session.Handling.Of(id)));
                }

                return changes;
            },
            cancellationToken
        );
}

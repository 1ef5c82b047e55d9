using OpsChat.Approvals;
using OpsChat.Messages;
using OpsChat.Playbooks;
using OpsChat.Storage;

namespace OpsChat.Agent;

/// <summary>
/// What people agree on about a conversation without telling the customer: whose it is, when to look again, what it is about, and notes. Every change
/// stands in the audit log, without the words.
/// </summary>
public sealed class HandlingDesk(IStore store, CurrentPlaybooks knowledge, OpsChatOptions options, TimeProvider time)
{
    /// <summary>Who has it from now on; null gives it back to everybody.</summary>
    public Task<int> AssignAsync(Approver who, IReadOnlyCollection<ConversationId> which, string? to, CancellationToken cancellationToken) =>
        ChangeAsync(who, which, _ => new { Verb = "assign", To = to }, (it, _) => it with { Assigned = to }, cancellationToken);

    /// <summary>Out of the way until then, or until the customer writes again; null brings it back.</summary>
    public Task<int> SnoozeAsync(
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

    public Task<int> PrioritiseAsync(
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
    public Task<int> TagAsync(Approver who, IReadOnlyCollection<ConversationId> which, string tag, bool isOn, CancellationToken cancellationToken)
    {
        var word = Cut(tag, Handling.MostCharactersOfATag);
        return word.Length == 0
            ? Task.FromResult(0)
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
    public DateTimeOffset TomorrowMorning()
    {
        var policy = knowledge().Policy;
        var morning = policy.DayOf(time.GetUtcNow()).AddDays(1).ToDateTime(new TimeOnly(9, 0));
        return new(morning, policy.TimeZone.GetUtcOffset(morning));
    }

    private static string Cut(string text, int most) => text.Trim() is var words && words.Length > most ? words[..most] : words;

    private Task<int> ChangeAsync(
        Approver who,
        IReadOnlyCollection<ConversationId> which,
        Func<DateTimeOffset, object> data,
        Func<Handling, DateTimeOffset, Handling> change,
        CancellationToken cancellationToken
    ) =>
        store.WriteAsync(
            session =>
            {
                var now = time.GetUtcNow();
                var known = which.Distinct().Where(id => session.Conversations.Find(id) is not null).ToList();
                foreach (var id in known)
                {
                    session.Handling.Set(id, change(session.Handling.Of(id), now));
                    session.Audit.Append("handoff", who.Name, id, data(now), now);
                }

                return known.Count;
            },
            cancellationToken
        );
}

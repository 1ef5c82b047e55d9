using OpsChat.Messages;
using OpsChat.Storage;

namespace OpsChat.Agent;

/// <summary>Reads what one decision starts from.</summary>
public static class TurnLoader
{
    /// <summary>The undecided messages of a conversation, or null when there are none.</summary>
    public static Turn? Load(UnitOfWork session, ConversationId id, DateTimeOffset now)
    {
        var messages = session.Inbox.Undecided(id);
        if (messages.Count == 0)
        {
            return null;
        }

        var conversation = session.Conversations.Find(id) ?? throw new InvalidOperationException($"Conversation {id} has messages but no row.");
        var cases = session.Cases.Open(id, now);
        var withApproval = session.Approvals.PendingIn(id).Select(a => a.CaseId).ToHashSet();
        var withCard =
            cases.Count == 0
                ? []
                : session
                    .HandOffs.OpenOf(id)
                    .Select(h => h.CaseId)
                    .Concat(cases.Select(c => c.Id).Where(withApproval.Contains))
                    .ToHashSet();
        return new(Ids.New('t', now), conversation, messages, cases, withCard, session.Settings.Get(SettingNames.Paused) is not null)
        {
            CasesWithApproval = withApproval,
            RejectedTexts = session.Approvals.RejectedTexts(id),
            Said = session.Outbox.AnsweredSince(id, now - Turn.SaidWithin),
        };
    }
}

using OpsChat.Approvals;
using OpsChat.Messages;
using OpsChat.Playbooks;
using OpsChat.Storage;

namespace OpsChat.Agent;

/// <summary>What happened beside an approval that waits and has to do with it, in the words of the shop's people.</summary>
public static class CardRemarks
{
    private const int MostQuoted = 60;

    /// <param name="hours">The shop's, for its time zone.</param>
    public static IReadOnlyList<string> Of(UnitOfWork session, Approval approval, OpeningHours hours) =>
    [
        .. new[] { Answered(session, approval) }.OfType<string>(),
        .. OrderCards.Remarks(
            approval,
            session.Approvals.OthersOf(approval),
            id => CustomerName.Of(session.Conversations.Find(id)?.Name, id),
            hours.Shown
        ),
    ];

    /// <summary>What a person wrote to the customer since the matter was put up for approval, in a sentence to be confirmed by whoever approves;
    /// null when nobody did.</summary>
    internal static string? Answered(UnitOfWork session, Approval approval)
    {
        if (session.Outbox.LastOfAPerson(approval.Conversation, approval.CreatedAt) is not { } words)
        {
            return null;
        }

        var line = words.ReplaceLineEndings(" ").Trim();
        var quoted = line.Length > MostQuoted ? $"{line[..MostQuoted]}…" : line;
        return $"A person has answered the customer since: “{quoted}” Is this still to be sent?";
    }
}

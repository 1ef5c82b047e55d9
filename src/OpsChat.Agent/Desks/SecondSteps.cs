using OpsChat.Approvals;
using OpsChat.Messages;
using OpsChat.Storage;

namespace OpsChat.Agent;

/// <summary>The second step of an approval or a reply, the same for every face.</summary>
static class SecondSteps
{
    /// <summary>What is left to be confirmed, remembered as shown to this person; null when nothing is, or exactly this was confirmed.</summary>
    /// <param name="subject">As in <see cref="Storage.Tables.SecondStepTable"/>.</param>
    /// <param name="text">What would leave.</param>
    /// <param name="doubts">What stands against it, a sentence each.</param>
    public static SecondStep? Left(
        UnitOfWork session,
        Approver who,
        string subject,
        ConversationId conversation,
        string text,
        IReadOnlyList<string> doubts,
        Confirmation? confirmed,
        DateTimeOffset now
    )
    {
        var step = new SecondStep(text, doubts);
        if (doubts.Count == 0 || (confirmed is not null && IsMeant(session, who, subject, step, confirmed)))
        {
            return null;
        }

        session.SecondSteps.Shown(subject, conversation, who.Name, step.Digest, doubts, now);
        return step;
    }

    private static bool IsMeant(UnitOfWork session, Approver who, string subject, SecondStep step, Confirmation confirmed) =>
        confirmed.Digest is { } seen ? seen == step.Digest : session.SecondSteps.WasShown(subject, who.Name, step.Digest);
}

using OpsChat.Messages;
using OpsChat.Playbooks;
using OpsChat.Understanding;

namespace OpsChat.Decisions;

/// <summary>Reads a message that takes back what waits for a person, or what was about to be asked of one. Pure.</summary>
static class Withdrawals
{
    /// <summary>The reading, which is no courtesy and no new wish where the words do nothing but take back what waits. Where nothing waits,
    /// "never mind" is a courtesy: what was asked is settled.</summary>
    /// <remarks>After a wish for money or goods a person reads it all the same: what they approved may be on its way.</remarks>
    public static Reading In(Reading reading, string text, Turn turn, PlaybookSnapshot known)
    {
        if (turn.Cases.Count == 0)
        {
            return reading;
        }

        var withdrawal = WithdrawalDetector.Read(text);
        var isSettled = withdrawal == Withdrawal.Wholly
            && reading.Money.Sense != MoneySense.Moves
            && !Asks(text)
            && !turn.Cases.Any(open => Moves(open, known));
        return TakenBack(turn) is null
            ? reading with { SmallTalk = isSettled ? SmallTalk.Acknowledgement : reading.SmallTalk }
            : reading with { Withdrawal = withdrawal, SmallTalk = withdrawal == Withdrawal.Wholly ? SmallTalk.None : reading.SmallTalk };
    }

    /// <summary>"Forget it, how much is shipping": a question of its own stands beside.</summary>
    private static bool Asks(string text) => RequestDetector.MayAsk(text) || QuestionDetector.AskedFor(text).Count > 0;

    /// <summary>A wish for money or goods that a person had before them.</summary>
    private static bool Moves(Case open, PlaybookSnapshot known) => open.HoldingSent && MatterThatWaits.IsOf(open, known);

    /// <summary>The matter that would be taken back: one that waits for an approval, else for a person, else the one that is asked about on the way
    /// there; null when nothing of the kind is there.</summary>
    public static Case? TakenBack(Turn turn) =>
        turn.Cases.FirstOrDefault(open => turn.CasesWithApproval.Contains(open.Id))
        ?? turn.Cases.FirstOrDefault(open => turn.CasesWithCard.Contains(open.Id))
        ?? turn.Cases.Take(1).FirstOrDefault(open => open is { MovesMoney: true, Awaiting.Count: > 0 });
}

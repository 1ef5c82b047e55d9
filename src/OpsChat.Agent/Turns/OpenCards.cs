using OpsChat.Approvals;
using OpsChat.Decisions;
using OpsChat.Messages;
using OpsChat.Storage;
using OpsChat.Text;
using OpsChat.Understanding;

namespace OpsChat.Agent;

/// <summary>What the customer writes reaches the cards that wait: whoever decides has read it, and what changes them is looked at again.</summary>
static class OpenCards
{
    private const int MostQuoted = 160, MostDoubts = 5;

    /// <summary>Whoever works on the matter sees that the customer said thanks, or asked again.</summary>
    public static void Mark(UnitOfWork session, TurnDecision decided)
    {
        if (!decided.Gate.IsSmallTalk || !decided.Gate.CardIsOpen)
        {
            return;
        }

        var supportCase = decided.SupportCase;
        var mark = $"the customer {Did(decided.Reading.SmallTalk)} at {decided.PlaybookSnapshot.Shop.Hours.Shown(decided.At)}";
        if (session.Approvals.PendingOf(supportCase.Id) is { } approval)
        {
            session.Approvals.SetMarks(approval.Id, Case.Joined(approval.Marks, mark));
        }

        foreach (var open in session.HandOffs.OpenOf(supportCase.Conversation).Where(h => h.CaseId == supportCase.Id))
        {
            session.HandOffs.Save(open with { Marks = Case.Joined(open.Marks, mark) });
        }
    }

    private static string Did(SmallTalk said) => said switch
    {
        SmallTalk.Greeting => "said hello",
        SmallTalk.Thanks => "said thanks",
        SmallTalk.Nudge => "asked again",
        SmallTalk.Goodbye => "said goodbye",
        _ => "said that it is understood",
    };

    /// <summary>New words on a matter that waits for approval give the card a new revision, so that the owner looks again before it leaves.</summary>
    public static void Refresh(UnitOfWork session, Approval pending, Turn turn) => session.Approvals.Revise((pending with
    {
        Revision = pending.Revision + 1,
        CustomerWords = Case.Joined(pending.CustomerWords, turn.Shown(turn.Text)),
        SeenSeq = turn.LastSeq,
    }).Sealed());

    /// <summary>
    /// What the customer wrote, under whatever playbook, belongs to every card that waits in the conversation: what it asks for may be withdrawn
    /// or settled otherwise by it. Cards of the same order in other conversations are looked at again too. Thanks and nudges change none.
    /// </summary>
    /// <param name="handOffs">Those that were open before.</param>
    public static void Show(UnitOfWork session, TurnDecision decided, IReadOnlyList<HandOff> handOffs)
    {
        var (turn, id) = (decided.Turn, decided.Turn.Conversation.Id);
        ShowOnDoubtful(session, decided);
        var waiting = session.Approvals.PendingIn(id);
        // Where no card waits, there is nothing to be taken back but what small talk would mark as seen.
        if (
            (waiting.Count + handOffs.Count > 0 || decided.Gate.IsSmallTalk) && WithdrawalDetector.Read(turn.Text) != Withdrawal.None
        )
        {
            Doubt(session, turn, handOffs);
        }
        else if (decided.Gate.IsSmallTalk)
        {
            session.Approvals.SawSmallTalk(id, turn.Messages[0].Seq, turn.LastSeq);
            return;
        }

        foreach (var pending in waiting.Count == 0 ? [] : session.Approvals.PendingIn(id).Where(p => p.SeenSeq < turn.LastSeq))
        {
            Refresh(session, pending, turn);
        }

        var orders = decided.Matters.Select(matter => matter.Gathered.Proven?.Number).OfType<string>().DistinctBy(OrderNumber.Key);
        foreach (var ofOrder in orders.Select(session.Approvals.PendingForOrder))
        {
            // Where this conversation has a card of the order too, the cards name each other.
            var mark = ofOrder.Any(card => card.Conversation == id) ? null
                : $"another conversation wrote about the same order at {decided.PlaybookSnapshot.Shop.Hours.Shown(decided.At)}";
            foreach (var other in ofOrder.Where(card => card.Conversation != id))
            {
                session.Approvals.Revise((other with
                {
                    Revision = other.Revision + 1,
                    Marks = mark is null ? other.Marks : Case.Joined(other.Marks, mark),
                }).Sealed());
            }
        }
    }

    /// <summary>Whether a text arrived is told by what the customer writes next: whoever settles it reads that on its card.</summary>
    private static void ShowOnDoubtful(UnitOfWork session, TurnDecision decided)
    {
        foreach (var doubtful in session.Approvals.UncertainIn(decided.Turn.Conversation.Id))
        {
            var words = decided.Turn.Shown(decided.Turn.Text).ReplaceLineEndings(" ").Trim();
            var quoted = words.Length > MostQuoted ? $"{words[..MostQuoted]}…" : words;
            var mark = $"the customer wrote at {decided.PlaybookSnapshot.Shop.Hours.Shown(decided.At)}: “{quoted}”";
            session.Approvals.SetMarks(doubtful.Id, Case.Joined(doubtful.Marks, mark));
        }
    }

    /// <summary>The customer takes something back: every card that waits in the conversation, but for those that these words themselves made, is
    /// looked at again, and approving one takes a second step.</summary>
    private static void Doubt(UnitOfWork session, Turn turn, IReadOnlyList<HandOff> handOffs)
    {
        var id = turn.Conversation.Id;
        var doubt = WithdrawnWish.Of(turn.Text);
        foreach (var pending in session.Approvals.PendingIn(id).Where(pending => pending.Turn != turn.Id || pending.Revision > 1))
        {
            session.Approvals.Revise((pending with
            {
                Revision = pending.Revision + 1,
                CustomerWords = pending.SeenSeq < turn.LastSeq ? Case.Joined(pending.CustomerWords, turn.Shown(turn.Text)) : pending.CustomerWords,
                SeenSeq = turn.LastSeq,
                Unconfirmed = [.. pending.Unconfirmed.Append(doubt).Distinct().TakeLast(MostDoubts)],
            }).Sealed());
        }

        foreach (var open in session.HandOffs.OpenOf(id).Where(open => handOffs.Any(before => before.Id == open.Id)))
        {
            session.HandOffs.Save(
                open with
                {
                    Marks = Case.Joined(open.Marks, doubt.Sentence),
                    Doubts = [.. open.Doubts.Append(doubt).Distinct().TakeLast(MostDoubts)],
                }
            );
        }
    }
}

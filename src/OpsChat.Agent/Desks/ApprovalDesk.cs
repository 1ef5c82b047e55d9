using OpsChat.Approvals;
using OpsChat.Canary;
using OpsChat.Decisions;
using OpsChat.Drafting;
using OpsChat.Facts;
using OpsChat.Messages;
using OpsChat.Playbooks;
using OpsChat.Storage;

namespace OpsChat.Agent;

/// <summary>What an approver wants of one exact revision. Closed.</summary>
public abstract record ApprovalVerb
{
    private ApprovalVerb() { }

    /// <param name="Confirmed">What the approver was shown to be confirmed; null when nothing was.</param>
    public sealed record Approve(Confirmation? Confirmed = null) : ApprovalVerb;

    /// <summary>New words make a new revision that waits again; the old buttons are dead.</summary>
    /// <param name="Confirmed">As in <see cref="Approve"/>; counts where the edit's own news are confirmed first.</param>
    public sealed record Edit(string Text, WhenConfirmed When = WhenConfirmed.WithApproval, Confirmation? Confirmed = null) : ApprovalVerb;

    public sealed record Reject(ErrorKind Kind, string Reason) : ApprovalVerb;

    /// <summary>The customer does not want it any more: nothing is sent, and the text was neither right nor wrong.</summary>
    public sealed record NotNeeded : ApprovalVerb;

    /// <summary>The approver answers in person.</summary>
    public sealed record TakeOver : ApprovalVerb;
}

/// <summary>When an edit's new amounts, links and promises are confirmed.</summary>
public enum WhenConfirmed
{
    /// <summary>Before it is stored: until then it is not, and the answer says what there is to confirm.</summary>
    First,
    /// <summary>Later: it is stored, and approving it asks.</summary>
    WithApproval,
}

/// <summary>How the desk answers. Closed.</summary>
public abstract record DeskAnswer
{
    private DeskAnswer() { }

    public sealed record Done(Approval Now) : DeskAnswer;

    /// <summary>It is not that pending content any more; nothing has changed.</summary>
    public sealed record Late(Approval Now, string Why) : DeskAnswer;

    public sealed record NotAllowed(string Why) : DeskAnswer;

    /// <summary>It has to be confirmed in a second step; nothing has changed.</summary>
    /// <param name="Step">What is new or does not fit.</param>
    public sealed record Confirm(Approval Now, SecondStep Step) : DeskAnswer;

    public sealed record Unknown : DeskAnswer;

    public sealed record Unusable(string Why) : DeskAnswer;
}

/// <summary>Where approvals are decided, for every face alike: one compare-and-set, then the outbox in the same transaction.</summary>
public sealed class ApprovalDesk(
    IStore store,
    CurrentPlaybooks knowledge,
    DispatchCheck dispatch,
    OpsChatOptions options,
    TimeProvider time
)
{
    public const int MostCharacters = 4000;

    /// <param name="hash">The hash of the content that the approver saw.</param>
    public async Task<DeskAnswer> DecideAsync(Approver who, string id, string hash, ApprovalVerb verb, CancellationToken cancellationToken)
    {
        // The shop's data are asked before, for a transaction must not wait for them; the ledger is added up inside, where nobody else approves
        // meanwhile.
        var order =
            verb is ApprovalVerb.Approve
                ? await store.ReadAsync(session => session.Approvals.Find(id)?.OrderNumber, cancellationToken)
                : null;
        var look = await dispatch.AskShopAsync(order, cancellationToken);
        return await store.WriteAsync(session => Decide(session, who, id, hash, verb, look.Money, time.GetUtcNow()), cancellationToken);
    }

    private DeskAnswer Decide(UnitOfWork session, Approver who, string id, string hash, ApprovalVerb verb, OrderMoney money, DateTimeOffset now)
    {
        if (session.Approvals.Find(id) is not { } approval)
        {
            return new DeskAnswer.Unknown();
        }

        if (approval.State != ApprovalState.Pending || approval.Hash != hash || approval.ExpiresAt <= now)
        {
            return new DeskAnswer.Late(approval, WhyLate(approval, hash, now));
        }

        if (verb is ApprovalVerb.Approve && who.WhyNot(approval, knowledge().Policy.Currency) is { } why)
        {
            return new DeskAnswer.NotAllowed(why);
        }

        return verb switch
        {
            ApprovalVerb.Approve approve => Approve(session, who, approval, approve.Confirmed, money, now),
            ApprovalVerb.Edit edit => Edit(session, who, approval, edit with { Text = edit.Text.Trim() }, now),
            ApprovalVerb.Reject reject => Reject(session, who, approval, reject, now),
            ApprovalVerb.NotNeeded => NotNeeded(session, who, approval, now),
            ApprovalVerb.TakeOver => TakeOver(session, who, approval, now),
            _ => throw new InvalidOperationException("ApprovalVerb is closed."),
        };
    }

    private DeskAnswer Approve(UnitOfWork session, Approver who, Approval approval, Confirmation? confirmed, OrderMoney money, DateTimeOffset now)
    {
        var over = OrderCards.WhyNot(approval, money, session.Approvals.OthersOf(approval));
        IReadOnlyList<string> doubts =
        [
            .. approval.Unconfirmed.Select(doubt => doubt.Sentence),
            .. new[] { CardRemarks.Answered(session, approval), over }.OfType<string>(),
        ];
        if (SecondSteps.Left(session, who, approval.Hash, approval.Conversation, approval.Text, doubts, confirmed, now) is { } step)
        {
            return new DeskAnswer.Confirm(approval, step);
        }

        if (Approve(session, who, approval, now) is null)
        {
            return Late(session, approval, now);
        }

        session.Approvals.SetConfirmed(approval.Id, [.. approval.Confirmed, .. doubts], over is not null, money.Refunded);
        return new DeskAnswer.Done(session.Approvals.Find(approval.Id)!);
    }

    /// <summary>Approves a pending approval and puts its text into the outbox; null when it is not pending with that content any more.</summary>
    internal static OutboxMessage? Approve(UnitOfWork session, Approver who, Approval approval, DateTimeOffset now)
    {
        if (!session.Approvals.Decide(approval.Id, approval.Revision, approval.Hash, ApprovalState.Approved, who.Name, null, now))
        {
            return null;
        }

        OutcomeLog.ApprovalDecided(session, approval, approved: true, now);
        session.Audit.ApprovalDecided(session.Approvals.Find(approval.Id)!, who.Name, "approve", now);
        return session.Outbox.Add(OutboxMessage.New(approval.Conversation, Sender.Person, OutboxKind.Approved, approval.Text, now) with
        {
            Turn = approval.Turn,
            CaseId = approval.CaseId,
            Approval = approval.Id,
            ApprovalHash = approval.Hash,
            OrderNumber = approval.OrderNumber,
        });
    }

    private DeskAnswer Edit(UnitOfWork session, Approver who, Approval approval, ApprovalVerb.Edit edit, DateTimeOffset now)
    {
        var text = edit.Text;
        if (text.Length is 0 or > MostCharacters)
        {
            return new DeskAnswer.Unusable($"The text must have 1 to {MostCharacters:N0} characters; this one has {text.Length:N0}.");
        }

        var currency = knowledge().Policy.Currency;
        var news = EditCheck.New(text, approval, currency);
        var isFirst = edit.When == WhenConfirmed.First;
        if (isFirst && SecondSteps.Left(session, who, approval.Hash, approval.Conversation, text, news, edit.Confirmed, now) is { } step)
        {
            return new DeskAnswer.Confirm(approval, step);
        }

        var next = (
            approval.WithText(text, currency) with
            {
                Revision = approval.Revision + 1,
                Unconfirmed =
                [
                    .. isFirst
                        ? approval.Unconfirmed
                        : approval.Unconfirmed.Union(news.Select(sentence => new Doubt(DoubtKind.Edit, sentence))),
                ],
            }
        ).Sealed();
        return session.Approvals.Revise(next) ? Decided(session, next, who, "edit", now) : Late(session, approval, now);
    }

    private DeskAnswer Reject(UnitOfWork session, Approver who, Approval approval, ApprovalVerb.Reject reject, DateTimeOffset now)
    {
        var reason = reject.Reason.Length > 0 ? $"{reject.Kind}: {reject.Reason}" : reject.Kind.ToString();
        if (!session.Approvals.Decide(approval.Id, approval.Revision, approval.Hash, ApprovalState.Rejected, who.Name, reason, now))
        {
            return Late(session, approval, now);
        }

        OutcomeLog.ApprovalDecided(session, approval, approved: false, now);
        OutcomeLog.Rejected(session, approval.CaseId, approval.Turn, reject.Kind, who.Name, reject.Reason, now);
        AskAgain(session, approval, new CardReason.Rejected(who.Name, reject.Kind, reject.Reason), offersText: false, now);
        return Decided(session, approval, who, "reject", now);
    }

    /// <summary>A person still says so to the customer; whoever took a wish back waits for no update of it.</summary>
    private DeskAnswer NotNeeded(UnitOfWork session, Approver who, Approval approval, DateTimeOffset now)
    {
        if (!session.Approvals.Decide(
            approval.Id, approval.Revision, approval.Hash, ApprovalState.Rejected, who.Name, Approval.NoLongerWanted, now))
        {
            return Late(session, approval, now);
        }

        OutcomeLog.ApprovalDecided(session, approval, approved: false, now);
        session.HandOffs.Save(BackToAPerson(approval, new CardReason.NotNeeded(who.Name), now, offersText: false));
        return Decided(session, approval, who, "not needed", now);
    }

    private DeskAnswer TakeOver(UnitOfWork session, Approver who, Approval approval, DateTimeOffset now)
    {
        if (!session.Approvals.Decide(approval.Id, approval.Revision, approval.Hash, ApprovalState.TakenOver, who.Name, null, now))
        {
            return Late(session, approval, now);
        }

        session.Conversations.SetTakeOver(approval.Conversation, now + options.Messages.PersonHolds, who.Name);
        session.HandOffs.Save(BackToAPerson(approval, new CardReason.TakenOver(who.Name), now));
        return Decided(session, approval, who, "take over", now);
    }

    /// <summary>Rejected or expired: a person has to answer, and the customer hears once that it takes longer.</summary>
    /// <param name="offersText">As for <see cref="BackToAPerson"/>.</param>
    internal void AskAgain(UnitOfWork session, Approval approval, CardReason why, bool offersText, DateTimeOffset now)
    {
        session.HandOffs.Save(BackToAPerson(approval, why, now, offersText));
        var known = knowledge();
        var language = session.Conversations.Find(approval.Conversation)?.Language ?? "und";
        var facts = new FactSet(known.Shop.Facts(now, language));
        var update = Drafter.Standing(known.Shop.Texts.Update, facts, language).Text;
        if (update is not null)
        {
            session.Outbox.Add(
                OutboxMessage.New(approval.Conversation, Sender.Agent, OutboxKind.Update, update, now) with
                {
                    Turn = approval.Turn,
                    CaseId = approval.CaseId,
                    PromisedBy = known.Shop.PromisedBy(update, facts, language),
                }
            );
        }
    }

    /// <summary>The matter as a hand-off, with the text that was not sent as the suggestion.</summary>
    /// <param name="offersText">False for a text that somebody refused: it is not offered again.</param>
    internal static HandOff BackToAPerson(Approval approval, CardReason why, DateTimeOffset now, bool offersText = true) => new()
    {
        Id = Ids.New('h', now),
        Conversation = approval.Conversation,
        CaseId = approval.CaseId,
        Turn = approval.Turn,
        CustomerWords = approval.CustomerWords,
        Suggestion = offersText ? approval.Text : null,
        Reasons = [why, .. approval.Reasons],
        Marks = [.. approval.Withdrawals.Select(doubt => doubt.Sentence)],
        Doubts = approval.Withdrawals,
        To = "owner",
        CreatedAt = now,
        At = now,
    };

    private static DeskAnswer.Done Decided(UnitOfWork session, Approval approval, Approver who, string verb, DateTimeOffset now)
    {
        var current = session.Approvals.Find(approval.Id)!;
        session.Audit.ApprovalDecided(current, who.Name, verb, now);
        return new(current);
    }

    private DeskAnswer.Late Late(UnitOfWork session, Approval seen, DateTimeOffset now)
    {
        var current = session.Approvals.Find(seen.Id)!;
        return new(current, WhyLate(current, seen.Hash, now));
    }

    private string WhyLate(Approval approval, string hash, DateTimeOffset now) => approval.State switch
    {
        ApprovalState.Pending when approval.ExpiresAt <= now => "The time for this approval is over.",
        ApprovalState.Pending when approval.Hash != hash => "The text has changed since you saw it. Look at the new one.",
        _ when approval.DecidedBy is { } by =>
            $"{by} decided this at {knowledge().Shop.Hours.Shown(approval.DecidedAt ?? approval.CreatedAt)}: {approval.State}.",
        _ => $"This approval is {approval.State}.",
    };
}

using OpsChat.Agent;
using OpsChat.Approvals;
using OpsChat.Canary;
using OpsChat.Storage;

namespace OpsChat.Channels.Telegram.Desk;

/// <summary>Taps under an approval.</summary>
public sealed class ApprovalTaps(
    IStore store,
    ApprovalDesk approvals,
    ArrivalDesk arrivals,
    CardButtons buttons,
    DeskSpeech speech,
    ButtonSeal seal,
    TimeProvider time
)
{
    private static readonly TimeSpan s_later = TimeSpan.FromHours(1);

    public async Task<string> TapAsync(TelegramNews.Tap tap, ButtonData data, Approver who, CancellationToken cancellationToken)
    {
        var approval = await store.ReadAsync(session => session.Approvals.Find(data.Subject), cancellationToken);
        if (approval is null || data.Revision != approval.Revision || !seal.IsOurs(tap.Data, data, approval.Hash))
        {
            return CardButtons.Changed;
        }

        if (approval.State != ApprovalState.Pending)
        {
            // The desk knows best who decided, and when.
            return Say(await approvals.DecideAsync(who, approval.Id, approval.Hash, new ApprovalVerb.Approve(), cancellationToken));
        }

        switch (data.Verb)
        {
            case ButtonVerb.Approve or ButtonVerb.ApproveAnyway:
                var answer = await approvals.DecideAsync(
                    who,
                    approval.Id,
                    approval.Hash,
                    new ApprovalVerb.Approve(CardButtons.Confirmed(data, ButtonVerb.ApproveAnyway)),
                    cancellationToken
                );
                return answer is DeskAnswer.Confirm confirm
                    ? buttons.AskTwice(tap, confirm.Step, "✅ Approve all the same", data with { Verb = ButtonVerb.ApproveAnyway }, approval.Hash)
                    : Say(answer);
            case ButtonVerb.TakeOver:
                return Say(await approvals.DecideAsync(who, approval.Id, approval.Hash, new ApprovalVerb.TakeOver(), cancellationToken));
            case ButtonVerb.Reject when Enum.IsDefined((ErrorKind)data.Choice):
                return Say(
                    await approvals.DecideAsync(
                        who,
                        approval.Id,
                        approval.Hash,
                        new ApprovalVerb.Reject((ErrorKind)data.Choice, ""),
                        cancellationToken
                    )
                );
            case ButtonVerb.NotNeeded:
                return Say(await approvals.DecideAsync(who, approval.Id, approval.Hash, new ApprovalVerb.NotNeeded(), cancellationToken));
            case ButtonVerb.AskReason:
                buttons.Show(tap, CardText.Kinds(buttons.Setting, data with { Verb = ButtonVerb.Reject }, approval.Hash));
                return "Why?";
            case ButtonVerb.Edit:
                speech.Ask(
                    tap,
                    who,
                    new("edit", approval.Id, approval.Hash),
                    "Reply to this message with the new answer. It then waits for approval again.",
                    approval.Text
                );
                return "";
            default:
                await store.WriteAsync(
                    session => session.Desk.ShowLater(CardKind.Approval, approval.Id, time.GetUtcNow() + s_later),
                    cancellationToken
                );
                return "It comes again in an hour. Its time runs on.";
        }
    }

    /// <summary>Taps on what was approved and may have arrived.</summary>
    public async Task<string> TapOnArrivalAsync(TelegramNews.Tap tap, ButtonData data, Approver who, CancellationToken cancellationToken)
    {
        var approval = await store.ReadAsync(session => session.Approvals.Find(data.Subject), cancellationToken);
        if (approval is null || data.Revision != approval.Revision || !seal.IsOurs(tap.Data, data, approval.Hash))
        {
            return CardButtons.Changed;
        }

        return data.Verb switch
        {
            ButtonVerb.AskArrival => await arrivals.AskAsync(who, approval.Id, cancellationToken),
            ButtonVerb.Arrived => await arrivals.ArrivedAsync(who, approval.Id, cancellationToken),
            _ => await arrivals.SendAgainAsync(who, approval.Id, cancellationToken),
        };
    }

    private static string Say(DeskAnswer answer) => answer switch
    {
        DeskAnswer.Done { Now.State: ApprovalState.Approved } => "Approved. It is on its way.",
        DeskAnswer.Done { Now: { State: ApprovalState.Rejected, Reason: Approval.NoLongerWanted } } =>
            "Closed; nothing was sent. Please tell the customer that it stays as it is.",
        DeskAnswer.Done { Now.State: ApprovalState.Rejected } => "Rejected. Please answer the customer in person.",
        DeskAnswer.Done { Now.State: ApprovalState.TakenOver } => "It is yours. The agent is silent there.",
        DeskAnswer.Done => "Stored.",
        DeskAnswer.Late late => late.Why,
        DeskAnswer.NotAllowed no => no.Why,
        DeskAnswer.Unusable unusable => unusable.Why,
        _ => CardButtons.Changed,
    };
}

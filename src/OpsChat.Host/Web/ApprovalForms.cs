using Microsoft.AspNetCore.Mvc;
using OpsChat.Agent;
using OpsChat.Approvals;
using OpsChat.Storage;
using static OpsChat.Host.Web.FormEnd;

namespace OpsChat.Host.Web;

/// <summary>What the cards of approvals post.</summary>
static class ApprovalForms
{
    internal static async Task<IResult> DecideAsync([FromForm] DecisionForm form, ApprovalDesk desk, FlashNote note, HttpContext context)
    {
        if (VerbOf(form) is not { } verb)
        {
            return OwnerForms.Back(context, note, NotDone(form.Verb == "reject" ? "Nothing was rejected: choose what is wrong."
                : "Nothing was done: the form did not say what to do."), form.Return);
        }

        var answer = await desk.DecideAsync(context.ApproverOf(), form.Id ?? "", form.Hash ?? "", verb, context.RequestAborted);
        return OwnerForms.Back(context, note, InWords(answer), form.Return);
    }

    /// <summary>What stands beside the kinds of errors where a card is rejected.</summary>
    internal const string NotNeeded = "not-needed";

    private static ApprovalVerb? VerbOf(DecisionForm form) => form.Verb switch
    {
        "approve" => new ApprovalVerb.Approve(OwnerForms.Seen(form.Confirm)),
        "edit" => new ApprovalVerb.Edit(OwnerForms.Lines(form.Text)),
        "reject" when form.Kind == NotNeeded => new ApprovalVerb.NotNeeded(),
        "reject" when OwnerForms.KindOf(form.Kind) is { } kind => new ApprovalVerb.Reject(kind, OwnerForms.Lines(form.Reason)),
        "takeover" => new ApprovalVerb.TakeOver(),
        _ => null,
    };

    internal static async Task<IResult> ArrivalAsync(
        [FromForm] DecisionForm form,
        IStore store,
        ArrivalDesk desk,
        FlashNote note,
        HttpContext context
    )
    {
        var (who, id, cancellationToken) = (context.ApproverOf(), form.Id ?? "", context.RequestAborted);
        var hash = await store.ReadAsync(session => session.Approvals.Find(id)?.Hash, cancellationToken);
        FormEnd said = form.Verb switch
        {
            _ when hash is null || hash != form.Hash => NotDone("Nothing was done: this reply has changed since you saw it."),
            "arrived" => await desk.ArrivedAsync(who, id, cancellationToken),
            "ask" => await desk.AskAsync(who, id, cancellationToken),
            "again" => await desk.SendAgainAsync(who, id, cancellationToken),
            _ => NotDone("Nothing was done: the form did not say what to do."),
        };
        return OwnerForms.Back(context, note, said, form.Return);
    }

    private static FormEnd InWords(DeskAnswer answer) =>
        answer switch
        {
            DeskAnswer.Done { Now: { State: ApprovalState.Pending, Unconfirmed: { Count: > 0 } what } } =>
                $"The new text is saved and waits for approval. Look at it again: {string.Join(' ', what)}",
            DeskAnswer.Done { Now.State: ApprovalState.Pending } =>
                "The new text is saved and waits for approval. The old one can no longer be approved.",
            DeskAnswer.Done { Now.State: ApprovalState.Approved or ApprovalState.Sent } =>
                "Approved. Exactly this text goes to the customer.",
            DeskAnswer.Done { Now: { State: ApprovalState.Rejected, Reason: Approval.NoLongerWanted } } =>
                "Closed. Nothing was sent; the case waits among the drafts until somebody tells the customer that it stays as it is.",
            DeskAnswer.Done { Now.State: ApprovalState.Rejected } =>
                "Rejected. The case waits among the drafts, and the customer is told that it takes longer.",
            DeskAnswer.Done { Now.State: ApprovalState.TakenOver } => "You have this conversation now; the agent is silent there.",
            DeskAnswer.Done done => $"The approval is {done.Now.State} now.",
            DeskAnswer.Late late => NotDone($"Nothing was done. {late.Why}"),
            DeskAnswer.Confirm confirm =>
                NotDone($"Not approved yet. {string.Join(' ', confirm.Step.Sentences)} Tick that you have looked at it, and approve again."),
            DeskAnswer.NotAllowed no => NotDone($"Nothing was done. {no.Why}"),
            DeskAnswer.Unusable unusable => NotDone($"Nothing was done. {unusable.Why}"),
            _ => NotDone("Nothing was done: there is no such approval."),
        };
}

using Microsoft.AspNetCore.Mvc;
using OpsChat.Agent;
using OpsChat.Messages;
using OpsChat.Storage;
using static OpsChat.Host.Web.FormEnd;

namespace OpsChat.Host.Web;

/// <summary>A person's own words to a customer, and the end of a matter that waited for them.</summary>
static class ReplyForms
{
    private static readonly FormEnd s_length = NotDone($"Nothing was sent: a reply has 1 to {PersonDesk.MostCharacters:N0} characters.");

    internal static async Task<IResult> AnswerAsync([FromForm] AnswerForm form, IStore store, PersonDesk desk, FlashNote note, HttpContext context)
    {
        var text = OwnerForms.Lines(form.Text);
        if (text.Length is 0 or > PersonDesk.MostCharacters)
        {
            return OwnerForms.Back(context, note, s_length, form.Return);
        }

        var answer = await desk.AnswerAsync(
            context.ApproverOf(),
            form.Id ?? "",
            text,
            context.RequestAborted,
            confirmed: OwnerForms.Seen(form.Confirm)
        );
        var handOff =
            answer is PersonAnswer.Nobody
                ? await store.ReadAsync(session => session.HandOffs.Find(form.Id ?? ""), context.RequestAborted)
                : null;
        return OwnerForms.Back(
            context,
            note,
            answer switch
            {
                PersonAnswer.Sent => "Your reply is on its way.",
                PersonAnswer.Confirm confirm => InWords(confirm),
                PersonAnswer.NotAllowed no => NotDone($"Nothing was sent. {no.Why}"),
                _ => NotDone($"Nothing was sent: {(handOff?.ClosedBy is { } by ? $"{by} answered this already." : "this case no longer waits.")}"),
            },
            form.Return
        );
    }

    private static FormEnd InWords(PersonAnswer.Confirm confirm) =>
        NotDone($"Nothing was sent yet. {string.Join(' ', confirm.Step.Sentences)} Tick that you have looked at it, and send it again.");

    internal static async Task<IResult> DismissAsync([FromForm] ItemForm form, PersonDesk desk, FlashNote note, HttpContext context) =>
        OwnerForms.Back(context, note, await desk.DismissAsync(context.ApproverOf(), form.Id ?? "", context.RequestAborted)
            ? "Closed without an answer." : NotDone("Nothing was done: this case no longer waits."), form.Return);

    internal static async Task<IResult> ReplyAsync(
        [FromForm] AnswerForm form,
        PersonDesk desk,
        Inbox.ShownTranslations shown,
        FlashNote note,
        HttpContext context
    )
    {
        var text = OwnerForms.Lines(form.Text);
        if (!ConversationId.TryParse(form.Id, out var conversation) || text.Length is 0 or > PersonDesk.MostCharacters)
        {
            return OwnerForms.Back(context, note, s_length, form.Return);
        }

        var answer = await desk.ReplyAsync(context.ApproverOf(), conversation, text, context.RequestAborted, OwnerForms.Seen(form.Confirm));
        if (answer is PersonAnswer.Sent)
        {
            await shown.ForgetAsync(
                context.ApproverOf().Name,
                conversation,
                Inbox.ShownTranslations.OwnWords,
                context.RequestAborted
            );
        }

        return OwnerForms.Back(context, note, answer switch
        {
            PersonAnswer.Confirm confirm => InWords(confirm),
            PersonAnswer.Sent => "Your reply is on its way. The agent is silent here for a while.",
            PersonAnswer.NotAllowed no => NotDone($"Nothing was sent. {no.Why}"),
            _ => NotDone("Nothing was sent: nobody has written there yet."),
        }, form.Return);
    }

    internal static async Task<IResult> GiveBackAsync([FromForm] ItemForm form, PersonDesk desk, FlashNote note, HttpContext context)
    {
        if (ConversationId.TryParse(form.Id, out var conversation))
        {
            await desk.GiveBackAsync(context.ApproverOf(), conversation, context.RequestAborted);
        }

        return OwnerForms.Back(context, note, "The agent answers here again.", form.Return);
    }
}

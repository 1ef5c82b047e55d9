using OpsChat.Approvals;

namespace OpsChat.Channels.Telegram.Desk;

/// <summary>
/// An approver's taps. A tap counts only with our MAC over exactly the content that is in force; the decision is stored first, the tap
/// answered once after it, and the desk then edits the card.
/// </summary>
public sealed class OwnerTaps(
    ApprovalTaps approvals,
    HandOffTaps handOffs,
    SpotCheckTaps spotChecks,
    YesNoTaps yesNo,
    CardButtons buttons,
    LostCards lost,
    TelegramErrands errands
)
{
    public async Task TapAsync(TelegramNews.Tap tap, Approver who, CancellationToken cancellationToken)
    {
        if (tap is { Chat: { } chat, Message: { } card })
        {
            await lost.AdoptAsync(chat, card, tap.Thread, tap.Data, cancellationToken);
        }

        var answer = ButtonSeal.Read(tap.Data) switch
        {
            null => CardButtons.Changed,
            { Verb: (>= ButtonVerb.Approve and <= ButtonVerb.AskReason) or ButtonVerb.ApproveAnyway or ButtonVerb.NotNeeded } data =>
                await approvals.TapAsync(
                tap,
                data,
                who,
                cancellationToken
            ),
            {
                Verb: (>= ButtonVerb.SendAsItIs and <= ButtonVerb.NotACase)
                    or ButtonVerb.SendAnyway
                    or ButtonVerb.SendOther
                    or ButtonVerb.SendOtherAnyway
            } data => await handOffs.TapAsync(tap, data, who, cancellationToken),
            { Verb: >= ButtonVerb.Right and <= ButtonVerb.Wrong } data => await spotChecks.TapAsync(tap, data, who, cancellationToken),
            { Verb: ButtonVerb.AskArrival or ButtonVerb.SendAgain or ButtonVerb.Arrived } data =>
                await approvals.TapOnArrivalAsync(tap, data, who, cancellationToken),
            { Verb: ButtonVerb.Back } => await buttons.BackAsync(tap, cancellationToken),
            { } data => await yesNo.TapAsync(tap, data, who, cancellationToken) ?? CardButtons.Changed,
        };
        errands.AnswerTap(tap.QueryId, answer.Length > 0 ? answer : null);
    }
}

using OpsChat.Agent;
using OpsChat.Approvals;
using OpsChat.Canary;
using OpsChat.Messages;
using OpsChat.Storage;
using Telegram.Bot.Requests;
using Telegram.Bot.Types.ReplyMarkups;

namespace OpsChat.Channels.Telegram.Desk;

/// <summary>
/// An approver's taps. A tap counts only with our MAC over exactly the content that is in force; the decision is stored first, the tap
/// answered once after it, and the desk then edits the card.
/// </summary>
public sealed class OwnerTaps(
    IStore store, ApprovalDesk approvals, PersonDesk people, ArrivalDesk arrivals, SpotCheckDesk spotChecks, YesNoTaps yesNo,
    DeskReader cards, LostCards lost, DeskSpeech speech, ButtonSeal seal, TelegramErrands errands, TimeProvider time)
{
    private const string Changed = "This card has changed. Look at it again.";
    private static readonly TimeSpan s_later = TimeSpan.FromHours(1);

    public async Task TapAsync(TelegramNews.Tap tap, Approver who, CancellationToken cancellationToken)
    {
        if (tap is { Chat: { } chat, Message: { } card })
        {
            await lost.AdoptAsync(chat, card, tap.Thread, tap.Data, cancellationToken);
        }

        var answer = ButtonSeal.Read(tap.Data) switch
        {
            null => Changed,
            { Verb: (>= ButtonVerb.Approve and <= ButtonVerb.AskReason) or ButtonVerb.ApproveAnyway } data => await OnApprovalAsync(
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
            } data => await OnHandOffAsync(tap, data, who, cancellationToken),
            { Verb: >= ButtonVerb.Right and <= ButtonVerb.Wrong } data => await OnSpotCheckAsync(tap, data, who, cancellationToken),
            { Verb: ButtonVerb.AskArrival or ButtonVerb.SendAgain or ButtonVerb.Arrived } data =>
                await OnArrivalAsync(tap, data, who, cancellationToken),
            { Verb: ButtonVerb.Back } => await BackAsync(tap, cancellationToken),
            { } data => await yesNo.TapAsync(tap, data, who, cancellationToken) ?? Changed,
        };
        errands.AnswerTap(tap.QueryId, answer.Length > 0 ? answer : null);
    }

    private async Task<string> OnApprovalAsync(TelegramNews.Tap tap, ButtonData data, Approver who, CancellationToken cancellationToken)
    {
        var approval = await store.ReadAsync(session => session.Approvals.Find(data.Subject), cancellationToken);
        if (approval is null || data.Revision != approval.Revision || !seal.IsOurs(tap.Data, data, approval.Hash))
        {
            return Changed;
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
                    new ApprovalVerb.Approve(Seen(data, ButtonVerb.ApproveAnyway)),
                    cancellationToken
                );
                return answer is DeskAnswer.Confirm confirm
                    ? AskTwice(tap, confirm.Step, "✅ Approve all the same", data with { Verb = ButtonVerb.ApproveAnyway }, approval.Hash)
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
            case ButtonVerb.AskReason:
                ShowButtons(tap, CardText.Kinds(cards.Setting, data with { Verb = ButtonVerb.Reject }, approval.Hash));
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

    private async Task<string> OnArrivalAsync(TelegramNews.Tap tap, ButtonData data, Approver who, CancellationToken cancellationToken)
    {
        var approval = await store.ReadAsync(session => session.Approvals.Find(data.Subject), cancellationToken);
        return approval is null || data.Revision != approval.Revision || !seal.IsOurs(tap.Data, data, approval.Hash) ? Changed : data.Verb switch
        {
            ButtonVerb.AskArrival => await arrivals.AskAsync(who, approval.Id, cancellationToken),
            ButtonVerb.Arrived => await arrivals.ArrivedAsync(who, approval.Id, cancellationToken),
            _ => await arrivals.SendAgainAsync(who, approval.Id, cancellationToken),
        };
    }

    /// <summary>The button of the second step carries what was shown with it.</summary>
    private static Confirmation? Seen(ButtonData data, ButtonVerb secondStep) => data.Verb == secondStep ? Confirmation.Of(data.Choice) : null;

    private async Task<string> OnHandOffAsync(TelegramNews.Tap tap, ButtonData data, Approver who, CancellationToken cancellationToken)
    {
        var handOff = await store.ReadAsync(session => session.HandOffs.Find(data.Subject), cancellationToken);
        if (handOff is null || !seal.IsOurs(tap.Data, data, HandOffCardText.HashOf(handOff)))
        {
            return Changed;
        }

        switch (data.Verb)
        {
            case ButtonVerb.SendAsItIs or ButtonVerb.SendAnyway when handOff.Suggestion is { } suggestion:
                return await SendAsync(
                    tap,
                    handOff,
                    suggestion,
                    who,
                    data with
                    {
                        Verb = ButtonVerb.SendAnyway,
                    },
                    Seen(data, ButtonVerb.SendAnyway),
                    cancellationToken
                );
            case ButtonVerb.SendOther when OtherIn(handOff, data.Choice) is { } other:
                return await SendAsync(
                    tap,
                    handOff,
                    other,
                    who,
                    data with
                    {
                        Verb = ButtonVerb.SendOtherAnyway,
                        Revision = data.Choice,
                    },
                    null,
                    cancellationToken
                );
            case ButtonVerb.SendOtherAnyway when OtherIn(handOff, data.Revision) is { } other:
                return await SendAsync(tap, handOff, other, who, data, Seen(data, ButtonVerb.SendOtherAnyway), cancellationToken);
            case ButtonVerb.NotACase:
                return await people.DismissAsync(who, handOff.Id, cancellationToken)
                    ? "Closed without an answer."
                    : await EndedAsync(handOff.Id, cancellationToken);
            case var _ when handOff.State != HandOffState.Open:
                return await EndedAsync(handOff.Id, cancellationToken);
            case ButtonVerb.EditSuggestion:
                speech.Ask(tap, who, new("answer", handOff.Id, ""), "Reply to this message with the answer as it shall be sent.", handOff.Suggestion);
                return "";
            default:
                speech.Ask(
                    tap,
                    who,
                    new("answer", handOff.Id, ""),
                    "Reply to this message with your answer. It goes to the customer as the shop.",
                    null
                );
                return "";
        }
    }

    /// <param name="yes">The button of the second step, but for what there is to confirm.</param>
    private async Task<string> SendAsync(
        TelegramNews.Tap tap,
        HandOff handOff,
        string text,
        Approver who,
        ButtonData yes,
        Confirmation? confirmed,
        CancellationToken cancellationToken
    ) =>
        await people.AnswerAsync(who, handOff.Id, text, cancellationToken, confirmed: confirmed) switch
        {
            PersonAnswer.Sent => "Sent.",
            PersonAnswer.Confirm confirm => AskTwice(tap, confirm.Step, "✅ Send all the same", yes, HandOffCardText.HashOf(handOff)),
            PersonAnswer.NotAllowed no => no.Why,
            _ => await EndedAsync(handOff.Id, cancellationToken),
        };

    /// <summary>The first or second other reply; null when there is none with that number.</summary>
    private static string? OtherIn(HandOff handOff, int number) => handOff.Alternatives.ElementAtOrDefault(number - 1)?.Text;

    private async Task<string> EndedAsync(string handOffId, CancellationToken cancellationToken)
    {
        var handOff = await store.ReadAsync(session => session.HandOffs.Find(handOffId), cancellationToken);
        return handOff is null ? Changed : HandOffCardText.Ending(handOff, cards.Setting.Zone);
    }

    private async Task<string> OnSpotCheckAsync(TelegramNews.Tap tap, ButtonData data, Approver who, CancellationToken cancellationToken)
    {
        var answer = await store.ReadAsync(session => session.Outbox.Find(data.Subject), cancellationToken);
        if (answer is null || !seal.IsOurs(tap.Data, data, answer.Conversation.ToString()))
        {
            return Changed;
        }

        if (data.Verb == ButtonVerb.AskWrong)
        {
            ShowButtons(tap, CardText.Kinds(cards.Setting, data with { Verb = ButtonVerb.Wrong }, answer.Conversation.ToString()));
            return "In which way?";
        }

        ErrorKind? kind = data.Verb == ButtonVerb.Wrong ? (ErrorKind)data.Choice : null;
        return await spotChecks.JudgeAsync(who, answer.Id, kind, cancellationToken)
            ? "Noted. Thank you."
            : "This answer is not counted, so there is nothing to judge.";
    }

    /// <summary>The second step: what there is to confirm is said under the card, whose buttons are now that one and the way back.</summary>
    private string AskTwice(TelegramNews.Tap tap, SecondStep step, string label, ButtonData yes, string hash)
    {
        var setting = cards.Setting;
        yes = yes with { Choice = step.Number };
        ShowButtons(
            tap,
            Keyboard.Rows(
                [setting.Button(label, yes, hash)],
                [setting.Button("↩ Back", yes with { Verb = ButtonVerb.Back, Choice = 0 }, hash)]
            )
        );
        if (tap.Message is { } message)
        {
            speech.Say(tap.Thread, message, $"⚠ {string.Join(' ', step.Sentences)} Nothing was sent yet; the card asks once more.");
        }

        return "Look at it once more.";
    }

    private async Task<string> BackAsync(TelegramNews.Tap tap, CancellationToken cancellationToken)
    {
        var card = tap is { Chat: { } chat, Message: { } message }
            ? await store.ReadAsync(
                session => session.Desk.At(chat, message) is { } shown ? cards.Read(session, shown) : null,
                cancellationToken
            )
            : null;
        ShowButtons(tap, card?.Buttons);
        return "";
    }

    /// <summary>Other buttons under the same card, until it changes or the approver goes back.</summary>
    private void ShowButtons(TelegramNews.Tap tap, InlineKeyboardMarkup? buttons)
    {
        if (tap is { Chat: { } chat, Message: { } message })
        {
            errands.Run("showing other buttons", (client, stop) => client.EditAsync(
                    new EditMessageReplyMarkupRequest
                    {
                        ChatId = chat,
                        MessageId = message,
                        ReplyMarkup = buttons,
                    },
                    stop
                ));
        }
    }

    private static string Say(DeskAnswer answer) => answer switch
    {
        DeskAnswer.Done { Now.State: ApprovalState.Approved } => "Approved. It is on its way.",
        DeskAnswer.Done { Now.State: ApprovalState.Rejected } => "Rejected. Please answer the customer in person.",
        DeskAnswer.Done { Now.State: ApprovalState.TakenOver } => "It is yours. The agent is silent there.",
        DeskAnswer.Done => "Stored.",
        DeskAnswer.Late late => late.Why,
        DeskAnswer.NotAllowed no => no.Why,
        DeskAnswer.Unusable unusable => unusable.Why,
        _ => Changed,
    };
}

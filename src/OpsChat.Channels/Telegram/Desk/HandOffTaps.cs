using OpsChat.Agent;
using OpsChat.Approvals;
using OpsChat.Storage;

namespace OpsChat.Channels.Telegram.Desk;

/// <summary>Taps under a matter that a person answers.</summary>
public sealed class HandOffTaps(IStore store, PersonDesk people, CardButtons buttons, DeskSpeech speech, ButtonSeal seal)
{
    public async Task<string> TapAsync(TelegramNews.Tap tap, ButtonData data, Approver who, CancellationToken cancellationToken)
    {
        var handOff = await store.ReadAsync(session => session.HandOffs.Find(data.Subject), cancellationToken);
        if (handOff is null || !seal.IsOurs(tap.Data, data, HandOffCardText.HashOf(handOff)))
        {
            return CardButtons.Changed;
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
                    CardButtons.Confirmed(data, ButtonVerb.SendAnyway),
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
                return await SendAsync(tap, handOff, other, who, data, CardButtons.Confirmed(data, ButtonVerb.SendOtherAnyway), cancellationToken);
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
            PersonAnswer.Confirm confirm => buttons.AskTwice(tap, confirm.Step, "✅ Send all the same", yes, HandOffCardText.HashOf(handOff)),
            PersonAnswer.NotAllowed no => no.Why,
            _ => await EndedAsync(handOff.Id, cancellationToken),
        };

    /// <summary>The first or second other reply; null when there is none with that number.</summary>
    private static string? OtherIn(HandOff handOff, int number) => handOff.Alternatives.ElementAtOrDefault(number - 1)?.Text;

    private async Task<string> EndedAsync(string handOffId, CancellationToken cancellationToken)
    {
        var handOff = await store.ReadAsync(session => session.HandOffs.Find(handOffId), cancellationToken);
        return handOff is null ? CardButtons.Changed : HandOffCardText.Ending(handOff, buttons.Setting.Zone);
    }
}

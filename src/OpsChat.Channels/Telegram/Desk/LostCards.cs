using OpsChat.Messages;
using OpsChat.Storage;
using OpsChat.Storage.Tables;
using Telegram.Bot.Requests;

namespace OpsChat.Channels.Telegram.Desk;

/// <summary>
/// Cards and topics that Telegram made without our hearing of it. They are known by what they carry: a card by its buttons, a topic by the customer
/// in its name. What an approver does with one counts, and one card remains.
/// </summary>
public sealed class LostCards(IStore store, DeskReader cards, TelegramErrands errands, TimeProvider time)
{
    /// <summary>The card that this message of the bot's is, by one of its buttons; from now on it is the card, and the copy that was posted in
    /// its place is taken away.</summary>
    /// <param name="button">What the button carries.</param>
    /// <returns>Null when it shows nothing that is known.</returns>
    public async Task<ShownCard?> AdoptAsync(long chat, int message, int? thread, string button, CancellationToken cancellationToken)
    {
        if (ButtonSeal.Read(button) is not { } data || KindOf(data.Verb) is not { } kind)
        {
            return null;
        }

        var found = new ShownCard(kind, data.Subject, null, chat, message, thread, "", true, null, time.GetUtcNow());
        var (adopted, copy) = await store.WriteAsync(session => Adopt(session, found, button), cancellationToken);
        if (copy is { } old)
        {
            errands.Run("taking a copy of a card away", (client, stop) =>
                client.CallAsync(new DeleteMessageRequest { ChatId = old.Chat, MessageId = old.Message }, stop));
        }

        return adopted;
    }

    /// <summary>The customer whose name a topic bears; null when it bears none that is known.</summary>
    public async Task<ConversationId?> CustomerOfAsync(string? topic, CancellationToken cancellationToken) =>
        topic is not null && ConversationId.TryParse(topic[(topic.LastIndexOf(' ') + 1)..], out var customer)
            && await store.ReadAsync(session => session.Conversations.Find(customer) is not null, cancellationToken) ? customer : null;

    /// <returns>The card, and the other message that was it until now.</returns>
    private (ShownCard? Adopted, ShownCard? Copy) Adopt(UnitOfWork session, ShownCard found, string button)
    {
        // A list of answers has buttons of several; it stays as it is.
        if (session.Desk.At(found.Chat, found.Message) is not null || cards.Read(session, found) is not { } card)
        {
            return (null, null);
        }

        var before = session.Desk.Find(found.Kind, found.Id);
        if (found.Kind == CardKind.SpotCheck && before is null)
        {
            return (null, null);
        }

        // With the same button it looks as it should; otherwise it is shown anew.
        var isCurrent = card.Buttons?.InlineKeyboard.SelectMany(row => row).Any(b => b.CallbackData == button) == true;
        var adopted = found with { Conversation = card.Conversation, Digest = isCurrent ? card.Digest : "" };
        session.Desk.Save(adopted);
        return (adopted, before);
    }

    private static string? KindOf(ButtonVerb verb) => verb switch
    {
        (>= ButtonVerb.Approve and <= ButtonVerb.AskReason) or ButtonVerb.ApproveAnyway or ButtonVerb.NotNeeded => CardKind.Approval,
        ButtonVerb.AskArrival or ButtonVerb.SendAgain or ButtonVerb.Arrived => CardKind.Approval,
        >= ButtonVerb.SendAsItIs and <= ButtonVerb.NotACase => CardKind.HandOff,
        ButtonVerb.SendAnyway or ButtonVerb.SendOther or ButtonVerb.SendOtherAnyway => CardKind.HandOff,
        >= ButtonVerb.Right and <= ButtonVerb.Wrong => CardKind.SpotCheck,
        ButtonVerb.ApproveAction or ButtonVerb.RejectAction => CardKind.Action,
        ButtonVerb.SayYes or ButtonVerb.SayNo => CardKind.Rollout,
        ButtonVerb.TakeTranslation or ButtonVerb.RejectTranslation => CardKind.Translation,
        _ => null,
    };
}

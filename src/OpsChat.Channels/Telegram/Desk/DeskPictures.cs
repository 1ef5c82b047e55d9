using Microsoft.Extensions.Logging;
using OpsChat.Agent;
using OpsChat.Messages;
using OpsChat.Storage;
using OpsChat.Storage.Tables;
using Telegram.Bot.Requests;
using Telegram.Bot.Types;

namespace OpsChat.Channels.Telegram.Desk;

/// <summary>Puts what a customer sent beside the card of the matter, as replies to it: our own copies, without place and comments.</summary>
public sealed partial class DeskPictures(TelegramGateway bot, PictureFolder folder, IStore store, TimeProvider time, ILogger<DeskPictures> log)
{
    // Of the 20 messages that Telegram takes a minute in a group; cards go first.
    private const int MostAtOnce = 3;

    /// <exception cref="TelegramRefusedException">The chat cannot be written to at all.</exception>
    public async Task ShowAsync(long chat, CancellationToken cancellationToken)
    {
        foreach (var picture in await store.ReadAsync(session => session.Pictures.Unshown(MostAtOnce), cancellationToken))
        {
            var (mayCome, card) = await store.ReadAsync(session => CardOf(session, picture, chat), cancellationToken);
            if (card is null && mayCome)
            {
                // The card is not there yet; the others have to wait for the next look too, so that they come in their order.
                return;
            }

            if (card is null || await SendAsync(picture, card, cancellationToken))
            {
                await store.WriteUntilStoredAsync(
                    session => session.Pictures.SetShown(picture.Id),
                    e => LogNotNoted(log, e),
                    time,
                    cancellationToken
                );
            }
        }
    }

    /// <summary>The card in the chat of the matter that the picture came with, and whether one is still to be posted.</summary>
    private static (bool MayCome, ShownCard? Card) CardOf(UnitOfWork session, Picture picture, long chat)
    {
        (string Kind, string Id)[] cards =
        [
            .. session.Approvals.PendingIn(picture.Conversation).Select(approval => (CardKind.Approval, approval.Id)),
            .. session.HandOffs.OpenOf(picture.Conversation).Select(handOff => (CardKind.HandOff, handOff.Id)),
        ];
        return (
            cards.Length > 0,
            cards.Select(card => session.Desk.Find(card.Kind, card.Id)).FirstOrDefault(shown => shown is not null && shown.Chat == chat)
        );
    }

    /// <returns>False when nobody knows whether it arrived: it comes again.</returns>
    private async Task<bool> SendAsync(Picture picture, ShownCard card, CancellationToken cancellationToken)
    {
        await using var file = await folder.OpenAsync(picture, cancellationToken);
        if (file is null)
        {
            return true;
        }

        var outcome = await bot.TryAsync(new SendPhotoRequest
        {
            ChatId = card.Chat,
            MessageThreadId = card.Thread,
            ReplyParameters = new() { MessageId = card.Message, AllowSendingWithoutReply = true },
            Photo = InputFile.FromStream(file, picture.FileName),
        }, cancellationToken);
        switch (outcome)
        {
            case ApiOutcome<Message>.Refused { Refusal: { IsAboutContent: true } refusal }:
                // Too long and narrow for Telegram, say; the console shows it.
                LogLeftOut(log, refusal.Description);
                return true;
            case ApiOutcome<Message>.Refused refused:
                throw new TelegramRefusedException("sendPhoto", refused.Refusal);
            default:
                return outcome is ApiOutcome<Message>.Done;
        }
    }

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Telegram does not take a customer's picture in the owner chat: {Why}. The console shows it."
    )]
    private static partial void LogLeftOut(ILogger log, string why);

    [LoggerMessage(Level = LogLevel.Error, Message = "What stands in the owner chat could not be stored; no other picture is put there until it is.")]
    private static partial void LogNotNoted(ILogger log, Exception e);
}

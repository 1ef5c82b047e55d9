using OpsChat.Drafting;
using OpsChat.Messages;
using Telegram.Bot.Types;
using Telegram.Bot.Types.Enums;

namespace OpsChat.Channels.Telegram;

/// <summary>Says what an update means. Pure.</summary>
public static class UpdateReader
{
    /// <remarks>JSON can leave out what the types require: an update without its chat is ignored, or it would come again for ever.</remarks>
    /// <param name="ownerChat">The chat in which approvers work; 0 while there is none.</param>
    /// <param name="now">When it was received.</param>
    public static TelegramNews Read(Update update, long ownerChat, DateTimeOffset now) =>
        update switch
        {
            { Message: { Chat: not null } message } => ReadMessage(message, ownerChat, now),
            { EditedMessage: { Chat: not null } edited } => edited.Chat.Id == ownerChat
                ? ReadOwnerEdit(edited)
                : ReadEdit(edited, null, now),
            { CallbackQuery: { Data: { } data, From: not null } tap } => new TelegramNews.Tap(
                tap.Id,
                tap.From.Id,
                tap.Message?.Chat?.Id,
                tap.Message?.Id,
                tap.Message is { IsTopicMessage: true } card ? card.MessageThreadId : null,
                data
            ),
            { MyChatMember: { Chat: not null, OldChatMember: not null, NewChatMember: not null } member } => ReadMember(member, ownerChat),
            { BusinessConnection: { Id.Length: > 0, User: not null } connection } => new TelegramNews.BusinessChanged(connection),
            { BusinessMessage: { BusinessConnectionId: { Length: > 0 } connection, Chat: not null } message } => ReadBusinessMessage(
                message,
                connection,
                now
            ),
            { EditedBusinessMessage: { BusinessConnectionId: { Length: > 0 } connection, Chat: not null } edited } => ReadEdit(
                edited,
                connection,
                now
            ),
            {
                DeletedBusinessMessages: { BusinessConnectionId: { Length: > 0 } connection, Chat: not null, MessageIds: not null } deleted
            } => new TelegramNews.Deleted(new TelegramAddress(deleted.Chat.Id, connection).Conversation, deleted.MessageIds.Length),
            _ => new TelegramNews.Ignored("nothing that the shop listens to"),
        };

    /// <summary>The account in whose name administrators write who remain anonymous.</summary>
    private const long AnonymousAdmin = 1087968824;

    private static TelegramNews ReadMessage(Message message, long ownerChat, DateTimeOffset now) =>
        message switch
        {
            { MigrateToChatId: { } to } => new TelegramNews.GroupMigrated(message.Chat.Id, to),
            { From.Id: AnonymousAdmin } when message.Chat.Id == ownerChat && WordsOf(message) is not null =>
                new TelegramNews.WroteAnonymously(message.Chat.Id),
            { From: null } or { From.IsBot: true } => new TelegramNews.Ignored("not a person"),
            _ when message.Chat.Id == ownerChat => ReadOwner(message),
            _ when IsNote(message) => new TelegramNews.Ignored("a note of Telegram's about the chat"),
            { Chat.Type: not ChatType.Private } => new TelegramNews.Ignored("a group that is not the owner chat"),
            { Text: { } text } when text == "/start" || text.StartsWith("/start ", StringComparison.Ordinal) => new TelegramNews.Started(
                new TelegramAddress(message.Chat.Id, null).Conversation,
                NameOf(message.From),
                message.From.LanguageCode ?? "und",
                IdOf(message)
            ),
            _ => new TelegramNews.FromCustomer(Inbound(message, null, IdOf(message), now)),
        };

    private static TelegramNews ReadOwner(Message message) =>
        message switch
        {
            _ when WordsOf(message) is null && AttachmentsIn(message) is [] => new TelegramNews.Ignored(
                "a note of Telegram's about the group"
            ),
            // In a topic, a message that answers nothing is sent as an answer to the one that opened the topic.
            _ => new TelegramNews.OwnerWrote(
                message.From!.Id,
                message.Id,
                message.IsTopicMessage ? message.MessageThreadId : null,
                message.ReplyToMessage is { ForumTopicCreated: null } reply && reply.Id != message.MessageThreadId ? reply.Id : null,
                WithAddresses(message.Text, message.Entities),
                message.ReplyToMessage is { From.IsBot: true }
            )
            {
                Chat = message.Chat.Id,
                Topic = message.ReplyToMessage is { From.IsBot: true, ForumTopicCreated: { } topic } ? topic.Name : null,
                IsInOperations = message is { IsTopicMessage: true, ReplyToMessage.ForumTopicCreated.Name: { } called }
                    && called.Trim().Equals(Desk.DeskTopics.OperationsName, StringComparison.OrdinalIgnoreCase),
                Button = message.ReplyToMessage is { From.IsBot: true, ReplyMarkup: { } buttons }
                    ? buttons.InlineKeyboard.SelectMany(row => row).FirstOrDefault()?.CallbackData
                    : null,
            },
        };

    private static TelegramNews ReadOwnerEdit(Message edited) =>
        edited.From is { IsBot: false } from
            ? new TelegramNews.OwnerEdited(from.Id, edited.Id, edited.IsTopicMessage ? edited.MessageThreadId : null, edited.Text)
            {
                Chat = edited.Chat.Id,
            }
            : new TelegramNews.Ignored("not a person");

    /// <summary>The text with the address behind each word that only looks like one: the customer gets plain text, which has no other place for
    /// it.</summary>
    private static string? WithAddresses(string? text, MessageEntity[]? entities)
    {
        foreach (
            var link in (entities ?? [])
                .Where(e => e is { Type: MessageEntityType.TextLink, Url: not null })
                .OrderByDescending(e => e.Offset)
        )
        {
            var end = link.Offset + link.Length;
            if (text is not null && link.Offset >= 0 && end <= text.Length && text[link.Offset..end].Trim() != link.Url)
            {
                text = text.Insert(end, $" ({link.Url})");
            }
        }

        return text;
    }

    private static TelegramNews ReadBusinessMessage(Message message, string connection, DateTimeOffset now)
    {
        var address = new TelegramAddress(message.Chat.Id, connection);
        return message switch
        {
            { From: null } or { SenderBusinessBot: not null } => new TelegramNews.Ignored("the bot's own words"),
            _ when IsNote(message) => new TelegramNews.Ignored("a note of Telegram's about the chat"),
            _ when message.From.Id == message.Chat.Id => new TelegramNews.FromCustomer(Inbound(message, connection, IdOf(message), now)),
            _ => new TelegramNews.WroteByHand(
                address.Conversation,
                IdOf(message),
                string.Join('\n', new[] { WordsOf(message) }.Concat(AttachmentsIn(message)).OfType<string>())
            ),
        };
    }

    private static TelegramNews ReadEdit(Message edited, string? connection, DateTimeOffset now) =>
        edited switch
        {
            { From: null } or { From.IsBot: true } or { Chat.Type: not ChatType.Private } => new TelegramNews.Ignored("an edit in a group"),
            _ when edited.From.Id != edited.Chat.Id => new TelegramNews.Ignored("an edit by the shop's own hand"),
            // A live location is edited every few seconds.
            _ when WordsOf(edited) is null => new TelegramNews.Ignored("an edit without words"),
            _ => new TelegramNews.FromCustomer(
                Inbound(edited, connection, $"{IdOf(edited)}/e{Seconds(edited.EditDate)}", now) with
                {
                    EditOf = IdOf(edited),
                }
            ),
        };

    private static TelegramNews ReadMember(ChatMemberUpdated member, long ownerChat)
    {
        var isIn = member.NewChatMember.Status is not (ChatMemberStatus.Left or ChatMemberStatus.Kicked);
        return member.Chat.Type switch
        {
            ChatType.Private when !isIn => new TelegramNews.Blocked(new TelegramAddress(member.Chat.Id, null).Conversation),
            ChatType.Group
            or ChatType.Supergroup
                when isIn
                    && member.Chat.Id != ownerChat
                    && member.OldChatMember.Status is ChatMemberStatus.Left or ChatMemberStatus.Kicked => new TelegramNews.AddedToGroup(
                member.Chat.Id,
                member.Chat.Title ?? "a group",
                NameOf(member.From) ?? "somebody",
                member.From?.Id
            ),
            _ => new TelegramNews.Ignored("a change of standing that changes nothing here"),
        };
    }

    private static InboundMessage Inbound(Message message, string? connection, string id, DateTimeOffset now)
    {
        var attachments = AttachmentsIn(message);
        var words = Redaction.MaskCards(WordsOf(message) ?? "");
        return new(
            new TelegramAddress(message.Chat.Id, connection).Conversation,
            id,
            new(words),
            words.Length == 0 && attachments.Count == 0 ? ["something of a kind that OpsChat cannot read"] : attachments,
            now,
            NameOf(message.From)
        )
        {
            Pictures = PictureIn(message) is { } file ? [new ArrivingPicture.Awaited(file)] : [],
        };
    }

    /// <summary>The file of a photo in its largest size, or of a picture that was sent as a document; null when there is none.</summary>
    private static string? PictureIn(Message message) =>
        message.Photo is { Length: > 0 } sizes ? sizes.MaxBy(size => (long)size.Width * size.Height)!.FileId
        : message is { Animation: null, Document: { MimeType: "image/jpeg" or "image/png" or "image/webp" } document } ? document.FileId
        : null;

    private static string IdOf(Message message) => $"{message.Chat.Id}/{message.Id}";

    private static string? NameOf(User? user) => user is null ? null : $"{user.FirstName} {user.LastName}".Trim();

    /// <summary>What came with a message, in words for the person who answers.</summary>
    private static List<string> AttachmentsIn(Message message)
    {
        string?[] found =
        [
            message.Photo is null ? null : "photo",
            Played("voice note", message.Voice?.Duration),
            Played("audio", message.Audio?.Duration),
            Played("video", message.Video?.Duration),
            Played("video note", message.VideoNote?.Duration),
            message.Animation is null ? null : "GIF",
            // Telegram sends an animation as a document too.
            message is { Animation: null, Document: { } document }
                ? $"document {document.FileName}".TrimEnd()
                : null,
            message.Sticker is { } sticker ? $"sticker {sticker.Emoji}".TrimEnd() : null,
            message.Venue is { } venue ? $"place {venue.Title}, {venue.Address}" : null,
            message.Location is { } place ? $"location {place.Latitude:0.#####}, {place.Longitude:0.#####}" : null,
            message.Contact is { } contact ? $"contact {contact.FirstName} {contact.PhoneNumber}" : null,
        ];
        return [.. found.OfType<string>()];
    }

    private static string? Played(string kind, int? seconds) => seconds is null ? null : $"{kind} ({seconds} s)";

    /// <summary>What the person wrote: the text, or the caption under a photo or file; null when neither.</summary>
    private static string? WordsOf(Message message) => message.Text ?? message.Caption;

    /// <summary>Telegram's own note about the chat: nobody wrote it, and nothing came with it. Of money that moved in Telegram a person has to
    /// hear.</summary>
    private static bool IsNote(Message message) =>
        message
            is { IsServiceMessage: true, Type: not (MessageType.Unknown or MessageType.SuccessfulPayment or MessageType.RefundedPayment) };

    private static long? Seconds(DateTime? utc) => utc is { } at ? new DateTimeOffset(at, TimeSpan.Zero).ToUnixTimeSeconds() : null;
}

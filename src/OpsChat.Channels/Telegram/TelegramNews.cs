using System.Text.Json.Serialization;
using OpsChat.Messages;
using Telegram.Bot.Types;

namespace OpsChat.Channels.Telegram;

/// <summary>What an update means for the shop. Closed. What approvers do is stored until it is carried out.</summary>
[JsonDerivedType(typeof(Tap), "tap")]
[JsonDerivedType(typeof(OwnerWrote), "wrote")]
[JsonDerivedType(typeof(OwnerEdited), "edited")]
public abstract record TelegramNews
{
    private TelegramNews() { }

    /// <summary>Without what people wrote; Telegram's own types print it.</summary>
    public sealed override string ToString() => GetType().Name;

    /// <summary>Whose line it stands in; null for what concerns no customer.</summary>
    [JsonIgnore]
    public virtual ConversationId? Customer => null;

    /// <summary>A customer wrote, or changed what was written: that is new content.</summary>
    public sealed record FromCustomer(InboundMessage Message) : TelegramNews
    {
        public override ConversationId? Customer => Message.Conversation;
    }

    /// <summary>A customer opened the chat with the Start button.</summary>
    /// <param name="Language">Of the customer's app; the best guess before the first words.</param>
    /// <param name="ChannelMessageId">As in <see cref="InboundMessage"/>.</param>
    public sealed record Started(ConversationId Conversation, string? Name, string Language, string ChannelMessageId) : TelegramNews
    {
        public override ConversationId? Customer => Conversation;
    }

    /// <summary>Someone tapped a button, or pretends to have.</summary>
    /// <param name="Chat">Where the button's message is; null when Telegram doesn't say.</param>
    public sealed record Tap(string QueryId, long From, long? Chat, int? Message, int? Thread, string Data) : TelegramNews;

    /// <summary>Someone wrote in the owner chat.</summary>
    /// <param name="ReplyTo">The message that this answers; null for a message of its own.</param>
    /// <param name="Text">Null for a photo, a sticker …</param>
    /// <param name="AnswersBot">What it answers was written by a bot, and not by a colleague.</param>
    public sealed record OwnerWrote(long From, int Message, int? Thread, int? ReplyTo, string? Text, bool AnswersBot) : TelegramNews
    {
        /// <summary>The name of the topic that it stands in, when a bot opened it; null when Telegram does not say.</summary>
        public string? Topic { get; init; }

        /// <summary>Whoever opened the topic called it <i>Operations</i>.</summary>
        public bool IsInOperations { get; init; }

        /// <summary>What the first button under the bot's message that it answers carries; null when there is none.</summary>
        public string? Button { get; init; }

        /// <summary>The chat that it stands in: numbers of messages are that chat's own. Null where an older version stored it.</summary>
        public long? Chat { get; init; }
    }

    /// <summary>Someone changed what was written in the owner chat.</summary>
    /// <param name="Text">As it is now; null for a photo, a sticker …</param>
    public sealed record OwnerEdited(long From, int Message, int? Thread, string? Text) : TelegramNews
    {
        /// <summary>As of <see cref="OwnerWrote"/>.</summary>
        public long? Chat { get; init; }
    }

    /// <summary>An administrator who remains anonymous wrote in the owner chat: nobody knows who.</summary>
    public sealed record WroteAnonymously(long Chat) : TelegramNews;

    /// <summary>Someone answered a customer from the shop's own account, past the bot.</summary>
    public sealed record WroteByHand(ConversationId Conversation, string ChannelMessageId, string Text) : TelegramNews
    {
        public override ConversationId? Customer => Conversation;
    }

    /// <summary>The customer blocked the bot.</summary>
    public sealed record Blocked(ConversationId Conversation) : TelegramNews
    {
        public override ConversationId? Customer => Conversation;
    }

    /// <summary>A customer of a business account took messages back.</summary>
    public sealed record Deleted(ConversationId Conversation, int Count) : TelegramNews
    {
        public override ConversationId? Customer => Conversation;
    }

    /// <summary>A business account connected the bot, disconnected it, or changed what it may do.</summary>
    public sealed record BusinessChanged(BusinessConnection Connection) : TelegramNews;

    /// <summary>The bot was put into a group that is not the owner chat.</summary>
    /// <param name="By">The name of who did it, and <paramref name="ById"/> the account's id; null when Telegram does not say.</param>
    public sealed record AddedToGroup(long Chat, string Title, string By, long? ById) : TelegramNews;

    /// <summary>A group became a supergroup and has a new id.</summary>
    public sealed record GroupMigrated(long From, long To) : TelegramNews;

    /// <param name="Why">For those who read the code; nothing is done.</param>
    public sealed record Ignored(string Why) : TelegramNews;
}

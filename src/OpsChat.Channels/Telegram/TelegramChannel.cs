using System.Collections.Concurrent;
using OpsChat.Agent;
using OpsChat.Messages;
using OpsChat.Storage;
using Telegram.Bot.Requests;
using Telegram.Bot.Types;
using Telegram.Bot.Types.Enums;
using Telegram.Bot.Types.ReplyMarkups;

namespace OpsChat.Channels.Telegram;

/// <summary>The customers' side on its way out: private chats with the bot, and a business account's chats.</summary>
public sealed class TelegramChannel(
    TelegramGateway bot, TelegramRateLimiter pace, TelegramErrands errands, ButtonSeal seal, IStore store, TimeProvider time) : IChannel
{
    // Telegram shows "typing…" for 5 s.
    private static readonly TimeSpan s_typingLasts = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_unreached = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_tokenRefused = TimeSpan.FromMinutes(1);

    // Timestamps, not times of day: a clock that is set back would keep it from being shown.
    private readonly ConcurrentDictionary<ConversationId, long> _typing = [];

    public IReadOnlyCollection<string> Names { get; } = [TelegramAddress.BotChannel, TelegramAddress.BusinessChannel];
    public bool DeliversByStoring => false;

    public async Task<Delivery> SendAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        var parts = MessageText.Split(message.Text);
        var isLast = message.PartsSent >= parts.Count - 1;
        if (parts.Count == 0)
        {
            return new Delivery.Refused("The text is empty.", CustomerLeft: false);
        }

        var to = TelegramAddress.Of(message.Conversation);
        var request = new SendMessageRequest
        {
            ChatId = to.Chat,
            Text = parts[Math.Min(message.PartsSent, parts.Count - 1)],
            BusinessConnectionId = to.Business,
            ReplyMarkup = isLast && to.Business is null && message.Kind == OutboxKind.Answer ? await ButtonsAsync(message, cancellationToken) : null,
        };
        try
        {
            return Judge(await bot.TryAsync(request, cancellationToken), to, isLast ? null : message.PartsSent + 1);
        }
        catch (OperationCanceledException)
        {
            // Only the wait for a turn can be cancelled: nothing was written.
            return new Delivery.Later(TimeSpan.Zero, "OpsChat was stopped before the message left.");
        }
    }

    public void ShowTyping(ConversationId conversation, bool byPerson = false)
    {
        if (pace.IsBusy || (_typing.TryGetValue(conversation, out var last) && time.GetElapsedTime(last) < s_typingLasts))
        {
            return;
        }

        _typing[conversation] = time.GetTimestamp();
        foreach (var (old, _) in _typing.Where(t => time.GetElapsedTime(t.Value) > s_typingLasts))
        {
            _typing.TryRemove(old, out _);
        }

        errands.Run("typing", async (client, cancellationToken) =>
        {
            var known = await store.ReadAsync(session => session.Conversations.Find(conversation), cancellationToken);
            if (byPerson || known?.TakenOverUntil is null || known.TakenOverUntil <= time.GetUtcNow())
            {
                var to = TelegramAddress.Of(conversation);
                await client.CallAsync(
                    new SendChatActionRequest
                    {
                        ChatId = to.Chat,
                        Action = ChatAction.Typing,
                        BusinessConnectionId = to.Business,
                    },
                    cancellationToken
                );
            }
        });
    }

    private static Delivery Judge(ApiOutcome<Message> outcome, TelegramAddress to, int? partsSent) => outcome switch
    {
        ApiOutcome<Message>.Done done when partsSent is { } parts => new Delivery.Partly(parts, $"{to.Chat}/{done.Result.Id}"),
        ApiOutcome<Message>.Done done => new Delivery.Sent($"{to.Chat}/{done.Result.Id}"),
        ApiOutcome<Message>.Refused refused => Judge(refused.Refusal, to),
        ApiOutcome<Message>.Unreached unreached => new Delivery.Later(s_unreached, unreached.Why),
        ApiOutcome<Message>.Unknown unknown => new Delivery.Unknown($"Telegram {unknown.Why}."),
        _ => throw new InvalidOperationException("ApiOutcome is closed."),
    };

    private static Delivery Judge(TelegramRefusal error, TelegramAddress to) =>
        error.Kind switch
        {
            RefusalKind.TooManyRequests => new Delivery.Later(error.RetryAfter ?? s_tokenRefused, "Telegram asked to wait."),
            // A wrong or revoked token is the owner's to mend, and then everything leaves.
            RefusalKind.TokenInvalid => new Delivery.Later(s_tokenRefused, "Telegram refused the bot's token."),
            _ when error.ErrorCode == 404 => new Delivery.Later(s_tokenRefused, "Telegram does not know the bot's token."),
            RefusalKind.BusinessNotAllowed => new Delivery.Refused(
                "Telegram lets the bot answer in the shop's own account only when it may reply, within 24 hours of the customer's last "
                    + "message. Answer by hand there.",
                CustomerLeft: false
            ),
            RefusalKind.Forbidden when to.Business is null => new Delivery.Refused("The customer has blocked the bot.", CustomerLeft: true),
            _ => new Delivery.Refused($"Telegram said: {error.Description}", CustomerLeft: false),
        };

    /// <summary>The customer's word on an automatic answer, with one tap.</summary>
    private async Task<InlineKeyboardMarkup> ButtonsAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        var language = (await store.ReadAsync(session => session.Conversations.Find(message.Conversation), cancellationToken))?.Language ?? "und";
        return Keyboard.Rows(
            [Button("👍", ButtonVerb.ThumbUp), Button("👎", ButtonVerb.ThumbDown)],
            [Button(PersonLabel(language), ButtonVerb.WantPerson)]);

        InlineKeyboardButton Button(string label, ButtonVerb verb) =>
            InlineKeyboardButton.WithCallbackData(label, seal.Write(new(verb, message.Id), message.Conversation.ToString()));
    }

    private static string PersonLabel(string language) => language.Split('-')[0] switch
    {
        "ms" => "🙋 Bercakap dengan kami",
        "id" => "🙋 Bicara dengan kami",
        "zh" => "🙋 人工客服",
        "th" => "🙋 คุยกับเจ้าหน้าที่",
        "vi" => "🙋 Gặp nhân viên",
        _ => "🙋 Talk to a person",
    };
}

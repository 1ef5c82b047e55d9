using Telegram.Bot.Exceptions;

namespace OpsChat.Channels.Telegram;

/// <summary>Telegram's refusal: what was asked did not happen.</summary>
/// <param name="ErrorCode">As in HTTP: 400, 401, 403, 404, 409, 429.</param>
/// <param name="Description">Telegram's own words, which may change at any time.</param>
/// <param name="RetryAfter">How long to wait before the same request may be repeated; null when Telegram didn't say.</param>
/// <param name="MigrateToChatId">The group became this supergroup; null when it didn't.</param>
public sealed record TelegramRefusal(int ErrorCode, string Description, TimeSpan? RetryAfter = null, long? MigrateToChatId = null)
{
    public static TelegramRefusal Of(ApiRequestException refused) =>
        new(
            refused.ErrorCode,
            refused.Message,
            refused.Parameters?.RetryAfter is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            refused.Parameters?.MigrateToChatId
        );

    /// <summary>Telegram dislikes this one message; another one in the same chat may well be taken.</summary>
    public bool IsAboutContent =>
        ErrorCode == 400 && Kind is not (RefusalKind.GroupMigrated or RefusalKind.ChatNotFound or RefusalKind.NotEnoughRights);

    public RefusalKind Kind => ErrorCode switch
    {
        _ when MigrateToChatId is not null => RefusalKind.GroupMigrated,
        401 => RefusalKind.TokenInvalid,
        403 => RefusalKind.Forbidden,
        409 => RefusalKind.AnotherPoller,
        429 => RefusalKind.TooManyRequests,
        400 => KindOfBadRequest(Description),
        _ => RefusalKind.Other,
    };

    // Telegram gives 400 no finer code than its description; these phrases have been stable for years.
    private static RefusalKind KindOfBadRequest(string description) =>
        Says(description, "message is not modified") ? RefusalKind.NotModified
        : Says(description, "chat not found") ? RefusalKind.ChatNotFound
        : Says(description, "message thread not found") || Says(description, "TOPIC_DELETED") ? RefusalKind.TopicNotFound
        : Says(description, "TOPIC_CLOSED") ? RefusalKind.TopicClosed
        : Says(description, "not enough rights") || Says(description, "have no rights") || Says(description, "CHAT_WRITE_FORBIDDEN")
            ? RefusalKind.NotEnoughRights
        : Says(description, "message to be replied not found")
            || Says(description, "message to edit not found")
            || Says(description, "message to delete not found") ? RefusalKind.MessageNotFound
        : Says(description, "query is too old") ? RefusalKind.QueryTooOld
        : Says(description, "BUSINESS_") || Says(description, "business connection") ? RefusalKind.BusinessNotAllowed
        : RefusalKind.Other;

    private static bool Says(string description, string phrase) => description.Contains(phrase, StringComparison.OrdinalIgnoreCase);
}

/// <summary>Refusals that are handled differently from one another.</summary>
public enum RefusalKind
{
    Other,
    /// <summary>401: the token is wrong or revoked.</summary>
    TokenInvalid,
    /// <summary>403: the customer blocked the bot, or it was removed from the group.</summary>
    Forbidden,
    /// <summary>409: another program polls with the same token, or a webhook is set.</summary>
    AnotherPoller,
    /// <summary>429: wait <see cref="TelegramRefusal.RetryAfter"/>.</summary>
    TooManyRequests,
    /// <summary>The group has a new id, <see cref="TelegramRefusal.MigrateToChatId"/>.</summary>
    GroupMigrated,
    ChatNotFound,
    TopicNotFound,
    TopicClosed,
    NotEnoughRights,
    /// <summary>The message to edit, delete or reply to is gone.</summary>
    MessageNotFound,
    /// <summary>An edit that changes nothing: as good as done.</summary>
    NotModified,
    /// <summary>A tap was answered too late, or twice.</summary>
    QueryTooOld,
    /// <summary>The bot may not write in this chat of the business account (any more).</summary>
    BusinessNotAllowed,
}

/// <summary>Telegram refused a call. Carries neither the token nor what was sent.</summary>
public sealed class TelegramRefusedException(string method, TelegramRefusal refusal)
    : Exception($"Telegram refused {method}: {refusal.ErrorCode} {refusal.Description}")
{
    public TelegramRefusal Refusal { get; } = refusal;
}

/// <summary>Telegram could not be reached or did not answer properly. The method may or may not have been carried out.</summary>
public sealed class TelegramUnreachableException(string method, string why) : IOException($"Telegram gave no answer to {method}: {why}");

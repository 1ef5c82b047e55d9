namespace OpsChat.Messages;

/// <summary>How people speak of a customer: by name and by where they write, never by a number that means nothing to them.</summary>
public static class CustomerName
{
    /// <summary>Within a sentence.</summary>
    /// <param name="name">As the channel shows it; null when it shows none.</param>
    public static string Of(string? name, ConversationId conversation) =>
        $"{(string.IsNullOrWhiteSpace(name) ? "a customer" : name)} ({Place(conversation)})";

    /// <summary>At the beginning of a line.</summary>
    /// <param name="name">As above.</param>
    public static string Title(string? name, ConversationId conversation) => Of(string.IsNullOrWhiteSpace(name) ? "A customer" : name, conversation);

    /// <summary>Where they write.</summary>
    public static string Place(ConversationId conversation) => conversation.Channel switch
    {
        "tg" => "Telegram",
        "web" => "Web chat",
        "api" => "Other software",
        "shop" => "Shop's system",
        "terminal" => "Terminal",
        var other => other,
    };
}

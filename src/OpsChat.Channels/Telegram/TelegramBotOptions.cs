using System.ComponentModel.DataAnnotations;

namespace OpsChat.Channels.Telegram;

/// <summary>How the Bot API is reached.</summary>
public sealed record TelegramBotOptions
{
    public required BotToken Token { get; init; }

    /// <summary>Where the Bot API is. Default Telegram's own; another one for a local server.</summary>
    public Uri ApiBase { get; init; } = new("https://api.telegram.org");

    /// <summary>How long one getUpdates call waits for news. Default 30 s; from 1 to 50 s, Telegram's own cap.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:00:50")]
    public TimeSpan PollTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long any other call may take. Default 20 s. A long poll gets this on top of <see cref="PollTimeout"/>.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How often one call is made when Telegram keeps answering 429. Default 3; 1 means never again.</summary>
    [Range(1, 10)]
    public int Attempts { get; init; } = 3;

    /// <summary>A longer <c>retry_after</c> is not waited for but handed back, so that the caller can plan for it. Default 1 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromMinutes(1);
}

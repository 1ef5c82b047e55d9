namespace OpsChat.Channels.Telegram.Api;

/// <summary>
/// A value of the Bot API. Most carry a customer's words, names or numbers, so none prints itself: what a log line needs
/// (an id) is named where the line is written.
/// </summary>
public abstract record Unprinted
{
    public sealed override string ToString() => GetType().Name;
}

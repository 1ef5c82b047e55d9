namespace OpsChat.Channels.Telegram;

/// <summary>
/// How one call of the Bot API ended. Closed. For a message, only <see cref="Unreached"/> and a refusal with a waiting time may be tried
/// again by a program: after <see cref="Unknown"/> a second attempt could reach the customer twice.
/// </summary>
public abstract record ApiOutcome<T>
{
    private ApiOutcome() { }

    /// <summary>Telegram did it.</summary>
    public sealed record Done(T Result) : ApiOutcome<T>;

    /// <summary>Telegram said no: it was not done.</summary>
    public sealed record Refused(TelegramRefusal Refusal) : ApiOutcome<T>;

    /// <summary>No connection came about, or this host may not act any more: nothing was written, so it was not done.</summary>
    public sealed record Unreached(string Why) : ApiOutcome<T>;

    /// <summary>The request was written, and then the connection broke, time ran out, or Telegram failed (5xx): nobody knows.</summary>
    public sealed record Unknown(string Why) : ApiOutcome<T>;

    /// <summary>Without the result: Telegram's types print a customer's words and name.</summary>
    public sealed override string ToString() => GetType().Name;
}

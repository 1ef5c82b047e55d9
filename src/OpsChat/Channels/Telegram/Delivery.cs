using OpsChat.Channels.Telegram.Api;

namespace OpsChat.Channels.Telegram;

/// <summary>
/// How one attempt to send a message ended. Closed. Only <see cref="Unreached"/> and a refusal with a waiting time may be
/// sent again by a program: after <see cref="Unknown"/> a second attempt could reach the customer twice.
/// </summary>
public abstract record Delivery
{
    private Delivery() { }

    /// <summary>Telegram has it.</summary>
    public sealed record Sent(Message Message) : Delivery;

    /// <summary>Telegram said no: it was not sent.</summary>
    public sealed record Refused(ApiError Error) : Delivery;

    /// <summary>No connection came about: nothing was written, so it was not sent.</summary>
    public sealed record Unreached(string Why) : Delivery;

    /// <summary>The request was written, and then the connection broke, time ran out, or Telegram failed (5xx): nobody knows.</summary>
    public sealed record Unknown(string Why) : Delivery;

    internal static Delivery From(ApiOutcome<Message> outcome) => outcome switch
    {
        ApiOutcome<Message>.Done done => new Sent(done.Result),
        ApiOutcome<Message>.Refused refused => new Refused(refused.Error),
        ApiOutcome<Message>.Unreached unreached => new Unreached(unreached.Why),
        ApiOutcome<Message>.Unknown unknown => new Unknown(unknown.Why),
        _ => throw new InvalidOperationException("ApiOutcome is closed."),
    };
}

/// <summary>How one call of any method ended. Closed; the cases mean what they mean for a <see cref="Delivery"/>.</summary>
internal abstract record ApiOutcome<T>
{
    private ApiOutcome() { }

    public sealed record Done(T Result) : ApiOutcome<T>;
    public sealed record Refused(ApiError Error) : ApiOutcome<T>;
    public sealed record Unreached(string Why) : ApiOutcome<T>;
    public sealed record Unknown(string Why) : ApiOutcome<T>;
}

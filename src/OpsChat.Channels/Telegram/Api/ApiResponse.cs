namespace OpsChat.Channels.Telegram.Api;

/// <summary>What every method answers: a result when <paramref name="Ok"/>, else an error.</summary>
public sealed record ApiResponse<T>(bool Ok) : Unprinted
{
    public T? Result { get; init; }
    public int? ErrorCode { get; init; }
    public string? Description { get; init; }
    public ResponseParameters? Parameters { get; init; }
}

/// <param name="MigrateToChatId">The group became this supergroup: use its id from now on.</param>
/// <param name="RetryAfter">Seconds to wait before the same request may be repeated.</param>
public sealed record ResponseParameters(long? MigrateToChatId = null, int? RetryAfter = null);

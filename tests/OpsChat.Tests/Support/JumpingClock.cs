namespace OpsChat.Tests.Support;

/// <summary>A clock that somebody sets: forth, and back.</summary>
public sealed class JumpingClock(DateTimeOffset start) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = start;

    public override DateTimeOffset GetUtcNow() => Now;
}

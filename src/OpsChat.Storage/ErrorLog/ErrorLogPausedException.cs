namespace OpsChat.Storage.ErrorLog;

/// <summary>The error log cannot be written for a while; what it says is why, and what to do. The store itself goes on.</summary>
public sealed class ErrorLogPausedException : StoreException
{
    public ErrorLogPausedException(string message) : base(message) { }
    public ErrorLogPausedException(string message, Exception inner) : base(message, inner) { }
    public ErrorLogPausedException() { }
}

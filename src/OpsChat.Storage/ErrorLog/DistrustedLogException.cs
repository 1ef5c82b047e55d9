namespace OpsChat.Storage.ErrorLog;

/// <summary>The error log does not agree with the store or with itself; the message says in what. It is made anew.</summary>
public sealed class DistrustedLogException : Exception
{
    public DistrustedLogException(string message) : base(message) { }
    public DistrustedLogException(string message, Exception inner) : base(message, inner) { }
    public DistrustedLogException() { }
}

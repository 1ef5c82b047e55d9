namespace OpsChat.Storage.ErrorLog;

/// <summary>Another process has the error log open; it has to be asked instead.</summary>
public sealed class ErrorLogInUseException : StoreException
{
    public ErrorLogInUseException(string message) : base(message) { }
    public ErrorLogInUseException(string message, Exception inner) : base(message, inner) { }
    public ErrorLogInUseException() { }
}

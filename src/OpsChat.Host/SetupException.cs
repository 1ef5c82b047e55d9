namespace OpsChat.Host;

/// <summary>Something that the owner set up cannot work; the message says what, where, and what to do.</summary>
public sealed class SetupException : Exception
{
    public SetupException(string message) : base(message) { }
    public SetupException(string message, Exception inner) : base(message, inner) { }
    public SetupException() { }
}

/// <summary>An operations command asks for what is not there or cannot be; the message says what to write instead.</summary>
public sealed class BadUseException : Exception
{
    public BadUseException(string message) : base(message) { }
    public BadUseException(string message, Exception inner) : base(message, inner) { }
    public BadUseException() { }
}

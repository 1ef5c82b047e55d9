namespace OpsChat.Canary;

/// <summary>What an answer's being wrong in a certain way means, as somebody says it who has to choose one.</summary>
public static class ErrorKindText
{
    /// <summary>A short sentence without its full stop, which has room on a button.</summary>
    public static string Sentence(ErrorKind kind) => kind switch
    {
        ErrorKind.Incorrect => "Something in it is not true",
        ErrorKind.Incomplete => "Something they need is missing",
        ErrorKind.Inappropriate => "The tone or the words do not fit",
        ErrorKind.Outdated => "It was true, and is not any more",
        ErrorKind.Unwanted => "The text is fine, but we do not do this",
        ErrorKind.Failed => "It is garbled or cut off",
        _ => kind.ToString(),
    };
}

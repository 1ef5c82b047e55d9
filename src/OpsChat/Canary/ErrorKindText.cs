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

    /// <summary>What stands beside these where a text is refused that nobody found wrong.</summary>
    public const string NotNeeded = "The customer no longer wants it";

    /// <summary>What shows an answer to be wrong in that way: the customer's next step, or a person's word. At most 40 characters.</summary>
    /// <param name="counted">The name under which it is counted.</param>
    public static string Shown(string counted) =>
        !Enum.TryParse<ErrorKind>(counted, ignoreCase: true, out var kind) ? counted
        : kind switch
        {
            ErrorKind.Incorrect => "complained, thumb down, or judged untrue",
            ErrorKind.Incomplete => "asked again, or judged incomplete",
            ErrorKind.Unwanted => "wanted a person, or judged unwanted",
            ErrorKind.Inappropriate => "judged wrong in tone or words",
            ErrorKind.Outdated => "judged outdated",
            ErrorKind.Failed => "did not arrive, or judged garbled",
            _ => counted,
        };
}

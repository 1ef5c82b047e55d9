namespace OpsChat.Text;

/// <summary>Something wrong in a file that an owner wrote: where, what, and how to mend it.</summary>
/// <param name="Line">1-based.</param>
/// <param name="Column">1-based.</param>
/// <param name="IsError">An error keeps the file's last good version in force; a warning does not.</param>
public sealed record Finding(string File, int Line, int Column, string Problem, string Remedy, bool IsError = true)
{
    /// <summary>About a folder as a whole, and not about one of its files.</summary>
    public bool IsAboutFolder { get; init; }

    public override string ToString() => $"{File}:{Line}:{Column}: {(IsError ? "error" : "warning")}: {Problem} {Remedy}".TrimEnd();
}

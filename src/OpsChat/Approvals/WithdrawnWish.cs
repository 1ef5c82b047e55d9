namespace OpsChat.Approvals;

/// <summary>What an approver confirms in a second step after the customer took something back. Pure.</summary>
public static class WithdrawnWish
{
    private const string Begins = "The customer then said: ";

    private const int MostQuoted = 120;

    /// <summary>The sentence on the card, with the beginning of the customer's words.</summary>
    public static string Doubt(string words)
    {
        var line = words.ReplaceLineEndings(" ").Trim();
        return $"{Begins}“{(line.Length <= MostQuoted ? line : $"{line[..MostQuoted]}…")}” Is it still wanted?";
    }

    /// <summary>Whether a sentence that waits to be confirmed is one of these; it holds for whatever text the card shows.</summary>
    public static bool IsDoubt(string sentence) => sentence.StartsWith(Begins, StringComparison.Ordinal);
}

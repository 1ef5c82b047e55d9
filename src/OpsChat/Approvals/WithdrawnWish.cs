namespace OpsChat.Approvals;

/// <summary>What an approver confirms in a second step after the customer took something back. Pure.</summary>
public static class WithdrawnWish
{
    private const int MostQuoted = 120;

    /// <summary>The doubt on the card, with the beginning of the customer's words.</summary>
    public static Doubt Of(string words)
    {
        var line = words.ReplaceLineEndings(" ").Trim();
        var quoted = line.Length <= MostQuoted ? line : $"{line[..MostQuoted]}…";
        return new(DoubtKind.Withdrawal, $"The customer then said: “{quoted}” Is it still wanted?");
    }
}

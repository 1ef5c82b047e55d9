namespace OpsChat.Understanding;

/// <summary>Whether a message takes a wish back. Only matters where something waits that could be taken back.</summary>
public enum Withdrawal
{
    None,
    /// <summary>It takes a wish back and wants or tells something else beside it.</summary>
    Partly,
    /// <summary>It does nothing else.</summary>
    Wholly,
}

/// <summary>
/// Reads "no wait, dont cancel", "forget it", "jangan batal dulu", "不用退了". The phrases are in <c>Words/withdrawals.txt</c>. Pure, thread-safe, linear
/// in the text.
/// </summary>
public static class WithdrawalDetector
{
    /// <summary>A clause with more words than this tells more than that a wish is taken back.</summary>
    private const int MostTokens = 12;

    private static readonly Lexicon s_words = Lexicon.Load("withdrawals.txt");

    /// <summary>Reads a customer's message.</summary>
    public static Withdrawal Read(string text)
    {
        if (!Withdraws(text))
        {
            return Withdrawal.None;
        }

        return Clauses
            .All(text)
            .All(clause => OnlyWithdraws(clause) || SmallTalkDetector.Of(clause) != SmallTalk.None || OnlyTells(text, clause))
            ? Withdrawal.Wholly
            : Withdrawal.Partly;
    }

    private static bool Withdraws(string text) => Phrases(s_words.Find(text)).Count > 0;

    private static bool OnlyWithdraws(string clause)
    {
        var findings = s_words.Find(clause);
        return Phrases(findings).Count > 0 && !findings.All.Any(f => f.Section == "instead") && Tokens.Of(clause).Count <= MostTokens;
    }

    private static bool OnlyTells(string text, string clause) =>
        MoneyDetector.Read(clause).Sense == MoneySense.None && !Clauses.IsAsked(text, clause) && !RequestDetector.MayAsk(clause);

    private static List<PhraseMatch> Phrases(PhraseMatches findings)
    {
        var harmless = findings.PositionsOf(f => f.Section == "harmless");
        return [.. findings.All.Where(f => f.Section == "withdraws" && !f.IsWithin(harmless))];
    }
}

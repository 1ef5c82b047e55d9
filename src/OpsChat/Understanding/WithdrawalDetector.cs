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
/// in the text. What was not done ("still not refunded", "why not refund me") and what is wanted instead ("a new one, not a refund") takes nothing
/// back.
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
        var withdrawn = Phrases(findings);
        return withdrawn.Count > 0 && Tokens.Of(clause).Count <= MostTokens
            && !findings.All.Any(f => f.Section == "instead" || (f.Section == "wants" && !withdrawn.Exists(w => BelongsTo(f, w))));
    }

    /// <summary>"I want to withdraw my claim", "we want to keep it": the wanting is that of what takes back.</summary>
    private static bool BelongsTo(PhraseMatch want, PhraseMatch withdrawn) =>
        withdrawn.Positions[0] - want.End is 0 or 1 || want.Positions.Intersect(withdrawn.Positions).Any();

    private static bool OnlyTells(string text, string clause) =>
        MoneyDetector.Read(clause).Sense == MoneySense.None && !Clauses.IsAsked(text, clause) && !RequestDetector.MayAsk(clause);

    private static List<PhraseMatch> Phrases(PhraseMatches findings)
    {
        var harmless = findings.PositionsOf(f => f.Section == "harmless");
        return [.. findings.All.Where(f => f.Section == "withdraws" && !f.IsWithin(harmless))];
    }
}

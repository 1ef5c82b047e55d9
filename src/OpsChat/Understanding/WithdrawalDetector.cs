using System.Text.RegularExpressions;

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
public static partial class WithdrawalDetector
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

    private static bool Withdraws(string text) => Phrases(s_words.Find(text)).Count > 0 && !OfTheShop().IsMatch(text);

    // What the shop does not do, or whether it does it ("到底退不退", "awak tak nak refund ke"), and what follows if it does not ("不退我就投诉"), is pressed
    // and not taken back.
    [GeneratedRegex(
        @"(退|换|換|赔|賠|取消|还|還|给|給|处理|處理)(款|钱|錢|货|貨)?不(能|给|給|会|會)?\1(?!了)"
            + @"|(你们|你們|您|你|店家|老板|老闆|卖家|賣家|商家|他们|他們)(们|們)?(都|还|還|就|真的|是不是|到底|难道|難道|为什么|為什麼|凭什么|憑什麼)*(不(?!用|要|必|需)|拒绝|拒絕)"
            + @"|(不|没|沒)(给|給|能|让|讓|肯|想|愿意|願意)?(我)?(退|换|換|赔|賠|取消)[^，,。.!！?？]{0,6}[，, ]?(我|那我|那)?(就|便|要|会|會)"
            + "(投诉|投訴|报警|報警|举报|舉報|差评|差評|告|曝光|(?:找|去)(?:消协|平台|律师|法院|你们老板))"
            + @"|(如果|要是|再|若)(你们|你們|你|您|还|還|再)?不(退|换|換|赔|賠|取消)"
            + @"|\b(?:awak|korang|kedai|kamu|kau|anda|shop|seller|penjual|tuan|admin)\s+(?:\w+\s+)?"
            + @"(?:tak|x|tidak|taknak|ga|gak|nggak|enggan)\b(?!\s*(?:payah|perlu|usah|jadi)\b)"
            + @"|\b(?:kalau|jika|klo|kalo|sekiranya)\s+(?:masih\s+)?(?:tak|x|tidak|taknak|ga|gak|nggak)\b(?!\s*(?:boleh|bisa|kisah|payah|perlu)\b)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex OfTheShop();

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

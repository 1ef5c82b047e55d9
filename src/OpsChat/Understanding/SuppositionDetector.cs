using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace OpsChat.Understanding;

/// <summary>
/// Tells "if I don't like it can I return it", which supposes, from "it broke, can I return it", which tells: of a supposition nothing has happened
/// and nothing is wanted yet. Reads English, Malay, Indonesian and Chinese; what it does not read supposes nothing, and is taken for a wish. Pure.
/// </summary>
internal static partial class SuppositionDetector
{
    private const int MostWords = 14, FewWords = 8;

    /// <summary>Log-odds of the learned model from which on goods or money are wanted, whatever the message supposes. Of 16 questions of our own
    /// "if it's damaged can you refund me" has the most, 3.8; "the shirt has a hole can u refund" has 4.1.</summary>
    private const double SurelyWanted = 4;

    /// <summary>What the terms of returns do not tell.</summary>
    private static readonly FrozenSet<string> s_notOfGoods =
        "moves-cancel moves-discount moves-payment moves-delivery".Split(' ').ToFrozenSet(StringComparer.Ordinal);

    /// <summary>A question of one clause with a condition in front.</summary>
    public static bool AsksWhatIf(string text, MoneyReading money) =>
        Supposes(text)
        && Clauses.IsOne(text, MostWords)
        && RequestDetector.MayAsk(text)
        && AsksWhatToDo(text)
        && IsOfGoods(money)
        && money.LogOdds < SurelyWanted
        && !HasHappened().IsMatch(text);

    /// <summary>"And if it arrives broken": a few words of a trouble that has not happened.</summary>
    public static bool SupposesTrouble(string text, MoneyReading money) =>
        Clauses.IsOne(text, FewWords)
        && TroubleInFront().IsMatch(text)
        && AsksWhatToDo(text)
        && IsOfGoods(money)
        && !HasHappened().IsMatch(text);

    /// <summary>Begins with a condition, and wants nothing.</summary>
    public static bool Supposes(string text) =>
        Tokens.Of(text).Count <= MostWords && ConditionInFront().IsMatch(text) && !Wants().IsMatch(text);

    /// <summary>"My parcel" is one that there is.</summary>
    public static bool NamesOwnOrder(string text) => OwnOrder().IsMatch(text);

    /// <summary>"Can I return it", "what happens", or nothing behind the condition; "does it hurt the coating" asks about the goods.</summary>
    private static bool AsksWhatToDo(string text) =>
        WhatToDo().IsMatch(text)
        || MainClause().Match(text) is not { Success: true } main
        || MoneyDetector.Read(text[main.Index..]).Sense != MoneySense.None;

    private static bool IsOfGoods(MoneyReading money) => !money.Kinds.Any(s_notOfGoods.Contains);

    // Who begins with "if you" threatens, "if possible" is a courtesy, and "if that's the case" points to what has happened.
    [GeneratedRegex(
        @"^\s*(?:(?:and|so|but|ok|okay|hi|hello)[\s,]+)*(?:what\s+(?:happens\s+)?)?if\s+"
            + @"(?!(?:y?o?u|possible|can|could|so|not|ok|okay|allowed|it['’]?s?\s+(?:is\s+)?(?:not\s+too\s+late|possible|ok|okay|alright))\b)"
            + @"(?!(?:(?:that|this|it|such)(?:['’]?s|\s+(?:is|was|be))?|like)\s+(?:really\s+)?"
            + @"(?:the\s+(?:case|situation)|(?:like\s+)?(?:that|this)|so|true)\b)"
            + @"(?!(?:that|this)\s+(?:way|case|(?:can|could|may|do|does|will|would|shall)\b))"
            + @"|^\s*(?:(?:macam\s+mana|bagaimana|gimana)\s+)?(?:kalau|kalo|klo|jika|sekiranya)\s+(?!(?:awak|anda|kamu|korang|kedai|boleh|bisa|ok)\b)"
            + @"(?!(?:(?:macam|mcm|cam|seperti|kayak)\s*)?(?:tu|ni|itu|ini|gitu|gini|begitu|begini|demikian)\b|(?:cam|mac)(?:tu|ni)\b)"
            + @"|^\s*(?:请问|那)?(?:如果|要是|万一|萬一|假如)(?!你|可以|可能|方便|行|(?:是|真的?)?(?:这样|那样|這樣|那樣|如此|这么|那么))",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex ConditionInFront();

    [GeneratedRegex(
        @"\bwhat\s+(?:if|happens|then|do|can|should|will|would)\b|\bhow\b|\b(?:do|will|would|can)\s+i\s+get\b|\b(?:m[a]?ca?m|cam)\s*(?:mana|ne)\b"
            + @"|\b(?:gimana|bagaimana)\b|怎么办|怎麼辦|咋办|怎么处理",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex WhatToDo();

    [GeneratedRegex(
        @"\b(?:does|do|is|are|can|could|will|would|may|should)\s+(?:it|they|the|this|that|these|i|u|you|we)\b|\b(?:boleh|bisa|adakah|apakah)\b"
            + "|会|能|可以|是不是|吗|嗎",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex MainClause();

    [GeneratedRegex(
        @"(?<!\bif\s)\b(?:i|we)(?:['’]d|\s+would)?\s+(?:want|need|demand|like\s+(?:an?|the|my|to)|wanna|expect)\b"
            + @"|(?<!\b(?:i|we|you|u|to)\s)\b(?:refund|exchange|return|replace|cancel|pay|give|send)\s+(?:it|me|my|them|this|the|to|for)\b"
            + @"|\bjust\s+(?:refund|exchange|replace|cancel|send)\b"
            + @"|\b(?:cancel\w*|batal\w*|hapus|padam|lupakan|hentikan|stop|no\s+need|(?:tak|tidak|ga|gak|x)\s*(?:payah|perlu|usah|jadi))\b"
            + @"|取消|不要|别发"
            + @"|\b(?:nak|hendak|mahu|minta|mau|pengen|tolong|please|pls)\b|我要|我想|帮我|退给我|退我|赔我|请(?!问)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Wants();

    [GeneratedRegex(@"\b(?:my|our)\s+(?:order|parcel|package)|(?:pesanan|barang|bungkusan)\s+(?:saya|aku)|我的(?:订单|包裹|快递)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex OwnOrder();

    [GeneratedRegex(
        @"\b(?:got|received|arrived|came|was|were|paid|bought|ordered|went|wore|used|broke|lost|did|didnt|has|have|had|already|yesterday|today)\b"
            + @"|\b(?:dah|sudah|udah|telah|tadi|ni|ini|semalam|kemarin)\b|(?<!如果|要是|万一|萬一|假如)收到|昨天|今天|了",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex HasHappened();

    [GeneratedRegex(
        @"^\s*(?:(?:and|so|but|ok|okay|hi|hello)[\s,]+)?(?:what\s+(?:happens\s+)?)?"
            + @"if\s+(?:it|they|something|anything|the\s+\w+|i\s+(?:get|receive))\b"
            + @"|^\s*(?:macam\s+mana\s+)?(?:kalau|jika)\s|^\s*(?:那)?(?:如果|要是|万一|萬一)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex TroubleInFront();
}

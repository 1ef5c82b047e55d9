using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using OpsChat.Drafting;
using OpsChat.Facts;
using OpsChat.Playbooks;
using OpsChat.Text;
using OpsChat.Understanding;

namespace OpsChat.Decisions;

/// <summary>
/// Whether a question that would be answered from the stock asks of nothing else. "Yes, we have it" to "is it real gold" or "got any vegetarian
/// ones" would be read as a yes to what the shop's data do not say, so every word of the question has to be one that questions of stock have: of
/// the product's name, of its options, of the stock playbook's own examples, or one that is common to questions of many kinds. That is asked of
/// a word where it is said of the product: after "is it", "does it", or before its name. Pure.
/// </summary>
internal sealed partial class StockWords
{
    // A word that the examples of so many playbooks have says nothing of what is asked.
    private const int CommonToIssues = 4;

    private const int ShortestForgiven = 5, ShortestOfMeaning = 3, MostWords = 80, FewestUnspaced = 4;

    private static readonly FrozenSet<string> s_how = "how seberapa gaano".Split(' ').ToFrozenSet(StringComparer.Ordinal);

    /// <summary>After these comes whom or what it is for, or why: nothing that is asked of the product.</summary>
    private static readonly FrozenSet<string> s_purpose = "for untuk utk buat para because sebab"
        .Split(' ')
        .ToFrozenSet(StringComparer.Ordinal);

    /// <summary>These begin a question of what something is or does; whom they ask about is the product, but for these.</summary>
    private static readonly FrozenSet<string>
        s_asks = "is are was r does do will can es son adakah apakah adalah".Split(' ').ToFrozenSet(StringComparer.Ordinal),
        s_notOfTheProduct = "i we you u ya there saya kami kita aku".Split(' ').ToFrozenSet(StringComparer.Ordinal);

    /// <summary>What comes after these is asked of the product too: "with our logo".</summary>
    private static readonly FrozenSet<string> s_with = "with without dengan tanpa".Split(' ').ToFrozenSet(StringComparer.Ordinal);

    /// <summary>What comes after these is asked of the shop: "can you hold it", "tolong simpan satu".</summary>
    private static readonly FrozenSet<string>
        s_may = "can could will would".Split(' ').ToFrozenSet(StringComparer.Ordinal),
        s_you = "you u ya".Split(' ').ToFrozenSet(StringComparer.Ordinal),
        s_please = "tolong mohon paki".Split(' ').ToFrozenSet(StringComparer.Ordinal);

    /// <summary>By which a question of any kind is put: "could you tell me whether".</summary>
    private static readonly string[] s_toAsk = "tell know whether check confirm let wonder wondering advise inform beritahu tanya tahu".Split(' ');

    /// <summary>What a question of stock says of the product.</summary>
    private static readonly FrozenSet<string> s_inStock =
        "available availability avail stock stocks stok left restock restocked sold ready tersedia habis"
            .Split(' ')
            .ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The same where no spaces part the words. A question without any of them, of no option, asks of something else.</summary>
    private static readonly string[] s_inStockUnspaced =
    [
        "货", "貨", "库存", "庫存", "还有", "還有", "有吗", "有嗎", "有没有", "有沒有", "买", "買", "卖", "賣", "剩", "售", "几个", "幾個", "多少", "什么时候", "在庫",
        "我要", "想要",
        "ยังมี", "มีของ", "มีสินค้า", "มีไหม", "มีมั้ย", "มีขาย", "สต็อก", "สต๊อก",
        "หมด", "เหลือ", "ซื้อ", "ขาย", "พร้อมส่ง", "เข้าเมื่อ", "กี่ชิ้น", "เมื่อไหร่",
    ];

    private static readonly FrozenSet<string> s_stockFacts = FrozenSet.Create(StringComparer.Ordinal, "product.in_stock", "product.available");

    private readonly FrozenSet<string> _known;

    private StockWords(FrozenSet<string> known) => _known = known;

    private static readonly ConditionalWeakTable<PlaybookSnapshot, StockWords> s_ofSnapshots = [];

    /// <summary>The words of a shop's playbooks.</summary>
    public static StockWords Of(PlaybookSnapshot snapshot) => s_ofSnapshots.GetValue(snapshot, Read);

    private static StockWords Read(PlaybookSnapshot snapshot)
    {
        var stock = snapshot.Playbooks.Playbooks.Where(playbook => snapshot.NeedsOf(playbook.Issue).HasFlag(PlaybookNeeds.Quantity)).ToList();
        var common = snapshot
            .Playbooks.Playbooks.SelectMany(playbook => playbook.Examples.SelectMany(Tokens.Of).Distinct())
            .GroupBy(word => word, StringComparer.Ordinal)
            .Where(group => group.Count() >= CommonToIssues)
            .Select(group => group.Key);
        return new(
            stock
                .SelectMany(playbook => playbook.Examples.SelectMany(Tokens.Of))
                .Concat(common)
                .Concat(TextFeatures.Fillers)
                .Concat(TextFeatures.Negations)
                .Concat(s_toAsk)
                .ToFrozenSet(StringComparer.Ordinal)
        );
    }

    /// <summary>Whether a draft answers from the stock, and not from a price, a size guide or an order.</summary>
    public static bool IsAnswer(Playbook playbook, Draft draft, PlaybookSnapshot snapshot) =>
        snapshot.NeedsOf(playbook.Issue).HasFlag(PlaybookNeeds.Quantity)
        || (
            draft.Rule is { } rule
            && rule.Condition.FactNames.Any(s_stockFacts.Contains)
            && !playbook.FactNames().Any(name => name == "product.size" || name.StartsWith("product.price", StringComparison.Ordinal))
        );

    /// <summary>The first word of the question that no question of stock has; null when there is none.</summary>
    /// <param name="mention">With "it" for the product's name, where it names one.</param>
    /// <param name="product">Null when it is not known which.</param>
    public string? Unexplained(string text, ProductMention mention, Product? product)
    {
        var request = IssueText.Of(mention.Request ?? text);
        var clauses = Clauses.All(request);
        var asked = clauses.Where(clause => Clauses.IsAsked(request, clause) || RequestDetector.MayAsk(clause)).ToList();
        if (asked.Count == 0 && OwnPurchase().Match(text) is { Success: true } bought)
        {
            return bought.Value;
        }

        return (asked.Count > 0 ? asked : clauses)
            .Select(clause => UnexplainedIn(clause, product, mention.Request is not null))
            .FirstOrDefault(word => word is not null);
    }

    /// <summary>Who tells what they bought or got, and asks nothing, has a trouble with it: "I ordered white and got blue".</summary>
    [GeneratedRegex(
        @"\b(?:(?:i|we|he|she|they)(?:'ve|’ve|'d|’d)?|my\s+\w+)\s+(?:(?:have|has|had|just|already|only|recently|also)\s+){0,3}"
            + @"(?:ordered|bought|purchased|received|got(?!\s+(?:an?\s+|some\s+|one\s+)?(?:questions?|to|it\b|an?\s+idea)))\b"
            + @"|\b(?:saya|sy|aku|kami)\s+(?:dah\s+|sudah\s+)?(?:order|pesan|beli|terima|dapat)\b|我(?:买|訂|订|收到)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex OwnPurchase();

    /// <param name="itIsNamed">Whether "it" stands for the product's name.</param>
    private string? UnexplainedIn(string clause, Product? product, bool itIsNamed)
    {
        var options = product is null ? null : OptionReader.Read(product, clause);
        if (options is { NotMade.Count: > 0 })
        {
            // The answer names what is not made, and says no.
            return null;
        }

        if (IsAskedWithoutStock(clause))
        {
            return clause;
        }

        IReadOnlyList<string> left = options?.Rest ?? Words.Of(clause, MostWords);
        // The catalogue does not tell the colour of what comes in one only: "and the blue one?"
        if (product is { Options.Count: > 0 } && left.Select(PlainText.Fold).FirstOrDefault(word => IsUntoldColour(word, product)) is { } colour)
        {
            return colour;
        }

        HashSet<string> title = product is null ? [] : Words.Of(product.Title, MostWords).Select(PlainText.Fold).ToHashSet(StringComparer.Ordinal);
        var words = Tokens.Of(clause);
        // "How big" asks for a measure, whatever "big" names among the options.
        for (var at = 0; at + 1 < words.Count; at++)
        {
            if (s_how.Contains(words[at]) && (OptionWords.Of(words[at + 1]) is not null || !IsKnown(words[at + 1])))
            {
                return words[at + 1];
            }
        }

        if (WantedBeside(words, left, title) is { } wanted)
        {
            return wanted;
        }

        var before = "";
        var isSaidOfIt = IsSaidOfTheProduct(words);
        foreach (var word in left.SelectMany(Tokens.Of))
        {
            // "40 pcs": what stands after a number is a measure of it; "ll" is what an apostrophe leaves.
            var counts = before.Length > 0 && char.IsDigit(before[0]);
            before = word;
            if (counts || word.Length < ShortestOfMeaning)
            {
                continue;
            }

            if (s_purpose.Contains(word))
            {
                return null;
            }

            var standsBefore = StandsBefore(word, words, title, itIsNamed);
            if (
                (isSaidOfIt && IsWordOfItsOwn(word, title))
                || (standsBefore && (IsWordOfItsOwn(word, title) || IsOptionOfOthers(word, product, title)))
            )
            {
                return word;
            }
        }

        return null;
    }

    private static bool IsUntoldColour(string word, Product product) =>
        OptionWords.Of(word) is { Kind: OptionKind.Colour }
        && product.Options.All(option => OptionWords.KindOf(option) != OptionKind.Colour)
        && !Words.Of(product.Title, MostWords).Select(PlainText.Fold).Contains(word);

    /// <summary>"这个是真丝的吗", "ใส่ไมโครเวฟได้ไหม": most of it is written without spaces, and nothing of it is of stock.</summary>
    private static bool IsAskedWithoutStock(string clause)
    {
        // "有红色的吗": of a question of an option hardly anything is left.
        var rest = OptionWords.Within(clause).Aggregate(clause, (left, option) => left.Replace(option, "", StringComparison.Ordinal));
        return rest.Count(Scripts.IsUnspaced) >= FewestUnspaced
            && 2 * clause.Count(Scripts.IsUnspaced) > clause.Count(char.IsLetter)
            && !s_inStockUnspaced.Any(sign => rest.Contains(sign, StringComparison.Ordinal));
    }

    /// <summary>"Is it real gold", "does the tray fit the dishwasher", and neither "is it in stock" nor "can I get two".</summary>
    private static bool IsSaidOfTheProduct(List<string> words)
    {
        for (var at = 0; at + 1 < words.Count; at++)
        {
            if (s_asks.Contains(words[at]) && !s_notOfTheProduct.Contains(words[at + 1]))
            {
                return !words.Any(s_inStock.Contains);
            }
        }

        return false;
    }

    /// <summary>What is to be on it or done with it, which no stock tells: "200 mugs with our logo", "can you hold it for me".</summary>
    private string? WantedBeside(List<string> words, IReadOnlyList<string> left, HashSet<string> title)
    {
        var open = left.SelectMany(Tokens.Of).ToHashSet(StringComparer.Ordinal);
        for (var at = 0; at + 1 < words.Count; at++)
        {
            var wish =
                s_please.Contains(words[at]) ? words[at + 1]
                : s_may.Contains(words[at]) && s_you.Contains(words[at + 1]) ? words.ElementAtOrDefault(at + 2)
                : null;
            string?[] wishes = s_with.Contains(words[at]) ? [.. words.Skip(at + 1)] : [wish];
            if (Array.Find(wishes, word => word is not null && open.Contains(word) && IsWordOfItsOwn(word, title)) is { } beside)
            {
                return beside;
            }
        }

        return null;
    }

    /// <summary>"White linen shirts", of a shirt that has sizes only: the answer would be a yes to the colour.</summary>
    private static bool IsOptionOfOthers(string word, Product? product, HashSet<string> title) =>
        product is not null && OptionWords.Of(word) is not null && !title.Any(known => IsLike(word, known));

    private bool IsWordOfItsOwn(string word, HashSet<string> title) =>
        word.Length >= ShortestOfMeaning
        && char.IsLetter(word[0])
        && !Scripts.IsUnspaced(word[0])
        && !IsKnown(word)
        && !title.Any(known => IsLike(word, known));

    /// <summary>"Organic chilli paste".</summary>
    private static bool StandsBefore(string word, List<string> words, HashSet<string> title, bool itIsNamed)
    {
        for (var at = 0; at + 1 < words.Count; at++)
        {
            if (words[at] == word && (title.Contains(words[at + 1]) || (itIsNamed && words[at + 1] == "it")))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsKnown(string word) =>
        _known.Contains(word)
        || OptionWords.Of(word) is not null
        || CalendarWords.Months.ContainsKey(word)
        || CalendarWords.Weekdays.ContainsKey(word)
        || Places.In(word).Count > 0
        || SmallTalkDetector.Of(word) != SmallTalk.None
        || _known.Any(known => IsLike(word, known));

    private static bool IsLike(string word, string known) =>
        word == known || (Math.Min(word.Length, known.Length) >= ShortestForgiven && TypingError.IsBetween(word, known));
}

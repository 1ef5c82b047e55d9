using System.Collections.Frozen;
using System.Text.RegularExpressions;
using OpsChat.Text;

namespace OpsChat.Facts;

/// <summary>The options of one product that a message names.</summary>
/// <param name="Values">The product's own values, by the option's name.</param>
/// <param name="NotMade">What was asked for and this product does not come in, in the customer's words.</param>
/// <param name="Rest">The words that name no option, in order.</param>
internal sealed record OptionReading(IReadOnlyDictionary<string, string> Values, IReadOnlyList<string> NotMade, IReadOnlyList<string> Rest);

/// <summary>
/// Reads which size, colour or material of a product a message means: by the catalogue's values, by other words for them, by a word that is of
/// their kind and not among them ("pink"), or by what stands after "size" or "warna". Pure, linear in the text.
/// </summary>
internal static partial class OptionReader
{
    private const int MostWords = 80;

    // A lone letter is more often half of a word ("it's", "I'm") than a size: it counts as a capital, after "size", or as nearly the whole message.
    private const int FewWords = 3;

    private static readonly FrozenSet<string> s_nextToAnOptionName = FrozenSet.Create(
        StringComparer.Ordinal,
        "is",
        "are",
        "do",
        "does",
        "can",
        "in",
        "of",
        "for",
        "the",
        "a",
        "an",
        "it",
        "i",
        "you",
        "we",
        "to",
        "and",
        "or",
        "fit",
        "fits",
        "should",
        "would",
        "chart",
        "guide",
        "there",
        "have",
        "available",
        "left",
        "please",
        "pls",
        "one",
        "that",
        "this",
        "not",
        "got",
        "ada",
        "apa",
        "mana",
        "yang",
        "lain",
        "dan",
        "atau",
        "tak",
        "tu",
        "ni",
        "dia",
        "saja",
        "je",
        "boleh",
        "untuk",
        "berapa",
        "stok",
        "stock",
        "only",
        "then",
        "other",
        "others",
        "else",
        "options",
        "range",
        "run",
        "runs",
        "will",
        "suits",
        "sesuai",
        "patut",
        "dah",
        "lagi",
        "still",
        "with",
        "from",
        "at",
        "on",
        "my",
        "your",
        "same",
        "sama"
    );

    private static readonly FrozenSet<string> s_least = FrozenSet.Create(StringComparer.Ordinal,
        "smaller", "smallest", "shorter", "shortest", "lighter", "lightest", "kecik", "terkecil", "pendek", "paling kecil", "小的", "最小");
    private static readonly FrozenSet<string> s_most = FrozenSet.Create(StringComparer.Ordinal,
        "bigger", "biggest", "larger", "largest", "longer", "longest", "terbesar", "panjang", "paling besar", "大的", "最大");

    private static readonly FrozenSet<string> s_hasIt = FrozenSet.Create(
        StringComparer.Ordinal, "have", "has", "had", "got", "get", "want", "need", "sell", "make", "stock", "order", "buy", "like");

    private static readonly FrozenSet<string> s_sizes = FrozenSet.Create(StringComparer.Ordinal, "size", "sizes", "saiz", "ukuran", "sz");

    private static readonly FrozenSet<string> s_asksWhich = FrozenSet.Create(StringComparer.Ordinal, "which", "what", "whats", "wat", "apa", "mana");

    private static readonly FrozenSet<string> s_comesIn = FrozenSet.Create(
        StringComparer.Ordinal,
        "come",
        "comes",
        "coming",
        "available",
        "it",
        "this",
        "that",
        "them",
        "one",
        "ones"
    );
    private static readonly FrozenSet<string> s_noOption = FrozenSet.Create(
        StringComparer.Ordinal,
        "store",
        "stores",
        "shop",
        "shops",
        "total",
        "bulk",
        "person",
        "time",
        "advance",
        "future",
        "general",
        "cash",
        "transit",
        "english",
        "malay",
        "full",
        "mind",
        "detail",
        "pairs"
    );

    public static OptionReading Read(Product product, string message)
    {
        var written = Words.Written(message, MostWords);
        string[] words = [.. written.Select(GoodsWords.Folded)];
        var state = new State(product, written, words);
        for (var at = 0; at < words.Length;)
        {
            at += Math.Max(1, state.ReadAt(at));
        }

        return new(state.Settled, state.NotMade, state.Rest);
    }

    private sealed class State(Product product, IReadOnlyList<string> written, string[] words)
    {
        private readonly IReadOnlyList<ProductOption> options = product.Options;
        private readonly HashSet<string> title = [.. Words.Of(product.Title, MostWords).Select(PlainText.Fold)];

        private readonly HashSet<string> open = [];

        public Dictionary<string, string> Values { get; } = new(StringComparer.Ordinal);

        /// <summary>The values of the options that the message does not leave open.</summary>
        public IReadOnlyDictionary<string, string> Settled =>
            Values.Where(value => !open.Contains(value.Key)).ToDictionary(value => value.Key, value => value.Value);
        public List<string> NotMade { get; } = [];
        public List<string> Rest { get; } = [];

        /// <summary>Reads what begins at a word; how many words it takes.</summary>
        public int ReadAt(int at)
        {
            for (var length = Math.Min(OptionWords.LongestPhrase, words.Length - at); length > 0; length--)
            {
                if (IsValue(at, length) || IsForeignValue(at, length))
                {
                    return length;
                }
            }

            if (Scripts.IsUnspaced(words[at][0]))
            {
                ReadWithin(words[at], written[at]);
            }

            Rest.Add(written[at]);
            return 1;
        }

        /// <summary>"红色的有吗": a run of letters without spaces names an option of the product, or one that it does not come in.</summary>
        private void ReadWithin(string run, string asWritten)
        {
            foreach (var value in options.SelectMany(option => option.Values.Select(value => (option, value)))
                .Where(each => IsWrittenIn(asWritten, each.value)))
            {
                Name(value);
            }

            string[] named = [.. OptionWords.Within(run).Where(word => !MeansWordOfTitle(word))];
            if (named.Select(Mean).FirstOrDefault(found => found is not null) is { } within)
            {
                Name(within);
            }
            // One sign alone may be a part of another word.
            else if (Array.Find(named, word => word.Length > 1 && IsOfAKindThatVaries(word)) is { } foreign)
            {
                NotMade.Add(foreign);
            }
        }

        /// <summary>"衬衫L码", "拖鞋38码": a value in Latin letters and digits between signs. A letter as a capital.</summary>
        private static bool IsWrittenIn(string run, string value)
        {
            var at = value.All(char.IsAsciiLetterOrDigit)
                ? run.IndexOf(value, value.Length == 1 ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase)
                : -1;
            return at >= 0
                && !(at > 0 && char.IsAsciiLetterOrDigit(run[at - 1]))
                && !(at + value.Length < run.Length && char.IsAsciiLetterOrDigit(run[at + value.Length]));
        }

        /// <summary>"Hitam" of "lada hitam" says the title's "black", and asks for no colour.</summary>
        private bool MeansWordOfTitle(string phrase) =>
            OptionWords.Of(phrase) is { } meant
            && title.Any(word => OptionWords.Of(word) is { } own && own.Kind == meant.Kind && OptionWords.IsKindOf(own.Meaning, meant.Meaning));

        private bool IsOfAKindThatVaries(string phrase) =>
            OptionWords.Of(phrase) is { } meant
            && (options.Any(option => OptionWords.KindOf(option) == meant.Kind) || (options.Count == 0 && meant.Kind == OptionKind.Colour));

        private bool IsValue(int at, int length)
        {
            var phrase = string.Join(' ', words, at, length);
            if (
                (Mean(phrase) ?? (length == 1 ? Numbered(at) : null)) is not { } found
                || (length == 1 && (IsStrayLetter(at) || IsOtherWord(at)))
                || IsOfTitle(at, length, found.Value)
            )
            {
                return false;
            }

            Name(found);
            return true;
        }

        /// <summary>"Black or white?" leaves the colour open; both are the product's.</summary>
        private void Name((ProductOption Option, string Value) found)
        {
            if (Values.TryGetValue(found.Option.Name, out var other) && other != found.Value)
            {
                open.Add(found.Option.Name);
            }

            Values[found.Option.Name] = found.Value;
        }

        /// <summary>The product's option and value that a phrase means; null when it means none of them.</summary>
        private (ProductOption Option, string Value)? Mean(string phrase)
        {
            var meaning = OptionWords.Of(phrase);
            foreach (var option in options)
            {
                var value = option.Values.FirstOrDefault(value => Plain(value) == phrase)
                    ?? option.Values.FirstOrDefault(value => meaning is { } meant && OptionWords.Of(Plain(value))?.Meaning == meant.Meaning)
                    ?? option.Values.FirstOrDefault(value =>
                        meaning is { } meant && OptionWords.IsKindOf(OptionWords.Of(Plain(value))?.Meaning, meant.Meaning)
                    )
                    ?? PartOf(option, phrase)
                    ?? Aged(option, phrase)
                    ?? MeasureReader.In(option, phrase)
                    ?? Relative(option, phrase, meaning);
                if (value is not null)
                {
                    return (option, value);
                }
            }

            return null;
        }

        /// <summary>"Size 6" of 4Y, 6Y and 8Y: the value of that number, where all have the same unit.</summary>
        private (ProductOption Option, string Value)? Numbered(int at)
        {
            if (at == 0 || !s_sizes.Contains(words[at - 1]) || !words[at].All(char.IsAsciiDigit))
            {
                return null;
            }

            foreach (var option in options)
            {
                var measured = option.Values.Select(value => (value, Number: NumberWithUnit().Match(Plain(value))))
                    .Where(each => each.Number.Success).ToList();
                if (measured.Select(each => each.Number.Groups["unit"].Value).Distinct(StringComparer.Ordinal).Count() == 1
                    && measured.Find(each => each.Number.Groups["n"].Value == words[at]).value is { } meant)
                {
                    return (option, meant);
                }
            }

            return null;
        }

        /// <summary>Asked for and not made: a word of an option's kind, of its values' shape, or one that stands after the option's name.</summary>
        private bool IsForeignValue(int at, int length)
        {
            var phrase = string.Join(' ', words, at, length);
            if (IsOfTitle(at, length, value: null) || MeansWordOfTitle(phrase) || (length == 1 && (IsStrayLetter(at) || IsOtherWord(at))))
            {
                return false;
            }

            var isForeign = IsOfAKindThatVaries(phrase)
                || (length == 1 && NumericSizes.IsLikeOneOf(product, words, at))
                || (length == 1 && (HasShapeOfAValue(phrase) || IsIntroduced(at) || IsSaidToComeIn(at)));
            if (isForeign)
            {
                NotMade.Add(string.Join(' ', written.Skip(at).Take(length)));
            }

            return isForeign;
        }

        /// <summary>"5Y" beside 1Y, 2Y and 3Y.</summary>
        private bool HasShapeOfAValue(string word) =>
            word.Any(char.IsAsciiDigit)
            && word.Any(char.IsAsciiLetter)
            && options.Any(option => option.Values.Any(value => Shape(Plain(value)) == Shape(word)));

        private bool IsIntroduced(int at) =>
            at > 0
            && (OptionWords.IsOptionName(words[at - 1]) || options.Any(option => option.Name == words[at - 1]))
            // "Which size serves four", "what colour goes with it".
            && !(at > 1 && s_asksWhich.Contains(words[at - 2]))
            && !s_nextToAnOptionName.Contains(words[at])
            && !OptionWords.IsOptionName(words[at])
            && (words[at].Length > 2 || LooksLikeSize().IsMatch(words[at]));

        /// <summary>"Pula" is red in Tagalog after such words, and "then" in Malay.</summary>
        private bool IsOtherWord(int at) => words[at] == "pula" && !(at > 0 && words[at - 1] is "na" or "kulay" or "yung" or "ang" or "ng");

        /// <summary>"Does it come in plum": what ends a question after "come in" is an option, whatever it means; but for a colour or a material of
        /// what has sizes only, which the catalogue does not tell.</summary>
        private bool IsSaidToComeIn(int at) =>
            at > 1
            && at == words.Length - 1
            && options.Count > 0
            && words[at - 1] == "in"
            && s_comesIn.Contains(words[at - 2])
            // "Can I wash it in machine" asks for no machine-coloured one.
            && (words[at - 2] != "it" || (at > 2 && s_hasIt.Contains(words[at - 3])))
            && words[at].Length > 2
            && words[at].All(char.IsLetter)
            && OptionWords.Of(words[at]) is null
            && !s_nextToAnOptionName.Contains(words[at])
            && !s_noOption.Contains(words[at])
            && Places.In(words[at]).Count == 0
            && !CalendarWords.Months.ContainsKey(words[at]);

        private bool IsStrayLetter(int at) =>
            words[at].Length == 1
            && char.IsAsciiLetter(words[at][0])
            && !char.IsUpper(written[at][0])
            && words.Length > FewWords
            && !(at > 0 && (OptionWords.IsOptionName(words[at - 1]) || s_beforeALetter.Contains(words[at - 1])));

        /// <summary>"In s", "s or m", "what about l": what follows is a size, however it is written.</summary>
        private static readonly FrozenSet<string> s_beforeALetter =
            "in or and about dalam atau dan kalau".Split(' ').ToFrozenSet(StringComparer.Ordinal);

        /// <summary>A word of the product's title is its name, unless that is also one of its values.</summary>
        private bool IsOfTitle(int at, int length, string? value) =>
            length == 1 && title.Contains(words[at]) && (value is null || Plain(value) != words[at] || NamesTitleBefore(at));

        private bool NamesTitleBefore(int at) =>
            words.Take(at).Contains(words[at]) is false && title.Count > 1 && at + 1 < words.Length && title.Contains(words[at + 1]);

        /// <summary>"S24" of iPhone 16 and Galaxy S24, where it stands in one value alone.</summary>
        private static string? PartOf(ProductOption option, string phrase) =>
            phrase.Length > 2
            && option.Values.Where(value => Plain(value).Split(' ') is { Length: > 1 } parts && parts.Contains(phrase)).Take(2).ToList()
                is [var one]
                ? one
                : null;

        /// <summary>"6 years", "umur 6 tahun": the value 6Y.</summary>
        private static string? Aged(ProductOption option, string phrase) => Age().Match(phrase) is { Success: true } age
            ? option.Values.FirstOrDefault(value => Plain(value) == age.Groups["n"].Value + (age.Groups["year"].Success ? "y" : "m"))
            : null;

        /// <summary>"The small one" of 350 ml, 600 ml and 1 l. The catalogue lists sizes from small to large; what is measured is put in order.
        /// "Smaller" and "bigger" are the ends of what is measured: of sizes without a unit they depend on who wears them.</summary>
        private static string? Relative(ProductOption option, string phrase, (OptionKind Kind, string Meaning)? meaning)
        {
            var measured = MeasureReader.Ordered(option.Values);
            var ordered = measured
                ?? (
                    option.Name == "size" && option.Values.Count > 1 && option.Values.All(value => value.Any(char.IsAsciiDigit))
                        ? option.Values
                        : null
                );
            return ordered is null ? null
                : measured is not null && s_least.Contains(phrase) ? ordered[0]
                : measured is not null && s_most.Contains(phrase) ? ordered[^1]
                : meaning is not { Kind: OptionKind.Size, Meaning: var size } ? null
                : size switch
                {
                    "s" or "xs" => ordered[0],
                    "l" or "xl" => ordered[^1],
                    "m" when ordered.Count % 2 == 1 => ordered[ordered.Count / 2],
                    _ => null,
                };
        }

        private static string Plain(string value) => PlainText.Fold(value);

        private static string Shape(string word) => Digits().Replace(word, "0");
    }

    [GeneratedRegex(@"^(?<n>\d{1,2}) ?(?:(?<year>years?|yrs?|yo|tahun|thn|taon|tuổi)|months?|mths?|bulan|bln)$", RegexOptions.CultureInvariant)]
    private static partial Regex Age();

    [GeneratedRegex(@"^(?:\d{0,2}x{0,3}[sl]|m|\d{1,2})$", RegexOptions.CultureInvariant)]
    private static partial Regex LooksLikeSize();

    [GeneratedRegex(@"^(?<n>\d{1,4}) ?(?<unit>(?!x*[sl]$)[a-z]+)$", RegexOptions.CultureInvariant)]
    private static partial Regex NumberWithUnit();

    [GeneratedRegex(@"\d+", RegexOptions.CultureInvariant)]
    private static partial Regex Digits();
}

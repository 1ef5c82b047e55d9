using System.Globalization;
using System.Text.RegularExpressions;

namespace OpsChat.Text;

/// <summary>
/// The one reader of amounts in sentences. It accounts for every figure and every spelled-out number of a text: an amount with its currency,
/// something that is plainly none (a date, a time, a measure, a code, a count below ten), or a doubt. Whoever limits what may be sent can
/// therefore rely on <see cref="AmountReading.IsCertain"/>: an amount written in a way that nobody thought of is a doubt, not nothing. Pure,
/// thread-safe.
/// </summary>
public static partial class AmountReader
{
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.Compiled;

    // Far above what a small shop moves, and far below what a number of minor units can hold.
    private const decimal MostMajor = 1_000_000_000_000m;

    /// <summary>Longer than any reply that a channel takes. What is longer is one doubt.</summary>
    private const int MostCharacters = 10_000;

    /// <summary>Stands where a part was explained: no notation matches it.</summary>
    private const char Explained = '\u0001';

    // Nothing repeats without a bound and a number is taken whole or not at all, so that the time stays linear in the text, with a small factor.
    private const string Figure = @"(?<!\d)(?<n>(?>\d{1,3}(?:[ ']\d{3}){1,5}(?:[.,]\d{1,2})?(?!\d)|\d[\d.,]{0,38}\d|\d))";

    // Letters pulled apart: "R M", "R.M."
    private static readonly string s_mark = $@"(?<cur>(?<!\p{{L}})r[\s.]{{1,2}}m(?!\p{{L}})|{WordPattern.Of(Currencies.Marks)})";
    private static readonly string s_scale = $@"(?:\s?(?<scale>{WordPattern.Of(NumberWords.Scales.Keys)}))?";
    private static readonly string s_number = WordPattern.Of(NumberWords.Values.Keys);
    private static readonly string s_said = $@"(?<said>(?>{s_number}(?:[\s-]{{0,2}}(?:and\s|na\s|at\s|lẻ\s|linh\s)?{s_number}){{0,12}}))";

    private static readonly Regex
        s_marked = new($@"{s_mark}[\s.:=(-]{{0,3}}(?:{Figure}{s_scale}|{s_said})(?<after>\)?\s?{s_mark})?", Options),
        s_followed = new($@"(?:{Figure}{s_scale}|{s_said})[\s-]{{0,2}}(?:of\s)?{s_mark}", Options),
        s_times =
            new(
                $@"(?:{Figure}|{s_said})\s?(?:[x×*](?!\p{{L}})|(?:times|fold|kali|lần|beses|ulit)(?!\p{{L}})|เท่า|ครั้ง|倍|次)"
                    + $@"|(?<!\p{{L}})(?:[x×*]|kali)\s?(?:{Figure}|{s_said})(?!\d)"
                    + @"|(?<two>(?<!\p{L})(?:double[ds]?|doubling|twice|twofold|gấp đôi|doble|dobel|berganda|两倍|兩倍|双倍)(?!\p{L}))|(?<three>"
                    + @"(?<!\p{L})(?:triple[ds]?|thrice)(?!\p{L}))",
                Options
            ),
        // "5m" may be millions before it is metres.
        s_measure =
            new(
                $@"(?:{Figure}|{s_said})(?:\s?(?:-|to|or|hingga|sampai|hang(?:gang)?|đến|ถึง|至|到)\s?(?:\d{{1,4}}|{s_number}))?[\s-]?"
                    + @"(?:(?:working|business|calendar|full|whole|more|other|open|short|quick)[\s-]){0,2}"
                    + $@"(?:(?<unit>{WordPattern.Of(UnitWords.Units.Keys.Where(word => word != "m"))})|(?:pcs?|pieces?|units?|items?"
                    + @"|digits?|photos?|pictures?|parcels?|packages?|orders?|seconds?|steps?|lines?|people|persons?|stars?|biji|helai"
                    + $@"|buah|keping|angka|digit|gambar|foto|chiếc|cái|ảnh|piraso|larawan)(?!\p{{L}})|ชิ้น|หลัก|รูป|件|个|張|张|位)",
                Options
            ),
        s_loose = new($@"(?<![\p{{L}}\d])(?:{LooseMarks})(?![\p{{L}}])|[$€£¥฿₱₫₹₩]|令吉|人民币|บาท", Options),
        s_openEnd =
            new(
                @"(?<!\p{L})(?:at least|more than|over|above|upwards of|no less than|minimum(?: of)?|starting (?:from|at)|lebih(?: daripada"
                    + @"| dari)?|sekurang-?kurangnya|paling sedikit|ít nhất|hơn|trên|higit sa|hindi bababa sa)\s?(?:a total of\s)?\u0002"
                    + @"|(?:至少|超过|不少于|อย่างน้อย|มากกว่า)\s?\u0002|\u0002\u0001*\s?(?:\+|or more|and (?:up|above|more)|onwards|plus|ke atas"
                    + @"|trở lên|pataas|以上|ขึ้นไป)",
                Options
            ),
        s_each =
            new(
                @"(?<!\p{L})(?:each|apiece|every|per (?:item|piece|unit|order|parcel|person|day|week|month)|a piece|setiap|tiap"
                    + @"|masing-masing|sebiji|satu-satu|mỗi|từng|bawat|kada)(?!\p{L})|ต่อชิ้น|ชิ้นละ|ละ\s?\u0002|每|各",
                Options
            ),
        s_scaled = new($@"\d\s?(?:m(?!\p{{L}})|{WordPattern.Of(NumberWords.Scales.Keys)})", Options),
        s_spelt = new(s_said, Options),
        s_numberWord = new(s_number, Options);

    // Marks that are no ordinary words too ("won", "pound", "real").
    private const string LooseMarks =
        "rm|myr|usd|sgd|idr|thb|php|vnd|eur|gbp|aud|rp|ringgit|rupiah|baht|pesos?|piso|dollars?|euros?|bucks|rupees?|đồng|dong";

    /// <summary>Reads <paramref name="text"/> as a shop of this currency writes it.</summary>
    /// <param name="currency">The shop's, ISO 4217. An amount in another one is a doubt: nobody's limit is given in it.</param>
    /// <param name="codes">What the case's facts say that is no amount, an order's or a parcel's number: those figures are explained.</param>
    public static AmountReading Read(string text, string currency, IReadOnlyCollection<string>? codes = null)
    {
        if (text.Length > MostCharacters)
        {
            return new([], 1, [$"{text[..40]}…"], NamesMoney: true);
        }

        var reading = new Pass(PlainText.Undisguise(text), currency);
        reading.Explain(Address());
        reading.ExplainCodes(codes ?? []);
        reading.Explain(NumberedThing());
        reading.Explain(DateOrTime());
        reading.Explain(s_measure, IsAtMostTheWhole);
        reading.TakeMultipliers();
        reading.TakeAmounts(s_marked);
        reading.TakeAmounts(s_followed);
        reading.DoubtWhatIsLeft();
        return reading.Result();
    }

    /// <summary>A share above the whole multiplies; any other measure does not.</summary>
    private static bool IsAtMostTheWhole(Match measure) =>
        UnitWords.Units.GetValueOrDefault(measure.Groups["unit"].Value) != "percent"
        || WrittenNumber.Values(measure.Groups["n"].Value) is [] or [<= 100m, ..];

    /// <summary>One text being read: what is explained is blanked, an amount leaves a mark for the words around it.</summary>
    private sealed class Pass(string text, string currency)
    {
        private const char Amount = '\u0002';

        private readonly List<Money> _amounts = [];
        private readonly List<string> _doubts = [];
        private readonly bool _namesMoney = s_loose.IsMatch(text) || s_marked.IsMatch(text) || s_followed.IsMatch(text);
        private decimal _factor = 1;
        private string _left = text;

        public void Explain(Regex notation, Predicate<Match>? isNone = null) =>
            _left = notation.Replace(_left, m => isNone?.Invoke(m) ?? true ? Blank(m) : m.Value);

        public void ExplainCodes(IReadOnlyCollection<string> codes)
        {
            foreach (var code in codes.Select(PlainText.Undisguise).Where(code => code.Any(char.IsAsciiDigit)))
            {
                Explain(new Regex($@"(?<![\p{{L}}\d.,])#?{Regex.Escape(code.TrimStart('#'))}(?![\p{{L}}\d]|[.,]\d)", RegexOptions.CultureInvariant));
            }
        }

        public void TakeMultipliers() => _left = s_times.Replace(_left, m =>
        {
            decimal? times = m.Groups["two"].Success ? 2 : m.Groups["three"].Success ? 3
                : m.Groups["said"].Success ? NumberWords.Value(m.Groups["said"].Value)
                : WrittenNumber.Values(m.Groups["n"].Value) is [var only] ? only : null;
            if (times is null or > 1_000_000)
            {
                Doubt(m.Value);
            }
            else
            {
                _factor = Math.Min(_factor * Math.Max(times.Value, 1), 1_000_000);
            }

            return Blank(m);
        });

        public void TakeAmounts(Regex notation) => _left = notation.Replace(_left, m =>
        {
            if (Major(m) is { } major && major <= MostMajor && !IsTorn(m))
            {
                _amounts.Add(Money.FromMajor(major, currency));
            }
            else
            {
                Doubt(m.Value);
            }

            return Amount + new string(Explained, m.Length - 1);
        });

        public void DoubtWhatIsLeft()
        {
            DoubtAll(s_loose);
            DoubtAll(s_openEnd);
            DoubtAll(s_each, when: _amounts.Count > 0);
            DoubtAll(UnreadSign());
            DoubtAll(PartOfANumber());
            DoubtAll(s_scaled);
            DoubtAll(s_spelt, IsLarge);
            DoubtAll(FigureLeft());
            if (_factor > 1 && _amounts.Count == 0)
            {
                Doubt($"× {_factor.ToString("0.##", CultureInfo.InvariantCulture)}");
            }
        }

        public AmountReading Result() => new(_amounts, _factor, [.. _doubts.Distinct()], _namesMoney);

        /// <summary>In the shop's currency; null when it is another, or the value is not certain.</summary>
        private decimal? Major(Match m)
        {
            var marks = m.Groups["cur"].Captures.Select(c => Spaces().Replace(c.Value, "") is "r.m" or "rm" ? "rm" : c.Value).ToList();
            var isHundredth = marks.TrueForAll(Currencies.IsHundredth);
            if (!isHundredth && marks.Exists(mark => Currencies.Meant(mark, currency) != currency))
            {
                return null;
            }

            var value = m.Groups["said"].Success ? Said(m.Groups["said"].Value) : Written(m);
            return isHundredth ? value / 100 : value;
        }

        private decimal? Written(Match m)
        {
            var values = WrittenNumber.Values(m.Groups["n"].Value);
            return m.Groups["scale"].Success
                ? values is [var only] ? only * NumberWords.Scales[m.Groups["scale"].Value] : null
                : InCurrency(values);
        }

        /// <summary>Of two readings the one that the currency's decimals allow.</summary>
        private decimal? InCurrency(IReadOnlyList<decimal> values) =>
            values.Count switch
            {
                0 => null,
                1 => values[0],
                _ => values[Money.Decimals(currency) == 3 ? 1 : 0],
            };

        /// <summary>Null where a listener would hear another number: "thousand" alone, and 五千二 and "triệu hai", which drop the last unit.</summary>
        private static decimal? Said(string said)
        {
            var words = s_numberWord.Matches(said).Select(word => word.Value).ToList();
            var isCut = words.Count > 1 && NumberWords.Values[words[^1]] is >= 1 and < 10 && NumberWords.Values[words[^2]] >= 100
                && (Scripts.IsHan(words[^1][0]) || !words[^2].All(char.IsAscii));
            var isBare = NumberWords.Multipliers.Contains(words[0]) && !Scripts.IsHan(words[0][0]);
            return isCut || isBare ? null : NumberWords.Value(said);
        }

        /// <summary>Letters or more figures hang on to it: "RM5OOO", "RM 5 000 0".</summary>
        private bool IsTorn(Match m)
        {
            var end = m.Index + m.Length;
            var next = end < _left.Length ? _left[end] : '\0';
            var digitComes =
                end + 1 < _left.Length
                && next is ' ' or '-' or '/' or '_' or '.' or ',' or '\'' or '^'
                && char.IsAsciiDigit(_left[end + 1]);
            var before = m.Index > 0 ? _left[m.Index - 1] : '\0';
            return char.IsAsciiDigit(next) || next is '^' or '%' || digitComes || (char.IsLetter(next) && !Scripts.IsUnspaced(next) && !IsWordEnd(m))
                || (char.IsAsciiDigit(before) && char.IsAsciiDigit(m.Value[0]));
        }

        /// <summary>A currency's word was the last part, so that a letter behind it cannot belong to the figure.</summary>
        private static bool IsWordEnd(Match m) =>
            m.Groups["cur"].Captures.Any(c => c.Index + c.Length == m.Index + m.Length && !char.IsLetter(c.Value[^1]));

        private void DoubtAll(Regex notation, Predicate<string>? which = null, bool when = true)
        {
            foreach (Match m in when ? notation.Matches(_left) : notation.Matches(""))
            {
                if (which?.Invoke(m.Value) ?? true)
                {
                    Doubt(m.Value);
                }
            }
        }

        private void Doubt(string words) => _doubts.Add(string.Concat(words.Where(c => c > Amount)).Trim());

        private static string Blank(Match m) => new(Explained, m.Length);
    }

    /// <summary>Ten or more. In scripts without spaces one number's letters stand in many words (สามารถ, 十分), so that two have to follow each
    /// other.</summary>
    private static bool IsLarge(string said)
    {
        var words = s_numberWord.Matches(said);
        return NumberWords.Value(said) >= 10 && (words.Count > 1 || !Scripts.IsUnspaced(said[0])) && said is not ("千万" or "万一");
    }

    [GeneratedRegex(EmailAddress.Pattern + @"|(?:[a-z]{2,10}://|www\.)\S+", RegexOptions.CultureInvariant)]
    private static partial Regex Address();

    // An order's or a parcel's number after its word or #, a parcel's code, the last figures of a card, a phone with its country, a numbered line.
    [GeneratedRegex(
        @"#\s?[a-z]{0,6}-?\d[\da-z/._-]{0,24}(?<![._/-])"
            + @"|(?<!\p{L})(?:orders?|pesanan|tempahan|invoice|invois|tracking|parcel|awb|resi|đơn(?: hàng)?|订单|單號|单号|คำสั่งซื้อ|ออเดอร์)"
            + @"(?:\s(?:number|no\.?|id|nombor|nomor|số))?[\s:]{1,2}[a-z]{0,6}-?\d{3,20}(?![\d.,]*\d|\s?[a-z]{1,2}(?!\p{L}))"
            + @"|(?<![\p{L}\d])(?!(?:rm|rp|rs|us|myr|usd|sgd|idr|thb|php|vnd|eur|gbp|aud|inr|hkd|twd)\d)[a-z]{2,4}\d{8,20}[a-z]{0,3}(?![\p{L}\d])"
            + @"|(?:ending(?: in| with)?|ends (?:in|with)|last (?:4|four) digits?:?|berakhir|terakhir|尾号|ลงท้าย(?:ด้วย)?)\s?\d{4}(?!\d)"
            + @"|[*•x]{2,}\s?\d{4}(?!\d)"
            + @"|\+\d[\d\s()-]{7,18}\d|(?:^|\n)\s*\d{1,2}[.)]\s|24/7|24\s?jam",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex NumberedThing();

    private static readonly string s_month = WordPattern.Of(CalendarWords.Months.Keys);
    private static readonly Regex s_dateOrTime = new(
        $@"(?<![\d.,])\d{{1,2}}(?:st|nd|rd|th)?\s?(?:of\s)?{s_month}\.?(?:,?\s20\d\d(?!\d))?|{s_month}\.?\s\d{{1,2}}(?:st|nd|rd"
            + @"|th)?(?![\d.,]\d)(?:,?\s20\d\d(?!\d))?"
            + @"|(?<![\d.,])(?:20\d\d[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](?:20)?\d\d|\d{1,2}/\d{1,2})(?!\d)"
            + @"|(?<![\d.,])\d{1,2}[:.]\d{2}\s?(?:am|pm)(?!\p{L})|(?<![\d.,:])\d{1,2}:\d{2}(?!\d)|(?<![\d.,])\d{1,2}\s?(?:am|pm)(?!\p{L})"
            + @"|\d{1,2}(?:st|nd|rd|th)(?!\p{L})"
            + @"|\d{1,2}月\d{1,2}[日号號]|(?<!\p{L})(?:jam|pukul|lúc)\s\d{1,2}(?:[.:]\d{2})?(?!\d)|\d{1,2}\s?(?:giờ|点|點)",
        Options
    );

    private static Regex DateOrTime() => s_dateOrTime;

    // A count below ten that stands alone states no amount that a limit could be about.
    [GeneratedRegex(@"\d(?:[^\s\u0001\u0002]{0,40}\d)?(?<!(?<![\d.,'])\d(?![\p{L}\d.,'^]))|\d\s\d", RegexOptions.CultureInvariant)]
    private static partial Regex FigureLeft();

    // Numbers of no decimal system, money as a picture.
    [GeneratedRegex(@"\p{Nl}|\p{No}|\ud83d[\udcaf\udcb0\udcb4-\udcb8]|\ud83e\udd11|\ud83e\ude99", RegexOptions.CultureInvariant)]
    private static partial Regex UnreadSign();

    // A word that is made of a number's word and more, or of one without its accents.
    [GeneratedRegex(
        @"(?<!\p{L})\p{L}{0,12}(?:thousand|hundred|million|billion|juta|seratus|ratusan|ribuan|libong|trieu|nghin)\p{L}{0,12}(?<!(?<!\p{L})"
            + @"(?:thousand|hundred|million|billion|juta|seratus|libong))(?!\p{L})",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex PartOfANumber();

    [GeneratedRegex(@"\s|(?<=r\.m)\.")]
    private static partial Regex Spaces();
}

using OpsChat.Text;
using System.Globalization;
using System.Text.RegularExpressions;

namespace OpsChat.Canary;

/// <summary>What a word does in a reply. Little words are ignored; all but these and <see cref="Content"/> are critical.</summary>
internal enum EditWordKind { Content, Little, Figure, Link, Negation, Promise, Time }

/// <summary>A word of a reply, reduced to what it means.</summary>
/// <param name="Meaning">Normalised: the same for <c>RM 12.50</c> and <c>rm12.5</c>, for <c>5 Dec</c> and <c>December 5th</c>.</param>
/// <param name="Shown">As it was written.</param>
/// <param name="IsName">Written with a capital within a sentence.</param>
internal sealed record EditWord(EditWordKind Kind, string Meaning, string Shown, bool IsName = false)
{
    public bool IsCritical => Kind is not (EditWordKind.Content or EditWordKind.Little);
}

/// <summary>A reply as the words that matter, sentence by sentence; greetings and courtesy are left out.</summary>
internal sealed partial record EditText(IReadOnlyList<IReadOnlyList<EditWord>> Sentences)
{
    private static readonly string MonthNames = WordPattern.Of(CalendarWords.Months.Keys.Where(month => month[^1] != '.'));

    public IReadOnlyList<EditWord> Critical { get; } = [.. Sentences.SelectMany(s => s).Where(w => w.IsCritical)];

    public IReadOnlyList<EditWord> Content { get; } = [.. Sentences.SelectMany(s => s).Where(w => w.Kind == EditWordKind.Content)];

    public IReadOnlyList<EditWord> Little { get; } = [.. Sentences.SelectMany(s => s).Where(w => w.Kind == EditWordKind.Little)];

    public static EditText Read(string text)
    {
        var plain = PlainText.Normalise(text);
        foreach (var phrase in EditLexicon.Courtesy)
        {
            plain = phrase.Replace(plain, " ");
        }
        plain = HourMark().Replace(plain, "$1 $2");
        plain = NumberRange().Replace(plain, "$1 to $2");
        return new([.. SentenceEnd().Split(plain).Select(Words).Where(words => words.Count > 0)]);
    }

    private static List<EditWord> Words(string sentence)
    {
        var words = new List<EditWord>();
        foreach (Match token in s_token.Matches(sentence))
        {
            words.AddRange(Word(token, isFirst: token.Index == 0 || string.IsNullOrWhiteSpace(sentence[..token.Index])));
        }
        return words;
    }

    private static IEnumerable<EditWord> Word(Match token, bool isFirst)
    {
        var shown = token.Value;
        if (token.Groups["link"].Success)
        {
            return [new(EditWordKind.Link, shown.TrimEnd('.', ',', '/', ')'), shown)];
        }
        if (token.Groups["date"].Success)
        {
            return
            [
                new(
                    EditWordKind.Time,
                    $"{Number(token.Groups["day"].Value)}/{CalendarWords.Months[token.Groups["month"].Value.ToLowerInvariant()]}",
                    shown
                ),
            ];
        }
        if (token.Groups["code"].Success)
        {
            return [new(EditWordKind.Figure, shown.ToUpperInvariant(), shown)];
        }
        if (token.Groups["number"].Success)
        {
            return [new(EditWordKind.Figure, Number(shown), shown)];
        }
        return token.Groups["thai"].Success ? Thai(shown) : Plain(shown, isFirst);
    }

    private static IEnumerable<EditWord> Plain(string shown, bool isFirst)
    {
        var word = shown.ToLowerInvariant();
        if (word.EndsWith("n't", StringComparison.Ordinal) || word == "cannot")
        {
            return [new(EditWordKind.Negation, "not", shown)];
        }
        if (word.EndsWith("'ll", StringComparison.Ordinal))
        {
            return [new(EditWordKind.Promise, "will", shown)];
        }
        var stem = word.Split('\'')[0];
        return EditLexicon.Look(stem) switch
        {
            { } known => [new(known.Kind, known.Meaning, shown)],
            null => [new(EditWordKind.Content, stem, shown, IsName: !isFirst && char.IsUpper(shown[0]))],
        };
    }

    /// <summary>Thai has no spaces: polite particles are taken off, a negation is noted, and the rest of the run is one word.</summary>
    private static IEnumerable<EditWord> Thai(string run)
    {
        var bare = EditLexicon.ThaiParticles.Aggregate(run, (text, particle) => text.Replace(particle, "", StringComparison.Ordinal));
        var negations = bare.Split("ไม่").Length - 1;
        var words = Enumerable.Repeat(new EditWord(EditWordKind.Negation, "not", "ไม่"), negations);
        var rest = bare.Replace("ไม่", "", StringComparison.Ordinal);
        return rest.Length == 0 ? words : words.Append(new(EditWordKind.Content, rest, run));
    }

    /// <summary>The value of a number as written, ordinals too; of two readings the likelier one.</summary>
    private static string Number(string written) =>
        WrittenNumber.Values(written.TrimEnd('s', 't', 'n', 'd', 'r', 'h', 'S', 'T', 'N', 'D', 'R', 'H')) is [var value, ..]
            ? value.ToString("0.##########", CultureInfo.InvariantCulture)
            : written;

    [GeneratedRegex(@"(?<=[.!?…])\s+|[。！？\n\r]+|(?<=[!?])(?=\p{L})")]
    private static partial Regex SentenceEnd();

    /// <summary><c>9am</c> is <c>9 am</c>.</summary>
    [GeneratedRegex(@"(\d)(am|pm)\b", RegexOptions.IgnoreCase)]
    private static partial Regex HourMark();

    /// <summary><c>3-5</c> is <c>3 to 5</c>, unless it is part of a longer number.</summary>
    [GeneratedRegex(@"(?<![-/\w])(\d{1,2})\s*[-–]\s*(\d{1,2})(?![-/\w])")]
    private static partial Regex NumberRange();

    private static readonly Regex s_token = new(
        @"(?<link>(?:https?://|www\.)\S+|"
            + EmailAddress.Pattern
            + ")"
            + @"|(?<date>\b(?<day>\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?(?<month>"
            + MonthNames
            + @")|(?<month>"
            + MonthNames
            + @")\s+(?<day>\d{1,2})(?:st|nd|rd|th)?\b)"
            + @"|(?<code>#\w+|\b(?=[A-Za-z]*\d)(?=\d*[A-Za-z])(?!\d+(?:st|nd|rd|th)\b)(?!(?:rm|rp)\d)[A-Za-z\d]+(?:-[A-Za-z\d]+)*\b|\b\d+"
            + @"(?:[-/:]\d+)+\b)"
            + @"|(?<number>\d[\d.,]*(?:st|nd|rd|th)?)"
            + @"|(?<thai>[\u0E00-\u0E7F]+)"
            + @"|[\u3400-\u9FFF\u3040-\u30FF]"
            + @"|[$€£¥₫฿₱%]"
            + @"|\p{L}[\p{L}\p{M}]*(?:['-]\p{L}+)*",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.Compiled
    );
}

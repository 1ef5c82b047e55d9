using System.Text.RegularExpressions;
using OpsChat.Text;

namespace OpsChat.Drafting.Prompts;

/// <summary>What a phrase is for. They stand in this order around a reply; at most one of each.</summary>
public enum PhraseKind { Greeting, Thanks, Sorry, Transition, Closing }

/// <summary>A phrase of the owner that a model may add to a reply by its id.</summary>
/// <param name="Id">Its kind and its place in the file: <c>greeting-1</c>.</param>
/// <param name="Default">In the shop's own language.</param>
public sealed record Phrase(string Id, PhraseKind Kind, string Default, IReadOnlyDictionary<string, string> ByLanguage)
{
    /// <summary>The text in a language, or null when the owner wrote none: then it is not offered.</summary>
    /// <param name="language">A tag whose nearest variant serves; <c>und</c> for the shop's own language.</param>
    public string? In(string language) => language == "und"
        ? Default
        : ByLanguage.GetValueOrDefault(language.ToLowerInvariant()) ?? ByLanguage.GetValueOrDefault(language.Split('-')[0].ToLowerInvariant());
}

/// <summary>
/// The closed list of phrases beside the prompts: <c>phrases.md</c>, a heading a kind, a bullet a phrase, sub-bullets for its languages. A phrase
/// says nothing that could be wrong: no number, no link, no place for a fact, no word of money or promise.
/// </summary>
public sealed partial record PhraseBook(IReadOnlyList<Phrase> Phrases)
{
    public const string FileName = "phrases.md";

    private const int MostWords = 14;

    public static PhraseBook Empty { get; } = new([]);

    /// <param name="saysTooMuch">Why a text may not be added by a model, or null: the money detector's and the promise reader's word.</param>
    public static (PhraseBook Book, IReadOnlyList<Finding> Findings) Read(string source, Func<string, string?> saysTooMuch)
    {
        List<Finding> findings = [];
        List<Phrase> phrases = [];
        PhraseKind? kind = null;
        var isInList = false;
        foreach (var (line, number) in source.ReplaceLineEndings("\n").Split('\n').Select((line, i) => (line, i + 1)))
        {
            if (Heading().Match(line) is { Success: true } heading)
            {
                isInList = true;
                var title = heading.Groups["name"].Value;
                kind = Enum.TryParse<PhraseKind>(title, ignoreCase: true, out var named) && Enum.IsDefined(named) ? named : null;
                Note(
                    kind is null,
                    number,
                    4,
                    $"There is no kind of phrase `{title}`.",
                    $"Write one of {string.Join(", ", Enum.GetNames<PhraseKind>())}."
                );
            }
            else if (kind is { } of && Bullet().Match(line) is { Success: true } bullet)
            {
                Add(of, bullet.Groups["text"].Value, number);
            }
            else if (kind is not null && phrases.Count > 0 && Variant().Match(line) is { Success: true } variant)
            {
                AddVariant(variant.Groups["tag"].Value.ToLowerInvariant(), variant.Groups["text"].Value, number);
            }
            else
            {
                Note(
                    isInList && kind is not null && line.Trim().Length > 0, number, 1,
                    "This is neither a phrase nor a language of one.", "Write `- text`, and below it `  - ms: text`.");
            }
        }

        return (new([.. phrases]), findings);

        void Add(PhraseKind of, string text, int number)
        {
            Check(text, number);
            var id = $"{of.ToString().ToLowerInvariant()}-{phrases.Count(phrase => phrase.Kind == of) + 1}";
            phrases.Add(new(id, of, text, new Dictionary<string, string>()));
        }

        void AddVariant(string tag, string text, int number)
        {
            Check(text, number);
            var last = phrases[^1];
            Note(last.ByLanguage.ContainsKey(tag), number, 3, $"The language `{tag}` stands twice.", "Keep one of the two.");
            phrases[^1] = last with { ByLanguage = new Dictionary<string, string>(last.ByLanguage) { [tag] = text } };
        }

        void Check(string text, int number)
        {
            Note(
                Foreign().IsMatch(text),
                number,
                3,
                "A phrase holds no number, link, place for a fact or markup.",
                "Say it in plain words, or in a playbook."
            );
            Note(
                text.Split(' ').Length > MostWords,
                number,
                3,
                $"A phrase has at most {MostWords} words.",
                "Shorten it, or say it in a playbook."
            );
            var tooMuch = saysTooMuch(text);
            Note(
                tooMuch is not null,
                number,
                3,
                $"A phrase may be added to any reply, and this one says too much: {tooMuch}",
                "Say it in a playbook."
            );
        }

        void Note(bool isWrong, int number, int column, string problem, string remedy)
        {
            if (isWrong)
            {
                findings.Add(new(FileName, number, column, problem, remedy));
            }
        }
    }

    [GeneratedRegex(@"^##\s+(?<name>.+?)\s*$")]
    private static partial Regex Heading();

    [GeneratedRegex(@"^-\s+(?<text>\S.*?)\s*$")]
    private static partial Regex Bullet();

    [GeneratedRegex(@"^\s+-\s+(?<tag>[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*):\s+(?<text>\S.*?)\s*$")]
    private static partial Regex Variant();

    [GeneratedRegex(@"[\p{N}{}<>`@*_\[\]|\\]|://|www\.", RegexOptions.IgnoreCase)]
    private static partial Regex Foreign();
}

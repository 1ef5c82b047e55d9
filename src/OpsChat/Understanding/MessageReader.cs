using System.Text.RegularExpressions;
using OpsChat.Text;

namespace OpsChat.Understanding;

/// <summary>Reads one turn of a customer: issue, small talk, money, mood, language, details. Immutable and thread-safe; trained anew when
/// playbooks change.</summary>
public sealed partial class MessageReader
{
    private const int FewestWordsToSwitch = 4, FewestOfAQuestion = 2;

    private const double SureOfAQuestion = 0.9;

    private readonly IssueClassifier classifier;
    private readonly ProseMatcher prose;
    private readonly IReadOnlyList<string> shopLanguages;

    private MessageReader(IssueClassifier classifier, ProseMatcher prose, IReadOnlyList<string> shopLanguages)
    {
        this.shopLanguages = shopLanguages;
        this.classifier = classifier;
        this.prose = prose;
    }

    /// <summary>What tells the issues apart; for <c>check</c> and the console.</summary>
    public IssueClassifier Classifier => classifier;

    /// <param name="prosePhrases">The prose conditions of all playbooks, which <see cref="Holds"/> will be asked about.</param>
    /// <param name="encoder">Null: words and letters decide alone.</param>
    /// <param name="shopLanguages">Languages that the shop's replies are written in, beside its first; null for none.</param>
    /// <param name="correct">Words that are no slips of the fingers, whatever they come near: colours, materials, sizes.</param>
    public static MessageReader Train(
        IReadOnlyList<IssueExamples> issues,
        IReadOnlyList<string> prosePhrases,
        ISentenceEncoder? encoder = null,
        IReadOnlyList<string>? shopLanguages = null,
        IReadOnlySet<string>? correct = null
    ) =>
        new(
            IssueClassifier.Train(
                [.. issues.Select(issue => issue with { Phrases = [.. issue.Phrases.Select(IssueText.Of)] })],
                new ClassifierOptions(),
                encoder,
                correct
            ),
            new ProseMatcher(prosePhrases),
            [.. shopLanguages ?? []]);

    /// <param name="conversationLanguage">The conversation's language so far, or null: used when the text alone cannot tell.</param>
    /// <param name="record">The encoder's answers when the text was first read; null: the encoder is asked.</param>
    /// <param name="asked">The text without the product's name, by which issue and language are told; null: the text itself.</param>
    public Reading Read(string text, string? conversationLanguage = null, RecordedEncoder? record = null, string? asked = null)
    {
        // The "it" that stands for a product's name is no English word of the customer's.
        var spoken = asked is null ? text : StandIn().Replace(asked, " ");
        // A name in signs, and nothing else, is in a language all the same.
        spoken = conversationLanguage is null && !spoken.Any(char.IsLetter) && text.Any(Scripts.IsUnspaced) ? text : spoken;
        var (language, languageScore, withSibling) = LanguageDetector.DetectWithSibling(spoken);
        // A message of a few letters says less about the language than the conversation before it. A whole question, "berapa harga", says enough
        // to be answered in it; "free shipping?" is said in any language.
        var (isShort, isQuestion) = (IsTooShortToSwitch(spoken, language), withSibling >= SureOfAQuestion
            && WordsOf(spoken) >= FewestOfAQuestion && RequestDetector.BeginsLikeAQuestion(spoken));
        var isTooShort = isShort && !isQuestion;
        if (languageScore < LanguageDetector.SureScore || (conversationLanguage is not null && isTooShort))
        {
            // That it is one of two that are easily taken for each other may be sure, and only which one is not.
            var isAnother = withSibling >= LanguageDetector.SureScore
                && conversationLanguage is not null
                && !isTooShort
                && !LanguageDetector.AreSiblings(language, conversationLanguage);
            language = isAnother || conversationLanguage is null ? LanguageDetector.Sibling(language, shopLanguages) : conversationLanguage;
        }

        var request = IssueText.Of(asked ?? text);
        var about = classifier.Classify(request, record);
        var clauses = classifier.ClassifyClauses(request, record);
        return new Reading(
            language,
            languageScore,
            about.Issues,
            IssueClassifier.SeveralIssues(clauses),
            classifier.IsExample(text) ? SmallTalk.None : SmallTalkDetector.Of(text),
            MoneyDetector.Read(text),
            MoodDetector.Read(text),
            EntityExtractor.Read(text),
            about.NearExamples,
            about.Words
        )
        {
            IsLanguageOfOneMessage = isShort,
            Threshold = about.Threshold,
            Evidence = about.Evidence,
            Encoder = classifier.HasEncoder
                ? new([.. clauses.Append(about).Select(part => part.Encoder).OfType<EncoderReading>().Distinct()], [])
                : null,
        };
    }

    [GeneratedRegex(@"\bit\b", RegexOptions.CultureInvariant)]
    private static partial Regex StandIn();

    /// <summary>A word or two of another language, or a product's name, do not change the language of a conversation; another script does.</summary>
    private static bool IsTooShortToSwitch(string text, string language) =>
        language is not ("zh" or "th" or "ja" or "ko" or "ta" or "hi" or "ar" or "ru")
        && WordsOf(text) < FewestWordsToSwitch;

    private static int WordsOf(string text) => Tokens.Of(WithoutNames(text)).Count(token => char.IsLetter(token[0]));

    /// <summary>Names of people and streets are of no language: words with a capital, but for the first, where others have none or where
    /// a number stands among them: "12 Jalan Bukit, 50000 Kuala Lumpur".</summary>
    private static string WithoutNames(string text)
    {
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var isNamed = Array.Exists(words, word => char.IsLower(word[0])) || Array.Exists(words, word => char.IsDigit(word[0]));
        return isNamed ? string.Join(' ', words.Where((word, at) => at == 0 || !char.IsUpper(word[0]))) : text;
    }

    /// <summary>The playbook that answers, or null: small talk, or no issue is sure enough.</summary>
    public string? Choose(Reading reading) =>
        reading.SmallTalk == SmallTalk.None
        && reading.Issues is [var best, ..]
        && best.Confidence >= (reading.Threshold ?? classifier.Threshold)
            ? best.Issue
            : null;

    /// <summary>Whether a prose condition of a playbook ("the parcel is damaged") holds for the message.</summary>
    public Truth Holds(string prosePhrase, string message) => prose.Holds(prosePhrase, message);
}

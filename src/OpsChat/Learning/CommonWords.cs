using System.Text;
using System.Text.RegularExpressions;
using OpsChat.Canary;
using OpsChat.Playbooks;
using OpsChat.Text;
using OpsChat.Understanding;

namespace OpsChat.Learning;

/// <summary>
/// Which words belong to everybody. A word is shown only if the shop's own texts or the language as OpsChat knows it have it, or if at least
/// <see cref="FewestConversations"/> conversations use it and nobody writes it like a name; everything else becomes <see cref="Mask"/>. So a name,
/// a street or a number is masked because nobody else says it, and not because a pattern knew its form. What is known to be private of a
/// conversation is masked there, however common it is, and so is what stands where names and addresses stand (<see cref="PersonalPlaces"/>).
/// </summary>
/// <remarks>The idea is k-anonymity: L. Sweeney, "k-anonymity: a model for protecting privacy", 2002; here of words, with k = 3.</remarks>
internal sealed partial class CommonWords
{
    public const int FewestConversations = 3;

    /// <summary>Stands for whatever was masked.</summary>
    public const string Mask = "…";

    // Written with a capital inside a sentence, or standing where a name stands, at least so often, a word is taken for a name.
    private const double NameShare = 0.25;

    // What is left of a phrase must still say something.
    private const int FewestWords = 2;
    private const double FewestShare = 0.5;

    private readonly HashSet<string> _own = new(StringComparer.Ordinal);
    private readonly HashSet<string> _said = new(StringComparer.Ordinal);
    private readonly HashSet<string> _writtenByStaff = new(StringComparer.Ordinal);
    private readonly HashSet<string> _shownOfStaff = new(StringComparer.Ordinal);
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    private CommonWords() { }

    /// <param name="names">Names of the shop's customers, from its data.</param>
    public static CommonWords Of(IReadOnlyList<Lesson> lessons, PlaybookSet set, IEnumerable<string> names)
    {
        var common = new CommonWords();
        foreach (var text in OwnTexts(set).Concat(BackgroundChat.Texts))
        {
            common._own.UnionWith(Keys(text));
        }

        common._names.UnionWith(
            names
                .Concat(lessons.SelectMany(lesson => lesson.Private))
                .SelectMany(Keys)
                .Where(word => word.Length > 1 && !common._own.Contains(word))
        );
        var said = common.Counted(lessons, lesson => lesson.Words);
        // A person writes names of places and carriers with capitals too; what three of them wrote to different customers is the shop's.
        var written = common.Counted(lessons, lesson => lesson.Sent ?? "");
        var called = said.Called.Concat(written.Called).ToHashSet(StringComparer.Ordinal);
        common._said.UnionWith(said.BySeveral.Where(word => !said.Capitals.Contains(word) && !called.Contains(word)));
        common._writtenByStaff.UnionWith(written.BySeveral.Where(word => !called.Contains(word)));
        common._shownOfStaff.UnionWith(common._writtenByStaff.Where(word => !written.Capitals.Contains(word) && !word.Any(char.IsDigit)));
        return common;
    }

    /// <summary>A customer's words as an example phrase; null when too little of them is common.</summary>
    public string? Phrase(Lesson lesson)
    {
        var shown = Shown(lesson.Words, lesson);
        var (kept, masked) = (WordPattern().Count(shown), MaskPattern().Count(shown));
        return kept >= FewestWords && kept >= FewestShare * (kept + masked) ? shown : null;
    }

    /// <summary>A customer's words, masked.</summary>
    public string Shown(string text, Lesson lesson) => Masked(text, lesson, IsCommon, withAddresses: true);

    /// <summary>What a person sent, masked as it may be shown; empty when nobody did. What several customers were told is common too.</summary>
    public string ShownAnswer(Lesson lesson) => Masked(TurnedBack.WithoutCourtesy(lesson.Sent ?? ""), lesson, IsOfStaff, withAddresses: true);

    /// <summary>The same for comparing answers: what stands beside a number belongs to the matter ("3 working days").</summary>
    public string Answer(Lesson lesson) => Masked(TurnedBack.WithoutCourtesy(lesson.Sent ?? ""), lesson, IsOfStaff, withAddresses: false);

    private bool IsOfStaff(string word) => IsCommon(word) || (_shownOfStaff.Contains(Key(word)) && !_names.Contains(Key(word)));

    private string Masked(string text, Lesson lesson, Func<string, bool> isCommon, bool withAddresses)
    {
        var mine = lesson.Private.SelectMany(Keys).Where(word => word.Length > 1).ToHashSet(StringComparer.Ordinal);
        var values = lesson.Facts.Select(fact => fact.Value.Shown).Where(value => value.Any(char.IsAsciiDigit)).ToList();
        var plain = values.Aggregate(Numbered().Replace(PlainText.Normalise(text), Mask), (masked, value) =>
            masked.Replace(value, Mask, StringComparison.OrdinalIgnoreCase)
        );
        var words = Word().Matches(plain);
        var (personal, shown, at) = (PersonalPlaces.In(plain, words, word => IsGeneral(Key(word)), withAddresses), new StringBuilder(), 0);
        for (var i = 0; i < words.Count; i++)
        {
            var word = words[i];
            shown
                .Append(plain, at, word.Index - at)
                .Append(mine.Contains(Key(word.Value)) || personal.Contains(i) || !isCommon(word.Value) ? Mask : word.Value);
            at = word.Index + word.Length;
        }

        return Tidy(shown.Append(plain, at, plain.Length - at).ToString());
    }

    /// <summary>Whether a sentence that a person wrote says nothing but what they wrote to several customers, or what is common anyway.</summary>
    /// <param name="sentence">With places where facts stood.</param>
    public bool IsTheShops(string sentence, Lesson lesson)
    {
        var written = Place().Replace(sentence, " ");
        var mine = lesson.Private.SelectMany(Keys).Where(word => word.Length > 1).ToHashSet(StringComparer.Ordinal);
        return Token()
            .Matches(written)
            .Select(match => Key(match.Value))
            .Where(key => key.Length > 0)
            .All(key =>
                !mine.Contains(key)
                && !_names.Contains(key)
                && (_writtenByStaff.Contains(key) || (!key.Any(char.IsDigit) && IsGeneral(key)))
            );
    }

    private bool IsCommon(string word)
    {
        var key = Key(word);
        return !_names.Contains(key) && (IsGeneral(key) || _said.Contains(key));
    }

    private bool IsGeneral(string key) =>
        _own.Contains(key)
        || SynonymGroups.Knows(key)
        || EditLexicon.Look(key) is not null
        || TextFeatures.Fillers.Contains(key)
        || TextFeatures.Negations.Contains(key);

    /// <param name="BySeveral">Words of several conversations.</param>
    /// <param name="Capitals">Words that are written with a capital inside a sentence.</param>
    /// <param name="Called">Words that stand where a person's name stands.</param>
    private sealed record CountedWords(HashSet<string> BySeveral, HashSet<string> Capitals, HashSet<string> Called);

    private CountedWords Counted(IReadOnlyList<Lesson> lessons, Func<Lesson, string> textOf)
    {
        Dictionary<string, HashSet<string>> users = new(StringComparer.Ordinal);
        Dictionary<string, (int Capital, int Called, int All)> written = new(StringComparer.Ordinal);
        foreach (var lesson in lessons)
        {
            var text = PlainText.Normalise(textOf(lesson));
            var tokens = Token().Matches(text);
            var called = PersonalPlaces.In(text, tokens, word => IsGeneral(Key(word)), withAddresses: false);
            for (var i = 0; i < tokens.Count; i++)
            {
                var (match, key) = (tokens[i], Key(tokens[i].Value));
                if (!users.TryGetValue(key, out var by))
                {
                    users[key] = by = [];
                }

                by.Add(lesson.Conversation);
                var count = written.GetValueOrDefault(key);
                written[key] = (count.Capital + (IsCapital(match, text) ? 1 : 0), count.Called + (called.Contains(i) ? 1 : 0), count.All + 1);
            }
        }

        HashSet<string> Often(Func<(int Capital, int Called, int All), int> count) =>
            [.. written.Where(word => count(word.Value) > 0 && count(word.Value) >= NameShare * word.Value.All).Select(word => word.Key)];
        return new(
            [.. users.Where(word => word.Value.Count >= FewestConversations).Select(word => word.Key)],
            Often(it => it.Capital),
            Often(it => it.Called)
        );
    }

    private static bool IsCapital(Match word, string text) =>
        char.IsUpper(word.Value[0]) && word.Index > 0 && !word.Value.Skip(1).Any(char.IsUpper) && !SentenceStart().IsMatch(text[..word.Index]);

    private static IEnumerable<string> OwnTexts(PlaybookSet set) =>
        set.Playbooks.SelectMany(playbook =>
            playbook
                .Examples.Append(playbook.Title)
                .Append(playbook.Description)
                .Concat(playbook.StandardReply.All.Select(text => text.WrittenWords))
                .Concat(playbook.Rules.SelectMany(rule => rule.Reply.All.Select(text => text.WrittenWords)))
        );

    private static IEnumerable<string> Keys(string text) => Token().Matches(PlainText.Normalise(text)).Select(match => Key(match.Value));

    private static string Key(string word) => PlainText.Fold(word).Replace("'", "", StringComparison.Ordinal).Trim('-');

    private static string Tidy(string text)
    {
        var one = Repeated().Replace(Spaces().Replace(text, " "), Mask).Trim();
        var made = new StringBuilder();
        foreach (var c in one)
        {
            // Signs that mean something in Markdown say nothing about a customer's wish.
            made.Append(
                char.IsLetter(c)
                || char.GetUnicodeCategory(c)
                    is System.Globalization.UnicodeCategory.NonSpacingMark
                        or System.Globalization.UnicodeCategory.SpacingCombiningMark
                || c is ' ' or '\'' or '’' or '?' or '!' or ',' or '.' or '-' or '…' or '/'
                    ? c
                    : ' '
            );
        }

        return Spaces().Replace(made.ToString(), " ").Trim(' ', ',', '-', '.', '/');
    }

    /// <summary>A run of one script; without spaces between words, two letters stand for a word.</summary>
    [GeneratedRegex(@"[\u0E00-\u0E7F\u3040-\u30FF\u3400-\u9FFF]{1,2}|[\p{L}\p{M}][\p{L}\p{M}'’-]*")]
    private static partial Regex Word();

    [GeneratedRegex(@"[\u0E00-\u0E7F\u3040-\u30FF\u3400-\u9FFF]{1,2}|[\p{L}\p{M}\d][\p{L}\p{M}\d'’.,:/@-]*[\p{L}\p{M}\d]|[\p{L}\p{M}\d]")]
    private static partial Regex Token();

    // Whatever has a digit, an @ or a link in it, up to the next space or the next letter of a script without spaces.
    [GeneratedRegex(
        @"[^\s\u0E00-\u0E7F\u3040-\u30FF\u3400-\u9FFF]*(?:\d|@|://|www\.)[^\s\u0E00-\u0E7F\u3040-\u30FF\u3400-\u9FFF]*",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Numbered();

    [GeneratedRegex(@"\{\{[^{}]*\}\}")]
    private static partial Regex Place();

    [GeneratedRegex(@"(?:^|[.!?…:\n])\s*$")]
    private static partial Regex SentenceStart();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"…(?:[\s,.…'-]*…)+")]
    private static partial Regex Repeated();

    [GeneratedRegex(@"[\p{L}\p{M}]+")]
    private static partial Regex WordPattern();

    [GeneratedRegex("…")]
    private static partial Regex MaskPattern();
}

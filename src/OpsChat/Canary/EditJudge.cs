using OpsChat.Text;
namespace OpsChat.Canary;

/// <summary>What a person changed in a draft before sending it.</summary>
/// <param name="Kind">The kind of error that the change mends; null when nothing of substance changed.</param>
/// <param name="Changes">Each change of substance in words, in the order of the text; empty when there is none.</param>
public sealed record Edit(ErrorKind? Kind, IReadOnlyList<string> Changes)
{
    public bool InSubstance => Kind is not null;

    public string InWords => string.Join("; ", Changes);

    /// <summary>The same judgement without the words that were changed.</summary>
    public Edit WithoutWords() => this with { Changes = [] };

    public static Edit None { get; } = new(null, []);
}

/// <summary>
/// Decides whether an edit mends an error or only polishes. It looks at what changed, not at how much: one digit is an error, a new
/// greeting is not. Greetings, thanks, apologies, punctuation, case, typing errors and common synonyms are polish; figures, dates, links, codes,
/// names, negations, promises, and words that carry content are substance. In doubt it is substance: a good playbook then looks
/// worse than it is, never better.
/// </summary>
public static class EditJudge
{
    /// <summary>Compares a draft with what was sent in its place.</summary>
    public static Edit Compare(string original, string edited)
    {
        var (before, after) = (EditText.Read(original), EditText.Read(edited));
        var critical = WordDifference.Between(before.Critical, after.Critical);
        var content = WordDifference.Between(before.Content, after.Content);
        var moved = critical.IsEmpty && !SameOrder(before, after);
        content.Removed.RemoveAll(word => TakeFirst(content.Added, a => EditSpelling.IsTypo(word, a)));
        DropMisspelt(content, critical, WordDifference.Between(before.Little, after.Little));
        if (critical.IsEmpty && content.IsEmpty && !moved)
        {
            return Edit.None;
        }
        var kind = moved ? ErrorKind.Incorrect : KindOf(critical, content);
        IEnumerable<string> places = moved ? ["facts changed places"] : [];
        return new(kind, [.. critical.InWords(), .. content.InWords(), .. places]);
    }

    /// <summary>Whether the edit changed what the customer is told.</summary>
    public static bool InSubstance(string original, string edited) => Compare(original, edited).InSubstance;

    /// <summary>Something put in another's place was incorrect; something only added was lacking; something only taken out was unwanted.</summary>
    private static ErrorKind KindOf(WordDifference critical, WordDifference content)
    {
        var removed = critical.Removed.Count + content.Removed.Count > 0;
        var added = critical.Added.Count + content.Added.Count > 0;
        return (removed, added, critical.HasNegation) switch
        {
            (_, _, true) or (true, true, _) => ErrorKind.Incorrect,
            (false, _, _) => ErrorKind.Incomplete,
            _ => ErrorKind.Unwanted,
        };
    }

    /// <summary>The same figures, negations and promises in another order say something else, unless whole sentences moved.</summary>
    private static bool SameOrder(EditText before, EditText after)
    {
        static IEnumerable<string> BySentence(EditText text) =>
            text.Sentences.Select(s => string.Join(' ', s.Where(w => w.IsCritical).Select(w => w.Meaning))).Order(StringComparer.Ordinal);
        return before.Critical.Select(w => w.Meaning).SequenceEqual(after.Critical.Select(w => w.Meaning))
            || BySentence(before).SequenceEqual(BySentence(after));
    }

    /// <summary>A known word that lost or doubled a letter reads as content; it is paired with the known word that it stands for.</summary>
    private static void DropMisspelt(WordDifference content, WordDifference critical, WordDifference little)
    {
        content.Removed.RemoveAll(word =>
            TakeFirst(critical.Added, k => EditSpelling.IsMisspelt(word, k))
            || TakeFirst(little.Added, k => EditSpelling.IsMisspelt(word, k))
        );
        content.Added.RemoveAll(word =>
            TakeFirst(critical.Removed, k => EditSpelling.IsMisspelt(word, k))
            || TakeFirst(little.Removed, k => EditSpelling.IsMisspelt(word, k))
        );
    }

    private static bool TakeFirst(List<EditWord> words, Predicate<EditWord> matches)
    {
        var at = words.FindIndex(matches);
        if (at >= 0)
        {
            words.RemoveAt(at);
        }
        return at >= 0;
    }

    private sealed record WordDifference(List<EditWord> Removed, List<EditWord> Added)
    {
        public static WordDifference Between(IReadOnlyList<EditWord> before, IReadOnlyList<EditWord> after)
        {
            var added = after.ToList();
            return new([.. before.Where(word => !TakeFirst(added, a => a.Meaning == word.Meaning))], added);
        }

        public bool IsEmpty => Removed.Count == 0 && Added.Count == 0;

        public bool HasNegation => Removed.Concat(Added).Any(w => w.Kind == EditWordKind.Negation);

        public IEnumerable<string> InWords()
        {
            if (Removed.Count > 0 && Removed.Count == Added.Count)
            {
                return Removed.Zip(Added, (was, now) => $"\"{was.Shown}\" became \"{now.Shown}\"");
            }
            return new[] { ("taken out", Removed), ("added", Added) }
                .Where(part => part.Item2.Count > 0)
                .Select(part => $"{part.Item1}: {string.Join(' ', part.Item2.Select(w => w.Shown))}");
        }
    }
}

/// <summary>Whether two words are one word, once mistyped.</summary>
internal static class EditSpelling
{
    private static readonly string[] Turning = ["un", "in", "im", "ir", "dis", "non", "non-", "mis", "tak", "tidak", "re", "pre"];

    /// <summary>
    /// One slip in a word of four to seven letters, two in a longer one, two neighbours exchanged in any. A prefix that turns the meaning
    /// ("unavailable"), another tense ("arrived") and names are no slips.
    /// </summary>
    public static bool IsTypo(EditWord was, EditWord now)
    {
        var (a, b) = (was.Meaning, now.Meaning);
        if (
            (was.IsName && now.IsName)
            || Turns(a, b)
            || Turns(b, a)
            || a.EndsWith("ed", StringComparison.Ordinal) != b.EndsWith("ed", StringComparison.Ordinal)
        )
        {
            return false;
        }
        var slips = Math.Min(a.Length, b.Length) switch { < 4 => 0, < 8 => 1, _ => 2 };
        return IsExchange(a, b) || (slips > 0 && Edits(a, b, slips) <= slips);
    }

    /// <summary>An unknown word that is a known one with two neighbours exchanged or one letter lost or doubled; never a figure.</summary>
    public static bool IsMisspelt(EditWord unknown, EditWord known)
    {
        var (a, b) = (unknown.Meaning, known.Shown.ToLowerInvariant());
        return known.Kind is EditWordKind.Little or EditWordKind.Promise or EditWordKind.Time && a[0] == b[0]
            && (IsExchange(a, b) || (a.Length != b.Length && Math.Min(a.Length, b.Length) >= 2 && Edits(a, b, 1) == 1));
    }

    private static bool Turns(string word, string longer) => Turning.Any(prefix => longer == prefix + word);

    private static bool IsExchange(string a, string b)
    {
        if (a.Length != b.Length || a.Length < 3)
        {
            return false;
        }
        var at = 0;
        while (at < a.Length && a[at] == b[at])
        {
            at++;
        }
        return at + 1 < a.Length && a[at] == b[at + 1] && a[at + 1] == b[at] && a.AsSpan(at + 2).SequenceEqual(b.AsSpan(at + 2));
    }

    private static int Edits(string a, string b, int most) =>
        Math.Abs(a.Length - b.Length) > most ? most + 1 : EditDistance.Between(a, b);
}

namespace OpsChat.Operations.Questions;

/// <summary>About which issues customers wrote, where a question names some: by their own names (<c>late-parcel</c>, <c>where-is-my-order</c>), or
/// all that something went wrong with.</summary>
/// <param name="Name">How the question is said back.</param>
/// <param name="Issues">Those that are meant; where nobody knows which, all that there are.</param>
/// <param name="IsKnown">Whether the shop's conversations know any such issue.</param>
internal sealed record ContactIssues(string Name, IReadOnlyCollection<string> Issues, bool IsKnown)
{
    /// <summary>Beginnings of words in the names of issues with which something went wrong.</summary>
    private static readonly string[] s_wrong = ["complain", "damage", "wrong", "missing", "late", "broken", "defect", "fault", "not-received"];

    /// <summary>Null when the question names none; then all count.</summary>
    public static ContactIssues? Of(AskedOfShop asked)
    {
        var known = asked.Shop.ContactsSince(DateTimeOffset.MinValue).Select(c => c.Issue).Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal).ToList();
        if (Phrase(asked.Question.English) is { } phrase)
        {
            return About(phrase, known, asked);
        }

        return !asked.Question.Asks("complain") ? null
            : new("something that went wrong",
                known.FindAll(issue => s_wrong.Any(w => $"-{issue}".Contains($"-{w}", StringComparison.Ordinal))), IsKnown: true);
    }

    private static ContactIssues? About(string phrase, List<string> known, AskedOfShop asked)
    {
        var words = Words(phrase);
        var whole = known.FindAll(issue => Parts(issue).All(words.Contains));
        // "Refunds" are asked for and asked about: one word names all of its issues. "My" and "is" name none.
        var telling = words.Where(w => !QuestionVocabulary.IsFunction(w)).ToHashSet(StringComparer.Ordinal);
        var some = telling.Where(w => known.Exists(issue => Parts(issue).Contains(w))).ToList();
        var chosen = whole.Count > 0 ? whole : some.Count == 0 ? [] : known.FindAll(issue => some.TrueForAll(w => Parts(issue).Contains(w)));
        var isOfOthers = telling.Count == 0 || asked.HasArticles || asked.Question.Carrier is not null || asked.Question.Scope.Region is not null;
        return chosen.Count > 0 ? new(string.Join(", ", chosen), chosen, IsKnown: true)
            : isOfOthers || known.Count == 0 ? null
            : new(phrase, known, IsKnown: false);
    }

    /// <summary>What stands behind "about", without days; null when nothing does.</summary>
    private static string? Phrase(string english)
    {
        var at = s_about.Select(a => english.LastIndexOf(a, StringComparison.Ordinal) is var i && i >= 0 ? i + a.Length : -1).Max();
        var phrase = at < 0 ? ""
            : string.Join(' ', PeriodText.WithoutDays(english[at..]).Split([' ', '|'], StringSplitOptions.RemoveEmptyEntries));
        return phrase.Length > 0 ? phrase : null;
    }

    private static readonly string[] s_about = [" about ", " regarding ", " concerning ", " because of ", " asking for ", " asked for "];

    private static HashSet<string> Words(string phrase) => QuestionNames.Plain(phrase.Replace('-', ' '))
        .Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(QuestionVocabulary.Base).ToHashSet(StringComparer.Ordinal);

    private static HashSet<string> Parts(string issue) => Words(issue);
}

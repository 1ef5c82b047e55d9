using OpsChat.Text;
namespace OpsChat.Drafting;

/// <summary>Whether a draft is in the language that it should have. Short texts and near relatives get the benefit of the doubt.</summary>
internal static class LanguageCheck
{
    private const double ProvenAt = 0.6;
    private const int FewestWords = 4;

    public static IEnumerable<GuardFailure> Failures(string draft, GuardInput input)
    {
        var expected = Primary(input.Language);
        if (expected == "und")
        {
            yield break;
        }
        var found = Primary(input.DraftLanguage);
        var isOther = found != "und" && found != expected && !AreNear(found, expected)
            && input.DraftLanguageScore >= ProvenAt && Scripts.CountWords(draft) >= FewestWords;
        if (isOther)
        {
            yield return new(Guardrail.Language, "", $"The draft is in “{found}”; the customer writes “{expected}”.");
        }
        else if (!HasScriptOf(expected, draft))
        {
            yield return new(Guardrail.Language, "", $"The draft is not in the script of “{expected}”.");
        }
    }

    private static string Primary(string tag) => tag.Split('-')[0].ToLowerInvariant();

    // Malay and Indonesian replies of a shop differ by a few words; neither customer is wronged by the other.
    private static bool AreNear(string one, string other) => (one, other) is ("ms", "id") or ("id", "ms") or ("tl", "fil") or ("fil", "tl");

    /// <summary>At least a third of the letters: names, links and codes stay Latin in every language.</summary>
    private static bool HasScriptOf(string language, string text)
    {
        var letters = text.Where(char.IsLetter).ToList();
        Func<char, bool>? isOwn = language switch
        {
            "th" => Scripts.IsThai,
            "zh" => Scripts.IsHan,
            "en" or "ms" or "id" or "vi" or "tl" or "fil" => c => c is < '\u0250' or (>= '\u1E00' and <= '\u1EFF'),
            _ => null,
        };
        return isOwn is null || letters.Count < 12 || letters.Count(isOwn) * 3 >= letters.Count;
    }
}

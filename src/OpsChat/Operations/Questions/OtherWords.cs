using System.Text.RegularExpressions;

namespace OpsChat.Operations.Questions;

/// <summary>The words of a question that its answer does not heed. What counts everything must not answer a question that has any: an answer about
/// everything would be taken for one about them.</summary>
internal static partial class OtherWords
{
    /// <param name="isOwn">Whether the answer heeds a word, written in lower case.</param>
    public static IReadOnlyList<string> Of(OwnerQuestion question, Predicate<string> isOwn)
    {
        var words = PeriodText.WithoutDays(question.English).Split([' ', '|'], StringSplitOptions.RemoveEmptyEntries)
            .Select(word => Ending().Replace(word, "")).Where(word => IsSaid(word) && !isOwn(word));
        // Names of customers, and what is left out, are taken out of a question before it is read.
        return
        [
            .. words, .. question.Scope.NotUnderstood.Where(QuestionVocabulary.IsDenial),
            .. question.Scope.Customer is { } customer ? [customer.Name] : Array.Empty<string>(),
            .. question.IsAfterRefunds ? ["refunds"] : Array.Empty<string>(), .. question.IsAfterAds ? ["ads"] : Array.Empty<string>(),
        ];
    }

    /// <summary>Their first ones, for a sentence.</summary>
    public static string InWords(IReadOnlyList<string> words) => AnswerTable.And(words.Distinct(StringComparer.Ordinal).Select(w => $"“{w}”"));

    /// <summary>What denies turns an answer round, small as the word is.</summary>
    private static bool IsSaid(string word) => word is "not" or "no" or "never" or "without" || !QuestionVocabulary.IsFunction(word);

    [GeneratedRegex("'(?:s|re|ve|ll|d|m)?$")]
    private static partial Regex Ending();
}

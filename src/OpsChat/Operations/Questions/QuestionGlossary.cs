namespace OpsChat.Operations.Questions;

/// <summary>Words of a language with what they are in the words of the English grammar.</summary>
internal static class QuestionGlossary
{
    /// <param name="lines">A meaning a line: <c>one word | another = in English</c>.</param>
    public static IEnumerable<(string Word, string English)> Read(string lines) =>
        lines.Split('\n').Select(line => line.Split('=', StringSplitOptions.TrimEntries))
            .SelectMany(line => line[0].Split('|', StringSplitOptions.TrimEntries).Select(word => (word, line[1])));

    /// <summary>The owner's own words for some of the English that their question was turned into: nobody is told of a word that they never
    /// wrote. Null when they wrote none of them.</summary>
    public static string? Written(string english, string question)
    {
        var own = english.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => WrittenWord(word, question)).OfType<string>()
            .Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        return own.Count > 0 ? string.Join(' ', own) : null;
    }

    private static string? WrittenWord(string word, string question) =>
        question.Contains(word, StringComparison.OrdinalIgnoreCase) ? word
        : MalayQuestion.Glossed.Concat(ChineseQuestion.Glossed).Concat(GoodsWords.Glossed)
            .Where(g => question.Contains(g.Word, StringComparison.OrdinalIgnoreCase)
                && g.English.Split(' ').Contains(word, StringComparer.OrdinalIgnoreCase))
            .Select(g => g.Word).MaxBy(g => g.Length);
}

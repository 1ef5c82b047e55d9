namespace OpsChat.Operations.Questions;

/// <summary>Words of a language with what they are in the words of the English grammar.</summary>
internal static class QuestionGlossary
{
    /// <param name="lines">A meaning a line: <c>one word | another = in English</c>.</param>
    public static IEnumerable<(string Word, string English)> Read(string lines) =>
        lines.Split('\n').Select(line => line.Split('=', StringSplitOptions.TrimEntries))
            .SelectMany(line => line[0].Split('|', StringSplitOptions.TrimEntries).Select(word => (word, line[1])));
}

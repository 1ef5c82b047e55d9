namespace OpsChat.Understanding;

/// <summary>What a customer's message says about the answer before it.</summary>
public enum AnswerWord
{
    /// <summary>Nothing: thanks, more about it, another matter, or a correction of their own words.</summary>
    Nothing,

    /// <summary>It may speak against the answer; a person should look.</summary>
    Doubtful,

    /// <summary>It says that the answer was wrong, beside the question or of no help.</summary>
    Against,
}

/// <summary>
/// Reads the customer's word about an answer, in the languages of the shops. The phrases are in <c>Words/answers.txt</c>. Pure, thread-safe, linear
/// in the text.
/// </summary>
public static class AnswerWords
{
    /// <summary>Whoever writes more than this tells something, and not only what they think of an answer.</summary>
    private const int MostCharacters = 600;

    private static readonly Lexicon s_words = Lexicon.Load("answers.txt");

    public static AnswerWord Of(string text)
    {
        var findings = s_words.Find(text.Length > MostCharacters ? text[..MostCharacters] : text);
        bool Any(string section) => findings.All.Any(found => found.Section == section);
        return Any("self") ? AnswerWord.Nothing
            : Any("against") ? AnswerWord.Against
            : Any("doubtful") ? AnswerWord.Doubtful
            : AnswerWord.Nothing;
    }
}

namespace OpsChat.Decisions;

/// <summary>How likely it is that a draft is about what the customer means, in words that say what to do with it. A number below a half says no more
/// than "a guess", and is not shown.</summary>
public static class Sureness
{
    private const double Very = 0.9, Fairly = 0.75, Half = 0.5;

    /// <summary>A word or two.</summary>
    /// <param name="confidence">0 to 1.</param>
    public static string InWords(double confidence) => confidence switch
    {
        >= Very => "very sure",
        >= Fairly => "fairly sure",
        >= Half => "not quite sure",
        >= DraftGuess.FarOff => "a guess",
        _ => "a far guess",
    };

    /// <summary>The same with what it means for whoever may send it.</summary>
    /// <param name="confidence">0 to 1.</param>
    public static string AsAdvice(double confidence) => confidence switch
    {
        >= Half => $"{InWords(confidence)} that this is meant ({confidence:0 %})",
        >= DraftGuess.FarOff => "only a guess: read whether it answers them",
        _ => "a far guess: most likely something else is meant",
    };
}

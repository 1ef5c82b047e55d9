namespace OpsChat.Understanding;

/// <summary>Which texts the encoder can judge. It learned English; what it says of most other languages is worse than what words and letters
/// say.</summary>
internal static class EncoderLanguages
{
    // Measured on labelled messages of each language, with and without the encoder. Languages that are not here lose by it or gain nothing.
    private static readonly HashSet<string> Known = ["en", LanguageDetector.Undetermined];

    /// <summary>The detector answers with the script's language where a quarter of the letters are not Latin: such texts are never known.</summary>
    public static bool Know(string text) => Known.Contains(LanguageDetector.Detect(text).Tag);
}

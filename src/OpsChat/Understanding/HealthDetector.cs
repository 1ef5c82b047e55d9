namespace OpsChat.Understanding;

/// <summary>
/// Reads words on allergies, diets and what is safe for a body: a wrong answer there harms somebody, so a person answers. The phrases are in
/// <c>Words/health.txt</c>. Pure, thread-safe, linear in the text.
/// </summary>
public static class HealthDetector
{
    private static readonly Lexicon s_words = Lexicon.Load("health.txt");

    /// <summary>Whether a customer's message is about somebody's health. What a product is called is better left out of the text.</summary>
    public static bool IsIn(string text)
    {
        var findings = s_words.Find(text);
        var harmless = findings.PositionsOf(found => found.Section == "harmless");
        return findings.All.Any(found => found.Section == "health" && !found.IsWithin(harmless));
    }
}

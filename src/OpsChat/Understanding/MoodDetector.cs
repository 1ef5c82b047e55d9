namespace OpsChat.Understanding;

/// <summary>
/// Reads feeling, threats, and the wish for a person. The phrases are in <c>Words/mood.txt</c>. Pure, thread-safe, linear in the text.
/// </summary>
public static class MoodDetector
{
    /// <summary>More words explain nothing more.</summary>
    private const int MostWords = 12;

    private static readonly Lexicon Moods = Lexicon.Load("mood.txt");

    /// <summary>Reads a customer's message. A threat, a complaint or an oath is never calm; of several threats the gravest is told.</summary>
    public static MoodReading Read(string text)
    {
        var findings = Moods.Find(text);
        var harmless = findings.PositionsOf(f => f.Section == "harmless");
        var signs = findings.All.Where(f => Signs.Contains(f.Section) && !f.IsWithin(harmless)).ToList();
        if (signs.Count == 0)
            return MoodReading.Calm;
        bool Any(string section) => signs.Exists(f => f.Section == section);
        var threat = Any("violence") ? Threat.Violence
            : Any("legal") ? Threat.Legal
            : Any("press") ? Threat.Press
            : Any("chargeback") ? Threat.Chargeback
            : Threat.None;
        var tone = Any("angry") || threat == Threat.Violence ? Tone.Angry
            : Any("upset") || Any("complaint") || threat != Threat.None ? Tone.Upset
            : Tone.Calm;
        return new(tone, threat, Any("wants-person"), Any("complaint"), [.. signs.Select(findings.Written).Distinct().Take(MostWords)]);
    }

    private static readonly HashSet<string> Signs = ["angry", "upset", "violence", "legal", "press", "chargeback", "wants-person", "complaint"];
}

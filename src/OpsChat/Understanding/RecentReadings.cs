using System.Collections.Concurrent;

namespace OpsChat.Understanding;

/// <summary>
/// What was found of the texts that were read last: the owner's replies go out again and again, word for word, and are read when they are drafted
/// and once more when they have left; a customer's message is read before its turn and in it. Only in memory, and only for readings that depend on
/// nothing but the text. Safe for many threads.
/// </summary>
/// <param name="most">Texts that are kept; beyond that it begins anew.</param>
internal sealed class RecentReadings<T>(Func<string, T> read, int most = 256)
{
    /// <summary>Longer texts are read each time, so that what is kept stays small.</summary>
    private const int LongestKept = 2000;

    private readonly ConcurrentDictionary<string, T> _known = new(StringComparer.Ordinal);

    public T Of(string text)
    {
        if (_known.TryGetValue(text, out var known))
        {
            return known;
        }

        var found = read(text);
        if (text.Length > LongestKept)
        {
            return found;
        }

        if (_known.Count >= most)
        {
            _known.Clear();
        }

        return _known.GetOrAdd(text, found);
    }
}

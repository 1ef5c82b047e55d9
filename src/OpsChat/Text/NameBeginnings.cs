namespace OpsChat.Text;

/// <summary>What somebody means who types the beginning of a name or an id.</summary>
public static class NameBeginnings
{
    /// <summary>The one that is written so; else those that begin so; else those of which a later word does. None for an empty text. Whether letters
    /// are capital does not matter, unless two differ in nothing else.</summary>
    public static IReadOnlyList<string> Of(string typed, IReadOnlyCollection<string> known)
    {
        var word = typed.Trim();
        return word.Length == 0 ? []
            : known.FirstOrDefault(name => name == word) is { } exact ? [exact]
            : Where(known, name => name.Equals(word, StringComparison.OrdinalIgnoreCase)) is { Count: > 0 } same ? same
            : Where(known, name => name.StartsWith(word, StringComparison.OrdinalIgnoreCase)) is { Count: > 0 } begin ? begin
            : Where(known, name => name.Contains(" " + word, StringComparison.OrdinalIgnoreCase));
    }

    private static List<string> Where(IReadOnlyCollection<string> known, Func<string, bool> fits) =>
        [.. known.Where(fits).Order(StringComparer.Ordinal)];
}

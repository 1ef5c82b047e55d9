namespace OpsChat.Understanding;

/// <summary>The word lists of <c>Words/languages.txt</c>: which languages a word is common in.</summary>
internal static class LanguageWords
{
    /// <summary>A word listed for several languages is weaker evidence for each of them.</summary>
    public static Dictionary<string, List<(string Tag, double Weight)>> Load(string file)
    {
        var tags = new Dictionary<string, HashSet<string>>();
        var section = "";
        foreach (var line in WordList.Lines(file))
        {
            if (line.StartsWith('['))
                section = line.Trim('[', ']');
            else
                foreach (var word in line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                    (tags.TryGetValue(word, out var of) ? of : tags[word] = []).Add(section);
        }
        return tags.ToDictionary(t => t.Key, t => t.Value.Select(tag => (tag, 1.0 / t.Value.Count)).ToList());
    }
}

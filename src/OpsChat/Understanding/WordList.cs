using System.Reflection;

namespace OpsChat.Understanding;

/// <summary>The word lists that ship inside the assembly, <c>Understanding/Words/*.txt</c>; <c>#</c> begins a comment.</summary>
internal static class WordList
{
    /// <summary>The lines of a list that say something, trimmed.</summary>
    public static IEnumerable<string> Lines(string file)
    {
        var name = $"OpsChat.Understanding.Words.{file}";
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)
            ?? throw new InvalidOperationException(
                $"The word list {name} is not in the assembly; Understanding/Words/{file} must be an EmbeddedResource."
            );
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } raw)
            if (raw.Split('#')[0].Trim() is { Length: > 0 } line)
                yield return line;
    }
}

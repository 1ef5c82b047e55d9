using System.Text;

namespace OpsChat.Playbooks;

/// <summary>Puts a language variant of the standard reply into a playbook's file. Pure.</summary>
public static class PlaybookVariant
{
    private const string Section = "standard reply";

    /// <summary>The file with the variant below the other ones; null when the file would not say then exactly what the text says, or has that
    /// language already.</summary>
    /// <param name="language">A tag: <c>vi</c>.</param>
    public static string? Added(string issue, string markdown, string language, string text, FactVocabulary vocabulary)
    {
        var lines = markdown.ReplaceLineEndings("\n").Split('\n').ToList();
        var heading = lines.FindIndex(line => IsHeading(line, "## ") && line[3..].Trim().Equals(Section, StringComparison.OrdinalIgnoreCase));
        if (heading < 0)
        {
            return null;
        }

        var next = lines.FindIndex(heading + 1, line => IsHeading(line, "## "));
        var end = next < 0 ? lines.Count : next;
        while (end > heading + 1 && lines[end - 1].Trim().Length == 0)
        {
            lines.RemoveAt(--end);
        }

        lines.InsertRange(end, ["", $"### {language}", .. text.Split('\n'), .. next < 0 ? [""] : new[] { "" }]);
        var written = string.Join('\n', lines);
        return Says(issue, written, language, text, vocabulary) && !Says(issue, markdown, language, null, vocabulary) ? written : null;
    }

    private static bool IsHeading(string line, string mark) => line.StartsWith(mark, StringComparison.Ordinal);

    /// <summary>Whether the file's standard reply has a variant in that language.</summary>
    /// <param name="text">Exactly what it must say; null for whatever.</param>
    public static bool Says(string issue, string markdown, string language, string? text, FactVocabulary vocabulary) =>
        PlaybookParser
            .Parse($"{issue}.md", Encoding.UTF8.GetBytes(markdown), vocabulary)
            .Playbook?.StandardReply.ByLanguage.TryGetValue(language, out var variant) == true
        && (text is null || variant.Source == text);
}

using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace OpsChat.Learning;

/// <summary>What a proposal would write into a playbook. Closed. It is applied to the file as it stands when somebody takes it.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "is")]
[JsonDerivedType(typeof(AddExamples), "examples")]
[JsonDerivedType(typeof(NewFile), "new")]
[JsonDerivedType(typeof(ReplaceText), "text")]
[JsonDerivedType(typeof(AddRule), "rule")]
public abstract partial record PlaybookEdit
{
    private PlaybookEdit() { }

    /// <summary>More example phrases at the end of Issue Type.</summary>
    public sealed record AddExamples(IReadOnlyList<string> Phrases) : PlaybookEdit;

    /// <summary>A playbook that is not there yet.</summary>
    public sealed record NewFile(string Text) : PlaybookEdit;

    /// <summary>Another text in the place of one that stands in the file once.</summary>
    public sealed record ReplaceText(string Old, string New) : PlaybookEdit;

    /// <summary>One more bullet at the top of Exception Handling.</summary>
    public sealed record AddRule(string Bullet) : PlaybookEdit;

    /// <summary>The file's text after the edit; null when the edit does not fit it any more.</summary>
    /// <param name="text">The file as it is, with LF at the ends of lines; null when it is not there.</param>
    public string? Apply(string? text) => (this, text) switch
    {
        (NewFile added, null) => added.Text,
        (AddExamples more, { } file) => WithExamples(file, more.Phrases),
        (ReplaceText change, { } file) => Replaced(file, change),
        (AddRule rule, { } file) => WithRule(file, rule.Bullet),
        _ => null,
    };

    private static string? WithExamples(string file, IReadOnlyList<string> phrases)
    {
        var there = file.Split('\n').Select(line => line.Trim().TrimStart('-', '*', '+').Trim()).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var missing = phrases.Where(phrase => !there.Contains(phrase)).ToList();
        var lines = file.Split('\n').ToList();
        var (start, end) = Section(lines, "Issue Type");
        var last = start < 0 ? -1 : Enumerable.Range(start, end - start).LastOrDefault(i => BulletLine().IsMatch(lines[i]), -1);
        if (last < 0 || missing.Count == 0)
        {
            return null;
        }

        while (last + 1 < end && lines[last + 1].Trim().Length > 0)
        {
            last++;
        }

        lines.InsertRange(last + 1, missing.Select(phrase => $"- {phrase}"));
        return string.Join('\n', lines);
    }

    private static string? Replaced(string file, ReplaceText change)
    {
        // The file may break a text's lines where it likes.
        var found = Regex.Matches(
            file,
            string.Join(@"\s+", change.Old.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(Regex.Escape))
        );
        return found.Count == 1 ? file[..found[0].Index] + change.New + file[(found[0].Index + found[0].Length)..] : null;
    }

    private static string? WithRule(string file, string bullet)
    {
        var lines = file.Split('\n').ToList();
        var (start, end) = Section(lines, "Exception Handling");
        if (start < 0)
        {
            return null;
        }

        var first = Enumerable.Range(start, end - start).FirstOrDefault(i => BulletLine().IsMatch(lines[i]), -1);
        if (first >= 0)
        {
            lines.Insert(first, bullet);
        }
        else
        {
            lines.InsertRange(start, ["", bullet]);
        }

        return string.Join('\n', lines);
    }

    /// <summary>The lines after a section's heading, up to the next heading of its kind; −1 without such a section.</summary>
    private static (int Start, int End) Section(List<string> lines, string name)
    {
        var heading = lines.FindIndex(line => line.TrimEnd().Equals($"## {name}", StringComparison.OrdinalIgnoreCase));
        if (heading < 0)
        {
            return (-1, -1);
        }

        var next = lines.FindIndex(heading + 1, line =>
            line.StartsWith("## ", StringComparison.Ordinal) || line.StartsWith("# ", StringComparison.Ordinal)
        );
        return (heading + 1, next < 0 ? lines.Count : next);
    }

    [GeneratedRegex(@"^\s{0,3}[-*+]\s")]
    private static partial Regex BulletLine();
}

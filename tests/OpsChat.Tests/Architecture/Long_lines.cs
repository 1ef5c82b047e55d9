using OpsChat.Tests.Support;

namespace OpsChat.Tests.Architecture;

/// <summary>A line that does not fit beside another one is read by nobody.</summary>
public sealed class Long_lines
{
    private const int Longest = 150;

    /// <summary>Not wrapped yet. A path leaves this list when its lines fit; none comes to it.</summary>
    private static readonly string[] s_notYet =
    [
        "src/OpsChat/Operations/",
        "tests/OpsChat.Tests/Operations/",
    ];

    [Fact]
    public void are_in_no_source_file_but_for_data_in_raw_texts()
    {
        var files = new[] { "src", "tests", "tools" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories))
            .Select(file => (Full: file, Path: Path.GetRelativePath(Repository.Root, file).Replace('\\', '/')))
            .Where(file => !file.Path.Contains("/obj/") && !file.Path.Contains("/bin/") && !file.Path.Contains("/node_modules/"))
            .Where(file => !Array.Exists(s_notYet, part => file.Path.StartsWith(part, StringComparison.Ordinal)))
            .ToList();

        files.Should().HaveCountGreaterThan(500);
        files
            .SelectMany(file => TooLong(File.ReadAllLines(file.Full)).Select(number => $"{file.Path}:{number}"))
            .Should()
            .BeEmpty($"no line has more than {Longest} characters");
    }

    /// <summary>The numbers of the lines that are too long. What other programs write (JSON, tables) stands in raw texts as it is.</summary>
    private static IEnumerable<int> TooLong(string[] lines)
    {
        var isRaw = false;
        for (var i = 0; i < lines.Length; i++)
        {
            var quotes = lines[i].Split("\"\"\"").Length - 1;
            if (lines[i].Length > Longest && !isRaw && quotes == 0)
            {
                yield return i + 1;
            }

            isRaw ^= quotes % 2 == 1;
        }
    }
}

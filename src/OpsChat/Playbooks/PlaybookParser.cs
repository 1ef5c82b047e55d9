using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using OpsChat.Playbooks.Parsing;
using OpsChat.Text;

namespace OpsChat.Playbooks;

/// <summary>A file that was read.</summary>
/// <param name="Playbook">Null when the file has errors.</param>
/// <param name="Findings">Every error and warning, in reading order.</param>
/// <param name="Lines">Where the parts stand, for findings about several files.</param>
public sealed record ParsedPlaybook(Playbook? Playbook, IReadOnlyList<Finding> Findings, PlaybookLines Lines)
{
    internal ParsedPlaybook(Playbook? playbook, IReadOnlyList<Finding> findings) : this(playbook, findings, PlaybookLines.Unknown) { }
}

/// <summary>1-based lines of a playbook's parts.</summary>
/// <param name="StandardReply">The section's heading.</param>
/// <param name="Variants">Headings of language variants, by lower-case tag.</param>
/// <param name="Examples">Example phrases, in order.</param>
public sealed record PlaybookLines(int StandardReply, IReadOnlyDictionary<string, int> Variants, IReadOnlyList<int> Examples)
{
    internal static PlaybookLines Unknown { get; } = new(1, new Dictionary<string, int>(), []);
}

/// <summary>Reads one playbook. Never throws on what an owner wrote: whatever is wrong comes back as findings, all of them.</summary>
public static partial class PlaybookParser
{
    private const string IssueType = "Issue Type";
    private const string StandardReply = "Standard Reply";
    private const string ExceptionHandling = "Exception Handling";
    private const string Tests = "Tests";

    private static readonly string[] Sections = [IssueType, StandardReply, ExceptionHandling, Tests];

    /// <param name="file">Name in the playbooks folder: <c>where-is-my-order.md</c>.</param>
    /// <param name="content">The file's bytes, UTF-8.</param>
    /// <param name="vocabulary">The fact names that conditions and texts may use.</param>
    public static ParsedPlaybook Parse(string file, ReadOnlySpan<byte> content, FactVocabulary vocabulary)
    {
        var (source, unreadable) = SourceText.Read(file, content);
        if (source is null)
        {
            return new(null, [unreadable!]);
        }

        var findings = new FindingList(file, source);
        if (string.IsNullOrWhiteSpace(source.Text))
        {
            findings.Error(0, "The file is empty.", $"Write the sections {IssueType}, {StandardReply} and {ExceptionHandling}, or delete the file.");
            return new(null, findings.InOrder);
        }

        var issue = IssueOf(file, findings);
        var (entries, bodyStart) = FrontMatter.Read(source, findings);
        var settings = SettingsKeys.Read(entries, findings);
        var outline = Outline.Read(source, bodyStart, findings);
        outline.CheckNames(Sections, findings);
        Html.Report(source, bodyStart, findings);
        var (description, examples) = ReadIssueType(Required(outline, IssueType, source, findings), findings);
        var replySection = Required(outline, StandardReply, source, findings);
        var reply = replySection is null ? null : ReplySection.Read(replySection, vocabulary, findings);
        var rules = ReadRules(Required(outline, ExceptionHandling, source, findings), source, vocabulary, findings);
        var tests = ReadTests(outline.Find(Tests), source, findings);

        var playbook =
            findings.HasErrors || reply is null
                ? null
                : new Playbook(
                    issue,
                    Version(content),
                    outline.Title ?? Humanised(issue),
                    settings,
                    description,
                    [.. examples.Select(example => example.Phrase)],
                    reply,
                    rules,
                    tests
                );
        return new(playbook, findings.InOrder, LinesOf(replySection, examples.Select(example => example.At), source));
    }

    /// <summary>The first 12 hex digits of the SHA-256 of a file's bytes.</summary>
    public static string Version(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content))[..12];

    private static PlaybookLines LinesOf(Section? reply, IEnumerable<int> examples, SourceText source) =>
        new(
            source.At(reply?.At ?? 0).Line,
            (reply?.Variants ?? [])
                .GroupBy(variant => variant.Name.ToLowerInvariant())
                .ToDictionary(named => named.Key, named => source.At(named.First().At).Line),
            [.. examples.Select(at => source.At(at).Line)]
        );

    private static string IssueOf(string file, FindingList findings)
    {
        var name = Path.GetFileNameWithoutExtension(file);
        if (!IssueName().IsMatch(name) || name == "none")
        {
            var better = NotInName().Replace(name.ToLowerInvariant(), "-").Trim('-');
            findings.Error(0, $"`{name}` cannot name an issue.",
                better.Length == 0 || better == "none" ? "Name the file with small letters, digits and hyphens." : $"Name the file `{better}.md`.");
        }

        return name;
    }

    private static Section? Required(Outline outline, string name, SourceText source, FindingList findings)
    {
        var section = outline.Find(name);
        if (section is null)
        {
            findings.Error(source.Text.Length, $"The section `{name}` is missing.", $"Add a line `## {name}` and what belongs under it.");
        }

        return section;
    }

    private static (string Description, IReadOnlyList<(string Phrase, int At)> Examples) ReadIssueType(Section? section, FindingList findings)
    {
        if (section is null)
        {
            return ("", []);
        }

        RejectVariants(section, findings);
        var description = MarkdownText.Of(section.Blocks.Where(block => block is not ListBlock), findings).Text;
        List<(string, int)> examples = [];
        foreach (var bullet in Bullets(section))
        {
            if (bullet.Any(block => block is not ParagraphBlock))
            {
                findings.Error(
                    bullet.Span.Start,
                    "An example phrase is one bullet of plain words.",
                    "Move what is nested in it to a bullet of its own."
                );
                continue;
            }

            var phrase = WhiteSpace().Replace(MarkdownText.Of(bullet, findings).Text, " ").Trim();
            if (phrase.Length == 0)
            {
                findings.Error(bullet.Span.Start, "This bullet is empty.", "Write a phrase that customers use, or remove it.");
                continue;
            }

            examples.Add((phrase, bullet.Span.Start));
        }

        if (!Bullets(section).Any())
        {
            findings.Error(section.At, "There are no example phrases.", "Add bullets with what customers write: `- where is my order`.");
        }

        return (description, examples);
    }

    private static List<ExceptionRule> ReadRules(Section? section, SourceText source, FactVocabulary vocabulary, FindingList findings)
    {
        List<ExceptionRule> rules = [];
        foreach (var block in section?.Blocks ?? [])
        {
            if (block is not ListBlock list)
            {
                findings.Error(
                    block.Span.Start,
                    "Text beside the rules is not followed by anybody.",
                    "Make it a bullet: - When …, reply|ask|approve|hand off: …"
                );
                continue;
            }

            rules.AddRange(
                list.OfType<ListItemBlock>().Select(bullet => RuleBullet.Read(bullet, source, vocabulary, findings)).OfType<ExceptionRule>()
            );
        }

        if (section is not null)
        {
            RejectVariants(section, findings);
        }

        return rules;
    }

    private static List<PlaybookTest> ReadTests(Section? section, SourceText source, FindingList findings)
    {
        if (section is null)
        {
            return [];
        }

        if (section.Blocks is not [Table table] || section.Variants.Count > 0)
        {
            findings.Error(section.At, "The section `Tests` is not one table.", "Write a table with the head `| Customer says | Expect |`.");
            return [];
        }

        var rows = table
            .OfType<TableRow>()
            .Select(row => (Cells: row.OfType<TableCell>().Select(cell => MarkdownText.Of(cell, findings)).ToList(), row.Span.Start))
            .ToList();
        if (
            !rows[0]
                .Cells.Take(2)
                .Select(cell => cell.Text.Trim())
                .SequenceEqual(["Customer says", "Expect"], StringComparer.OrdinalIgnoreCase)
        )
        {
            findings.Error(rows[0].Start, "The table's columns are not known.", "Give it the head `| Customer says | Expect |`.");
            return [];
        }

        return [.. rows.Skip(1).Select(row => ReadTest(row.Cells, row.Start, source, findings)).OfType<PlaybookTest>()];
    }

    private static PlaybookTest? ReadTest(List<MarkdownText> cells, int at, SourceText source, FindingList findings)
    {
        var words = cells.Select(cell => cell.Text.Trim()).ToList();
        if (words.Count < 2 || words[0].Length == 0 || words.Skip(2).Any(extra => extra.Length > 0))
        {
            findings.Error(
                at,
                "A row of the table has two cells.",
                "Write `| what the customer says | Send |`; a `|` inside a cell is written `\\|`."
            );
            return null;
        }

        if (PlaybookTestExpectation.Parse(words[1]).ParseError is { } slip)
        {
            findings.Error(words[1].Length == 0 ? at : cells[1].SourceOffset(0), slip.Problem, slip.Remedy);
            return null;
        }

        return new(words[0], words[1], source.At(at).Line);
    }

    private static IEnumerable<ListItemBlock> Bullets(Section section) =>
        section.Blocks.OfType<ListBlock>().SelectMany(list => list.OfType<ListItemBlock>());

    private static void RejectVariants(Section section, FindingList findings)
    {
        foreach (var variant in section.Variants)
        {
            findings.Error(
                variant.At,
                $"`{section.Name}` has no parts of its own.",
                $"Language variants stand under `{StandardReply}`; remove this heading."
            );
        }
    }

    private static string Humanised(string issue) => issue.Length == 0 ? issue : char.ToUpperInvariant(issue[0]) + issue[1..].Replace('-', ' ');

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$")]
    internal static partial Regex IssueName();

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex NotInName();
}

using OpsChat.Text;
using Markdig;
using Markdig.Parsers;
using Markdig.Syntax;

namespace OpsChat.Playbooks.Parsing;

/// <summary>A heading of level 2 and what stands under it.</summary>
/// <param name="At">0-based offset of the heading in the file's text.</param>
/// <param name="Blocks">Up to the first heading of level 3.</param>
/// <param name="Variants">Headings of level 3 with their blocks.</param>
internal sealed record Section(string Name, int At, IReadOnlyList<Block> Blocks, IReadOnlyList<Variant> Variants);

/// <summary>A heading of level 3 and what stands under it.</summary>
internal sealed record Variant(string Name, int At, IReadOnlyList<Block> Blocks);

/// <summary>A file's title and sections.</summary>
internal sealed record Outline(string? Title, IReadOnlyList<Section> Sections)
{
    private static readonly MarkdownPipeline Pipeline = MakePipeline();

    /// <summary>Reads the Markdown after the front matter; offsets stay those of the whole file.</summary>
    public static Outline Read(SourceText source, int bodyStart, FindingList findings)
    {
        MarkdownDocument document;
        try
        {
            document = Markdown.Parse(Blanked(source.Text, bodyStart), Pipeline);
        }
        catch (ArgumentException tooDeep) when (tooDeep.Message.Contains("nested", StringComparison.Ordinal))
        {
            // Markdig's own protection against quotes in quotes in quotes; it does not say where.
            findings.Error(bodyStart, "Lists, quotes or brackets are nested too deeply.", "Write plain paragraphs and lists.");
            return new(null, []);
        }

        foreach (var definition in document.Descendants<LinkReferenceDefinition>())
        {
            findings.Error(
                definition.Span.Start,
                "A line of the form `[name]: address` is never shown in Markdown.",
                "Write the address in the sentence."
            );
        }

        return Divide([.. document.Where(block => block is not LinkReferenceDefinitionGroup)], findings);
    }

    /// <summary>The section of that name, or null.</summary>
    public Section? Find(string name) => Sections.FirstOrDefault(section => section.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Unknown and repeated sections are errors, each at its heading.</summary>
    public void CheckNames(IReadOnlyList<string> known, FindingList findings)
    {
        HashSet<string> seen = new(StringComparer.OrdinalIgnoreCase);
        foreach (var section in Sections)
        {
            if (!known.Contains(section.Name, StringComparer.OrdinalIgnoreCase))
            {
                findings.Error(section.At, $"There is no section `{section.Name}`.",
                    NearNames.Remedy(section.Name, known, $"The sections are: {string.Join(", ", known)}."));
            }
            else if (!seen.Add(section.Name))
            {
                findings.Error(section.At, $"The section `{section.Name}` stands twice.", "Join the two.");
            }
        }
    }

    private static Outline Divide(List<Block> blocks, FindingList findings)
    {
        string? title = null;
        List<Section> sections = [];
        var strayWasReported = false;
        for (var i = 0; i < blocks.Count;)
        {
            var end = NextHeading(blocks, i + 1, deepest: 2);
            if (blocks[i] is HeadingBlock { Level: 2 } heading)
            {
                sections.Add(SectionOf(heading, blocks[(i + 1)..end]));
                i = end;
            }
            else if (blocks[i] is HeadingBlock { Level: 1 } top && title is null)
            {
                title = NameOf(top) is { Length: > 0 } name ? name : null;
                i++;
            }
            else
            {
                if (!strayWasReported)
                {
                    findings.Warn(
                        blocks[i].Span.Start,
                        "This text stands in no section, so nobody will read it.",
                        "Move it under one of the headings that begin with `##`."
                    );
                }

                strayWasReported = true;
                i++;
            }
        }

        return new(title, sections);
    }

    private static Section SectionOf(HeadingBlock heading, List<Block> blocks)
    {
        var firstVariant = NextHeading(blocks, 0, deepest: 3);
        List<Variant> variants = [];
        for (var i = firstVariant; i < blocks.Count;)
        {
            var end = NextHeading(blocks, i + 1, deepest: 3);
            variants.Add(new(NameOf((HeadingBlock)blocks[i]), blocks[i].Span.Start, blocks[(i + 1)..end]));
            i = end;
        }

        return new(NameOf(heading), heading.Span.Start, blocks[..firstVariant], variants);
    }

    private static int NextHeading(List<Block> blocks, int from, int deepest)
    {
        var at = blocks.FindIndex(Math.Min(from, blocks.Count), block => block is HeadingBlock heading && heading.Level <= deepest);
        return at < 0 ? blocks.Count : at;
    }

    private static string NameOf(HeadingBlock heading) => MarkdownText.Of(heading).Text.Replace('\n', ' ').Trim();

    /// <summary>The same text with the front matter turned into spaces, so that every offset stays true.</summary>
    private static string Blanked(string text, int bodyStart) =>
        string.Concat(text[..bodyStart].Select(c => c is '\r' or '\n' ? c : ' ')) + text[bodyStart..];

    private static MarkdownPipeline MakePipeline()
    {
        var builder = new MarkdownPipelineBuilder().UsePreciseSourceLocation().UsePipeTables();

        // In these files indented lines are prose and `<` is a character; neither is code nor HTML.
        builder.BlockParsers.TryRemove<IndentedCodeBlockParser>();
        builder.DisableHtml();
        builder.InlineParsers.Insert(0, new VerbatimInlineParser());
        return builder.Build();
    }
}

using System.Text.RegularExpressions;
using Markdig.Syntax;

namespace OpsChat.Playbooks.Parsing;

/// <summary>Reads a section that is a text with language variants.</summary>
internal static partial class ReplySection
{
    /// <summary>The text, or null when it is empty; every fault in it is reported.</summary>
    public static ReplyText? Read(Section section, FactVocabulary vocabulary, FindingList findings)
    {
        var standard = Template(section.Blocks, vocabulary, findings);
        if (standard is null)
        {
            findings.Error(section.At, $"`{section.Name}` is empty.", "Write the text that customers get, below the heading and above any `###`.");
        }

        Dictionary<string, TextTemplate> variants = new(StringComparer.OrdinalIgnoreCase);
        foreach (var variant in section.Variants)
        {
            var text = Template(variant.Blocks, vocabulary, findings);
            if (!LanguageTag().IsMatch(variant.Name))
            {
                findings.Error(variant.At, $"`{variant.Name}` is not a language tag.", "Write one like `### ms` or `### zh-TW`.");
            }
            else if (text is null)
            {
                findings.Error(variant.At, $"The text for `{variant.Name}` is empty.", "Write it, or remove its heading.");
            }
            else if (!variants.TryAdd(variant.Name.ToLowerInvariant(), text))
            {
                findings.Error(variant.At, $"The language `{variant.Name}` stands twice.", "Keep one of the two.");
            }
        }

        return standard is null ? null : new(standard, variants);
    }

    /// <summary>The blocks as a text with places, or null when there is nothing in them.</summary>
    private static TextTemplate? Template(IReadOnlyList<Block> blocks, FactVocabulary vocabulary, FindingList findings)
    {
        var plain = MarkdownText.Of(blocks, findings);
        var template = TemplateAt(plain, 0, plain.Text.Length, vocabulary, findings);
        return template.Source.Length == 0 ? null : template;
    }

    /// <summary>A part of a plain text as a text with places, its faults reported where they stand.</summary>
    public static TextTemplate TemplateAt(MarkdownText plain, int start, int end, FactVocabulary vocabulary, FindingList findings)
    {
        var text = plain.Text[start..end];
        var leading = text.Length - text.TrimStart().Length;
        var template = new TextTemplate(text.Trim());
        foreach (var slip in template.Check(vocabulary))
        {
            findings.Error(plain.SourceOffset(start + leading + slip.At), slip.Problem, slip.Remedy);
        }

        return template;
    }

    [GeneratedRegex("^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
    private static partial Regex LanguageTag();
}

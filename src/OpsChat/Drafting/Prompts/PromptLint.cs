using OpsChat.Text;
using System.Text.RegularExpressions;
using Scriban.Parsing;

namespace OpsChat.Drafting.Prompts;

/// <summary>Finds what is wrong in a prompt file before a customer meets it.</summary>
internal static partial class PromptLint
{
    /// <summary>All findings of one job's file, in reading order.</summary>
    public static IEnumerable<Finding> Check(string file, string source, PromptScript script) =>
        MissingParts(file, source).Concat(Syntax(file, script)).Concat(Places(file, source, script)).OrderBy(f => f.Line).ThenBy(f => f.Column);

    /// <summary>The findings of <c>style.scriban</c>, which has no parts and no places: it is put into the other prompts as it is.</summary>
    public static IEnumerable<Finding> CheckStyle(string file, string source) =>
        AnyPlace()
            .Matches(source)
            .Select(place =>
                At(file, source, place.Index, $"`{place.Value}` is a place, and the style has none.", "Write the rule in words.")
            );

    private static IEnumerable<Finding> MissingParts(string file, string source)
    {
        var headings = Heading().Matches(source).Select(m => m.Groups["title"].Value).ToList();
        foreach (var part in PromptVocabulary.Parts.Where(p => !headings.Contains(p)))
        {
            yield return new(
                file,
                1,
                1,
                $"The part `## {part}` is missing.",
                $"Every prompt has the parts {string.Join(", ", PromptVocabulary.Parts)}."
            );
        }
        if (PromptVocabulary.Parts.All(headings.Contains) && !headings.Where(PromptVocabulary.Parts.Contains).SequenceEqual(PromptVocabulary.Parts))
        {
            yield return new(file, 1, 1, "The parts are out of order or doubled.", $"Order them {string.Join(", ", PromptVocabulary.Parts)}.");
        }
    }

    private static IEnumerable<Finding> Syntax(string file, PromptScript script) =>
        script.Messages.Where(message => message.Type == ParserMessageType.Error).Select(message => new Finding(
            file, message.Span.Start.Line + 1, message.Span.Start.Column + 1,
            $"The template cannot be read: {message.Message.Split('\n')[0].TrimEnd('.')}.",
            "Write `{{ name }}`, and close every `{{ if name }}` and `{{ for item in list }}` with `{{ end }}`."));

    private static IEnumerable<Finding> Places(string file, string source, PromptScript script)
    {
        if (script.HasErrors || script.Page is null)
        {
            return [];
        }

        var walk = new PromptWalk();
        walk.Visit(script.Page);
        return walk.Foreign.Select(node => Foreign(file, node))
            .Concat(walk.Names.Where(name => !name.IsKnown).Select(name => Unknown(file, name)))
            .Concat(walk.Names.Where(name => name is { IsKnown: true, IsWritten: true } && PromptVocabulary.Quoted.Contains(name.Path))
                .Where(name => !IsInBlock(source, name.Offset)).Select(name => Unquoted(file, name)));
    }

    private static Finding Unquoted(string file, PromptName name) => new(
        file, name.Line, name.Column, $"`{name.Path}` is outside a data block, where it could pass for an instruction.",
        $"Put it between `<{name.Path}>` and `</{name.Path}>`, each on a line of its own.");

    private static Finding Foreign(string file, ForeignNode node) => new(
        file, node.Line, node.Column, $"{node.What} cannot be used in a prompt.", "Write `{{ name }}`, `{{ if name }}` or `{{ for item in list }}`.");

    private static Finding Unknown(string file, PromptName name) => new(file, name.Line, name.Column, $"There is no `{name.Path}`.",
        NearNames.Remedy(name.Path, PromptVocabulary.All, $"Known are {string.Join(", ", PromptVocabulary.All.Take(10))} and the fact names."));

    // Tags on lines of their own, so that "<" in prose opens nothing.
    private static bool IsInBlock(string source, int at)
    {
        var open = new Stack<string>();
        foreach (Match tag in Tag().Matches(source[..at]))
        {
            var name = tag.Groups["tag"].Value;
            if (!tag.Groups["end"].Success)
            {
                open.Push(name);
            }
            else if (open.TryPeek(out var last) && last == name)
            {
                open.Pop();
            }
        }
        return open.TryPeek(out var block) && Regex.IsMatch(source[at..], $@"(?m)^</{Regex.Escape(block)}>\s*$");
    }

    private static Finding At(string file, string source, int index, string problem, string remedy)
    {
        var before = source.AsSpan(0, index);
        var line = before.Count('\n') + 1;
        return new(file, line, index - (before.LastIndexOf('\n') + 1) + 1, problem, remedy);
    }

    [GeneratedRegex(@"^##[ \t]+(?<title>.+?)[ \t]*\r?$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"\{\{[^}]*\}{0,3}")]
    private static partial Regex AnyPlace();

    [GeneratedRegex(@"^<(?<end>/)?(?<tag>[a-z_]+)>\s*$", RegexOptions.Multiline)]
    private static partial Regex Tag();
}

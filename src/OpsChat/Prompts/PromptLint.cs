using System.Text.RegularExpressions;
using OpsChat.Playbooks;

namespace OpsChat.Prompts;

/// <summary>Finds what is wrong in a prompt file before a customer meets it.</summary>
internal static partial class PromptLint
{
    /// <summary>All findings of one job's file, in reading order.</summary>
    public static IEnumerable<Finding> Check(string file, string source) =>
        MissingParts(file, source).Concat(Places(source).SelectMany(place => CheckPlace(file, source, place)))
            .OrderBy(f => f.Line).ThenBy(f => f.Column);

    /// <summary>The findings of <c>style.hbs</c>, which has no parts and no places: it is put into the other prompts as it is.</summary>
    public static IEnumerable<Finding> CheckStyle(string file, string source) =>
        Places(source).Select(p => At(file, source, p.Index, $"`{p.Value}` is a place, and the style has none.", "Write the rule in words."));

    private static IEnumerable<Finding> MissingParts(string file, string source)
    {
        var headings = Heading().Matches(source).Select(m => m.Groups["title"].Value).ToList();
        foreach (var part in PromptVocabulary.Parts.Where(p => !headings.Contains(p)))
        {
            yield return new(file, 1, 1, $"The part `## {part}` is missing.", $"Every prompt has the parts {string.Join(", ", PromptVocabulary.Parts)}.");
        }
        if (PromptVocabulary.Parts.All(headings.Contains) && !headings.Where(PromptVocabulary.Parts.Contains).SequenceEqual(PromptVocabulary.Parts))
        {
            yield return new(file, 1, 1, "The parts are out of order or doubled.", $"Order them {string.Join(", ", PromptVocabulary.Parts)}.");
        }
    }

    private static IEnumerable<Finding> CheckPlace(string file, string source, Match place)
    {
        var parts = PlaceParts().Match(place.Value);
        var name = parts.Groups["name"].Value;
        if (!parts.Success)
        {
            yield return At(file, source, place.Index, $"`{place.Value}` is not understood.", "Write `{{name}}`, `{{#if name}}` or `{{#each name}}`.");
        }
        else if (name.Length > 0 && !PromptVocabulary.Knows(name))
        {
            yield return At(file, source, place.Index, $"There is no `{name}`.",
                NearNames.Remedy(name, PromptVocabulary.All, $"Known are {string.Join(", ", PromptVocabulary.All.Take(10))} and the fact names."));
        }
        else if (PromptVocabulary.Quoted.Contains(name) && !parts.Groups["block"].Success && !IsInBlock(source, place.Index))
        {
            yield return At(file, source, place.Index, $"`{name}` is outside a data block, where it could pass for an instruction.",
                $"Put it between `<{name}>` and `</{name}>`, each on a line of its own.");
        }
    }

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

    private static MatchCollection Places(string source) => Place().Matches(source);

    internal static Finding At(string file, string source, int index, string problem, string remedy)
    {
        var before = source.AsSpan(0, index);
        var line = before.Count('\n') + 1;
        return new(file, line, index - (before.LastIndexOf('\n') + 1) + 1, problem, remedy);
    }

    [GeneratedRegex(@"^##[ \t]+(?<title>.+?)[ \t]*\r?$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    // Comments ({{! … }}) are no places.
    [GeneratedRegex(@"\{\{(?!!)[^}]*\}{0,3}")]
    private static partial Regex Place();

    [GeneratedRegex(@"^\{{2,3}\s*(?:(?<block>#(?:if|unless|each))\s+(?<name>[\w@.-]+)|(?<block>/(?:if|unless|each))|(?<name>[\w@.-]+))\s*\}{2,3}$")]
    private static partial Regex PlaceParts();

    [GeneratedRegex(@"^<(?<end>/)?(?<tag>[a-z_]+)>\s*$", RegexOptions.Multiline)]
    private static partial Regex Tag();
}

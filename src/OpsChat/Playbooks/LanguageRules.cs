using System.Text.RegularExpressions;

namespace OpsChat.Playbooks;

/// <summary>
/// Rewrites a playbook whose rules stand once for each language, told apart by <c>message.language</c>, into rules that stand once with their
/// languages below them. Every other line stays as it is. Pure.
/// </summary>
public static partial class LanguageRules
{
    /// <summary>The text in the new form; the same text when nothing is to be rewritten.</summary>
    public static string Joined(string text)
    {
        var waiting = new Dictionary<(string Condition, string Action), List<(string Tag, string Text, string Line)>>();
        var lines = new List<string>();
        foreach (var line in text.Split('\n'))
        {
            if (OfLanguage().Match(line) is { Success: true } variant && ConditionOf(variant) is { Length: > 0 } condition)
            {
                waiting.TryAdd((condition, variant.Groups["action"].Value), []);
                waiting[(condition, variant.Groups["action"].Value)].Add((variant.Groups["tag"].Value, variant.Groups["text"].Value, line));
                continue;
            }

            if (!line.StartsWith("- When ", StringComparison.Ordinal) && !line.StartsWith("  ", StringComparison.Ordinal))
            {
                lines.AddRange(Unjoined(waiting));
            }

            lines.Add(line);
            if (
                OfAll().Match(line) is { Success: true } rule
                && waiting.Remove((rule.Groups["condition"].Value, rule.Groups["action"].Value), out var variants)
            )
            {
                lines.AddRange(variants.Select(one => $"  - {one.Tag}: {one.Text}"));
            }
        }

        lines.AddRange(Unjoined(waiting));
        return string.Join('\n', lines);
    }

    /// <summary>Rules of a language that no other stands for stay as they are.</summary>
    private static List<string> Unjoined(Dictionary<(string Condition, string Action), List<(string Tag, string Text, string Line)>> waiting)
    {
        List<string> left = [.. waiting.Values.SelectMany(variants => variants.Select(one => one.Line))];
        waiting.Clear();
        return left;
    }

    private static string ConditionOf(Match variant) =>
        variant.Groups["after"].Success ? variant.Groups["after"].Value : variant.Groups["before"].Value;

    [GeneratedRegex(
        @"^- When `(?:(?<before>[^`]+?) and message\.language = (?<tag>[\w-]+)|message\.language = (?<tag>[\w-]+) and (?<after>[^`]+?))`, "
            + @"(?<action>[^:]{1,80}): (?<text>.*)$"
    )]
    private static partial Regex OfLanguage();

    [GeneratedRegex(@"^- When `(?<condition>[^`]+)`, (?<action>[^:]{1,80}): ")]
    private static partial Regex OfAll();
}

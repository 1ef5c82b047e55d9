using System.Text;
using System.Text.RegularExpressions;
using OpsChat.Playbooks;

namespace OpsChat.Tests.Playbooks;

/// <summary>Writes a playbook as the Markdown that it could have been read from. Every sign that Markdown might take for its own is
/// escaped.</summary>
internal static partial class PlaybookPrinter
{
    public static string Print(Playbook playbook)
    {
        var (text, settings) = (new StringBuilder(), playbook.Settings);
        text.Append(
            (
                $"---\nmodule: {settings.Module}\nautonomy: {settings.Autonomy}\nfinancial: {settings.Financial}\n"
                + $"max_words: {settings.MaxWords}\n"
            ).ToLowerInvariant()
        );
        text.Append(settings.LinkRequired ? "link: required\n" : "")
            .Append($"owner: {settings.Owner}\n---\n# {Escaped(playbook.Title)}\n\n");
        text.Append($"## Issue Type\n{Paragraphs(playbook.Description, "")}\n\n");
        text.AppendJoin("", playbook.Examples.Select(example => $"- {Escaped(example)}\n"));
        text.Append($"\n## Standard Reply\n{Paragraphs(playbook.StandardReply.Default.Source, "")}\n");
        text.AppendJoin(
            "",
            playbook.StandardReply.ByLanguage.Select(variant => $"\n### {variant.Key}\n{Paragraphs(variant.Value.Source, "")}\n")
        );
        text.Append("\n## Exception Handling\n")
            .AppendJoin(
                "",
                playbook.Rules.Select(rule => $"- When {Of(rule.Condition)}, {Of(rule)}: {Paragraphs(rule.Text.Source, "  ")}\n")
            );
        if (playbook.Tests.Count > 0)
        {
            text.Append("\n## Tests\n| Customer says | Expect |\n|---|---|\n")
                .AppendJoin("", playbook.Tests.Select(test => $"| {Escaped(test.CustomerSays)} | {Escaped(test.Expect)} |\n"));
        }

        return text.ToString();
    }

    private static string Of(Condition condition) => condition switch
    {
        Condition.InProse said => Escaped(said.Phrase),
        Condition.All all => string.Join(" and ", all.Parts.Select(Of)),
        _ => condition.Shown,
    };

    private static string Of(ExceptionRule rule) => rule.Action switch
    {
        RuleAction.HandOff => rule.To is { } to ? $"hand off to {to}" : "hand off",
        var action => action.ToString().ToLowerInvariant(),
    };

    /// <summary>Paragraphs are parted by an empty line; a line break inside one is kept by the backslash before it.</summary>
    private static string Paragraphs(string text, string indent) =>
        string.Join($"\n\n{indent}", text.Split("\n\n").Select(paragraph => string.Join($"\\\n{indent}", paragraph.Split('\n').Select(Escaped))));

    /// <summary>Places stay as they are: what stands in them is a name and no Markdown.</summary>
    private static string Escaped(string text) =>
        Sign().Replace(text, sign => sign.Value.StartsWith("{{", StringComparison.Ordinal) ? sign.Value : $"\\{sign.Value}");

    [GeneratedRegex(@"\{\{[^{}]*\}\}|[!-/:-@\[-`{-~]")]
    private static partial Regex Sign();
}

using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OpsChat.Host.Commands;

/// <summary>Options that the evaluation commands share.</summary>
static class EvaluationOptions
{
    public static Option<bool> Json() => new("--json") { Description = "As JSON" };

    public static Option<string> Daily() => new("--daily") { Description = "CSV of units a day, wide or long", HelpName = "FILE", Required = true };

    public static Option<DateOnly?> Day(string name, string description) =>
        new(name)
        {
            Description = description,
            HelpName = "DAY",
            CustomParser = written =>
                ParsedArgument.Of<DateOnly>(
                    written,
                    DateOnly.TryParseExact(
                        ParsedArgument.Text(written),
                        "yyyy-MM-dd",
                        CultureInfo.InvariantCulture,
                        DateTimeStyles.None,
                        out var day
                    )
                        ? day
                        : null,
                    "A day is written like 2026-11-28"
                ),
        };

    public static IReadOnlyList<int> Numbers(string list)
    {
        try
        {
            return [.. list.Split(',', StringSplitOptions.TrimEntries).Select(n => int.Parse(n, NumberStyles.None, CultureInfo.InvariantCulture))];
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            throw new BadUseException($"{list} is no list of whole numbers. Write them like 7,10,14.", e);
        }
    }

    public static JsonNode ReadJson(string path)
    {
        if (!File.Exists(path))
        {
            throw new BadUseException($"There is no file {path}.");
        }

        try
        {
            return JsonNode.Parse(File.ReadAllText(path)) ?? throw new BadUseException($"{path} is empty.");
        }
        catch (JsonException broken)
        {
            throw new BadUseException($"{path}:{broken.LineNumber + 1}: This is not JSON.", broken);
        }
    }
}

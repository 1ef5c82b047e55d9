using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using OpsChat.Text;

namespace OpsChat.Canary;

/// <summary>What reading the file's text gave: a configuration, or every problem that it has.</summary>
/// <param name="Config">Null when there are findings.</param>
public sealed record CanaryConfigReading(CanaryConfig? Config, IReadOnlyList<Finding> Findings);

/// <summary>
/// The text form of <see cref="CanaryConfig"/>. Reading is strict: an unknown, repeated, missing or out-of-range member is an error that
/// names it, and all problems are found at once. Writing is stable: the same configuration gives the same bytes.
/// </summary>
public static class CanaryConfigText
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Reads the bytes of the file.</summary>
    /// <param name="file">The name to point to in findings.</param>
    public static CanaryConfigReading Read(string file, byte[] utf8)
    {
        if (!System.Text.Unicode.Utf8.IsValid(utf8))
        {
            return new(null, [new(file, 1, 1, "This is not UTF-8 text.", "Save the file as UTF-8 in your editor.")]);
        }

        PlacedJson root;
        try
        {
            root = PlacedJson.Parse(utf8);
        }
        catch (JsonException broken)
        {
            return new(null, [new(file, (int)(broken.LineNumber ?? 0) + 1, (int)(broken.BytePositionInLine ?? 0) + 1,
                "This is not JSON.", "Look for a missing comma, quote or brace just before this place; comments are not allowed.")]);
        }
        var members = new ConfigMembers(file, root, "the configuration");
        var config = Whole(members);
        var findings = members.Finish();
        return new(findings.Count == 0 ? config : null, findings);
    }

    /// <summary>The text of the file, as the owner's commands write it: UTF-8, two spaces, one member a line, a final newline.</summary>
    public static byte[] Write(CanaryConfig config)
    {
        var text = new StringBuilder("{\n");
        void Member(string name, string json, string end = ",") => text.Append($"  \"{name}\": {json}{end}\n");
        Member("percentage", Json(config.Percentage));
        Member("stages", Json(config.Stages));
        Member("salt", Json(config.Salt));
        Member("errorBudget", Json((decimal)config.ErrorBudget));
        Member("significance", Json((decimal)config.Significance));
        Member("minimumScored", Json(config.MinimumScored));
        Member("promote", Json(Word(config.Promote)));
        Member("rollback", Json(Word(config.Rollback)));
        Member("holdout", Json(config.Holdout));
        Member("spotCheck", Json(config.SpotCheck));
        Member("campaign", config.Campaign ? "true" : "false");
        if (config.ReadByModel is { } readByModel)
        {
            Member("readByModel", Json(readByModel));
        }

        Member("playbooks", Json(config.Playbooks), end: "");
        return Encoding.UTF8.GetBytes(text.Append("}\n").ToString());
    }

    private static CanaryConfig Whole(ConfigMembers m) => new()
    {
        Percentage = m.Number("percentage", 0, 100, decimals: 2),
        Stages = m.Stages("stages"),
        Salt = m.Text("salt", 100),
        ErrorBudget = (double)m.Number("errorBudget", 0.001m, 0.3m),
        Significance = (double)m.Number("significance", 0.001m, 0.2m),
        MinimumScored = (int)m.Number("minimumScored", 1, 10_000, decimals: 0),
        Promote = m.Choice<Promotion>("promote"),
        Rollback = m.Choice<Rollback>("rollback"),
        Holdout = m.Number("holdout", 0, 0.5m),
        SpotCheck = m.Number("spotCheck", 0, 1),
        Campaign = m.Flag("campaign"),
        ReadByModel = m.Has("readByModel") ? m.Inner("readByModel", Own) : null,
        Playbooks = m.ByName("playbooks", Own)
            .ToImmutableSortedDictionary(StringComparer.Ordinal),
    };

    private static PlaybookCanary Own(ConfigMembers m) =>
        new(m.Number("percentage", 0, 100, decimals: 2), m.Has("stages") ? m.Stages("stages") : null);

    internal static string Word<T>(T choice) where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(choice.ToString());

    private static string Json(string text) => JsonSerializer.Serialize(text, Plain);

    private static string Json(decimal number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Json(ImmutableArray<decimal> numbers) => $"[{string.Join(", ", numbers.Select(Json))}]";

    private static string Json(ImmutableSortedDictionary<string, PlaybookCanary> playbooks) =>
        playbooks.IsEmpty ? "{}" : $"{{\n{string.Join(",\n", playbooks.Select(p => $"    {Json(p.Key)}: {Json(p.Value)}"))}\n  }}";

    private static string Json(PlaybookCanary own) =>
        own.Stages is { } stages
            ? $"{{ \"percentage\": {Json(own.Percentage)}, \"stages\": {Json(stages)} }}"
            : $"{{ \"percentage\": {Json(own.Percentage)} }}";
}

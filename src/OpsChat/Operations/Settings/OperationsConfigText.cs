using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using OpsChat.Canary;
using OpsChat.Operations.Actions;
using OpsChat.Operations.Queue;
using OpsChat.Playbooks;
using OpsChat.Text;

namespace OpsChat.Operations.Settings;

/// <summary>What reading <c>operations.config.json</c> gave: settings, or every problem that it has.</summary>
/// <param name="Settings">Null when there are findings.</param>
public sealed record OperationsConfigReading(OperationsSettings? Settings, IReadOnlyList<Finding> Findings);

/// <summary>
/// The text form of <see cref="OperationsSettings"/>. Reading is strict: what is unknown, repeated or out of range is an error with its place,
/// and all are found at once. Sections may be left out; then their defaults hold. A lane that would let money act is refused.
/// </summary>
public static partial class OperationsConfigText
{
    /// <param name="file">The name to point to in findings.</param>
    public static OperationsConfigReading Read(string file, byte[] utf8)
    {
        PlacedJson root;
        try
        {
            root = PlacedJson.Parse(utf8);
        }
        catch (JsonException broken)
        {
            return new(null, [new(file, (int)(broken.LineNumber ?? 0) + 1, (int)(broken.BytePositionInLine ?? 0) + 1,
                "This is not JSON.", "Look for a missing comma, quote or brace just before this place.")]);
        }

        var members = new ConfigMembers(file, root, "the configuration");
        var settings = Whole(members, Convert.ToHexStringLower(SHA256.HashData(utf8))[..12]);
        var findings = members.Finish();
        return new(findings.Count == 0 ? settings : null, findings);
    }

    private static OperationsSettings Whole(ConfigMembers m, string version) =>
        new(
            m.Has("time") ? Clock(m, "time") : new(7, 30),
            m.Parsed(
                "currency",
                3,
                t => t.Length == 3 && t.All(char.IsAsciiLetterUpper) ? (t, null) : (t, $"\"{t}\" is no currency."),
                "Write it like MYR."
            ) ?? "",
            m.Has("people") && m.Flag("people"),
            m.Section("purchase", new PurchaseSettings(), Purchase),
            m.Section("stock", new StockSettings(), Stock),
            m.Section("orders", new OrderSettings(), Orders),
            m.Section("ads", new AdSettings(), Ads),
            m.Section("alarms", new AlarmSettings(), Alarms),
            m.Section("costs", new CostSettings(), Costs),
            Lanes(m),
            m.Items("routes", Route),
            m.Items("handOffs", HandOff),
            m.Section<QuietHours?>("quiet", null, q => new(Clock(q, "from"), Clock(q, "to"))),
            Off(m),
            version
        );

    private static PurchaseSettings Purchase(ConfigMembers m)
    {
        var d = new PurchaseSettings();
        return new(
            m.Number("confirmOver", d.ConfirmOver, 0, 1_000_000_000, 2),
            (int)m.Number("review", d.Review, 0, 30, 0),
            (int)m.Number("cover", d.Cover, 1, 365, 0),
            (double)m.Number("fill", (decimal)d.Fill, 0.5m, 0.999m, 4),
            (double)m.Number("newSkuFill", (decimal)d.NewSkuFill, 0.5m, 0.999m, 4)
        );
    }

    private static StockSettings Stock(ConfigMembers m)
    {
        var d = new StockSettings();
        return new((double)m.Number("safetyShare", (decimal)d.SafetyShare, 0, 1, 4), (int)m.Number("halfLife", d.HalfLife, 3, 180, 0));
    }

    private static OrderSettings Orders(ConfigMembers m)
    {
        var d = new OrderSettings();
        var (domestic, abroad) = m.Section("quietScan", ((TimeSpan?)null, (TimeSpan?)null), q => (Span(q, "domestic"), Span(q, "abroad")));
        return new(m.Number("highValue", d.HighValue, 0, 1_000_000_000, 2), Span(m, "shipWithin"), Span(m, "firstScanWithin"), domestic, abroad);
    }

    private static AdSettings Ads(ConfigMembers m)
    {
        var d = new AdSettings();
        return new(
            (double)m.Number("keepOfMargin", (decimal)d.KeepOfMargin, 0, 0.95m, 4),
            (double)m.Number("confidence", (decimal)d.Confidence, 0.5m, 0.999m, 4),
            (double)m.Number("jump", (decimal)d.Jump, 1.1m, 100, 2),
            (double)m.Number("feeShare", (decimal)d.FeeShare, 0, 0.5m, 4),
            m.Number("sending", d.Sending, 0, 1_000_000, 2)
        );
    }

    private static AlarmSettings Alarms(ConfigMembers m)
    {
        var d = new AlarmSettings();
        double Line(string name, double otherwise) => (double)m.Number(name, (decimal)otherwise, 10, 10_000_000, 2);
        return new(
            Line("returns", d.Returns),
            Line("returnsByReason", d.ReturnsByReason),
            Line("knownChange", d.KnownChange),
            Line("station", d.Station),
            Line("carrier", d.Carrier)
        );
    }

    private static CostSettings Costs(ConfigMembers m)
    {
        var d = new CostSettings();
        return new(
            m.Number("contact", d.Contact, 0, 1_000_000, 2),
            m.Number("reship", d.Reship, 0, 1_000_000, 2),
            (double)m.Number("lostParcelShare", (decimal)d.LostParcelShare, 0, 1, 4),
            (double)m.Number("cancelShare", (decimal)d.CancelShare, 0, 1, 4),
            m.Number("minutes", d.Minutes, 0, 600, 1)
        );
    }

    private static Dictionary<string, LaneSettings> Lanes(ConfigMembers m) =>
        m.Has("lanes") ? m.ByName<LaneSettings>("lanes", Lane).ToDictionary(l => l.Key, l => l.Value, StringComparer.Ordinal) : [];

    private static LaneSettings Lane(string name, ConfigMembers lane)
    {
        var parts = name.Split('/');
        var kind = parts.Length == 2 ? ActionKinds.Of(parts[1]) : null;
        var autonomy = lane.Choice<LaneAutonomy>("autonomy");
        if (kind is null)
        {
            lane.Wrong("autonomy", $"\"{name}\" is no lane.", "Write an area and a kind of action, such as ads/pause-ad.");
        }
        else if (autonomy == LaneAutonomy.Act && !kind.Value.MayAct())
        {
            lane.Wrong("autonomy", Refusal(name, kind.Value), "Write approve: a person then taps once for exactly what will be done.");
        }

        var limits = autonomy == LaneAutonomy.Act ? Limits(lane) : null;
        return new(parts[0], kind ?? ActionKind.None, autonomy, limits);
    }

    private static string Refusal(string name, ActionKind kind) => kind switch
    {
        _ when kind.CommitsMoney() => $"\"{name}\" commits money, and nothing that commits money is done without an approval.",
        _ when kind.IsAboutAnOrder() => $"\"{name}\" is a decision about a person's order, which a person takes.",
        _ => $"\"{name}\" cannot be undone or reaches customers, so it cannot act by itself.",
    };

    private static LaneLimits Limits(ConfigMembers m)
    {
        var hours = m.Parsed(
            "hours",
            11,
            t =>
                t.Split('-') is [var from, var to] && Time(from) is { } f && Time(to) is { } u
                    ? ((f, u), null)
                    : ((TimeOnly.MinValue, TimeOnly.MinValue), $"\"{t}\" are no hours."),
            "Write them like 08:00-20:00."
        );
        return new(
            m.Number("perAct", 0.01m, 1_000_000_000, 2),
            m.Number("perDay", 0.01m, 1_000_000_000, 2),
            (int)m.Number("acts", 1, 1000, 0),
            hours.Item1,
            hours.Item2
        );
    }

    private static AlertRoute Route(ConfigMembers m)
    {
        var (text, condition) = Condition(m, "when", written => BareName().Replace(written, name => AlertRouting.FactName(name.Value)));
        var known = AlertRouting.Names.Select(AlertRouting.FactName).ToHashSet(StringComparer.Ordinal);
        foreach (
            var unknown in condition?.Names.Where(n => !known.Contains(n)).Select(n => n[(n.IndexOf('.', StringComparison.Ordinal) + 1)..])
                ?? []
        )
        {
            m.Wrong("when", $"A route cannot ask for `{unknown}`.", $"It can ask for {string.Join(", ", AlertRouting.Names)}.");
        }

        return new(text, condition!, m.Text("to", 60));
    }

    private static HandOffRow HandOff(ConfigMembers m)
    {
        // Facts are spelled with underscores; the table may as well spell them like the settings' own members.
        var (text, condition) = Condition(m, "trigger", written =>
            CamelName().Replace(written, name => Capital().Replace(name.Value, capital => $"_{capital.Value.ToLowerInvariant()}"))
        );
        var function = m.Text("function", 60);
        if (HandOffFunctions.FactsOf(function, AlertRouting.FactNames) is { } known)
        {
            foreach (var unknown in condition?.Names.Where(n => !known.Contains(n)) ?? [])
            {
                m.Wrong("trigger", $"A row of \"{function}\" cannot ask for `{unknown}`.", $"It can ask for {string.Join(", ", known)}.");
            }
        }

        return new(function, m.Text("agent", 200), m.Text("person", 200), text, condition!);
    }

    private static (string Text, FactExpression? Condition) Condition(ConfigMembers m, string name, Func<string, string> dotted)
    {
        var text = "";
        var condition = m.Parsed(name, 300, t =>
        {
            text = t;
            var (parsed, error) = FactExpressionParser.Parse(dotted(t));
            return (parsed, error is null ? null : $"\"{name}\" cannot be read: {error.Problem} {error.Remedy}".TrimEnd());
        }, "Write it as in a playbook's exception, such as order.total > 800.");
        return (text, condition);
    }

    /// <summary>A word before a comparison that is not part of a dotted name.</summary>
    [GeneratedRegex(@"(?<![\w."".-])[a-z_]+(?=\s*(=|!=|<|>|≠|≤|≥))")]
    private static partial Regex BareName();

    [GeneratedRegex(@"(?<![\w""])[a-z]+\.[a-z]+[A-Z][A-Za-z]*\b")]
    private static partial Regex CamelName();

    [GeneratedRegex("[A-Z]")]
    private static partial Regex Capital();

    private static HashSet<string> Off(ConfigMembers m) => [.. m.Items("off", o => o.Text("monitor", 40))];

    private static TimeOnly Clock(ConfigMembers m, string name) =>
        m.Parsed(name, 5, t => Time(t) is { } time ? (time, null) : (TimeOnly.MinValue, $"\"{t}\" is no time of day."), "Write it like 07:30.");

    private static TimeOnly? Time(string text) => text == "24:00" ? TimeOnly.MinValue
        : TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;

    /// <summary>An optional duration such as <c>48h</c> or <c>2d</c>: one hour to 60 days.</summary>
    private static TimeSpan? Span(ConfigMembers m, string name) => !m.Has(name) ? null : m.Parsed<TimeSpan?>(name, 5, t =>
    {
        var isNumber = int.TryParse(t[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var count);
        TimeSpan? span = (isNumber, t[^1]) switch { (true, 'd') => TimeSpan.FromDays(count), (true, 'h') => TimeSpan.FromHours(count), _ => null };
        return span >= TimeSpan.FromHours(1) && span <= TimeSpan.FromDays(60) ? (span, null) : (null, $"\"{name}\" cannot be \"{t}\".");
    }, "Write days or hours, such as 2d or 48h, up to 60d.");
}

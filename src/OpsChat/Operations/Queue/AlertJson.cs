using System.Text.Json.Nodes;
using OpsChat.Operations.Actions;
using OpsChat.Operations.Evaluation;
using OpsChat.Operations.Monitors;
using OpsChat.Playbooks;

namespace OpsChat.Operations.Queue;

/// <summary>Alerts as JSON: the replay's shape, and the stored shape of one alert.</summary>
public static class AlertJson
{
    public static JsonObject Of(ReplayReport report) => new()
    {
        ["from"] = report.From.ToString("yyyy-MM-dd"), ["to"] = report.To.ToString("yyyy-MM-dd"), ["looks"] = report.Looks,
        ["alerts"] = new JsonArray([.. report.Alerts.Select(a => (JsonNode)Episode(a))]),
    };

    /// <summary>One look: what is open after it, what happened, what could not be looked at.</summary>
    public static JsonObject Of(LookReport look, OpeningHours hours) =>
        new()
        {
            ["at"] = look.At.ToString("yyyy-MM-ddTHH:mm:sszzz"),
            ["monitors"] = look.Monitors,
            ["news"] = new JsonArray([
                .. look.News.Select(n =>
                    (JsonNode)
                        new JsonObject
                        {
                            ["kind"] = AlertWords.Of(n.Kind),
                            ["id"] = n.Alert.Id,
                            ["headline"] = n.Alert.Headline,
                        }
                ),
            ]),
            ["alerts"] = new JsonArray([.. look.Queue.Ranked.Select(a => (JsonNode)Of(a, hours))]),
            ["gaps"] = new JsonArray([.. look.Gaps.Select(g => (JsonNode)g.Sentence)]),
        };

    /// <summary>An alert with everything, as <c>alerts show</c> and the owner's API give it. <c>decideBy</c> is what the monitor worked out and may
    /// be past already; <c>due</c> is what pages show (<see cref="AlertDue"/>); both are null where the alert has no such time.</summary>
    public static JsonObject Of(Alert alert, OpeningHours hours)
    {
        var json = Head(alert);
        json["state"] = Word(alert.State.ToString());
        json["confidence"] = Math.Round(alert.Confidence, 4);
        json["decideBy"] = alert.DecideBy?.ToString("yyyy-MM-ddTHH:mm:sszzz");
        json["due"] = AlertDue.Of(alert, hours)?.ToString("yyyy-MM-ddTHH:mm:sszzz");
        json["seenAt"] = alert.SeenAt?.ToString("yyyy-MM-ddTHH:mm:sszzz");
        json["checkedAt"] = alert.CheckedAt.ToString("yyyy-MM-ddTHH:mm:sszzz");
        json["flaps"] = alert.Flaps.Length;
        json["revision"] = alert.Revision;
        json["evidence"] = new JsonArray([
            .. alert.Evidence.Select(e =>
                (JsonNode)
                    new JsonObject
                    {
                        ["text"] = e.Text,
                        ["source"] = e.Source,
                        ["line"] = e.Line,
                        ["at"] = e.At.ToString("yyyy-MM-ddTHH:mm:sszzz"),
                    }
            ),
        ]);
        json["actions"] = new JsonArray([
            .. alert.Actions.Select(a =>
                (JsonNode)
                    new JsonObject
                    {
                        ["id"] = ActionIds.Of(alert, a.Kind),
                        ["kind"] = a.Kind.Word(),
                        ["needsApproval"] = a.AlwaysNeedsApproval,
                        ["text"] = a.Text,
                        ["parameters"] = new JsonObject(a.Parameters.Select(p => KeyValuePair.Create<string, JsonNode?>(p.Key, p.Value))),
                    }
            ),
        ]);
        json["trace"] = alert.Trace is not { } trace
            ? null
            : new JsonObject
            {
                ["formula"] = trace.Formula,
                ["code"] = trace.Code,
                ["inputs"] = new JsonObject(
                    trace.Inputs.Where(i => double.IsFinite(i.Value)).Select(i => KeyValuePair.Create<string, JsonNode?>(i.Key, i.Value))
                ),
            };
        return json;
    }

    private static JsonObject Episode(Alert alert)
    {
        var json = Head(alert);
        json["strength"] = Math.Round(Math.Min(alert.Peak, 1e15), 4);
        json["closedAt"] = alert.ClosedAt?.ToString("yyyy-MM-ddTHH:mm:sszzz");
        json["closedAs"] = alert.ClosedAs is { } end ? Word(end.ToString()) : null;
        return json;
    }

    private static JsonObject Head(Alert alert) => new()
    {
        ["id"] = alert.Id, ["key"] = alert.Key, ["episode"] = alert.Episode, ["monitor"] = alert.Monitor, ["subject"] = Subject(alert.Subject),
        ["owner"] = alert.Owner, ["headline"] = alert.Headline, ["openedAt"] = alert.OpenedAt.ToString("yyyy-MM-ddTHH:mm:sszzz"),
        ["atRisk"] = new JsonObject { ["minor"] = alert.AtRisk.Minor, ["currency"] = alert.AtRisk.Currency },
            ["score"] = Math.Round(alert.Score.Value, 2),
        ["children"] = new JsonArray([.. alert.Children.Select(c => (JsonNode)new JsonObject
        {
            ["subject"] = Subject(c.Subject), ["openedAt"] = c.OpenedAt.ToString("yyyy-MM-ddTHH:mm:sszzz"), ["headline"] = c.Headline,
        })]),
    };

    private static JsonObject Subject(SubjectKey subject) => new(subject.Parts.Select(p => KeyValuePair.Create<string, JsonNode?>(p.Key, p.Value)));

    /// <summary><c>NoProblem</c> is "no problem", <c>ByData</c> "by data".</summary>
    private static string Word(string name) =>
        string.Concat(name.Select((c, i) => char.IsUpper(c) ? (i == 0 ? "" : " ") + char.ToLowerInvariant(c) : c.ToString()));
}

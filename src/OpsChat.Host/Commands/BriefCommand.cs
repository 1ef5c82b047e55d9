using System.CommandLine;
using System.Text.Json.Nodes;
using OpsChat.Operations.Monitors;

namespace OpsChat.Host.Commands;

/// <summary><c>brief</c>: what needs a decision this morning, as it is told at 07:30.</summary>
static class BriefCommand
{
    public static Command Create(GlobalOptions settings)
    {
        var (json, asOf) = (EvaluationOptions.Json(), EvaluationOptions.Day("--as-of", "As it would have been that morning"));
        var command = new Command("brief", "What needs you, what happened overnight, what was not checked") { json, asOf };
        command.SetAction(async (parse, cancellationToken) =>
        {
            await using var operations = await OpenedOperations.OpenAsync(settings.Read(parse), cancellationToken);
            var lines = await LinesAsync(operations, parse.GetValue(asOf), cancellationToken);
            Console.WriteLine(parse.GetValue(json)
                ? new JsonObject { ["lines"] = new JsonArray([.. lines.Select(l => (JsonNode)l)]) }.ToJsonString(WrittenJson.Options)
                : string.Join(Environment.NewLine, lines.Select(line => TerminalText.Wrapped(line, indent: 2))));
            return 0;
        });
        return command;
    }

    /// <summary>Out of the last look; when there was none yet, or another moment is asked for, the shop is looked at first.</summary>
    private static async Task<IReadOnlyList<string>> LinesAsync(OpenedOperations operations, DateOnly? asOf, CancellationToken cancellationToken)
    {
        var (now, looks) = (TimeProvider.System.GetUtcNow(), await operations.Store.ReadAsync(session => session.Alerts.Looks(), cancellationToken));
        var moment = asOf is null ? now : operations.Moment(asOf);
        if (looks.Count > 0 && (asOf is null || looks.Max(l => l.At) == moment))
        {
            return await operations.Briefings.ReadAsync(moment, cancellationToken);
        }

        var look = asOf is null
            ? await operations.Desk.LookAsync(MonitorSet.All, now, cancellationToken)
            : await operations.Desk.PreviewAsync(MonitorSet.All, now, moment, cancellationToken);
        return await operations.Briefings.ReadAsync(look, cancellationToken);
    }
}

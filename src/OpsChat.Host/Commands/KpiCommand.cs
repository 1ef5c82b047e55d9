using System.CommandLine;
using OpsChat.Agent;
using OpsChat.Operations.Measures;

namespace OpsChat.Host.Commands;

/// <summary><c>kpi</c>: the measures of the last week and month, each with its formula and the file that it needs.</summary>
static class KpiCommand
{
    private const int Week = 7;
    private const int Month = 30;

    public static Command Create(GlobalOptions settings)
    {
        var since = EvaluationOptions.Day("--since", "From that day on instead of the last week and month");
        var (json, asOf) = (EvaluationOptions.Json(), EvaluationOptions.Day("--as-of", "With what was known that morning"));
        var command = new Command("kpi", "Measures of the last week and month, each with its formula") { since, json, asOf };
        command.SetAction(async (parse, cancellationToken) =>
        {
            await using var operations = await OpenedOperations.OpenAsync(settings.Read(parse), cancellationToken);
            var (now, day) = (TimeProvider.System.GetUtcNow(), parse.GetValue(asOf));
            var moment = (await operations.Desk.ViewAsync(now, cancellationToken)).Moment(day is null ? now : operations.Moment(day));
            var records = await AskDesk.RecordsAsync(operations.Store, cancellationToken);
            var spans = parse.GetValue(since) is { } from ? [Math.Max(1, moment.Today.DayNumber - from.DayNumber)] : new[] { Week, Month };
            var tables = spans.Select(days => (Days: days, Measures: ShopMeasures.Of(moment, operations.Settings, records, days))).ToList();
            Console.WriteLine(parse.GetValue(json) ? MeasureJson.Of(tables).ToJsonString(WrittenJson.Options)
                : string.Join(Environment.NewLine, tables.SelectMany(t => Text(t.Days, t.Measures))));
            return 0;
        });
        return command;
    }

    private static IEnumerable<string> Text(int days, IReadOnlyList<Measure> measures) =>
        [$"The last {days} days", .. measures.Select(m => TerminalText.Wrapped($"  {m.Name,-24} {m.Shown}  ({m.Formula})", 4))];
}

using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using OpsChat.Operations.Evaluation;
using OpsChat.Operations.Monitors;
using OpsChat.Operations.Queue;

namespace OpsChat.Host.Commands;

/// <summary><c>ops</c>: the past replayed, scored, and the formulas shown.</summary>
static class OpsCommand
{
    public static Command Create(GlobalOptions settings) => new("ops", "Watch the shop's own data")
    {
        Run(settings), Replay(settings), Score(), OpsCheckCommand.Create(settings), LanesCommand.Create(settings), Vectors(),
    };

    private static Command Run(GlobalOptions settings)
    {
        var asOf = EvaluationOptions.Day("--as-of", "With what was known that morning at 06:00");
        var only = new Option<string?>("--only") { Description = "Only this monitor", HelpName = "NAME" };
        var json = EvaluationOptions.Json();
        var command = new Command("run", "Look at the shop once, and keep what was found") { asOf, only, json };
        command.SetAction(
            async (parse, cancellationToken) =>
            {
                var monitors = Monitors(parse.GetValue(only));
                await using var operations = await OpenedOperations.OpenAsync(settings.Read(parse), cancellationToken);
                var day = parse.GetValue(asOf);
                var look = await operations.Desk.LookAsync(
                    monitors,
                    TimeProvider.System.GetUtcNow(),
                    cancellationToken,
                    day is null ? null : operations.Moment(day)
                );
                Console.WriteLine(
                    parse.GetValue(json) ? AlertJson.Of(look, operations.Calendar.Hours).ToJsonString(WrittenJson.Options) : Text(look)
                );
                return 0;
            }
        );
        return command;
    }

    private static string Text(LookReport look) =>
        string.Join(
            Environment.NewLine,
            [
                $"{look.Monitors} monitors looked at {look.At:yyyy-MM-dd HH:mm}: "
                    + $"{Plural.Of(look.Queue.Ranked.Count, "alert is open", "alerts are open")}, "
                    + $"{look.News.Count(n => n.Kind == AlertNewsKind.Opened)} of them new.",
                .. look.News.Select(n => TerminalText.Wrapped($"{AlertWords.Of(n.Kind), -8} {n.Alert.Headline}", 4)),
                .. look.Gaps.Select(g => TerminalText.Wrapped($"{g.Monitor}: {g.Sentence}", 4)),
            ]
        );

    private static Command Replay(GlobalOptions settings)
    {
        var shop = new Option<string>("--shop") { Description = "Folder of the shop's exports", HelpName = "DIR", Required = true };
        var (from, to) = (EvaluationOptions.Day("--from", "First day"), EvaluationOptions.Day("--to", "Last day"));
        var only = new Option<string?>("--only") { Description = "Only this monitor", HelpName = "NAME" };
        var json = EvaluationOptions.Json();
        var command = new Command("replay", "What would have been said, day by day; sends nothing") { shop, from, to, only, json };
        command.SetAction(parse =>
        {
            var config = OperationsOpening.Read(settings.Read(parse));
            var history = OperationsOpening.History(parse.GetValue(shop)!, config);
            var (first, last) = history.Days;
            var report = OperationsReplay.Run(
                history,
                config.Settings,
                parse.GetValue(from) ?? first,
                parse.GetValue(to) ?? last,
                Monitors(parse.GetValue(only))
            );
            Console.WriteLine(parse.GetValue(json) ? AlertJson.Of(report).ToJsonString(WrittenJson.Options) : Text(report));
            return 0;
        });
        return command;
    }

    private static Command Score()
    {
        var alerts = new Option<string>("--alerts") { Description = "What ops replay --json printed", HelpName = "FILE", Required = true };
        var truth = new Option<string>("--truth") { Description = "What was really wrong", HelpName = "FILE", Required = true };
        var command = new Command("score", "Compare a replay's alerts with the truth") { alerts, truth };
        command.SetAction(parse =>
        {
            var score = ReplayScore.Of(EvaluationOptions.ReadJson(parse.GetValue(alerts)!), EvaluationOptions.ReadJson(parse.GetValue(truth)!));
            Console.WriteLine(JsonSerializer.Serialize(score, WrittenJson.Options));
            return 0;
        });
        return command;
    }

    private static Command Vectors()
    {
        var file = new Argument<string>("FILE") { Description = "Formula inputs: a list of {\"f\", \"in\"}" };
        var json = EvaluationOptions.Json();
        var command = new Command("vectors", "Compute formula vectors, so that others can compare") { file, json };
        command.SetAction(parse =>
        {
            var path = parse.GetValue(file)!;
            var list = EvaluationOptions.ReadJson(path) as JsonArray ?? throw new BadUseException($"{path} must be a list of vectors.");
            try
            {
                Console.WriteLine(FormulaVectors.Compute(list).ToJsonString(WrittenJson.Options));
            }
            catch (FormatException unreadable)
            {
                throw new BadUseException($"{path}: {unreadable.Message}", unreadable);
            }

            return 0;
        });
        return command;
    }

    private static IReadOnlyList<IMonitor> Monitors(string? only) => only is null ? MonitorSet.All
        : MonitorSet.All.Where(m => m.Name == only).ToList() is { Count: > 0 } one ? one
        : throw new BadUseException($"There is no monitor {only}. There are: {string.Join(", ", MonitorSet.All.Select(m => m.Name))}.");

    private static string Text(ReplayReport report) =>
        string.Join(
            Environment.NewLine,
            [
                $"{report.From:d MMM yyyy} to {report.To:d MMM yyyy}, {report.Looks} looks, {report.Alerts.Count} alerts",
                .. report
                    .Alerts.GroupBy(a => a.Monitor)
                    .OrderBy(g => g.Key, StringComparer.Ordinal)
                    .Select(g => TerminalText.Wrapped($"{g.Key, -18} {g.Count(), 5}  {g.First().Headline}", 26)),
            ]
        );
}

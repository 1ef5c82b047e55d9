using System.CommandLine;
using System.Text.Json;
using OpsChat.Host.Operations;
using OpsChat.Operations.Evaluation;
using OpsChat.Operations.Stock;

namespace OpsChat.Host.Commands;

/// <summary><c>stock</c>: cover and reorder point of each article; <c>stock replay</c>: the reorder rule on past demand.</summary>
static class StockCommand
{
    public static Command Create(GlobalOptions settings)
    {
        var sku = new Argument<string?>("SKU") { Description = "An article, or words of its title", Arity = ArgumentArity.ZeroOrOne };
        var (json, asOf) = (EvaluationOptions.Json(), EvaluationOptions.Day("--as-of", "As it was that morning"));
        var command = new Command("stock", "Stock, cover and reorder points") { Replay(), sku, json, asOf };
        command.SetAction(
            async (parse, cancellationToken) =>
            {
                await using var operations = await OpenedOperations.OpenAsync(settings.Read(parse), cancellationToken);
                var moment = (await operations.Desk.ViewAsync(TimeProvider.System.GetUtcNow(), cancellationToken)).Moment(
                    operations.Moment(parse.GetValue(asOf))
                );
                if (StockTable.CannotTell(moment) is { } why && !parse.GetValue(json))
                {
                    Console.WriteLine(TerminalText.Wrapped(why));
                    return 0;
                }

                var lines = StockTable.Of(moment, operations.Settings, parse.GetValue(sku));
                if (parse.GetValue(sku) is { } wanted && lines.Count == 0)
                {
                    throw new BadUseException(
                        $"Nobody has counted an article {wanted}, and no title has these words. `stock` lists those that were."
                    );
                }

                Console.WriteLine(
                    parse.GetValue(json)
                        ? StockJson.Of(lines, moment.Now).ToJsonString(WrittenJson.Options)
                        : string.Join(Environment.NewLine, lines.SelectMany(line => Text(line, parse.GetValue(sku) is not null)))
                );
                return 0;
            }
        );
        return command;
    }

    private static IEnumerable<string> Text(StockLine line, bool withEvidence) =>
        [
            TerminalText.Wrapped($"{line.Sku, -16} {line.Title}"),
            TerminalText.Wrapped(
                $"  {line.StockInWords}, {line.RatePerDay:0.0#} a day, {Lasts(line)}, order at "
                    + $"{line.ReorderPoint}{(line.Order > 0 ? $": order {line.Order}" : "")}{(line.IsShort ? "  RUNS OUT" : "")}",
                4
            ),
            .. withEvidence ? line.Because.Select(b => TerminalText.Wrapped("  " + b, 4)) : [],
            .. withEvidence && line.Substitutes.Count > 0
                ? [TerminalText.Wrapped($"  Instead: {string.Join(", ", line.Substitutes)}", 4)]
                : Array.Empty<string>(),
        ];

    private static string Lasts(StockLine line) =>
        line.Available <= 0 ? "sold out" : $"lasts {Days(line.Cover.P10)} to {Days(line.Cover.P90)} days";

    private static string Days(int? days) => days?.ToString() ?? "more";

    private static Command Replay()
    {
        var daily = EvaluationOptions.Daily();
        var lead = new Option<string>("--lead")
        {
            Description = "Lead times in days, drawn at random",
            HelpName = "7,10,14",
            DefaultValueFactory = _ => "7,10,14",
        };
        var cover = new Option<double>("--cover") { Description = "Days that one order covers", DefaultValueFactory = _ => 28 };
        var fill = new Option<double>("--fill") { Description = "Share of units to serve", DefaultValueFactory = _ => 0.95 };
        var (from, to) = (EvaluationOptions.Day("--from", "First day"), EvaluationOptions.Day("--to", "Last day"));
        var json = EvaluationOptions.Json();
        var command = new Command("replay", "What the reorder rule would have done") { daily, lead, cover, fill, from, to, json };
        command.SetAction(parse =>
        {
            var sales = EvaluationFiles.Daily(parse.GetValue(daily)!);
            var last = sales.First.AddDays(sales.Days - 1);
            var (first, end) = (parse.GetValue(from) ?? sales.First.AddDays(76), parse.GetValue(to) ?? last);
            if (!StockReplay.CanRun(sales, first, end))
            {
                throw new BadUseException(
                    $"From {first:yyyy-MM-dd} to {end:yyyy-MM-dd} there is nothing to replay: the file tells of sales from "
                        + $"{sales.First:yyyy-MM-dd} to {last:yyyy-MM-dd}, and {StockReplay.DaysBefore} days of them have to lie before the first. "
                        + "Choose --from and --to in between."
                );
            }

            var report = StockReplay.Run(
                sales,
                EvaluationOptions.Numbers(parse.GetValue(lead)!),
                parse.GetValue(cover),
                parse.GetValue(fill),
                first,
                end
            );
            Console.WriteLine(
                parse.GetValue(json)
                    ? JsonSerializer.Serialize(report, WrittenJson.Options)
                    : $"{report.Skus} items, fill {report.Fill:P1}, {report.StockDays:0.0} days of stock, {report.Orders} orders"
            );
            return 0;
        });
        return command;
    }
}

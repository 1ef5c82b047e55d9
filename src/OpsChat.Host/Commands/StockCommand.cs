using System.CommandLine;
using System.Text.Json;
using OpsChat.Host.Operations;
using OpsChat.Operations.Evaluation;

namespace OpsChat.Host.Commands;

/// <summary><c>stock replay</c>: the reorder rule on past demand.</summary>
static class StockCommand
{
    public static Command Create()
    {
        var daily = EvaluationOptions.Daily();
        var lead = new Option<string>("--lead") { Description = "Lead times in days, drawn at random", HelpName = "7,10,14", DefaultValueFactory = _ => "7,10,14" };
        var cover = new Option<double>("--cover") { Description = "Days that one order covers", DefaultValueFactory = _ => 28 };
        var fill = new Option<double>("--fill") { Description = "Share of units to serve", DefaultValueFactory = _ => 0.95 };
        var (from, to) = (EvaluationOptions.Day("--from", "First day"), EvaluationOptions.Day("--to", "Last day"));
        var json = EvaluationOptions.Json();
        var command = new Command("replay", "What the reorder rule would have done") { daily, lead, cover, fill, from, to, json };
        command.SetAction(parse =>
        {
            var sales = EvaluationFiles.Daily(parse.GetValue(daily)!);
            var last = sales.First.AddDays(sales.Days - 1);
            var report = StockReplay.Run(
                sales, EvaluationOptions.Numbers(parse.GetValue(lead)!), parse.GetValue(cover), parse.GetValue(fill), parse.GetValue(from) ?? sales.First.AddDays(76),
                parse.GetValue(to) ?? last);
            Console.WriteLine(parse.GetValue(json) ? JsonSerializer.Serialize(report, EvaluationOptions.Written)
                : $"{report.Skus} items, fill {report.Fill:P1}, {report.StockDays:0.0} days of stock, {report.Orders} orders");
            return 0;
        });
        return new("stock", "Stock, cover and reorder points") { command };
    }
}

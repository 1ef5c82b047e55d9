using System.CommandLine;
using System.Text.Json;
using OpsChat.Host.Operations;
using OpsChat.Operations.Evaluation;

namespace OpsChat.Host.Commands;

/// <summary><c>late eval</c>: how well late parcels are foretold.</summary>
static class LateCommand
{
    public static Command Create()
    {
        var orders = new Option<string>("--orders") { Description = "CSV of orders with their promise", HelpName = "FILE", Required = true };
        var items = new Option<string>("--items") { Description = "CSV of order items with the seller's limit", HelpName = "FILE", Required = true };
        var (from, to) = (EvaluationOptions.Day("--from", "First promised day"), EvaluationOptions.Day("--to", "Last promised day"));
        var days = new Option<string>("--days")
        {
            Description = "Days before the promise",
            HelpName = "10,7,5,3",
            DefaultValueFactory = _ => "10,7,5,3",
        };
        var json = EvaluationOptions.Json();
        var command = new Command("eval", "Foretell late parcels with what was known then") { orders, items, from, to, days, json };
        command.SetAction(parse =>
        {
            var past = EvaluationFiles.Promised(parse.GetValue(orders)!, parse.GetValue(items)!);
            var reports = LateEvaluation.Run(
                past,
                parse.GetValue(from) ?? past.Min(o => o.Promised),
                parse.GetValue(to) ?? past.Max(o => o.Promised),
                EvaluationOptions.Numbers(parse.GetValue(days)!)
            );
            Console.WriteLine(
                parse.GetValue(json)
                    ? JsonSerializer.Serialize(reports, WrittenJson.Options)
                    : string.Join(
                        Environment.NewLine,
                        reports.Select(r =>
                            $"{r.Days, 3} days before: {r.N} open, {r.Late} late, AUROC {r.Auroc:0.000}, AP {r.Ap:0.000}, "
                                + $"top tenth {r.PrecisionAt10:0.000}"
                        ).Append("AP: average precision; top tenth: share late of the likeliest tenth.")
                    )
            );
            return 0;
        });
        return new("late", "Late parcels") { command };
    }
}

using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using OpsChat.Host.Operations;
using OpsChat.Operations.Evaluation;

namespace OpsChat.Host.Commands;

/// <summary><c>ltv eval</c>: how well it is foretold who buys again.</summary>
static class LifetimeCommand
{
    private const int FourMonths = 123;

    public static Command Create()
    {
        var customers = new Option<string>("--customers") { Description = "CSV: customer, date", HelpName = "FILE", Required = true };
        var asOf = EvaluationOptions.Day("--as-of", "The last day that is known; without it, four months before the last");
        var ahead = new Option<int>("--ahead") { Description = "Days to foretell", HelpName = "DAYS", DefaultValueFactory = _ => FourMonths };
        var json = EvaluationOptions.Json();
        var command = new Command("eval", "Foretell past visits with what was known then") { customers, asOf, ahead, json };
        command.SetAction(parse =>
        {
            var days = EvaluationFiles.Purchases(parse.GetValue(customers)!);
            if (days.Count == 0)
            {
                throw new BadUseException($"{parse.GetValue(customers)} has no row with a customer and a date.");
            }

            var until = parse.GetValue(asOf) ?? days.Max(d => d.Day).AddDays(-Math.Max(1, parse.GetValue(ahead)));
            if (days.All(d => d.Day > until))
            {
                throw new BadUseException($"Nobody had bought by {until:yyyy-MM-dd}. Name a later day with --as-of.");
            }

            var report = LifetimeEvaluation.Run(days, until, Math.Max(1, parse.GetValue(ahead)));
            Console.WriteLine(parse.GetValue(json) ? JsonSerializer.Serialize(report, WrittenJson.Options) : Text(report));
            return 0;
        });
        return new("ltv", "Customers who come again") { command };
    }

    private static string Text(LifetimeReport report) =>
        TerminalText.Wrapped(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{report.N} customers, {report.Again:P0} came again: AUROC {report.Auroc:0.000} (own rate {report.AurocOfOwnRate:0.000}), "
                    + $"visits off by {report.VisitsMae:0.00} (own rate {report.VisitsMaeOfOwnRate:0.00})"
            ),
            indent: 2
        );
}

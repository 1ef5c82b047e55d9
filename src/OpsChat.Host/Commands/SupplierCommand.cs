using System.CommandLine;
using System.Text.Json;
using OpsChat.Host.Operations;
using OpsChat.Operations.Evaluation;

namespace OpsChat.Host.Commands;

/// <summary><c>supplier eval</c>: how well lead times are foretold.</summary>
static class SupplierCommand
{
    public static Command Create()
    {
        var deliveries = new Option<string>("--deliveries")
        {
            Description = "CSV: supplier, ordered_on, received_on",
            HelpName = "FILE",
            Required = true,
        };
        var json = EvaluationOptions.Json();
        var command = new Command("eval", "Foretell past deliveries with what was known then") { deliveries, json };
        command.SetAction(parse =>
        {
            var report = SupplierEvaluation.Run(EvaluationFiles.Deliveries(parse.GetValue(deliveries)!));
            Console.WriteLine(
                parse.GetValue(json)
                    ? JsonSerializer.Serialize(report, WrittenJson.Options)
                    : $"{report.N} deliveries: {report.Coverage90:P1} within q90, pinball {report.Pinball90:0.0} days, median off by {report.Mae50:0.0} days"
            );
            return 0;
        });
        return new("supplier", "Suppliers and their lead times") { command };
    }
}

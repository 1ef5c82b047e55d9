using System.CommandLine;
using System.Text.Json;
using OpsChat.Host.Operations;
using OpsChat.Operations.Evaluation;
using OpsChat.Operations.Stock;

namespace OpsChat.Host.Commands;

/// <summary><c>supplier brief</c>: the figures for a negotiation; <c>supplier eval</c>: how well lead times are foretold.</summary>
static class SupplierCommand
{
    public static Command Create(GlobalOptions settings) => new("supplier", "Suppliers and their lead times") { Brief(settings), Eval() };

    private static Command Brief(GlobalOptions settings)
    {
        var name = new Argument<string>("SUPPLIER") { Description = "As your purchase orders write it, or its beginning" };
        var (json, asOf) = (EvaluationOptions.Json(), EvaluationOptions.Day("--as-of", "As it was that morning"));
        var command = new Command("brief", "What to take into a negotiation: the last quarter in figures, and what they give a reason to ask for")
        {
            name, json, asOf,
        };
        command.SetAction(async (parse, cancellationToken) =>
        {
            await using var operations = await OpenedOperations.OpenAsync(settings.Read(parse), cancellationToken);
            var view = await operations.Desk.ViewAsync(TimeProvider.System.GetUtcNow(), cancellationToken);
            var moment = view.Moment(operations.Moment(parse.GetValue(asOf)));
            var brief = SupplierBrief.Of(moment, Named(parse.GetValue(name)!, [
                .. SupplierTable.Of(moment).Select(line => line.Supplier).Distinct(StringComparer.OrdinalIgnoreCase)]))!;
            Console.WriteLine(parse.GetValue(json) ? JsonSerializer.Serialize(brief, WrittenJson.Options) : Text(brief));
            return 0;
        });
        return command;
    }

    private static string Named(string typed, IReadOnlyList<string> known) => NameBeginnings.Of(typed, known) switch
    {
        [var one] => one,
        { Count: > 1 } several => throw new BadUseException(
            $"Several suppliers begin with {typed}: {string.Join(", ", several)}. Write more of the name."),
        _ when known.Count == 0 => throw new BadUseException(
            "No order to a supplier is known. Export them as purchase orders into the shop's folder."),
        _ => throw new BadUseException($"No order to a supplier {typed} is known. There are: {string.Join(", ", known)}."),
    };

    private static string Text(SupplierBrief brief) =>
        string.Join(
            Environment.NewLine,
            [
                TerminalText.Line($"{brief.Supplier}, {brief.From:d MMM} to {brief.To:d MMM yyyy}"),
                .. brief.Figures.Select(line => TerminalText.Wrapped($"  {line.Text} [{line.Source}]", 4)),
                .. brief.Asks.Select((ask, i) => TerminalText.Wrapped($"{(i == 0 ? "Ask for" : "    and")} {ask}.", 8)),
            ]);

    private static Command Eval()
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
                    : $"{report.N} deliveries: {report.Coverage90:P1} within q90, pinball {report.Pinball90:0.0} days, median off by "
                        + $"{report.Mae50:0.0} days"
            );
            return 0;
        });
        return command;
    }
}

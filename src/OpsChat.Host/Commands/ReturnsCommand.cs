using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using OpsChat.Host.Operations;
using OpsChat.Operations.Evaluation;
using OpsChat.Operations.Settings;

namespace OpsChat.Host.Commands;

/// <summary><c>returns eval</c>: how well rises in returns are found, and at what price in false alarms.</summary>
static class ReturnsCommand
{
    public static Command Create()
    {
        var daily = new Option<string>("--daily") { Description = "CSV of order lines by day and SKU", HelpName = "FILE", Required = true };
        var returns = new Option<string>("--returns") { Description = "CSV: sku, sold_on, returned_on", HelpName = "FILE", Required = true };
        var inject = new Option<string>("--inject") { Description = "Seed, added chance of a return, number of rises", HelpName = "SEED,P,N",
            DefaultValueFactory = _ => "1,0.11,300" };
        var line = new Option<double>("--line") { Description = "Alarm line of an article alone", HelpName = "A", DefaultValueFactory = _ =>
            new AlarmSettings().Returns };
        var json = EvaluationOptions.Json();
        var command = new Command("eval", "Put rises into past returns and see which are found") { daily, returns, inject, line, json };
        command.SetAction(parse =>
        {
            var (seed, chance, count) = Inject(parse.GetValue(inject)!);
            var report = ReturnsEvaluation.Run(
                EvaluationFiles.Daily(parse.GetValue(daily)!), EvaluationFiles.Returns(parse.GetValue(returns)!), seed, chance, count,
                    parse.GetValue(line));
            Console.WriteLine(parse.GetValue(json) ? JsonSerializer.Serialize(report, WrittenJson.Options) : Text(report));
            return 0;
        });
        return new("returns", "Returns and what is usual") { command };
    }

    private static (int Seed, double Chance, int Count) Inject(string text) =>
        text.Split(',') is [var seed, var chance, var count] && int.TryParse(seed, NumberStyles.None, CultureInfo.InvariantCulture, out var s)
            && double.TryParse(chance, NumberStyles.Float, CultureInfo.InvariantCulture, out var p) && p is > 0 and <= 1
            && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n is > 0 and <= 100_000
            ? (s, p, n) : throw new BadUseException($"'{text}' cannot be put in. Write seed, chance and number, such as 1,0.11,300.");

    private static string Text(ReturnsReport report) =>
        string.Join(
            Environment.NewLine,
            [
                $"{report.Skus} articles",
                .. report.Lines.Select(l =>
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"line {l.Line, 6:0}{(l.ByReason ? " and reasons" : "            ")}: {l.Within45:0.000} in 45 days, "
                            + $"{l.Detected:0.000} ever, {l.FalsePer100SkuYears:0.0} false per 100 article-years"
                    )
                ),
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"recorded change: {report.KnownChange.Within30:0.000} in 30 days, {report.KnownChange.Within45:0.000} in 45, "
                        + $"{report.KnownChange.Ever:0.000} ever, {report.KnownChange.FalsePerChange:0.000} false a change"
                ),
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"begin: {report.Causes.MedianError:0} days off, {report.Causes.Within14:0.00} within 14; true change first "
                        + $"{report.Causes.FirstRight:0.00}; cause said {report.Causes.CauseSaid:0.00}, right "
                        + $"{report.Causes.CauseRight:0.00}, falsely {report.Causes.CauseSaidFalsely:0.00}"
                ),
            ]
        );
}

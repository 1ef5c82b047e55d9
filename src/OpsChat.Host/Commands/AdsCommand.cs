using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using OpsChat.Host.Operations;
using OpsChat.Operations.Evaluation;
using OpsChat.Operations.Settings;

namespace OpsChat.Host.Commands;

/// <summary><c>ads eval</c>: what pausing ad groups would have saved and lost, on past days or on made-up ones.</summary>
static class AdsCommand
{
    public static Command Create()
    {
        var ads = new Option<string?>("--ads") { Description = "CSV by day and ad group: day, ad_group, cost, conversions", HelpName = "FILE" };
        var simulate = new Option<string?>("--simulate") { Description = "Make up so many groups for so many days", HelpName = "SEED,400,90" };
        var limit = new Option<double>("--limit") { Description = "The most that a conversion may cost", HelpName = "X", DefaultValueFactory = _ =>
            30 };
        var json = EvaluationOptions.Json();
        var command = new Command("eval", "What pausing would have saved and lost") { ads, simulate, limit, json };
        command.SetAction(parse =>
        {
            var (most, confidence) = (parse.GetValue(limit), new AdSettings().Confidence);
            var reports = (parse.GetValue(ads), parse.GetValue(simulate)) switch
            {
                ({ } file, null) => AdsEvaluation.Run(EvaluationFiles.Ads(file), most, null, confidence),
                (null, { } made) when EvaluationOptions.Numbers(made) is [var seed, var groups and > 0, var days and > 1]
                    && AdsSimulation.Of(seed, groups, days) is var (rows, costs)
                    => AdsEvaluation.Run(rows, most, costs, confidence),
                _ => throw new BadUseException("Give either --ads FILE or --simulate SEED,400,90."),
            };
            Console.WriteLine(
                parse.GetValue(json)
                    ? JsonSerializer.Serialize(reports, WrittenJson.Options)
                    : string.Join(
                        Environment.NewLine,
                        reports.Select(r =>
                            TerminalText.Wrapped(
                                string.Create(
                                    CultureInfo.InvariantCulture,
                                    $"{r.Rule, -28} {r.Paused, 4} of {r.Groups} paused: waste avoided {r.WasteAvoided:0.000}, good profit lost "
                                        + $"{r.ProfitLost:0.000}, pauses right {r.PausesRight:0.000}, net {r.Net:0.000}"
                                ),
                                4
                            )
                        )
                    )
            );
            return 0;
        });
        return new("ads", "Advertising by margin") { command };
    }
}

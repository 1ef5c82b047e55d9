using System.CommandLine;
using System.Text.Json;
using OpsChat.Host.Operations;
using OpsChat.Operations.Evaluation;

namespace OpsChat.Host.Commands;

/// <summary><c>forecast</c>: what each item of a daily table is expected to sell.</summary>
static class ForecastCommand
{
    public static Command Create()
    {
        var (daily, asOf, json) = (
            EvaluationOptions.Daily(),
            EvaluationOptions.Day("--as-of", "As known at the end of that day"),
            EvaluationOptions.Json()
        );
        var command = new Command("forecast", "What items are expected to sell") { daily, asOf, json };
        command.SetAction(parse =>
        {
            var sales = EvaluationFiles.Daily(parse.GetValue(daily)!);
            var day = parse.GetValue(asOf) ?? sales.First.AddDays(sales.Days - 1);
            var forecasts = SalesForecast.Of(sales, day);
            Console.WriteLine(
                parse.GetValue(json)
                    ? JsonSerializer.Serialize(new { asOf = day.ToString("yyyy-MM-dd"), skus = forecasts }, WrittenJson.Options)
                    : string.Join(
                        Environment.NewLine,
                        forecasts.Select(f =>
                            $"{f.Sku, -24} {f.Rate, 8:0.00} a day, {f.Next28[0]} to {f.Next28[2]} in 28 days, most likely {f.Next28[1]}"
                        )
                    )
            );
            return 0;
        });
        return command;
    }
}

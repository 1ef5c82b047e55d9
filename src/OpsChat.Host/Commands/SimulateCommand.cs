using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using OpsChat.Canary;

namespace OpsChat.Host.Commands;

/// <summary><c>canary simulate</c>: how often and how soon this configuration would act, played with the formulas that decide in earnest.</summary>
static class SimulateCommand
{
    /// <summary>The canary's share of the conversations when a control arm is given and no share.</summary>
    private const double ShareWithControl = 0.25;

    public static Command Create(GlobalOptions settings)
    {
        var rate = Share("--rate", "True error rate, 0 to 1", 0.05);
        var budget = Share("--budget", "Error budget, 0.001 to 0.3; default: of canary.config.json", least: 0.001, most: 0.3);
        var conversations = Count("--conversations", "Conversations in one run, both arms together", 1000, 1, 1_000_000);
        var runs = Count("--runs", "How often it is played", 2000, 1, 100_000);
        var control = Share("--control", "Error rate of people who answer the other customers; without it nothing is compared");
        var share = Share(
            "--share",
            $"Share of customers in the canary arm; default {ShareWithControl.ToString(CultureInfo.InvariantCulture)} with --control, else 1",
            least: 0.0001
        );
        var spotChecks = Share("--spot-checks", "Share of the answers that a person judges; 1: every one, at once", 1);
        var complaints = Share("--complaints", "Share of the wronged customers who say so", 1);
        var perDay = Count("--per-day", "Answers a day; wrongs then surface within 12 h, and rights go quiet after 24 h", null, 1, 1_000_000);
        var driftTo = Share("--drift-to", "The rate jumps to this");
        var driftAfter = Count("--drift-after", "After so many conversations", 0, 0, 1_000_000);
        var seed = Count("--seed", "The same seed gives the same result", 1, 0, int.MaxValue);
        var json = new Option<bool>("--json") { Description = "As JSON" };
        var command = new Command("simulate", "How often and how soon this configuration would roll back or scale up")
        {
            rate, budget, conversations, runs, control, share, spotChecks, complaints, perDay, driftTo, driftAfter, seed, json,
        };
        command.SetAction(parse =>
        {
            var config = Opening.Canary(Opening.Options(settings.Read(parse))).Config;
            var controlRate = parse.GetValue(control);
            var plan = new SimulationPlan(
                parse.GetValue(rate)!.Value,
                parse.GetValue(budget) ?? config.ErrorBudget,
                parse.GetValue(conversations)!.Value,
                parse.GetValue(runs)!.Value
            )
            {
                Significance = config.Significance,
                MinimumScored = config.MinimumScored,
                Control = controlRate,
                Share = parse.GetValue(share) ?? (controlRate is null ? 1 : ShareWithControl),
                SpotChecks = parse.GetValue(spotChecks)!.Value,
                Complaints = parse.GetValue(complaints)!.Value,
                DelayedPerDay = parse.GetValue(perDay),
                DriftTo = parse.GetValue(driftTo),
                DriftAfter = parse.GetValue(driftAfter)!.Value,
                Seed = parse.GetValue(seed)!.Value,
            };
            var result = CanarySimulation.Run(plan);
            Console.WriteLine(parse.GetValue(json) ? JsonSerializer.Serialize(result, ReportJson.Options) : SimulationText.Of(plan, result));
            return 0;
        });
        return command;
    }

    private static Option<double?> Share(string name, string description, double? otherwise = null, double least = 0, double most = 1) =>
        Bounded<double>(
            name,
            description,
            "0..1",
            otherwise,
            written =>
                double.TryParse(written, NumberStyles.Float, CultureInfo.InvariantCulture, out var share) && share >= least && share <= most
                    ? share
                    : null,
            string.Create(CultureInfo.InvariantCulture, $"{name} is a share: write a number from {least} to {most}.")
        );

    private static Option<int?> Count(string name, string description, int? otherwise, int least, int most) =>
        Bounded<int>(
            name,
            description,
            "N",
            otherwise,
            written =>
                int.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count >= least && count <= most
                    ? count
                    : null,
            string.Create(CultureInfo.InvariantCulture, $"{name} is a number from {least:N0} to {most:N0}.")
        );

    private static Option<T?> Bounded<T>(string name, string description, string shown, T? otherwise, Func<string, T?> read, string trouble)
        where T : struct =>
        new(name)
        {
            Description = description,
            HelpName = shown,
            DefaultValueFactory = _ => otherwise,
            CustomParser = written => ParsedArgument.Of<T>(written, read(ParsedArgument.Text(written)), trouble),
        };
}

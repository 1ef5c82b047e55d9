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
        var budget = Share("--budget", "Error budget, 0.001 to 0.3; default: of canary.config.json");
        var conversations = Count("--conversations", "Conversations in one run, both arms together", 1000, 1, 1_000_000);
        var runs = Count("--runs", "How often it is played", 2000, 1, 100_000);
        var control = Share("--control", "Error rate of the people in the control arm; without it there is no control arm");
        var share = Share("--share", $"Share of customers in the canary arm; default {ShareWithControl.ToString(CultureInfo.InvariantCulture)} with --control, else 1");
        var spotChecks = Share("--spot-checks", "Share of the answers that a person judges; 1: every one, at once", 1);
        var complaints = Share("--complaints", "Share of the wronged customers who say so", 1);
        var perDay = new Option<int?>("--per-day") { Description = "Answers a day; wrongs then surface within 12 h, and rights go quiet after 24 h" };
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
            var config = Opening.Canary(Opening.Options(settings.Read(parse)), null).Current.Config;
            var controlRate = parse.GetValue(control);
            var plan = new SimulationPlan(parse.GetValue(rate)!.Value, parse.GetValue(budget) ?? config.ErrorBudget, parse.GetValue(conversations), parse.GetValue(runs))
            {
                Significance = config.Significance,
                MinimumScored = config.MinimumScored,
                Control = controlRate,
                Share = parse.GetValue(share) ?? (controlRate is null ? 1 : ShareWithControl),
                SpotChecks = parse.GetValue(spotChecks)!.Value,
                Complaints = parse.GetValue(complaints)!.Value,
                DelayedPerDay = parse.GetValue(perDay),
                DriftTo = parse.GetValue(driftTo),
                DriftAfter = parse.GetValue(driftAfter),
                Seed = parse.GetValue(seed),
            };
            var result = CanarySimulation.Run(plan);
            Console.WriteLine(parse.GetValue(json) ? JsonSerializer.Serialize(result, ReportJson.Options) : SimulationText.Of(plan, result));
            return 0;
        });
        return command;
    }

    private static Option<double?> Share(string name, string description, double? otherwise = null)
    {
        var option = new Option<double?>(name) { Description = description, HelpName = "0..1", DefaultValueFactory = _ => otherwise };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double?>() is < 0 or > 1 or double.NaN)
            {
                result.AddError($"{name} is a share: write a number from 0 to 1.");
            }
        });
        return option;
    }

    private static Option<int> Count(string name, string description, int otherwise, int least, int most)
    {
        var option = new Option<int>(name) { Description = description, HelpName = "N", DefaultValueFactory = _ => otherwise };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is var count && (count < least || count > most))
            {
                result.AddError($"{name} is a number from {least:N0} to {most:N0}.");
            }
        });
        return option;
    }
}

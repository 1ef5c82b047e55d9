using System.CommandLine;
using System.Globalization;
using OpsChat.Agent;

namespace OpsChat.Host.Commands;

/// <summary><c>canary</c>: the rollout. A running host notices each change within a second. What was refused says why, and exits with 1.</summary>
static class CanaryCommand
{
    public static Command Create(GlobalOptions settings)
    {
        var playbook = new Option<string?>("--playbook") { Description = "Only this playbook", HelpName = "NAME" };
        var rolledBack = new Argument<string?>("PLAYBOOK")
        {
            Description = "The playbook that was rolled back; without it, everything",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var each = new Option<bool>("--each") { Description = "Every playbook by itself" };
        var percentage = new Argument<decimal>("N")
        {
            Description = "Percent of customers, 0 to 100",
            CustomParser = written =>
                ParsedArgument.Of<decimal>(
                    written,
                    decimal.TryParse(
                        ParsedArgument.Text(written).TrimEnd('%'),
                        NumberStyles.AllowDecimalPoint,
                        CultureInfo.InvariantCulture,
                        out var percent
                    )
                    && percent <= 100
                        ? percent
                        : null,
                    "A percentage is a number from 0 to 100, with at most two places: canary set 25"
                ) ?? 0,
        };
        var command = new Command("canary", "How many customers the agent answers by itself")
        {
            Act(
                "status",
                "What is in force, and what the evidence says",
                settings,
                async (desk, parse, cancellationToken) =>
                    RolloutAnswer.Done(await desk.StatusAsync(cancellationToken, parse.GetValue(each), "`canary status --each`")),
                null,
                each
            ),
            Act(
                "set",
                "Answer N percent of customers",
                settings,
                (desk, parse, cancellationToken) => desk.SetAsync(parse.GetValue(playbook), parse.GetValue(percentage), cancellationToken),
                percentage,
                playbook
            ),
            Act(
                "promote",
                "Go to the next stage",
                settings,
                (desk, parse, cancellationToken) => desk.PromoteAsync(parse.GetValue(playbook), cancellationToken),
                null,
                playbook
            ),
            Act(
                "rollback",
                "Go to 0 percent at once",
                settings,
                (desk, parse, cancellationToken) => desk.RollBackAsync(parse.GetValue(playbook), cancellationToken),
                null,
                playbook
            ),
            Act(
                "reset",
                "After a rollback: begin anew at the first stage",
                settings,
                (desk, parse, cancellationToken) => desk.ResetAsync(parse.GetValue(rolledBack), cancellationToken),
                rolledBack
            ),
            Act("pause", "Send nothing by itself until resume", settings, (desk, _, cancellationToken) =>
                desk.PauseAsync("paused by the owner", cancellationToken)
            ),
            Act("resume", "End the pause", settings, (desk, _, cancellationToken) => desk.ResumeAsync(cancellationToken)),
            SimulateCommand.Create(settings),
        };
        return command;
    }

    private static Command Act(
        string name, string description, GlobalOptions settings, Func<RolloutDesk, ParseResult, CancellationToken, Task<RolloutAnswer>> act,
        Argument? argument = null, Option? option = null)
    {
        var command = new Command(name, description);
        if (argument is not null)
        {
            command.Arguments.Add(argument);
        }

        if (option is not null)
        {
            command.Options.Add(option);
        }

        command.SetAction(async (parse, cancellationToken) =>
        {
            var options = Opening.Options(settings.Read(parse));
            await using var opened = await Opening.OpenForCommandAsync(options, TimeProvider.System, cancellationToken);
            var answer = await act(Desk(opened.Shop), parse, cancellationToken);
            var to = answer.IsDone ? Console.Out : Console.Error;
            await to.WriteLineAsync(TerminalText.WrappedLines(answer.Sentence));
            await to.WriteLineAsync(TerminalText.Wrapped($"(The shop of {opened.Shop.Store.Location})"));
            return answer.IsDone ? 0 : 1;
        });
        return command;
    }

    private static RolloutDesk Desk(OpenedShop shop) => new(shop.Store, shop.Canary, () => shop.Playbooks.Current, TimeProvider.System, "owner");
}

using System.CommandLine;
using OpsChat.Agent;
using OpsChat.Operations.Actions;

namespace OpsChat.Host.Commands;

/// <summary><c>ops lanes</c>: how far each kind of action may go, and what a person says about it.</summary>
static class LanesCommand
{
    public static Command Create(GlobalOptions settings)
    {
        var json = EvaluationOptions.Json();
        var command = new Command("lanes", "How far each lane (monitor and kind of action) may go")
        {
            Set(settings), Stop(settings), Lift(settings), json,
        };
        command.SetAction(
            async (parse, cancellationToken) =>
            {
                await using var operations = await OpenedOperations.OpenAsync(settings.Read(parse), cancellationToken);
                var (lanes, stop) = await operations.Store.ReadAsync(
                    session => (LaneBook.Read(session, operations.Settings, TimeProvider.System.GetUtcNow()), LaneStops.Read(session)),
                    cancellationToken
                );
                Console.WriteLine(
                    parse.GetValue(json)
                        ? LaneJson.Of(lanes, stop).ToJsonString(WrittenJson.Options)
                        : string.Join(
                            Environment.NewLine,
                            [
                                .. stop is null ? Array.Empty<string>() : [TerminalText.Wrapped(
                                    $"All lanes are stopped since {stop.At:yyyy-MM-dd HH:mm} UTC. {stop.Why} "
                                    + "`ops lanes lift` lets lanes be set to act again.")],
                                .. lanes.Select(Text),
                                .. lanes.Any(l => l.MissingForAct is { Count: > 0 })
                                    ? [TerminalText.Wrapped(LaneWords.Points)] : Array.Empty<string>(),
                                .. lanes.Count == 0 ? ["Nothing was proposed yet, so there is no lane to set."] : Array.Empty<string>(),
                            ]
                        )
                );
                return 0;
            }
        );
        return command;
    }

    private static Command Set(GlobalOptions settings)
    {
        var lane = new Argument<string>("LANE") { Description = "Such as stock-runout/pause-ad" };
        var level = new Argument<string>("LEVEL") { Description = "watch, recommend, approve or act" };
        var command = new Command("set", "Say how far a lane may go; what commits money never acts") { lane, level };
        command.SetAction(
            async (parse, cancellationToken) =>
            {
                if (!Enum.TryParse<LaneAutonomy>(parse.GetValue(level), ignoreCase: true, out var autonomy) || !Enum.IsDefined(autonomy))
                {
                    throw new BadUseException($"'{parse.GetValue(level)}' is no level. Write watch, recommend, approve or act.");
                }

                await using var operations = await OpenedOperations.OpenAsync(settings.Read(parse), cancellationToken);
                var answer = await operations.Store.WriteAsync(
                    session =>
                        LaneBook.Set(
                            session,
                            parse.GetValue(lane)!,
                            autonomy,
                            "owner",
                            operations.Settings,
                            TimeProvider.System.GetUtcNow()
                        ),
                    cancellationToken
                );
                Console.WriteLine(
                    answer is LaneAnswer.Done done ? Text(done.Now) : throw new BadUseException(((LaneAnswer.Refused)answer).Why)
                );
                return 0;
            }
        );
        return command;
    }

    private static Command Stop(GlobalOptions settings)
    {
        var why = ParsedArgument.Words("WHY", "The reason, in words");
        var command = new Command("stop", "Let no lane act by itself until it is lifted") { why };
        command.SetAction(async (parse, cancellationToken) =>
        {
            await using var operations = await OpenedOperations.OpenAsync(settings.Read(parse), cancellationToken);
            await operations.Store.WriteAsync(session =>
            {
                LaneStops.Stop(session, string.Join(' ', parse.GetValue(why)!), "owner", TimeProvider.System.GetUtcNow());
                return true;
            }, cancellationToken);
            Console.WriteLine("All lanes are stopped.");
            return 0;
        });
        return command;
    }

    private static Command Lift(GlobalOptions settings)
    {
        var command = new Command("lift", "End the stop of all lanes; each has to be set to act anew");
        command.SetAction(async (parse, cancellationToken) =>
        {
            await using var operations = await OpenedOperations.OpenAsync(settings.Read(parse), cancellationToken);
            var isLifted = await operations.Store.WriteAsync(
                session => LaneStops.Lift(session, "owner", TimeProvider.System.GetUtcNow()), cancellationToken);
            Console.WriteLine(isLifted ? "The stop is lifted. Set each lane that is to act again." : "The lanes are not stopped.");
            return 0;
        });
        return command;
    }

    private static string Text(LaneStanding lane) =>
        TerminalText.Wrapped(
            $"{lane.Lane, -36} {lane.Autonomy.ToString().ToLowerInvariant(), -9} ({lane.From}) {lane.Agreed} of {lane.Decided} "
                + $"accepted{(lane.MissingForAct is { Count: > 0 } missing ? $"; to act: {string.Join(" ", missing)}" : "")}",
            4);
}

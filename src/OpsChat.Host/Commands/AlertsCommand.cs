using System.CommandLine;
using System.Text.Json.Nodes;
using OpsChat.Operations.Queue;
using OpsChat.Playbooks;
using OpsChat.Storage;
using OpsChat.Storage.Tables;

namespace OpsChat.Host.Commands;

/// <summary><c>alerts</c>: the exception queue, and what a person decides about an entry.</summary>
static class AlertsCommand
{
    private const string Who = "owner";

    public static Command Create(GlobalOptions settings)
    {
        var command = new Command("alerts", "What needs a decision, the most pressing first")
        {
            List(settings),
            Show(settings),
            Snooze(settings),
            Close(settings),
            Assign(settings),
            Note(settings),
        };
        var json = EvaluationOptions.Json();
        command.Options.Add(json);
        command.SetAction((parse, cancellationToken) => ListAsync(settings.Read(parse), false, parse.GetValue(json), cancellationToken));
        return command;
    }

    private static Command List(GlobalOptions settings)
    {
        var all = new Option<bool>("--all") { Description = "Closed ones too" };
        var json = EvaluationOptions.Json();
        var command = new Command("list", "The queue, the most pressing first") { all, json };
        command.SetAction(
            (parse, cancellationToken) => ListAsync(settings.Read(parse), parse.GetValue(all), parse.GetValue(json), cancellationToken)
        );
        return command;
    }

    private static async Task<int> ListAsync(IConfiguration configuration, bool all, bool asJson, CancellationToken cancellationToken)
    {
        await using var operations = await OpenedOperations.OpenAsync(configuration, cancellationToken);
        var queue = await operations.Store.ReadAsync(session => session.Alerts.Queue(), cancellationToken);
        var shown = all ? [.. queue.Ranked, .. queue.Alerts.Values.Where(a => !a.IsOpen).OrderByDescending(a => a.ClosedAt)] : queue.Ranked;
        if (asJson)
        {
            var hours = operations.Calendar.Hours;
            Console.WriteLine(
                new JsonObject { ["alerts"] = new JsonArray([.. shown.Select(a => (JsonNode)AlertJson.Of(a, hours))]) }.ToJsonString(
                    WrittenJson.Options
                )
            );
            return 0;
        }

        foreach (var alert in shown)
        {
            Console.WriteLine(
                TerminalText.Wrapped(
                    $"{alert.Id}  {AlertWords.Of(alert.State)}, for {alert.Owner}"
                        + $"{(alert.AtRisk.Minor > 0 ? $", {alert.AtRisk} at risk, {AlertWords.Pressing(alert.Score)}" : "")}"
                )
            );
            Console.WriteLine(TerminalText.Wrapped($"    {alert.Headline}", 4));
        }

        Console.WriteLine(
            shown.Count == 0
                ? "Nothing needs a decision."
                : TerminalText.Wrapped(
                    $"{Plural.Of(shown.Count, "alert")}. {AlertWords.Order} `alerts show ID` says why; the id's beginning will do.")
        );
        return 0;
    }

    private static Command Show(GlobalOptions settings)
    {
        var (id, json) = (Id(), EvaluationOptions.Json());
        var command = new Command("show", "One alert with its evidence and history") { id, json };
        command.SetAction(
            async (parse, cancellationToken) =>
            {
                await using var operations = await OpenedOperations.OpenAsync(settings.Read(parse), cancellationToken);
                var (alert, events) = await operations.Store.ReadAsync(
                    session => Named(session, parse.GetValue(id)!) is var found ? (found, session.Alerts.EventsOf(found.Id)) : default,
                    cancellationToken
                );

                var hours = operations.Calendar.Hours;
                Console.WriteLine(
                    parse.GetValue(json) ? AlertJson.Of(alert, hours).ToJsonString(WrittenJson.Options) : Text(alert, events, hours)
                );
                return 0;
            }
        );
        return command;
    }

    /// <summary>Times are the shop's, as in the console.</summary>
    internal static string Text(Alert alert, IReadOnlyList<AlertEvent> events, OpeningHours hours) =>
        string.Join(
            Environment.NewLine,
            [
                TerminalText.Wrapped(alert.Headline),
                TerminalText.Wrapped($"{alert.Key}, {AlertWords.Of(alert.State)}, for {alert.Owner}, since {In(alert.OpenedAt, hours)}"),
                TerminalText.Wrapped(
                    $"{alert.AtRisk} at risk × urgency {alert.Score.Urgency:0.00} × confidence {alert.Score.Confidence:0.00} = "
                        + $"{Rank(alert)}{(AlertDue.Of(alert, hours) is { } by ? $", decide by {In(by, hours)}" : "")}"),
                .. alert.Evidence.Select(e => Row($"  {e.Text} ({e.Source}{(e.Line is { } line ? $" line {line}" : "")})")),
                .. alert.Actions.Select(a => Row($"  → {a.Text}{(a.AlwaysNeedsApproval ? " (needs an approval)" : "")}")),
                .. alert.Children.Take(20).Select(c => Row($"  · {c.Headline}")),
                .. events.Select(e => Row($"  {In(e.At, hours)} {e.Who}: {e.What} {e.Text}")),
            ]
        );

    /// <summary>As the money is written: the score itself counts minor units.</summary>
    private static Money Rank(Alert alert) => new((long)Math.Round(alert.Score.Value), alert.AtRisk.Currency);

    private static string Row(string text) => TerminalText.Wrapped(text, 4);

    private static string In(DateTimeOffset at, OpeningHours hours) => $"{TimeZoneInfo.ConvertTime(at, hours.Zone):yyyy-MM-dd HH:mm}";

    private static Command Snooze(GlobalOptions settings)
    {
        var id = Id();
        var span = new Argument<TimeSpan?>("FOR")
        {
            Description = "How long: 4h, 3d",
            CustomParser = written =>
                ParsedArgument.Of<TimeSpan>(written, AlertWords.SpanOf(ParsedArgument.Text(written)), "A time is written like 4h or 3d"),
        };
        var command = new Command("snooze", "Look at it later, or when half more is at risk") { id, span };
        command.SetAction(
            (parse, cancellationToken) =>
                MoveAsync(
                    settings,
                    parse,
                    parse.GetValue(id)!,
                    now => new AlertMove.Snooze(now + parse.GetValue(span)!.Value),
                    "",
                    cancellationToken
                )
        );
        return command;
    }

    private static Command Close(GlobalOptions settings)
    {
        var id = Id();
        var reason = new Argument<string>("REASON")
        {
            Description = "fixed, or no-problem: then it is quiet for 30 days",
            Arity = ArgumentArity.ExactlyOne,
        };
        var command = new Command("close", "Close it") { id, reason };
        command.SetAction(
            (parse, cancellationToken) =>
            {
                var words = parse.GetValue(reason)!;
                var end = AlertWords.EndOf(words) ?? throw new BadUseException($"'{words}' is no reason. Write fixed or no-problem.");
                return MoveAsync(settings, parse, parse.GetValue(id)!, _ => new AlertMove.End(end), "", cancellationToken);
            }
        );
        return command;
    }

    private static Command Assign(GlobalOptions settings)
    {
        var id = Id();
        var to = new Argument<string>("WHO") { Description = "Who has it from now on" };
        var command = new Command("assign", "Give it to somebody") { id, to };
        command.SetAction(
            (parse, cancellationToken) =>
                MoveAsync(settings, parse, parse.GetValue(id)!, _ => new AlertMove.Assign(parse.GetValue(to)!), "", cancellationToken)
        );
        return command;
    }

    private static Command Note(GlobalOptions settings)
    {
        var id = Id();
        var text = new Argument<string>("TEXT") { Description = "What to remember about it" };
        var command = new Command("note", "Add a note") { id, text };
        command.SetAction(
            async (parse, cancellationToken) =>
            {
                await using var operations = await OpenedOperations.OpenAsync(settings.Read(parse), cancellationToken);
                var kept = await operations.Desk.NoteAsync(
                    await IdAsync(operations, parse.GetValue(id)!, cancellationToken),
                    Who,
                    parse.GetValue(text)!,
                    TimeProvider.System.GetUtcNow(),
                    cancellationToken
                );
                Console.WriteLine(kept ? "Noted." : throw Unknown(parse.GetValue(id)!));
                return 0;
            }
        );
        return command;
    }

    private static async Task<int> MoveAsync(
        GlobalOptions settings,
        ParseResult parse,
        string id,
        Func<DateTimeOffset, AlertMove> move,
        string words,
        CancellationToken cancellationToken
    )
    {
        await using var operations = await OpenedOperations.OpenAsync(settings.Read(parse), cancellationToken);
        id = await IdAsync(operations, id, cancellationToken);
        var now = TimeProvider.System.GetUtcNow();
        switch (await operations.Desk.MoveAsync(id, move(now), null, Who, words, now, cancellationToken))
        {
            case AlertMoveResult.Done done:
                Console.WriteLine(
                    TerminalText.Wrapped(
                        $"{done.Alert.Id} is {AlertWords.Of(done.Alert.State)}, for {done.Alert.Owner}: {done.Alert.Headline}"
                    )
                );
                return 0;
            case AlertMoveResult.Refused refused:
                throw new BadUseException(refused.Sentence);
            default:
                throw Unknown(id);
        }
    }

    private static Argument<string> Id() => new("ID") { Description = "As `alerts` shows it, or its beginning" };

    private static Task<string> IdAsync(OpenedOperations operations, string typed, CancellationToken cancellationToken) =>
        operations.Store.ReadAsync(session => Named(session, typed).Id, cancellationToken);


    /// <summary>By id, by key, or by a beginning of the id that no other alert shares; those that are open come first.</summary>
    internal static Alert Named(UnitOfWork session, string typed)
    {
        if (session.Alerts.Find(typed) is { } exact)
        {
            return exact;
        }

        var all = session.Alerts.Queue().Alerts.Values.ToDictionary(a => a.Id, StringComparer.Ordinal);
        var fit = NameBeginnings.Of(typed, all.Keys).Select(id => all[id]).ToList();
        var open = fit.Where(a => a.IsOpen).ToList();
        return (open.Count > 0 ? open : fit) switch
        {
            [] => throw Unknown(typed),
            [var one] => one,
            _ => throw new BadUseException(
                $"{fit.Count} alerts begin with {typed}. Write more of the id:{Environment.NewLine}"
                    + string.Join(Environment.NewLine, fit.Take(MostCandidates).Select(a => $"  {a.Id}  {Short(a.Headline)}"))),
        };
    }

    private const int MostCandidates = 10;

    /// <summary>A candidate is a line: the id, and what fits beside it.</summary>
    private static string Short(string headline) => headline.Length <= MostOfHeadline ? headline : $"{headline[..(MostOfHeadline - 1)].TrimEnd()}…";

    private const int MostOfHeadline = 58;

    private static BadUseException Unknown(string id) => new($"There is no alert {id}. `alerts` lists those that are open.");
}

using System.CommandLine;
using System.Text.Json;
using OpsChat.Agent;
using OpsChat.Playbooks;
using OpsChat.Storage;
using OpsChat.Storage.Tables;
using Spectre.Console;

namespace OpsChat.Host.Commands;

/// <summary><c>learn</c>: what people's edits, rejections and own answers propose for the playbooks. The host may run meanwhile.</summary>
static class LearnCommand
{
    private const int MostCases = 5;
    private const string Who = "owner";

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private sealed record Opened(IStore Store, LearnDesk Desk, LearnNote Note);

    public static Command Create(GlobalOptions settings)
    {
        var since = new Option<string>("--since") { Description = "How far back: 30d, 4w", DefaultValueFactory = _ => "30d", HelpName = "30d" };
        var json = new Option<bool>("--json") { Description = "As JSON" };
        var command = new Command("learn", "Propose playbook changes from what people edited, rejected and wrote") { since, json };
        command.SetAction((parse, cancellationToken) => WithAsync(settings, parse, async opened =>
        {
            var days = ReportCommand.Days(parse.GetValue(since)!);
            if (!parse.GetValue(json))
            {
                // Beside the result, so that whoever pipes it on has that alone.
                Console.Error.WriteLine(TerminalText.Wrapped(
                    $"Looking at what was written in the last {days} days, and trying each proposal on it. With many messages that takes minutes."));
            }

            var open = await opened.Desk.LookAsync(TimeSpan.FromDays(days), cancellationToken);
            await (parse.GetValue(json) ? PrintJsonAsync(opened, open, cancellationToken) : Task.Run(() => List(open), cancellationToken));
            return 0;
        }, cancellationToken));
        command.Add(Show(settings));
        command.Add(Take(settings));
        command.Add(Refuse(settings));
        command.Add(Week(settings));
        return command;
    }

    private static Command Show(GlobalOptions settings)
    {
        var which = Which();
        var json = new Option<bool>("--json") { Description = "As JSON" };
        var command = new Command("show", "One proposal: its cases, its change, and the last week replayed with it") { which, json };
        command.SetAction((parse, cancellationToken) => WithAsync(settings, parse, async opened =>
        {
            var it = await FindAsync(opened, parse.GetValue(which)!, cancellationToken);
            var text = it.Proposal is null ? null : await opened.Desk.TextAsync(it.Proposal, cancellationToken);
            var replay = text is null ? null : await opened.Desk.ReplayAsync(text, DraftDesk.LooksBack, cancellationToken);
            if (parse.GetValue(json))
            {
                Console.WriteLine(JsonSerializer.Serialize(LearnJson.Of(it, text, replay), s_json));
                return 0;
            }

            Say($"{it.Id}: {it.Proposal?.Title}");
            Say(it.Proposal?.Why);
            Say(it.Proposal is null ? null : LearnJson.Gain(it.Proposal));
            it.Proposal?.Gain?.Confusions.ToList().ForEach(confusion => Say($"  {confusion}"));
            Say(replay is null ? null : LearnJson.Replayed(replay));
            foreach (var one in it.Proposal?.Cases.Take(MostCases) ?? [])
            {
                Say($"> {one.Said}");
                Say(one.Answered is null ? null : $"  {one.Answered}");
            }

            if (text is not null)
            {
                // Lines of a file stand as they are.
                Console.WriteLine(TerminalText.Plain($"--- {text.File.Name}\n{LearnJson.Diff(text)}"));
            }

            return 0;
        }, cancellationToken));
        return command;
    }

    private static Command Take(GlobalOptions settings)
    {
        var which = Which();
        var confirm = new Option<bool>("--confirm") { Description = "Pinned answers may change" };
        var command = new Command("take", "Write a proposal into its playbook") { which, confirm };
        command.SetAction((parse, cancellationToken) => WithAsync(settings, parse, async opened =>
        {
            var it = await FindAsync(opened, parse.GetValue(which)!, cancellationToken);
            return await opened.Desk.TakeAsync(it.Id, Who, parse.GetValue(confirm), cancellationToken) switch
            {
                LearnAnswer.Taken taken => Ended($"{taken.File} is written. A running OpsChat answers by it within a second."),
                LearnAnswer.Hindered hindered => throw new SetupException($"Nothing was written. {hindered.Why}"),
                _ => throw new SetupException("Nothing was written: somebody decided about it meanwhile."),
            };
        }, cancellationToken));
        return command;
    }

    private static Command Refuse(GlobalOptions settings)
    {
        var which = Which();
        var reason = new Argument<string?>("REASON") { Description = "Why, for yourself", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("refuse", "Refuse a proposal; it returns only with twice the evidence") { which, reason };
        command.SetAction(
            (parse, cancellationToken) =>
                WithAsync(
                    settings,
                    parse,
                    async opened =>
                    {
                        var it = await FindAsync(opened, parse.GetValue(which)!, cancellationToken);
                        return await opened.Desk.RefuseAsync(it.Id, Who, parse.GetValue(reason), cancellationToken) is LearnAnswer.Refused
                            ? Ended("Refused. It comes back only if twice as many conversations speak for it.")
                            : throw new SetupException("Somebody decided about it meanwhile.");
                    },
                    cancellationToken
                )
        );
        return command;
    }

    private static Command Week(GlobalOptions settings)
    {
        var command = new Command("week", "What was learned, what is proposed, and what the last edits did to the errors");
        command.SetAction((parse, cancellationToken) => WithAsync(settings, parse, async opened =>
        {
            var lines = await opened.Note.ReadAsync(cancellationToken);
            Say(lines.Count == 0 ? "Nothing was learned or proposed this week." : string.Join('\n', lines));
            return 0;
        }, cancellationToken));
        return command;
    }

    private static Argument<string> Which() => new("N") { Description = "Its number in the list, or its id" };

    private static async Task<int> WithAsync(
        GlobalOptions settings,
        ParseResult parse,
        Func<Opened, Task<int>> run,
        CancellationToken cancellationToken
    )
    {
        var options = Opening.Options(settings.Read(parse));
        await using var command = await Opening.OpenForCommandAsync(options, TimeProvider.System, cancellationToken);
        var (opened, store) = (command.Shop, command.Shop.Store);
        if (Opening.EncoderOrNull(options) is { } encoder)
        {
            opened.Playbooks.BuildWith(set => PlaybookSnapshot.From(set, encoder));
        }

        var pins = new PinDesk(store, TimeProvider.System);
        using var desk = new FileDesk(command.Files, store, opened.Playbooks, pins, TimeProvider.System, command.Exchange);
        return await run(
            new(
                store,
                new LearnDesk(store, opened.Playbooks, command.Files, desk, opened.Shop, TimeProvider.System),
                new LearnNote(store, () => opened.Playbooks.Current, TimeProvider.System)
            )
        );
    }

    private static async Task<StoredProposal> FindAsync(Opened opened, string which, CancellationToken cancellationToken)
    {
        var open = await opened.Desk.OpenAsync(cancellationToken);
        return open.FirstOrDefault(it => it.Id == which)
            ?? (int.TryParse(which, out var number) && number >= 1 && number <= open.Count ? open[number - 1] : null)
            ?? throw new SetupException($"There is no open proposal {TerminalText.Plain(which)}. The command learn lists them.");
    }

    private static void List(IReadOnlyList<StoredProposal> open)
    {
        if (open.Count == 0)
        {
            Say("Nothing to propose: people answered too little in their own words, or all of it was decided.");
        }

        for (var i = 0; i < open.Count; i++)
        {
            var it = open[i];
            var line = it.Proposal?.IsAboveTheLine == true ? "+" : " ";
            AnsiConsole.MarkupLineInterpolated(
                $"{i + 1, 3} {line} [bold]{TerminalText.Plain(it.Proposal?.Title ?? "")}[/] ({it.Evidence} conversations)"
            );
            Say(it.Proposal is { } proposal && LearnJson.Gain(proposal) is { } gain ? $"      {gain}" : null);
        }

        Say(open.Count == 0 ? null : "\n+ stands above the line. learn show N, learn take N, learn refuse N [REASON].");
    }

    private static async Task PrintJsonAsync(Opened opened, IReadOnlyList<StoredProposal> open, CancellationToken cancellationToken)
    {
        List<object> proposals = [];
        foreach (var it in open)
        {
            proposals.Add(LearnJson.Of(it, it.Proposal is null ? null : await opened.Desk.TextAsync(it.Proposal, cancellationToken)));
        }

        Console.WriteLine(JsonSerializer.Serialize(new { proposals }, s_json));
    }

    private static int Ended(string sentence)
    {
        Say(sentence);
        return 0;
    }

    private static void Say(string? text)
    {
        if (text is not null)
        {
            var lines = text.Split('\n').Select(line => TerminalText.Wrapped(line, line.Length - line.TrimStart(' ').Length));
            Console.WriteLine(string.Join('\n', lines));
        }
    }
}

using System.CommandLine;
using System.Text.Json;
using OpsChat.Agent;
using OpsChat.Decisions;
using OpsChat.Playbooks;
using Spectre.Console;

namespace OpsChat.Host.Commands;

/// <summary><c>replay</c>: what today's or other playbooks would have decided on past turns, as a diff. Sends and stores nothing.</summary>
static class ReplayCommand
{
    private const int MostShown = 20;

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static Command Create(GlobalOptions settings)
    {
        var since = new Option<string>("--since") { Description = "How far back: 7d, 4w", DefaultValueFactory = _ => "7d", HelpName = "7d" };
        var playbooks = new Option<string?>("--playbooks") { Description = "Folder of the playbooks to try", HelpName = "DIR" };
        var json = new Option<bool>("--json") { Description = "As JSON" };
        var command = new Command("replay", "Show what playbooks would have decided on past messages; sends nothing") { since, playbooks, json };
        command.SetAction(async (parse, cancellationToken) =>
        {
            var options = Opening.Options(settings.Read(parse, ("OpsChat:Playbooks", parse.GetValue(playbooks))));
            var known = Known(options);
            await using var store = await Opening.StoreForCommandAsync(options, cancellationToken);
            var from = TimeProvider.System.GetUtcNow().AddDays(-ReportCommand.Days(parse.GetValue(since)!));
            var report = await store.ReadAsync(session => Replay.Run(PastTurns.Since(session, from), known), cancellationToken);
            if (parse.GetValue(json))
            {
                Console.WriteLine(JsonSerializer.Serialize(report, s_json));
            }
            else
            {
                Show(report);
            }

            return 0;
        });
        return command;
    }

    private static PlaybookSnapshot Known(OpsChatOptions options)
    {
        var folder = Opening.FromHome(options.Playbooks);
        var set = PlaybookFolder.Load(folder);
        return set.Playbooks.Count > 0
            ? PlaybookSnapshot.From(set, Opening.EncoderOrNull(options))
            : throw new SetupException($"There is no usable playbook in {folder}. {string.Join(" ", set.Findings.Where(f => f.IsError).Take(3))}");
    }

    private static void Show(TurnReplayReport report)
    {
        var it = report.Summary;
        Console.WriteLine(
            TerminalText.Wrapped(
                $"Of {report.Turns} turns {report.Changed.Count} would end differently: {it.AnsweredNow} answered that went to a person, "
                    + $"{it.NoLongerAnswered} no longer answered, {it.AnsweredOtherwise} answered in other words, {it.Other} otherwise. "
                    + $"What is known since agrees with {it.Agree} and contradicts {it.Contradict}."
            )
        );
        if (report.Undecidable > 0)
        {
            Console.WriteLine(
                TerminalText.Wrapped($"{report.Undecidable} cannot be decided again: they would need what was not looked up then.")
            );
        }

        foreach (var turn in report.Changed.OrderBy(turn => turn.Known switch { "contradicts" => 0, "unknown" => 1, _ => 2 }).Take(MostShown))
        {
            Console.WriteLine();
            var later = turn.IsLater ? " An earlier turn of it changed too." : "";
            AnsiConsole.MarkupLineInterpolated($"[bold]{turn.Conversation}[/], message {turn.MessageId}: {turn.Known}. {turn.Because}{later}");
            Side("was", turn.Before);
            Side("now", turn.After);
        }

        if (report.Changed.Count > MostShown)
        {
            Console.WriteLine($"\n{report.Changed.Count - MostShown} more are in --json.");
        }
    }

    private static void Side(string name, ReplayedEnding ending) =>
        AnsiConsole.MarkupLineInterpolated(
            $"  [grey]{name, -4}[/] {ending.Verdict}, {ending.Playbook ?? "no playbook"}{(ending.Text is { } text ? $": {text}" : "")}"
        );
}

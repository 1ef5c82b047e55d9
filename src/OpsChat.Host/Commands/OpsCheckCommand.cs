using System.CommandLine;
using OpsChat.Operations.History;
using OpsChat.Operations.Monitors;
using OpsChat.ShopData;

namespace OpsChat.Host.Commands;

/// <summary><c>ops check</c>: what the shop's files were taken for, what is wrong in them, and what cannot be watched without more.</summary>
static class OpsCheckCommand
{
    public static Command Create(GlobalOptions settings)
    {
        var shop = new Option<string?>("--shop") { Description = "Folder of the shop's exports; without it, the configured one", HelpName = "DIR" };
        var command = new Command("check", "What each file of the shop was taken for, what is wrong in it, and what cannot be watched") { shop };
        command.SetAction(parse =>
        {
            var configuration = settings.Read(parse);
            var folder = parse.GetValue(shop) ?? Opening.ShopFolder(Opening.Options(configuration));
            var opening = OperationsOpening.Read(configuration);
            return Print(Read(folder, opening));
        });
        return command;
    }

    private static ShopHistoryReading Read(string folder, OperationsOpening opening)
    {
        if (!Directory.Exists(folder))
        {
            throw new BadUseException($"There is no folder {folder}.");
        }

        var calendar = new ShopCalendar(opening.Hours);
        var settings = new ShopFolderSettings(calendar.Zone, opening.Settings.Currency, opening.DayFirst) { Calendar = calendar };
        return new ShopHistoryFolder(folder, settings).Read(TimeProvider.System.GetUtcNow());
    }

    private static int Print(ShopHistoryReading reading)
    {
        foreach (var file in reading.Files)
        {
            Console.WriteLine(TerminalText.Wrapped($"{(file.IsInForce ? "ok  " : "FAIL")} {file.File}: {file.InWords}.", 5));
            foreach (var said in file.Says)
            {
                Console.WriteLine(TerminalText.Wrapped($"     {said}.", 5));
            }
        }

        foreach (var finding in reading.Findings)
        {
            Console.WriteLine(TerminalText.Wrapped(finding.ToString(), 4));
        }

        foreach (var sentence in NotWatched(reading.Rows))
        {
            Console.WriteLine(TerminalText.Wrapped(sentence, 5));
        }

        return reading.Findings.Any(finding => finding.IsError) ? 1 : 0;
    }

    /// <summary>Monitors that lack a feed, by what they lack.</summary>
    private static IEnumerable<string> NotWatched(ShopRows rows)
    {
        var present = rows.Feeds.Select(feed => feed.Kind).ToHashSet();
        return MonitorSet
            .All.SelectMany(monitor =>
                monitor
                    .Needs.Where(need => need.Kind != FeedKind.Contacts && !present.Contains(need.Kind))
                    .Select(need => (need.Kind, monitor.Name))
            )
            .GroupBy(lack => lack.Kind)
            .Select(lacks => $"off  No file of {InWords(lacks.Key)}: {string.Join(", ", lacks.Select(lack => lack.Name))} cannot look.");
    }

    /// <summary><c>purchase orders</c>.</summary>
    private static string InWords(FeedKind kind) =>
        string.Concat(
            kind.ToString().Select((c, i) => i > 0 && char.IsUpper(c) ? $" {char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}")
        );
}

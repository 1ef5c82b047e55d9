using System.CommandLine;
using System.Globalization;
using OpsChat.Agent;
using OpsChat.Canary;

namespace OpsChat.Host.Commands;

/// <summary><c>report</c>: error rates, evidence and advice, as text that fits 80 columns or as JSON.</summary>
static class ReportCommand
{
    public static Command Create(GlobalOptions settings)
    {
        var json = new Option<bool>("--json") { Description = "As JSON" };
        var since = new Option<string>("--since") { Description = "How far back: 7d, 4w", DefaultValueFactory = _ => "30d", HelpName = "30d" };
        var command = new Command("report", "Error rates by playbook, version and day, with advice") { json, since };
        command.SetAction(async (parse, cancellationToken) =>
        {
            var options = Opening.Options(settings.Read(parse));
            await using var opened = await Opening.OpenForCommandAsync(options, TimeProvider.System, cancellationToken);
            var report = await new ErrorLogAccess(options, opened.Shop).ReportAsync(Days(parse.GetValue(since)!), cancellationToken);
            Console.WriteLine(parse.GetValue(json) ? ReportJson.Write(report) : string.Join(Environment.NewLine, ReportText.Lines(report)));
            return 0;
        });
        return command;
    }

    /// <summary>Whole days: <c>30d</c>, <c>4w</c>, or a plain number of days.</summary>
    internal static int Days(string text)
    {
        var unit = text.EndsWith('w') ? 7 : 1;
        return
            int.TryParse(text.TrimEnd('d', 'w'), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && count is > 0
            && count * unit <= ReportReader.MostDays
            ? count * unit
            : throw new SetupException($"'{text}' is not a time span. Write a number of days or weeks: 30d, 4w.");
    }
}

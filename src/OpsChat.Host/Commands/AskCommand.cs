using System.CommandLine;
using OpsChat.Agent;
using OpsChat.Operations.Questions;

namespace OpsChat.Host.Commands;

/// <summary><c>ask</c>: an owner's question, answered from the shop's rows and the records.</summary>
static class AskCommand
{
    public static Command Create(GlobalOptions settings)
    {
        var words = ParsedArgument.Words("QUESTION", "Such as: what runs out this week?");
        var (json, asOf) = (EvaluationOptions.Json(), EvaluationOptions.Day("--as-of", "With what was known that morning"));
        var command = new Command("ask", "Answer a question about stock, sales, returns, parcels, suppliers, ads, refunds or alerts") { words, json,
            asOf };
        command.SetAction(async (parse, cancellationToken) =>
        {
            var configuration = settings.Read(parse);
            var options = Opening.Options(configuration);
            await using var operations = await OpenedOperations.OpenAsync(configuration, cancellationToken);
            using var model = await AssistantOpening.OpenAsync(options, operations.Store, cancellationToken);
            var (now, day) = (TimeProvider.System.GetUtcNow(), parse.GetValue(asOf));
            var shop = Opening.ShopOf(options, PlaybookFolder.Load(Opening.FromHome(options.Playbooks)).Shop, TimeProvider.System);
            var moment = (await operations.Desk.ViewAsync(now, cancellationToken)).Moment(day is null ? now : operations.Moment(day));
            var answer = await AskDesk.AnswerAsync(
                string.Join(' ', parse.GetValue(words)!),
                moment,
                operations.Settings,
                await AskedRecords.ReadAsync(operations.Store, shop, moment.Calendar.Zone, now, cancellationToken),
                model?.Assistant,
                now,
                cancellationToken
            );
            Console.WriteLine(parse.GetValue(json) ? AnswerJson.Of(answer).ToJsonString(WrittenJson.Options)
                : string.Join(Environment.NewLine, Lines(answer).Select(line => TerminalText.Wrapped(line, indent: 2))));
            return 0;
        });
        return command;
    }

    /// <summary>Nothing is put up from a command line, where nobody is known by name: it says how.</summary>
    private static IEnumerable<string> Lines(OwnerAnswer answer) =>
        answer.Wish is { } wish ? [$"{wish.Text}: open the alert {wish.Alert} in the console and propose it there. Nothing was done."] : answer.Lines;
}

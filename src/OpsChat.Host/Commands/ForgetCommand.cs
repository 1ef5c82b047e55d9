using System.CommandLine;
using OpsChat.Privacy;

namespace OpsChat.Host.Commands;

/// <summary><c>forget CUSTOMER</c>: erases a customer's words and details, keeps the numbers. The host may run meanwhile.</summary>
static class ForgetCommand
{
    public static Command Create(GlobalOptions settings)
    {
        var customer = new Argument<string>("CUSTOMER") { Description = "A conversation (tg:12345) or an e-mail address the customer gave" };
        var command = new Command("forget", "Erase a customer's words and details and keep the numbers") { customer };
        command.SetAction((parse, cancel) => RunAsync(Opening.Options(settings.Read(parse)), parse.GetValue(customer)!, cancel));
        return command;
    }

    private static async Task<int> RunAsync(OpsChatOptions options, string customer, CancellationToken cancel)
    {
        await using var store = await Opening.StoreAsync(options, cancel);
        try
        {
            var report = await new Forgetting(store, TimeProvider.System).ForgetAsync(customer, "owner", cancel);
            Console.WriteLine(report.Conversations == 0
                ? $"Nobody is known as {TerminalText.Plain(customer)}. Nothing was changed."
                : $"Erased {report.Conversations} conversation(s). Backups that were made before still hold them, and so do the customer's chat in Telegram and their topic in the owner chat: delete those too.");
            return report.Conversations == 0 ? 1 : 0;
        }
        catch (FormatException e)
        {
            throw new SetupException(e.Message, e);
        }
    }
}

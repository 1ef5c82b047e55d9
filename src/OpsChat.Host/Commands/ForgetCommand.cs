using System.CommandLine;
using OpsChat.Agent;
using OpsChat.Storage;

namespace OpsChat.Host.Commands;

/// <summary><c>forget CUSTOMER</c>: erases a customer's words, pictures and details, keeps the numbers. The host may run meanwhile.</summary>
static class ForgetCommand
{
    public static Command Create(GlobalOptions settings)
    {
        var customer = new Argument<string>("CUSTOMER") { Description = "A conversation (tg:12345) or an e-mail address the customer gave" };
        var command = new Command("forget", "Erase a customer's words, pictures and details and keep the numbers") { customer };
        command.SetAction((parse, cancellationToken) => RunAsync(Opening.Options(settings.Read(parse)), parse.GetValue(customer)!, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(OpsChatOptions options, string customer, CancellationToken cancellationToken)
    {
        await using var store = await Opening.StoreAsync(options, cancellationToken);
        try
        {
            var report = await new Forgetting(store, TimeProvider.System).ForgetAsync(customer, "owner", cancellationToken);
            if (report.Conversations == 0)
            {
                Console.WriteLine($"Nobody is known as {TerminalText.Plain(customer)}. Nothing was changed.");
                return 1;
            }

            using var pictures = new PictureFolder(options, store, TimeProvider.System);
            await pictures.SweepAsync(cancellationToken);
            Console.WriteLine($"Erased {report.Conversations} conversation(s). {await RewriteAsync(options, store, cancellationToken)} "
                + "Backups that were made before still hold them, and so do the customer's chat in Telegram and their topic in the owner chat: delete those too.");
            return 0;
        }
        catch (FormatException e)
        {
            throw new SetupException(e.Message, e);
        }
    }

    /// <summary>A running host would have to wait for it, so it is left to do it at a quiet moment.</summary>
    private static async Task<string> RewriteAsync(OpsChatOptions options, IStore store, CancellationToken cancellationToken)
    {
        using var alone = DataFolderLock.TryTake(options);
        if (alone is null)
        {
            return "OpsChat is running: it takes the last traces out of the free space of its file when nobody has written for two minutes, at the latest in a day.";
        }

        await FileRewrite.RunAsync(store, cancellationToken);
        return "The file was written anew, so that no trace is left in its free space.";
    }
}

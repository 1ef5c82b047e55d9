using System.CommandLine;
using OpsChat.Agent;
using OpsChat.Messages;
using OpsChat.Storage;

namespace OpsChat.Host.Commands;

/// <summary><c>forget CUSTOMER</c>: erases a customer's words, pictures and details, keeps the numbers. The host may run meanwhile.</summary>
static class ForgetCommand
{
    public static Command Create(GlobalOptions settings)
    {
        var customer = new Argument<string>("CUSTOMER") { Description = "A conversation (tg:12345) or an e-mail address the customer gave" };
        var yes = new Option<bool>("--yes") { Description = "Do not ask first" };
        var command = new Command("forget", "Erase a customer's words, pictures and details and keep the numbers") { customer, yes };
        command.SetAction(
            (parse, cancellationToken) =>
                RunAsync(Opening.Options(settings.Read(parse)), parse.GetValue(customer)!, parse.GetValue(yes), cancellationToken)
        );
        return command;
    }

    private static async Task<int> RunAsync(OpsChatOptions options, string customer, bool isSure, CancellationToken cancellationToken)
    {
        await using var store = await Opening.StoreForCommandAsync(options, cancellationToken);
        try
        {
            var meant = await new Forgetting(store, TimeProvider.System).MeantAsync(customer, cancellationToken);
            // A script that has no terminal cannot be asked, and has said what it wants.
            if (meant.Count > 0 && !isSure && !Console.IsInputRedirected && !IsYes(customer, meant))
            {
                Console.WriteLine("Nothing was changed.");
                return 1;
            }

            var report = await new Forgetting(store, TimeProvider.System).ForgetAsync(customer, "owner", cancellationToken);
            if (report.Conversations == 0)
            {
                Console.WriteLine($"Nobody is known as {TerminalText.Plain(customer)}. Nothing was changed.");
                return 1;
            }

            using var pictures = new PictureFolder(options, store, TimeProvider.System);
            await pictures.SweepAsync(cancellationToken);
            Console.WriteLine(TerminalText.Wrapped(
                $"Erased {report.Conversations} conversation(s). {await RewriteAsync(options, store, cancellationToken)} "
                    + "Backups that were made before still hold them, and so do the customer's chat in Telegram and their topic in the "
                    + "owner chat: delete those too."
            ));
            return 0;
        }
        catch (FormatException e)
        {
            throw new SetupException(e.Message, e);
        }
    }

    private static bool IsYes(string customer, IReadOnlyList<ConversationId> meant)
    {
        Console.WriteLine(
            TerminalText.Wrapped(
                $"This erases all words, pictures and details of {customer} for good, in {meant.Count} conversation(s): "
                    + $"{string.Join(", ", meant.Take(5))}{(meant.Count > 5 ? " …" : "")}. The numbers, and what the shop still owes, stay."
            )
        );
        Console.Write("Type yes to do it: ");
        return Console.ReadLine()?.Trim().Equals("yes", StringComparison.OrdinalIgnoreCase) == true;
    }

    /// <summary>A running host would have to wait for it, so it is left to do it at a quiet moment.</summary>
    private static async Task<string> RewriteAsync(OpsChatOptions options, IStore store, CancellationToken cancellationToken)
    {
        if (store.IsShared)
        {
            await FileRewrite.RunAsync(store, cancellationToken);
            return "PostgreSQL's files may still hold traces where the rows were; `compact` writes them anew, and hosts wait meanwhile.";
        }

        using var alone = DataFolderLock.TryTake(options);
        if (alone is null)
        {
            return "OpsChat is running: it takes the last traces out of the free space of its file when nobody has written for two "
                + "minutes, at the latest in a day.";
        }

        await FileRewrite.RunAsync(store, cancellationToken);
        return "The file was written anew, so that no trace is left in its free space.";
    }
}

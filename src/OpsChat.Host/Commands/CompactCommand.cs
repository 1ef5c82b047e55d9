using System.CommandLine;
using OpsChat.Agent;

namespace OpsChat.Host.Commands;

/// <summary><c>compact</c>: writes the database anew, so that nothing that was erased is left in its files.</summary>
static class CompactCommand
{
    public static Command Create(GlobalOptions settings)
    {
        var command = new Command("compact", "Write the database anew, so that nothing that was erased is left in its files; whoever writes waits");
        command.SetAction((parse, cancellationToken) => RunAsync(Opening.Options(settings.Read(parse)), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(OpsChatOptions options, CancellationToken cancellationToken)
    {
        await using var store = await Opening.StoreForCommandAsync(options, cancellationToken);
        using var alone = store.IsShared ? null : DataFolderLock.TryTake(options);
        if (alone is null && !store.IsShared)
        {
            throw new SetupException(
                "OpsChat is running on this data folder, and does this by itself when something was erased and nobody has written for two "
                    + "minutes. Stop it first to do it now."
            );
        }

        await store.CompactAsync(cancellationToken);
        Console.WriteLine(TerminalText.Wrapped(
            $"{store.Location} was written anew. Backups, archived logs and delayed replicas still hold what was erased since."));
        return 0;
    }
}

using System.CommandLine;
using OpsChat.Agent;

namespace OpsChat.Host.Commands;

/// <summary><c>backup FILE</c>: a complete copy of the store while the host runs.</summary>
static class BackupCommand
{
    public static Command Create(GlobalOptions settings)
    {
        var file = new Argument<string>("FILE") { Description = "The new file" };
        var command = new Command("backup", "Write a complete copy of the store while OpsChat runs") { file };
        command.SetAction(
            async (parse, cancellationToken) =>
            {
                var options = Opening.Options(settings.Read(parse));
                await using var store = await Opening.StoreForCommandAsync(options, cancellationToken);
                var target = parse.GetValue(file)!;
                if (Path.GetDirectoryName(Path.GetFullPath(target)) is { } to && !Directory.Exists(to))
                {
                    throw new SetupException($"There is no folder {to}. Make it, or name a file in a folder that is there.");
                }

                await store.BackupAsync(target, cancellationToken);
                Console.WriteLine(TerminalText.Wrapped(
                    $"Saved to {target}, {new FileInfo(target).Length:N0} bytes. To restore: stop OpsChat, copy it over opschat.db in the "
                        + "data folder, delete the files ending in -wal and -shm, start."
                ));
                using var folder = new PictureFolder(options, store, TimeProvider.System);
                var pictures = $"{target}-pictures";
                if (folder.CopyTo(pictures) is > 0 and var count)
                {
                    Console.WriteLine(TerminalText.Wrapped(
                        $"Saved {count:N0} pictures to the folder {pictures}. To restore: copy them into the folder pictures in the data folder."
                    ));
                }

                return 0;
            }
        );
        return command;
    }
}

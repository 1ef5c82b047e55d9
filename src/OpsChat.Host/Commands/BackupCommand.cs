using System.CommandLine;

namespace OpsChat.Host.Commands;

/// <summary><c>backup FILE</c>: a complete copy of the store while the host runs.</summary>
static class BackupCommand
{
    public static Command Create(GlobalOptions settings)
    {
        var file = new Argument<string>("FILE") { Description = "The new file" };
        var command = new Command("backup", "Write a complete copy of the store while OpsChat runs") { file };
        command.SetAction(async (parse, cancellationToken) =>
        {
            await using var store = await Opening.StoreAsync(Opening.Options(settings.Read(parse)), cancellationToken);
            var target = parse.GetValue(file)!;
            await store.BackupAsync(target, cancellationToken);
            Console.WriteLine($"Saved to {target}, {new FileInfo(target).Length:N0} bytes. To restore: stop OpsChat, copy it over opschat.db in the data folder, delete the files ending in -wal and -shm, start.");
            return 0;
        });
        return command;
    }
}

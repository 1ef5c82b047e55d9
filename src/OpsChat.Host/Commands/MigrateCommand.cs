using System.CommandLine;
using OpsChat.Storage;

namespace OpsChat.Host.Commands;

/// <summary><c>migrate</c>: the embedded store into the PostgreSQL database of OpsChat__Store.</summary>
static class MigrateCommand
{
    public static Command Create(GlobalOptions settings)
    {
        var command = new Command("migrate", "Copy the embedded store into the PostgreSQL database of OpsChat__Store, and compare both");
        command.SetAction(async (parse, cancellationToken) =>
        {
            var options = Opening.Options(settings.Read(parse));
            var file = Path.Combine(options.Data, "opschat.db");
            if (options.Store.Length == 0)
            {
                throw new SetupException(
                    "Name the database with OpsChat__Store, like Host=db.example;Database=opschat;Username=opschat;Password=…"
                );
            }

            if (!File.Exists(file))
            {
                throw new SetupException($"There is no {Path.GetFullPath(file)} to copy. Name the data folder with --data DIR.");
            }

            using var alone = await DataFolderLock.TakeAsync(options, TimeProvider.System, cancellationToken);
            var copied = await StoreCopy.ToPostgresAsync(file, options.Store, cancellationToken);
            if (copied.Difference is { } difference)
            {
                throw new SetupException($"Nothing was copied, because the copy was not the same: {difference}");
            }

            Console.WriteLine(
                $"Copied {copied.Rows:N0} rows of {copied.Tables} tables. Each says the same in both. "
                    + "Start OpsChat with OpsChat__Store as it is now, on the same data folder: pictures and keys stay there. "
                    + "opschat.db is not used any more."
            );
            return 0;
        });
        return command;
    }
}

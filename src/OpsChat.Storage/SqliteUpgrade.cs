using Microsoft.Data.Sqlite;

namespace OpsChat.Storage;

/// <summary>Checks a database file when it is opened and brings its schema up to date, each step in a transaction of its own.</summary>
static class SqliteUpgrade
{
    public static Task RunAsync(SqliteConnection connection, string file, CancellationToken cancellationToken) =>
        RunAsync(connection, file, Schema.Steps, cancellationToken);

    /// <param name="steps">Step N brings the file from version N-1 to N.</param>
    internal static async Task RunAsync(SqliteConnection connection, string file, string[] steps, CancellationToken cancellationToken)
    {
        if (connection.Ask<string>("pragma quick_check(1)") is not "ok")
        {
            throw new StoreException($"The database {file} is damaged. Stop OpsChat, keep the file, and restore the last backup in its place "
                + "(`backup` copies are complete files: copy one over it, and delete the files ending in -wal and -shm).");
        }

        var version = Version(connection);
        if (version > steps.Length)
        {
            throw new StoreException(
                $"The database {file} was written by a newer OpsChat (schema {version}; this one knows {steps.Length}). Start the newer "
                    + "version, or restore a backup from before the update."
            );
        }

        if (version == 0)
        {
            // A new file has nothing to lose between two steps, and writes to the disk once instead of at each.
            connection.Run($"begin immediate; {string.Join(";\n", steps)}; pragma user_version = {steps.Length}; commit");
            return;
        }

        if (version < steps.Length)
        {
            await SaveCopyAsync(connection, $"{file}.v{version}.bak", cancellationToken);
        }

        for (var step = version; step < steps.Length; step++)
        {
            connection.Run($"begin immediate; {steps[step]}; pragma user_version = {step + 1}; commit");
        }
    }

    private static int Version(SqliteConnection connection) => (int)connection.Ask<long>("pragma user_version");

    private static async Task SaveCopyAsync(SqliteConnection connection, string copy, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (File.Exists(copy))
        {
            return; // An earlier try saved it before it failed; that copy is the original.
        }

        await SqliteCopy.WriteAsync(connection, copy);
    }
}

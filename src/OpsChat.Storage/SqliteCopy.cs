using Microsoft.Data.Sqlite;

namespace OpsChat.Storage;

/// <summary>Complete copies of a database. Each holds every customer's words and the host's secrets, so only the account that makes it may read
/// it.</summary>
static class SqliteCopy
{
    /// <summary>Writes beside the file and moves into place when complete: what stands under the name is a whole copy.</summary>
    /// <exception cref="IOException">There is such a file already, or it cannot be written.</exception>
    public static async Task WriteAsync(SqliteConnection source, string file)
    {
        var part = file + ".part";
        File.Delete(part);
        await PrivateFile.Create(part).DisposeAsync();
        await using (var copy = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = part, Pooling = false }.ToString()))
        {
            copy.Open();
            source.BackupDatabase(copy);
        }

        File.Move(part, file);
    }
}

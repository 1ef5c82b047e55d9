using Microsoft.Data.Sqlite;

namespace OpsChat.Storage;

/// <summary>Turns SQLite's error codes into sentences that say what to do.</summary>
static class SqliteTrouble
{
    public const int Busy = 5, Locked = 6, ReadOnly = 8, InputOutput = 10, Corrupt = 11, Full = 13, CannotOpen = 14, NotADatabase = 26;

    public static StoreException Explain(Exception e, string file) => e switch
    {
        StoreException known => known,
        SqliteException { SqliteErrorCode: Full } => new($"The disk of {file} is full. Free some space; OpsChat goes on by itself.", e),
        SqliteException { SqliteErrorCode: ReadOnly } or UnauthorizedAccessException =>
            new($"{file} cannot be written. Give the user that runs OpsChat write access to the folder, or name another one with --data DIR.", e),
        SqliteException { SqliteErrorCode: Busy or Locked } =>
            new($"{file} is locked by another program. Close that program (is a second OpsChat running on the same data folder?) and try again.", e),
        SqliteException { SqliteErrorCode: Corrupt or NotADatabase } =>
            new($"The database {file} is damaged or is no database. Stop OpsChat, keep the file, and restore the last backup in its place.", e),
        SqliteException { SqliteErrorCode: CannotOpen } =>
            new($"{file} cannot be opened. Check that the folder exists and may be written, or name another one with --data DIR.", e),
        _ => new($"The database {file} failed: {e.Message}. Check the disk, then start again; if it stays, restore a backup.", e),
    };
}

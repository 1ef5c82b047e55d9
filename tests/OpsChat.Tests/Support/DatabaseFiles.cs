using System.Text;
using Microsoft.Data.Sqlite;

namespace OpsChat.Tests.Support;

/// <summary>A database as somebody sees it who holds its files.</summary>
public static class DatabaseFiles
{
    /// <summary>The bytes of database, log and shared memory, each as a character.</summary>
    public static string Contents(string file) => string.Concat(
        Directory.GetFiles(Path.GetDirectoryName(file)!, Path.GetFileName(file) + "*").Select(path =>
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            return Encoding.Latin1.GetString(copy.ToArray());
        }));

    /// <summary>Every row of every table as text, with the table's name before it.</summary>
    public static IReadOnlyList<string> Rows(string file)
    {
        using var db = new SqliteConnection($"Data Source={file};Pooling=false");
        db.Open();
        return
        [
            .. Read(db, "select name from sqlite_master where type = 'table'")
                .SelectMany(table => Read(db, $"select * from {table}").Select(row => $"{table}: {row}")),
        ];
    }

    private static List<string> Read(SqliteConnection db, string sql)
    {
        using var command = db.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            rows.Add(string.Join(" | ", Enumerable.Range(0, reader.FieldCount).Select(reader.GetValue)));
        }

        return rows;
    }
}

using System.Data.Common;

namespace OpsChat.Storage;

/// <summary>Sentences without parameters, said as they are.</summary>
static class SqlCommands
{
    /// <summary>Returns after it was carried out.</summary>
    public static void Run(this DbConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public static T? Ask<T>(this DbConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (T?)command.ExecuteScalar();
    }
}

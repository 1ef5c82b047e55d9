using System.Collections.Concurrent;
using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace OpsChat.Storage;

/// <summary>
/// A connection that keeps its statements: the store says the same hundred sentences all day, and SQLite takes longer to parse most of them
/// than to do what they say. Not thread-safe, like every connection.
/// </summary>
sealed class PreparedConnection(string connectionString) : SqliteConnection(connectionString)
{
    // Lists of varying length make texts of their own ("in (@a1, @a2)"); they must not pile up.
    private const int MostKept = 256;

    private static readonly ConcurrentDictionary<string, string> s_signed = new(StringComparer.Ordinal);

    private readonly Dictionary<string, SqliteCommand> _idle = [];

    public override SqliteCommand CreateCommand() => new Borrower(this) { Connection = this, Transaction = Transaction };

    private SqliteCommand Take(string text) => _idle.Remove(text, out var kept)
        ? kept
        : new SqliteCommand(text, this, Transaction);

    private void GiveBack(SqliteCommand command)
    {
        command.Parameters.Clear();
        if (State != ConnectionState.Open || _idle.Count >= MostKept || !_idle.TryAdd(command.CommandText, command))
        {
            command.Dispose();
        }
    }

    /// <summary>A command as its caller sees it. It runs on a kept one of the same text, which it gives back when it is disposed.</summary>
    private sealed class Borrower(PreparedConnection owner) : SqliteCommand
    {
        private SqliteCommand? _borrowed;

        public override int ExecuteNonQuery() => Borrow().ExecuteNonQuery();

        public override object? ExecuteScalar() => Borrow().ExecuteScalar();

        public override SqliteDataReader ExecuteReader(CommandBehavior behavior) => Borrow().ExecuteReader(behavior);

        protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) => Borrow().ExecuteReader(behavior);

        protected override void Dispose(bool disposing)
        {
            GiveBack();
            base.Dispose(disposing);
        }

        private SqliteCommand Borrow()
        {
            GiveBack();
            _borrowed = owner.Take(CommandText);
            foreach (SqliteParameter parameter in Parameters)
            {
                // SQLite knows them by their names with the sign; without it each would be looked for twice, at every run.
                parameter.ParameterName = s_signed.GetOrAdd(parameter.ParameterName, static name => name.StartsWith('@') ? name : $"@{name}");
                _borrowed.Parameters.Add(parameter);
            }

            return _borrowed;
        }

        private void GiveBack()
        {
            if (_borrowed is { } done)
            {
                _borrowed = null;
                owner.GiveBack(done);
            }
        }
    }
}

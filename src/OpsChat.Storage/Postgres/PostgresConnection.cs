using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Npgsql;

namespace OpsChat.Storage.Postgres;

/// <summary>
/// A connection on which the tables find what they know from the embedded database: a sentence can be said while the rows of another are still
/// being read, and a text may hold anything. Not thread-safe, like every connection.
/// </summary>
sealed class PostgresConnection(NpgsqlConnection inner) : DbConnection
{
    private PostgresReader? _reading;

    [AllowNull]
    public override string ConnectionString
    {
        get => inner.ConnectionString;
        set => inner.ConnectionString = value;
    }

    public override string Database => inner.Database;
    public override string DataSource => inner.DataSource;
    public override string ServerVersion => inner.ServerVersion;
    public override ConnectionState State => inner.State;

    public override void ChangeDatabase(string databaseName) => inner.ChangeDatabase(databaseName);

    public override void Open() => inner.Open();

    public override void Close() => inner.Close();

    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) => inner.BeginTransaction(isolationLevel);

    protected override DbCommand CreateDbCommand() => new Command(this, inner);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>Takes the rows that nobody has read yet out of the way of the next sentence.</summary>
    public void MakeRoom()
    {
        _reading?.TakeRest();
        _reading = null;
    }

    private PostgresReader Reading(NpgsqlDataReader reader) => _reading = new(reader);

    private sealed class Command(PostgresConnection owner, NpgsqlConnection inner) : NpgsqlCommand("", inner)
    {
        // Whoever asks has to see that it is not Npgsql's own: lists are written out, as for the embedded database.
        protected override DbConnection? DbConnection
        {
            get => owner;
            set => throw new NotSupportedException("A command stays on its connection.");
        }

        public override int ExecuteNonQuery()
        {
            Prepare(this);
            return base.ExecuteNonQuery();
        }

        public override object? ExecuteScalar()
        {
            Prepare(this);
            return base.ExecuteScalar();
        }

        protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior)
        {
            Prepare(this);
            // Rows are looked at in any order of columns, and perhaps later.
            return owner.Reading((NpgsqlDataReader)base.ExecuteDbDataReader(behavior & ~CommandBehavior.SequentialAccess));
        }

        private void Prepare(NpgsqlCommand command)
        {
            owner.MakeRoom();
            foreach (NpgsqlParameter parameter in command.Parameters)
            {
                if (parameter.Value is string text)
                {
                    parameter.Value = Storable(text);
                }
            }
        }
    }

    /// <summary>PostgreSQL stores no zero character, and no half of a pair: the replacement character stands for each.</summary>
    internal static string Storable(string text)
    {
        var clean = text.AsSpan().Contains('\0') ? text.Replace('\0', '\uFFFD') : text;
        return clean.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0 ? clean : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(clean));
    }
}

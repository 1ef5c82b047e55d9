using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Npgsql;

namespace OpsChat.Storage.Postgres;

/// <summary>
/// A connection on which the tables find what they know from the embedded database: a sentence can be said while the rows of another are still
/// being read, and a text may hold anything. Sentences to whose answer nobody listens can travel with the next one. Not thread-safe, like every
/// connection.
/// </summary>
sealed class PostgresConnection(NpgsqlConnection inner) : DbConnection
{
    // What waits is kept in memory, and an error of it is told late.
    private const int MostWaiting = 32;

    private readonly List<NpgsqlBatchCommand> _waiting = [];
    private PostgresReader? _reading;
    private bool _isHeard = true;

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

    /// <summary>Whether what is said unheard waits for the next sentence: what is wrong with it is thrown there then, and only a transaction that is
    /// undone as a whole can bear that.</summary>
    public bool LetsWait { get; set; }

    /// <summary>Says sentences whose answers are not looked at.</summary>
    /// <param name="say">Says them with <see cref="DbCommand.ExecuteNonQuery"/>.</param>
    public void SayUnheard(Action say)
    {
        _isHeard = false;
        try
        {
            say();
        }
        finally
        {
            _isHeard = true;
        }
    }

    /// <summary>How many sentences wait for the next one.</summary>
    internal int Waiting => _waiting.Count;

    /// <summary>Leaves out what waits: its transaction is undone.</summary>
    public void ForgetWaiting() => _waiting.Clear();

    /// <summary>Takes the rows that nobody has read yet out of the way of the next sentence.</summary>
    public void MakeRoom()
    {
        _reading?.TakeRest();
        _reading = null;
    }

    private NpgsqlConnection Inner => inner;

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
            GetReady();
            // Several sentences in one cannot be put among others.
            var isSingle = !CommandText.Contains(';');
            if (!owner._isHeard && owner.LetsWait && isSingle && owner._waiting.Count < MostWaiting)
            {
                owner._waiting.Add(Copied());
                return 0;
            }

            if (WithWaiting() is not { } batch)
            {
                return base.ExecuteNonQuery();
            }

            batch.ExecuteNonQuery();
            return batch.BatchCommands[^1].RecordsAffected;
        }

        public override object? ExecuteScalar()
        {
            GetReady();
            return WithWaiting() is { } batch ? batch.ExecuteScalar() : base.ExecuteScalar();
        }

        protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior)
        {
            GetReady();
            // Rows are looked at in any order of columns, and perhaps later.
            return owner.Reading(
                WithWaiting() is { } batch
                    ? batch.ExecuteReader()
                    : (NpgsqlDataReader)base.ExecuteDbDataReader(behavior & ~CommandBehavior.SequentialAccess)
            );
        }

        /// <summary>What waits, and this behind it; null when nothing waits, or this cannot be put behind and what waited has been said.</summary>
        private NpgsqlBatch? WithWaiting()
        {
            if (owner._waiting.Count == 0)
            {
                return null;
            }

            var batch = new NpgsqlBatch(owner.Inner);
            owner._waiting.ForEach(batch.BatchCommands.Add);
            owner._waiting.Clear();
            if (CommandText.Contains(';'))
            {
                batch.ExecuteNonQuery();
                return null;
            }

            batch.BatchCommands.Add(Copied());
            return batch;
        }

        private NpgsqlBatchCommand Copied()
        {
            var copy = new NpgsqlBatchCommand(CommandText);
            foreach (NpgsqlParameter parameter in Parameters)
            {
                copy.Parameters.Add(parameter.Clone());
            }

            return copy;
        }

        private void GetReady()
        {
            owner.MakeRoom();
            foreach (NpgsqlParameter parameter in Parameters)
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

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
sealed class PostgresConnection(NpgsqlConnection inner) : DbConnection, IPipelinedConnection
{
    /// <summary>More are not kept: a long work would hold all that it writes in memory.</summary>
    private const int MostKept = 100;

    private readonly List<NpgsqlBatchCommand> _kept = [];
    private PostgresReader? _reading;
    private bool _keeps, _isPosted;

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

    public void Begin() => _keeps = true;

    public void End()
    {
        Send();
        _keeps = false;
    }

    public void Abandon()
    {
        _kept.Clear();
        _keeps = false;
    }

    public void Post(Action execute)
    {
        _isPosted = _keeps;
        try
        {
            execute();
        }
        finally
        {
            _isPosted = false;
        }
    }

    /// <summary>Sends what is kept by itself.</summary>
    private void Send()
    {
        if (_kept.Count > 0)
        {
            MakeRoom();
            using var batch = Batch(null);
            batch.ExecuteNonQuery();
        }
    }

    /// <summary>What is kept, and a last sentence after it.</summary>
    private NpgsqlBatch Batch(NpgsqlCommand? last)
    {
        var batch = new NpgsqlBatch(inner);
        foreach (var sentence in last is null ? _kept : _kept.Append(Sentence(last)))
        {
            batch.BatchCommands.Add(sentence);
        }

        _kept.Clear();
        return batch;
    }

    private void Keep(NpgsqlCommand command)
    {
        _kept.Add(Sentence(command));
        if (_kept.Count >= MostKept)
        {
            Send();
        }
    }

    private static NpgsqlBatchCommand Sentence(NpgsqlCommand command)
    {
        var sentence = new NpgsqlBatchCommand(command.CommandText);
        foreach (NpgsqlParameter parameter in command.Parameters)
        {
            sentence.Parameters.Add(parameter.Clone());
        }

        return sentence;
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
            if (owner._isPosted && IsOne && !GivesRows)
            {
                owner.Keep(this);
                return 0;
            }

            if (!TravelsWithOthers)
            {
                return base.ExecuteNonQuery();
            }

            using var batch = owner.Batch(this);
            batch.ExecuteNonQuery();
            return (int)batch.BatchCommands[^1].RecordsAffected;
        }

        public override object? ExecuteScalar()
        {
            Prepare(this);
            if (!TravelsWithOthers)
            {
                return base.ExecuteScalar();
            }

            using var batch = owner.Batch(this);
            return batch.ExecuteScalar();
        }

        protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior)
        {
            Prepare(this);
            // Rows are looked at in any order of columns, and perhaps later.
            return owner.Reading(
                TravelsWithOthers
                    ? owner.Batch(this).ExecuteReader(behavior & ~CommandBehavior.SequentialAccess)
                    : (NpgsqlDataReader)base.ExecuteDbDataReader(behavior & ~CommandBehavior.SequentialAccess)
            );
        }

        /// <summary>Several sentences in one text cannot be part of a batch.</summary>
        private bool IsOne => !CommandText.Contains(';', StringComparison.Ordinal);

        /// <summary>The rows of one that was posted would be taken for those of the sentence that is asked.</summary>
        private bool GivesRows =>
            CommandText.AsSpan().TrimStart().StartsWith("select", StringComparison.OrdinalIgnoreCase)
            || CommandText.Contains("returning", StringComparison.OrdinalIgnoreCase);

        /// <summary>Whether this goes with what is kept; what cannot goes after it.</summary>
        private bool TravelsWithOthers
        {
            get
            {
                if (owner._kept.Count > 0 && !IsOne)
                {
                    owner.Send();
                }

                return owner._kept.Count > 0;
            }
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

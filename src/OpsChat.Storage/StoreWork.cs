using System.Data.Common;

namespace OpsChat.Storage;

/// <summary>One writer's work in a commit that it may share with others.</summary>
interface IStoreWork
{
    /// <summary>Does the work; a savepoint undoes it alone when it throws.</summary>
    /// <param name="endsAll">Errors after which the others cannot go on either: they are thrown here.</param>
    void RunIn(DbConnection connection, Func<Exception, bool> endsAll);

    /// <summary>Does the work without a savepoint. False when it threw: all of the transaction has to be undone.</summary>
    bool RunAloneIn(DbConnection connection, Func<Exception, bool> endsAll);

    /// <summary>Whether it threw when it was last done.</summary>
    bool HasThrown { get; }

    /// <summary>What it did is durable, or it was undone because it threw: its writer learns of it.</summary>
    void Complete();

    void Fail(Exception reason);
}

/// <param name="host">The host that writes, where several are at work on the store.</param>
sealed class StoreWork<T>(Func<UnitOfWork, T> work, string? host = null) : IStoreWork
{
    private T _result = default!;
    private Exception? _thrown;

    // Continuations run elsewhere: the writing thread must not run its callers' code.
    public TaskCompletionSource<T> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool HasThrown => _thrown is not null;

    public void RunIn(DbConnection connection, Func<Exception, bool> endsAll)
    {
        connection.Run("savepoint work");
        if (RunAloneIn(connection, endsAll))
        {
            connection.Run("release work");
        }
        else
        {
            connection.Run("rollback to work; release work");
        }
    }

    public bool RunAloneIn(DbConnection connection, Func<Exception, bool> endsAll)
    {
        _thrown = null;
        try
        {
            var session = new UnitOfWork(connection, host);
            _result = RowMapping.Do(session, work);
            session.AuditedRows.Record();
            return true;
        }
        catch (Exception e) when (!endsAll(e))
        {
            _thrown = e;
            return false;
        }
    }

    public void Complete()
    {
        if (_thrown is null)
        {
            Done.TrySetResult(_result);
        }
        else
        {
            Done.TrySetException(_thrown);
        }
    }

    public void Fail(Exception reason) => Done.TrySetException(reason);
}

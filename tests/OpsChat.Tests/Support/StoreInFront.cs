using OpsChat.Storage;

namespace OpsChat.Tests.Support;

/// <summary>A store that passes everything on to a real one; a test changes what it needs.</summary>
public abstract class StoreInFront(IStore store) : IStore
{
    public event EventHandler Committed
    {
        add => store.Committed += value;
        remove => store.Committed -= value;
    }

    public string Location => store.Location;

    public bool IsShared => store.IsShared;

    public string? HostId => store.HostId;

    public int Hosts => store.Hosts;

    public virtual bool MayAct => store.MayAct;

    public bool HearsOthers => store.HearsOthers;

    public bool Leads => store.Leads;

    public virtual bool SeesGoneHost => store.SeesGoneHost;

    public Task UntilLeadingAsync(CancellationToken cancellationToken) => store.UntilLeadingAsync(cancellationToken);

    public virtual Task<T> WriteAsync<T>(Func<UnitOfWork, T> work, CancellationToken cancellationToken) => store.WriteAsync(work, cancellationToken);

    public virtual Task<T> ReadAsync<T>(Func<UnitOfWork, T> work, CancellationToken cancellationToken) => store.ReadAsync(work, cancellationToken);

    public Task BackupAsync(string file, CancellationToken cancellationToken) => store.BackupAsync(file, cancellationToken);

    public Task CompactAsync(CancellationToken cancellationToken) => store.CompactAsync(cancellationToken);

    public Task ClearAsync(CancellationToken cancellationToken) => store.ClearAsync(cancellationToken);

    /// <summary>The real store belongs to whoever opened it.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

/// <summary>A store that cannot be written for as long as a test says.</summary>
public sealed class StoreInTrouble(IStore store) : StoreInFront(store)
{
    private int _refused;

    public bool IsInTrouble { get; set; }

    /// <summary>False while this process was paused for so long that another may have taken over.</summary>
    public bool HasTurn { get; set; } = true;

    public override bool MayAct => HasTurn;

    /// <summary>Asked before each write: whether the trouble begins with this one.</summary>
    public Func<bool> Begins { get; set; } = () => false;

    /// <summary>Asked within each write after it was made: whether it is undone, and whoever writes hears of trouble.</summary>
    public Func<UnitOfWork, bool> Undoes { get; set; } = _ => false;

    /// <summary>The next write is made, and whoever writes does not hear so.</summary>
    public bool LosesNextAnswer { get; set; }

    /// <summary>How many writes were refused.</summary>
    public int Refused => _refused;

    /// <summary>From now on everything is stored.</summary>
    public void EndTrouble() => (IsInTrouble, Begins) = (false, () => false);

    public override async Task<T> WriteAsync<T>(Func<UnitOfWork, T> work, CancellationToken cancellationToken)
    {
        IsInTrouble |= Begins();
        if (!IsInTrouble)
        {
            var isLost = LosesNextAnswer;
            LosesNextAnswer = false;
            var written = await base.WriteAsync(session =>
            {
                var made = work(session);
                if (!Undoes(session))
                {
                    return made;
                }

                Interlocked.Increment(ref _refused);
                throw new StoreException("What is stored of it cannot be read.");
            }, cancellationToken);
            return isLost ? throw new StoreException("The database was lost in the middle of a commit.") : written;
        }

        Interlocked.Increment(ref _refused);
        throw new StoreException("The database is locked by another program.");
    }
}

using Microsoft.Extensions.Logging;
using OpsChat.Storage;

namespace OpsChat.Agent;

/// <summary>
/// Takes the last traces of erased text out of the database's files. A row that grows or moves leaves a copy of its bytes in the free space of
/// its old page, which SQLite's secure_delete does not reach; only writing the whole file anew does. That makes writers wait, for seconds on a
/// large store, so it is done at a quiet moment, and at the latest a day after the erasure. On a database that hosts share only the command
/// <c>compact</c> does that: nobody may be kept waiting there without having been asked.
/// </summary>
public sealed class FileRewrite(IStore store, TimeProvider time, ILogger<FileRewrite> log) : PeriodicService(TimeSpan.FromMinutes(1), time, log)
{
    private static readonly TimeSpan s_quiet = TimeSpan.FromMinutes(2), s_latest = TimeSpan.FromHours(24), s_afterTrouble = TimeSpan.FromHours(1);

    protected override string WhenItFails => "The database could not be written anew after an erasure";

    /// <summary>Notes that something was erased, in the transaction that erased it; an earlier note stands.</summary>
    public static void Want(UnitOfWork session, DateTimeOffset now)
    {
        if (session.Settings.Get(SettingNames.RewriteWanted) is null)
        {
            session.Settings.Set(SettingNames.RewriteWanted, $"{now.ToUnixTimeMilliseconds()}");
        }
    }

    /// <summary>Rewrites now. What is erased meanwhile keeps its note.</summary>
    public static async Task RunAsync(IStore store, CancellationToken cancellationToken)
    {
        var wanted = await store.ReadAsync(session => session.Settings.Get(SettingNames.RewriteWanted), cancellationToken);
        await store.ClearAsync(cancellationToken);
        await store.WriteAsync(session =>
        {
            if (session.Settings.Get(SettingNames.RewriteWanted) == wanted)
            {
                session.Settings.Remove(SettingNames.RewriteWanted);
            }
        }, cancellationToken);
    }

    public override Task LookAsync(CancellationToken cancellationToken) => RewriteWhenItIsTimeAsync(cancellationToken);

    /// <summary>Rewrites when something was erased and the moment is right; true when it did.</summary>
    public async Task<bool> RewriteWhenItIsTimeAsync(CancellationToken cancellationToken)
    {
        var (wanted, latest) = await store.ReadAsync(
            session => (session.Settings.Get(SettingNames.RewriteWanted), session.Audit.Head()?.At),
            cancellationToken
        );
        if (
            wanted is null
            || !IsTime(DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(wanted)), latest ?? DateTimeOffset.MinValue, Time.GetUtcNow())
        )
        {
            return false;
        }

        await RunAsync(store, cancellationToken);
        return true;
    }

    /// <summary>A file that is in use now is so for a while, and each try makes writers wait.</summary>
    protected override TimeSpan PauseAfter(Exception failure, int failures) => s_afterTrouble;

    /// <param name="latest">When something was decided last; every message leads to that.</param>
    private static bool IsTime(DateTimeOffset wanted, DateTimeOffset latest, DateTimeOffset now) =>
        (now - latest).Duration() >= s_quiet || (now - wanted).Duration() >= s_latest;
}

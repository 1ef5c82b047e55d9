using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpsChat.Messages;
using OpsChat.Storage;

namespace OpsChat.Privacy;

/// <summary>
/// Takes the last traces of erased text out of the database's files. A row that grows or moves leaves a copy of its bytes in the free space of its
/// old page, which SQLite's secure_delete does not reach; only writing the whole file anew does. That makes writers wait, for seconds on a large store, so it
/// is done at a quiet moment, and at the latest a day after the erasure.
/// </summary>
public sealed partial class FileRewrite(IStore store, TimeProvider time, ILogger<FileRewrite> log) : BackgroundService
{
    private static readonly TimeSpan s_look = TimeSpan.FromMinutes(1), s_quiet = TimeSpan.FromMinutes(2), s_latest = TimeSpan.FromHours(24), s_afterTrouble = TimeSpan.FromHours(1);

    /// <summary>Notes that something was erased, in the transaction that erased it; an earlier note stands.</summary>
    public static void Want(StoreSession session, DateTimeOffset now)
    {
        if (session.Settings.Get(SettingNames.RewriteWanted) is null)
        {
            session.Settings.Set(SettingNames.RewriteWanted, $"{now.ToUnixTimeMilliseconds()}");
        }
    }

    /// <summary>Rewrites now. What is erased meanwhile keeps its note.</summary>
    public static async Task RunAsync(IStore store, CancellationToken cancel)
    {
        var wanted = await store.ReadAsync(session => session.Settings.Get(SettingNames.RewriteWanted), cancel);
        await store.CompactAsync(cancel);
        await store.WriteAsync(session =>
        {
            if (session.Settings.Get(SettingNames.RewriteWanted) == wanted)
            {
                session.Settings.Remove(SettingNames.RewriteWanted);
            }
        }, cancel);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var pause = s_look;
            // One of the three places where everything is caught: a file that is in use now must not end the looking.
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(log, e);
                pause = s_afterTrouble;
            }

            await Task.Delay(pause, time, stoppingToken);
        }
    }

    /// <summary>Rewrites when something was erased and the moment is right; true when it did.</summary>
    public async Task<bool> LookAsync(CancellationToken cancel)
    {
        var (wanted, latest) = await store.ReadAsync(session => (session.Settings.Get(SettingNames.RewriteWanted), session.Audit.Head()?.At), cancel);
        if (wanted is null || !IsTime(DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(wanted)), latest ?? DateTimeOffset.MinValue, time.GetUtcNow()))
        {
            return false;
        }

        await RunAsync(store, cancel);
        return true;
    }

    /// <param name="latest">When something was decided last; every message leads to that.</param>
    private static bool IsTime(DateTimeOffset wanted, DateTimeOffset latest, DateTimeOffset now) =>
        (now - latest).Duration() >= s_quiet || (now - wanted).Duration() >= s_latest;

    [LoggerMessage(Level = LogLevel.Error, Message = "The database could not be written anew after an erasure; it is tried again in an hour.")]
    private static partial void LogFailed(ILogger log, Exception e);
}

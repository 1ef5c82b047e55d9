using Microsoft.Extensions.Logging;
using OpsChat.Storage;
using OpsChat.Storage.ErrorLog;

namespace OpsChat.Agent;

/// <summary>Keeps the error log up to date while the host runs, and lets go of what is kept no longer. While the log is paused, the owner was
/// told once.</summary>
public sealed partial class ErrorLogUpkeep(ErrorRateLog errors, IStore store, TimeProvider time, ILogger<ErrorLogUpkeep> log)
    : PeriodicService(TimeSpan.FromSeconds(5), time, log)
{
    public const string NoticeKind = "error-log";

    private static readonly TimeSpan s_foldEvery = TimeSpan.FromDays(1);

    private DateTimeOffset _folded;
    private bool _isPaused;
    private long _reported = -1;

    protected override string WhenItFails => "The error log could not be brought up to date";

    public override async Task LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            var state = await errors.CatchUpAsync(cancellationToken);
            if (store.HostId is not null && state.Through != _reported)
            {
                await store.WriteAsync(session => session.Hosts.ReportFeed(state.Through), cancellationToken);
                _reported = state.Through;
            }

            if (Time.GetUtcNow() - _folded >= s_foldEvery)
            {
                await errors.FoldAsync(cancellationToken);
                _folded = Time.GetUtcNow();
            }

            _isPaused = false;
        }
        // It goes on by itself; until then each further look would only say the same.
        catch (StoreException e) when (IsOfTheLog(e) && _isPaused)
        {
        }
        catch (StoreException e) when (IsOfTheLog(e))
        {
            LogPaused(Log, e.Message);
            await store.WriteAsync(session => session.Notices.Add(NoticeKind, e.Message, Time.GetUtcNow()), cancellationToken);
            _isPaused = true;
        }
    }

    /// <summary>Trouble of the store itself is nothing that its owner could be told through it, and is tried again.</summary>
    private static bool IsOfTheLog(StoreException trouble) => trouble is ErrorLogPausedException or ErrorLogInUseException;

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Trouble}")]
    private static partial void LogPaused(ILogger log, string trouble);
}

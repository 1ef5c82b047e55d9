using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using OpsChat.Playbooks;

namespace OpsChat.Agent;

/// <summary>
/// Brings edits of the playbooks folder into force within a second. The operating system's notices make it quick; a look at every file
/// each <see cref="LookEvery"/> makes it sure, because network folders and containers lose notices.
/// </summary>
/// <param name="look">A look at the folder: <see cref="PlaybookCatalog{T}.Look"/>.</param>
/// <param name="record">Called with the set in force at the first look and after each change, again until it succeeds.</param>
public sealed partial class PlaybookWatcher(
    string folder,
    Func<PlaybookSet> look,
    Func<PlaybookSet, CancellationToken, Task> record,
    TimeProvider time,
    ILogger<PlaybookWatcher> log
) : ResilientBackgroundService(time, log)
{
    /// <summary>The longest that an edit goes unseen when there is no notice of it.</summary>
    public static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(750);

    /// <summary>How long an editor is given to finish saving, after a notice.</summary>
    public static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(100);

    private readonly Channel<bool> _notices = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }
    );
    private FileSystemWatcher? _watcher;
    private PlaybookSet? _recorded;

    protected override string WhenItFails => "Looking at the playbooks failed, and those in force stay";

    public override void Dispose()
    {
        _watcher?.Dispose();
        base.Dispose();
    }

    protected override Task BeginAsync(CancellationToken cancellationToken)
    {
        _watcher = Watch();
        return Task.CompletedTask;
    }

    protected override async Task<TimeSpan?> RoundAsync(CancellationToken cancellationToken)
    {
        var set = look();
        if (!ReferenceEquals(set, _recorded))
        {
            await record(set, cancellationToken);
            _recorded = set;
        }

        return LookEvery;
    }

    protected override async Task PauseAsync(TimeSpan pause, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var notice = _notices.Reader.WaitToReadAsync(either.Token).AsTask();
        await notice.WithinAsync(pause, Time, either.Token);
        if (notice.IsCompleted)
        {
            await Task.Delay(Settling, Time, cancellationToken);
            _notices.Reader.TryRead(out _);
        }

        await either.CancelAsync();
    }

    /// <summary>Notices of the operating system, or null where there are none (no folder yet, or too many watchers on this machine).</summary>
    private FileSystemWatcher? Watch()
    {
        if (!Directory.Exists(folder))
        {
            return null;
        }

        try
        {
            var watcher = new FileSystemWatcher(folder) { NotifyFilter = NotifyFilters.FileName | NotifyFilters.LastWrite | NotifyFilters.Size };
            watcher.Changed += (_, _) => _notices.Writer.TryWrite(true);
            watcher.Created += (_, _) => _notices.Writer.TryWrite(true);
            watcher.Deleted += (_, _) => _notices.Writer.TryWrite(true);
            watcher.Renamed += (_, _) => _notices.Writer.TryWrite(true);
            watcher.EnableRaisingEvents = true;
            return watcher;
        }
        catch (Exception unavailable) when (unavailable is IOException or UnauthorizedAccessException or PlatformNotSupportedException)
        {
            // Looking on a timer alone is slower by half a second, which is within the promise.
            LogNoNotices(Log, unavailable);
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The operating system gives no notice of edits; playbooks are looked at on a timer only.")]
    private static partial void LogNoNotices(ILogger log, Exception unavailable);
}

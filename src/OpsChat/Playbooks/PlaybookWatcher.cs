using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace OpsChat.Playbooks;

/// <summary>
/// Brings edits of the playbooks folder into force within a second. The operating system's notices make it quick; a look at every file
/// each <see cref="LookEvery"/> makes it sure, because network folders and containers lose notices.
/// </summary>
/// <param name="look">A look at the folder: <see cref="PlaybookCatalog{T}.Look"/>.</param>
/// <param name="announce">Called with every change, in order.</param>
public sealed partial class PlaybookWatcher(
    string folder, Func<CatalogChange?> look, Action<CatalogChange> announce, TimeProvider time, ILogger<PlaybookWatcher> logger) : BackgroundService
{
    /// <summary>The longest that an edit goes unseen when there is no notice of it.</summary>
    public static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(750);

    /// <summary>How long an editor is given to finish saving, after a notice.</summary>
    public static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(100);

    /// <summary>Looks, announces, waits; until <paramref name="stoppingToken"/> says stop.</summary>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var notices = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        using var watcher = Watch(notices.Writer);
        while (!stoppingToken.IsCancellationRequested)
        {
            LookOnce();
            await Wait(notices.Reader, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void LookOnce()
    {
        try
        {
            if (look() is { } change)
            {
                announce(change);
            }
        }
        catch (Exception failure)
        {
            // A hosted loop: whatever one look met (a full disk, a network folder that went away) must not end all later looks.
            LookFailed(logger, failure);
        }
    }

    private async Task Wait(ChannelReader<bool> notices, CancellationToken stop)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var notice = notices.WaitToReadAsync(either.Token).AsTask();
        await notice.WithinAsync(LookEvery, time, either.Token);
        if (notice.IsCompleted)
        {
            await Task.Delay(Settling, time, stop);
            notices.TryRead(out _);
        }

        await either.CancelAsync();
    }

    /// <summary>Notices of the operating system, or null where there are none (no folder yet, or too many watchers on this machine).</summary>
    private FileSystemWatcher? Watch(ChannelWriter<bool> notices)
    {
        if (!Directory.Exists(folder))
        {
            return null;
        }

        try
        {
            var watcher = new FileSystemWatcher(folder) { NotifyFilter = NotifyFilters.FileName | NotifyFilters.LastWrite | NotifyFilters.Size };
            watcher.Changed += (_, _) => notices.TryWrite(true);
            watcher.Created += (_, _) => notices.TryWrite(true);
            watcher.Deleted += (_, _) => notices.TryWrite(true);
            watcher.Renamed += (_, _) => notices.TryWrite(true);
            watcher.EnableRaisingEvents = true;
            return watcher;
        }
        catch (IOException unavailable)
        {
            // Looking on a timer alone is slower by half a second, which is within the promise.
            NoNotices(logger, unavailable);
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Looking at the playbooks failed; those in force stay, and the next look tries again.")]
    private static partial void LookFailed(ILogger logger, Exception failure);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The operating system gives no notice of edits; playbooks are looked at on a timer only.")]
    private static partial void NoNotices(ILogger logger, Exception unavailable);
}

using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace OpsChat.Agent;

/// <summary>
/// The operating system's notices that files of a folder were edited. They make it quick and not sure: network folders and containers lose
/// notices, and some machines give none, so whoever listens also looks from time to time.
/// </summary>
public sealed partial class EditNotices : IDisposable
{
    /// <summary>How long an editor is given to finish saving, after a notice.</summary>
    public static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(100);

    private readonly Channel<bool> _notices = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }
    );
    private readonly FileSystemWatcher? _watcher;

    /// <param name="filter">Which files: a name, or all with <c>*</c>.</param>
    public EditNotices(string folder, string filter, ILogger log)
    {
        // No folder yet, or too many watchers on this machine: then there are no notices.
        if (!Directory.Exists(folder))
        {
            return;
        }

        try
        {
            _watcher = new(folder, filter) { NotifyFilter = NotifyFilters.FileName | NotifyFilters.LastWrite | NotifyFilters.Size };
            _watcher.Changed += (_, _) => _notices.Writer.TryWrite(true);
            _watcher.Created += (_, _) => _notices.Writer.TryWrite(true);
            _watcher.Deleted += (_, _) => _notices.Writer.TryWrite(true);
            _watcher.Renamed += (_, _) => _notices.Writer.TryWrite(true);
            _watcher.EnableRaisingEvents = true;
        }
        catch (Exception unavailable) when (unavailable is IOException or UnauthorizedAccessException or PlatformNotSupportedException)
        {
            // Looking on a timer alone is slower, which is within the promise.
            LogNoNotices(log, folder, unavailable);
            _watcher?.Dispose();
            _watcher = null;
        }
    }

    /// <summary>Waits for a notice, for the other news, or until the pause is over; after a notice a moment longer, until the file is
    /// saved.</summary>
    public async Task PauseAsync(TimeSpan pause, Task news, TimeProvider time, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var notice = _notices.Reader.WaitToReadAsync(either.Token).AsTask();
        await Task.WhenAny(notice, news).WithinAsync(pause, time, either.Token);
        if (notice.IsCompletedSuccessfully)
        {
            await Task.Delay(Settling, time, cancellationToken);
            _notices.Reader.TryRead(out _);
        }

        await either.CancelAsync();
    }

    public void Dispose() => _watcher?.Dispose();

    [LoggerMessage(Level = LogLevel.Warning, Message = "The operating system gives no notice of edits in {Folder}; it is looked at on a timer only.")]
    private static partial void LogNoNotices(ILogger log, string folder, Exception unavailable);
}

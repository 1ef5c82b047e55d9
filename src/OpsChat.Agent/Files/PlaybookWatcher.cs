using Microsoft.Extensions.Logging;
using OpsChat.Playbooks;

namespace OpsChat.Agent;

/// <summary>
/// Brings edits of the playbooks folder into force within a second. The operating system's notices make it quick; a look at every file
/// each <see cref="LookEvery"/> makes it sure, because network folders and containers lose notices.
/// </summary>
/// <param name="look">A look at the folder: <see cref="PlaybookCatalog{T}.Look"/>.</param>
/// <param name="record">Called with the set in force at the first look and after each change, again until it succeeds.</param>
public sealed class PlaybookWatcher(
    string folder,
    Func<PlaybookSet> look,
    Func<PlaybookSet, CancellationToken, Task> record,
    TimeProvider time,
    ILogger<PlaybookWatcher> log
) : ResilientBackgroundService(time, log)
{
    /// <summary>The longest that an edit goes unseen when there is no notice of it.</summary>
    public static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(750);

    private static readonly Task s_nothingElse = new TaskCompletionSource().Task;

    private EditNotices? _notices;
    private PlaybookSet? _recorded;

    protected override string WhenItFails => "Looking at the playbooks failed, and those in force stay";

    public override void Dispose()
    {
        _notices?.Dispose();
        base.Dispose();
    }

    protected override Task BeginAsync(CancellationToken cancellationToken)
    {
        _notices = new(folder, "*", Log);
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

    protected override Task PauseAsync(TimeSpan pause, CancellationToken cancellationToken) =>
        _notices!.PauseAsync(pause, s_nothingElse, Time, cancellationToken);
}

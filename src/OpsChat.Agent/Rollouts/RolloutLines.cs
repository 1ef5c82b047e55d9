using Microsoft.Extensions.Logging;
using OpsChat.Storage;

namespace OpsChat.Agent;

/// <summary>
/// A line in the host's output for every change of the rollout, whoever made it: evidence, console, chat, a command beside this host or an edit of
/// the file. Whoever watches the terminal sees when customers are answered by people again. What changed before this host began is told by its
/// first lines.
/// </summary>
public sealed partial class RolloutLines(IStore store, ChangeFeed feed, TimeProvider time, ILogger<RolloutLines> log)
    : PeriodicService(s_every, time, log, feed.Of("rollout"))
{
    // A command is another process, whose commits no feed tells.
    private static readonly TimeSpan s_every = TimeSpan.FromSeconds(5);

    private long? _seen;
    private string? _paused;

    protected override string WhenItFails => "Changes of the rollout could not be told";

    public override async Task LookAsync(CancellationToken cancellationToken)
    {
        var (changes, latest, paused) = await store.ReadAsync(
            session => (
                _seen is { } seen ? session.RolloutChanges.After(seen) : [],
                session.RolloutChanges.Latest(),
                session.Settings.Get(SettingNames.Paused)
            ),
            cancellationToken
        );
        foreach (var change in changes)
        {
            LogChanged(Log, change.Why);
        }

        if (_seen is not null && paused != _paused)
        {
            LogPause(Log, paused is null ? "resumed" : paused);
        }

        (_seen, _paused) = (latest, paused);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Rollout: {Why}")]
    private static partial void LogChanged(ILogger log, string why);

    [LoggerMessage(Level = LogLevel.Information, Message = "Rollout: {State}")]
    private static partial void LogPause(ILogger log, string state);
}

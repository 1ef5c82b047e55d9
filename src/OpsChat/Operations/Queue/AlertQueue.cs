using System.Collections.Immutable;

namespace OpsChat.Operations.Queue;

/// <summary>All alerts by key: open ones, and closed ones as long as they matter to a return (60 days). Immutable.</summary>
public sealed record AlertQueue(ImmutableDictionary<string, Alert> Alerts)
{
    public static AlertQueue Empty { get; } = new(ImmutableDictionary.Create<string, Alert>(StringComparer.Ordinal));

    /// <summary>What a person sees, highest score first; at equal scores the older, then the key.</summary>
    public IReadOnlyList<Alert> Ranked => [.. Alerts.Values.Where(a => a.IsOpen && a.IsOnTop)
        .OrderByDescending(a => a.Score.Value).ThenBy(a => a.OpenedAt).ThenBy(a => a.Key, StringComparer.Ordinal)];
}

/// <summary>What a step made of the queue.</summary>
public sealed record QueueChange(AlertQueue Queue, IReadOnlyList<AlertNews> News);

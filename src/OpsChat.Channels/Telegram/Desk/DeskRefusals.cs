namespace OpsChat.Channels.Telegram.Desk;

/// <summary>
/// What Telegram would not take: left out until it looks different, or for a while, so that it does not hold up what stands behind it. Forgotten
/// at a restart, and when another host looks after the chat, which only means another try.
/// </summary>
sealed class DeskRefusals(TimeProvider time)
{
    private static readonly TimeSpan s_while = TimeSpan.FromMinutes(10);

    private readonly Dictionary<(string Kind, string Id), (string Digest, long Since)> _refused = [];

    /// <param name="digest">Of how it looks; what Telegram refused was another look of it.</param>
    public bool Contains(string kind, string id, string digest) =>
        _refused.TryGetValue((kind, id), out var refused) && refused.Digest == digest && time.GetElapsedTime(refused.Since) < s_while;

    public void Add(string kind, string id, string digest)
    {
        foreach (var (old, _) in _refused.Where(r => time.GetElapsedTime(r.Value.Since) >= s_while).ToList())
        {
            _refused.Remove(old);
        }

        _refused[(kind, id)] = (digest, time.GetTimestamp());
    }
}

namespace OpsChat.Models.Jobs;

/// <summary>The last answers by the hash of their prompt. The longest unused goes first; safe for several threads. Each host
/// has its own: the same prompt asked on two costs twice.</summary>
internal sealed class RecentAnswers(int capacity)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, LinkedListNode<(string Key, string Text)>> _byKey = [];
    private readonly LinkedList<(string Key, string Text)> _byUse = new();

    public string? Find(string key)
    {
        lock (_lock)
        {
            if (!_byKey.TryGetValue(key, out var node))
            {
                return null;
            }
            _byUse.Remove(node);
            _byUse.AddFirst(node);
            return node.Value.Text;
        }
    }

    public void Keep(string key, string text)
    {
        lock (_lock)
        {
            if (_byKey.TryGetValue(key, out var old))
            {
                _byUse.Remove(old);
            }
            _byKey[key] = _byUse.AddFirst((key, text));
            if (_byKey.Count > capacity && _byUse.Last is { } last)
            {
                _byUse.RemoveLast();
                _byKey.Remove(last.Value.Key);
            }
        }
    }
}

using System.Collections.Concurrent;
using OpsChat.Messages;

namespace OpsChat.Host.Web.Inbox;

/// <summary>A person who looks at a conversation just now.</summary>
public sealed record Onlooker(string Name, bool IsTyping);

/// <summary>Who is on which conversation. Only in memory, and only for as long as the person's page says so again.</summary>
public sealed class Presence(TimeProvider time)
{
    /// <summary>A page says every 10 s that it is still there.</summary>
    private static readonly TimeSpan s_lasts = TimeSpan.FromSeconds(25), s_typingLasts = TimeSpan.FromSeconds(8);

    private readonly ConcurrentDictionary<(string Who, ConversationId Where), (long Seen, long? Typed)> _seen = new();

    public void See(string who, ConversationId where, bool isTyping)
    {
        var now = time.GetTimestamp();
        foreach (var (old, at) in _seen.Where(known => time.GetElapsedTime(known.Value.Seen) > s_lasts))
        {
            _seen.TryRemove(new(old, at));
        }

        _seen[(who, where)] = (now, isTyping ? now : null);
    }

    /// <summary>The others who are there, by name.</summary>
    public IReadOnlyList<Onlooker> Others(string than, ConversationId where) =>
    [
        .. _seen.Where(known => known.Key.Where == where && known.Key.Who != than && time.GetElapsedTime(known.Value.Seen) <= s_lasts)
            .OrderBy(known => known.Key.Who, StringComparer.Ordinal)
            .Select(known => new Onlooker(known.Key.Who, known.Value.Typed is { } typed && time.GetElapsedTime(typed) <= s_typingLasts)),
    ];
}

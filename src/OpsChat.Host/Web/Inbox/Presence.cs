using System.Text.Json;
using OpsChat.Agent;
using OpsChat.Messages;
using OpsChat.Storage.Tables;

namespace OpsChat.Host.Web.Inbox;

/// <summary>A person who looks at a conversation just now.</summary>
public sealed record Onlooker(string Name, bool IsTyping);

/// <summary>Who is on which conversation, for as long as the person's page says so again.</summary>
public sealed class Presence(TemporaryValues values, TimeProvider time)
{
    private const int MostKept = 10_000;

    /// <summary>A page says every 10 s that it is still there.</summary>
    private static readonly TimeSpan s_lasts = TimeSpan.FromSeconds(25), s_typingLasts = TimeSpan.FromSeconds(8);

    public Task SeeAsync(string who, ConversationId where, bool isTyping, CancellationToken cancellationToken) =>
        values.KeepAsync(
            new(
                TemporaryKind.Onlooker,
                $"{who}\n{where}",
                JsonSerializer.Serialize(new Seen(who, isTyping ? time.GetUtcNow() : null)),
                where
            ),
            s_lasts,
            MostKept,
            cancellationToken
        );

    /// <summary>The others who are there, by name.</summary>
    public async Task<IReadOnlyList<Onlooker>> OthersAsync(string than, ConversationId where, CancellationToken cancellationToken) =>
    [
        .. (await values.AboutAsync(TemporaryKind.Onlooker, where, cancellationToken))
            .Select(seen => JsonSerializer.Deserialize<Seen>(seen.Value)!)
            .Where(seen => seen.Who != than)
            .OrderBy(seen => seen.Who, StringComparer.Ordinal)
            .Select(seen => new Onlooker(seen.Who, seen.Typed is { } typed && (time.GetUtcNow() - typed).Duration() <= s_typingLasts)),
    ];

    private sealed record Seen(string Who, DateTimeOffset? Typed);
}

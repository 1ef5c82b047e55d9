namespace OpsChat.Messages;

/// <summary>How soon people want to look at a conversation, whatever else speaks for it.</summary>
public enum Priority { Low = -1, Normal = 0, High = 1 }

/// <summary>What people keep about a conversation among themselves; no customer is told of it.</summary>
/// <param name="Assigned">Whose it is; null for anybody's.</param>
/// <param name="SnoozedUntil">Until then, or until the customer writes again, it is not among what waits.</param>
public sealed record Handling(string? Assigned, DateTimeOffset? SnoozedUntil, Priority Priority, IReadOnlyList<string> Tags)
{
    public const int MostTags = 12, MostCharactersOfATag = 40;

    public static Handling None { get; } = new(null, null, Priority.Normal, []);
}

/// <summary>What a person wrote about a conversation for the others.</summary>
public sealed record InternalNote(string Id, ConversationId Conversation, string Who, string Text, DateTimeOffset At)
{
    public const int MostCharacters = 2000;
}

/// <summary>A filter that a person named.</summary>
/// <param name="Query">As in the inbox's address, without the question mark.</param>
public sealed record SavedView(string Name, string Query);

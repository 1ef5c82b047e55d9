using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;

namespace OpsChat.Messages;

/// <summary>What one decision starts from: the messages that wait, and what is remembered of the conversation.</summary>
/// <param name="Cases">Cases that are not quiet yet, newest first.</param>
/// <param name="CasesWithCard">Ids of those cases that wait for a person or an approval.</param>
public sealed record Turn(
    string Id,
    Conversation Conversation,
    IReadOnlyList<InboxMessage> Messages,
    IReadOnlyList<Case> Cases,
    IReadOnlyCollection<string> CasesWithCard,
    bool IsPaused
)
{
    /// <summary>Understanding reads this much of a turn; the rest is kept and shown to people.</summary>
    public const int MostCharacters = 4000;

    /// <summary>Approvals of the whole conversation that are pending, by their cases.</summary>
    public IReadOnlyCollection<string> CasesWithApproval { get; init; } = [];

    /// <summary>Where this chat comes from, too many chats gave wrong order details: one detail is no proof then.</summary>
    public bool IsSuspect { get; init; }

    /// <summary>Texts for this customer that somebody rejected: they are not offered again.</summary>
    public IReadOnlyList<string> RejectedTexts { get; init; } = [];

    /// <summary>Digests of what the agent answered here in the last <see cref="SaidWithin"/>, as of <see cref="DigestOf"/>.</summary>
    public IReadOnlyCollection<string> Said { get; init; } = [];

    /// <summary>How long an answer counts as just said.</summary>
    public static readonly TimeSpan SaidWithin = TimeSpan.FromHours(1);

    /// <summary>Sixteen hexadecimal digits by which the same text is known again without being kept.</summary>
    public static string DigestOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 8));

    /// <summary>The fragments as one text.</summary>
    [JsonIgnore]
    public string Text { get; } = TextOf(Messages.Select(m => m.Text.Value));

    [JsonIgnore]
    public bool IsTooLong => Messages.Sum(m => m.Text.Value.Length) > MostCharacters;

    [JsonIgnore]
    public IReadOnlyList<string> Attachments { get; } = [.. Messages.SelectMany(m => m.Attachments)];

    /// <summary>For a person: some of the turn's words, and what came with it, which no word tells.</summary>
    public string Shown(string words) => Attachments.Count == 0 ? words : $"{words.Trim()}\n[{string.Join(", ", Attachments)}]".TrimStart();

    [JsonIgnore]
    public long LastSeq => Messages[^1].Seq;

    /// <summary>Of the conversation so far; null while no message told it.</summary>
    [JsonIgnore]
    public string? KnownLanguage => Conversation.Language is "und" ? null : Conversation.Language;

    /// <summary>The id of the case that the turn opens, should it open one.</summary>
    [JsonIgnore]
    public string NewCaseId => $"c{Id[1..]}";

    public bool WasRejected(string text) => RejectedTexts.Contains(text);

    /// <summary>Fragments as one text, as much of it as is read.</summary>
    public static string TextOf(IEnumerable<string> fragments)
    {
        var text = string.Join('\n', fragments);
        return text.Length <= MostCharacters ? text : text[..MostCharacters];
    }
}

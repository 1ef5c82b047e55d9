using System.Data.Common;
using Dapper;

namespace OpsChat.Storage.Tables;

/// <summary>Of what it is noted that it has been dealt with.</summary>
public enum SeenKind
{
    /// <summary>By its number.</summary>
    TelegramUpdate,

    /// <summary>A customer pressed Start; by the channel's message.</summary>
    TelegramStart,

    /// <summary>A person wrote from the shop's own account; by the channel's message.</summary>
    WrittenByHand,

    /// <summary>An approver's words that a customer was sent; by chat and message.</summary>
    OwnersWords,

    /// <summary>An approver's words that an approval was changed to; by chat and message.</summary>
    OwnersEdit,

    /// <summary>The owner was told that a customer writes too much; by customer and hour.</summary>
    Flood,

    /// <summary>The owner was told that Telegram does not take a card; by the card and its content.</summary>
    CardNotShown,

    /// <summary>The owner was told that the bot may not make topics.</summary>
    TopicsNotAllowed,

    /// <summary>A customer was asked whether an approved text arrived; by approval.</summary>
    ArrivalAsked,

    /// <summary>A feed that the shop's system posted; by file.</summary>
    PostedFeed,

    /// <summary>The owner was told that the pictures are full; by day.</summary>
    PicturesFull,
}

/// <summary>What has been dealt with and may come again.</summary>
/// <param name="Id">Which one of its kind; empty where there is only one.</param>
public sealed record SeenKey(SeenKind Kind, string Id = "")
{
    internal string Stored => $"{Prefix(Kind)}:{Id}";

    /// <summary>How the kind begins its keys. They stand in stored rows: a kind keeps its own for ever.</summary>
    internal static string Prefix(SeenKind kind) => kind switch
    {
        SeenKind.TelegramUpdate => "update",
        SeenKind.TelegramStart => "start",
        SeenKind.WrittenByHand => "by-hand",
        SeenKind.OwnersWords => "owner",
        SeenKind.OwnersEdit => "owner-saved",
        SeenKind.Flood => "flood",
        SeenKind.CardNotShown => "not-shown",
        SeenKind.TopicsNotAllowed => "topics-not-allowed",
        SeenKind.ArrivalAsked => "arrival",
        SeenKind.PostedFeed => "feed",
        SeenKind.PicturesFull => "pictures-full",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "It has no prefix."),
    };
}

/// <summary>What has been dealt with and may come again: updates of a channel, a person's message.</summary>
public sealed class SeenTable(DbConnection db)
{
    /// <summary>True for a key's first time.</summary>
    public bool Add(SeenKey key, DateTimeOffset now) =>
        db.Affected("insert into seen (key, at) values (@key, @now) on conflict (key) do nothing", new { key = key.Stored, now = now.Ms() }) == 1;

    public bool Has(SeenKey key) => db.ExecuteScalar<long>("select count(*) from seen where key = @key", new { key = key.Stored }) > 0;

    /// <summary>Forgets what was seen of these kinds before <paramref name="before"/>; what other kinds stand for may be true for longer.</summary>
    public void Prune(DateTimeOffset before, params ReadOnlySpan<SeenKind> kinds)
    {
        foreach (var kind in kinds)
        {
            // All keys between the prefix with a colon and with the character after it.
            var prefix = SeenKey.Prefix(kind);
            db.RunUnheard(
                "delete from seen where key >= @from and key < @to and at < @before",
                new { from = $"{prefix}:", to = $"{prefix};", before = before.Ms() }
            );
        }
    }
}

/// <summary>The customer's word on an answer, given with one tap.</summary>
public sealed class ThumbTable(DbConnection db)
{
    /// <summary>False when this answer has its word already.</summary>
    public bool Add(string answer, string word, DateTimeOffset now) =>
        db.Affected(
            "insert into thumbs (answer, word, at) values (@answer, @word, @now) on conflict (answer) do nothing",
            new
            {
                answer,
                word,
                now = now.Ms(),
            }
        ) == 1;

    /// <summary>The agent's answers to a customer after a line, by their place in the conversation, each with the customer's word; null while
    /// there is none.</summary>
    public IReadOnlyDictionary<long, string?> OfAnswers(Messages.ConversationId conversation, long after) => db.Query<(long Seq, string? Word)>(
        """
        select seq, word from outbox left join thumbs on answer = id
        where conversation = @conversation and seq > @after and kind = 'Answer' and state = 'Sent'
        """,
        new { conversation = conversation.ToString(), after }).ToDictionary(a => a.Seq, a => a.Word);

    /// <summary>The id of the agent's answer at this place in the conversation; null when another line stands there.</summary>
    public string? AnswerAt(Messages.ConversationId conversation, long seq) =>
        db.QuerySingleOrDefault<string>(
            "select id from outbox where conversation = @conversation and seq = @seq and kind = 'Answer' and state = 'Sent'",
            new { conversation = conversation.ToString(), seq }
        );
}

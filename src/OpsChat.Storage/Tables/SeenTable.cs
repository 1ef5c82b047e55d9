using System.Data.Common;
using Dapper;

namespace OpsChat.Storage.Tables;

/// <summary>What has been dealt with and may come again: updates of a channel, a person's message.</summary>
public sealed class SeenTable(DbConnection db)
{
    /// <summary>True for a key's first time.</summary>
    public bool Add(string key, DateTimeOffset now) =>
        db.Run("insert into seen (key, at) values (@key, @now) on conflict (key) do nothing", new { key, now = now.Ms() }) == 1;

    public bool Has(string key) => db.ExecuteScalar<long>("select count(*) from seen where key = @key", new { key }) > 0;

    /// <summary>Forgets what was seen before <paramref name="before"/>.</summary>
    public void Prune(DateTimeOffset before) => db.Run("delete from seen where at < @before", new { before = before.Ms() });
}

/// <summary>The customer's word on an answer, given with one tap.</summary>
public sealed class ThumbTable(DbConnection db)
{
    /// <summary>False when this answer has its word already.</summary>
    public bool Add(string answer, string word, DateTimeOffset now) =>
        db.Run(
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

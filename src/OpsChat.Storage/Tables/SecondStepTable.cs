using System.Data.Common;
using Dapper;
using OpsChat.Approvals;
using OpsChat.Messages;

namespace OpsChat.Storage.Tables;

/// <summary>Who was shown what had to be confirmed, so that nobody confirms what they have not seen.</summary>
public sealed class SecondStepTable(DbConnection db)
{
    /// <summary>Nothing waits longer for its approval.</summary>
    private static readonly TimeSpan s_kept = TimeSpan.FromDays(60);

    /// <param name="subject">The hash of an approval's content, the id of a hand-off, or a conversation.</param>
    public void Shown(
        string subject,
        ConversationId conversation,
        string who,
        string digest,
        IReadOnlyList<string> sentences,
        DateTimeOffset now
    ) =>
        db.RunUnheard(
            """
            insert into second_steps (subject, who, digest, sentences, conversation, shown_at) values (@subject, @who, @digest, @sentences,
                @conversation, @now)
            on conflict (subject, who, digest) do update set shown_at = excluded.shown_at;
            delete from second_steps where shown_at < @old
            """,
            new
            {
                subject,
                who,
                digest,
                sentences = Columns.Json(sentences),
                conversation = conversation.ToString(),
                now = now.Ms(),
                old = (now - s_kept).Ms(),
            }
        );

    public bool WasShown(string subject, string who, string digest) => db.ExecuteScalar<long>(
        "select count(*) from second_steps where subject = @subject and who = @who and digest = @digest", new { subject, who, digest }) > 0;

    /// <summary>What was shown last of a subject, to anybody; null when nothing was.</summary>
    public ShownStep? Latest(string subject) =>
        db.QueryFirstOrDefault<ShownStep>(
            "select digest, sentences from second_steps where subject = @subject order by shown_at desc limit 1",
            new { subject }
        );
}

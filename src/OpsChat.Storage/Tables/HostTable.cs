using System.Data.Common;
using Dapper;
using OpsChat.Messages;
using OpsChat.Storage.Postgres;

namespace OpsChat.Storage.Tables;

/// <summary>
/// Which of the hosts that share a store decides a conversation. A host claims it with the message that it stores, and gives it back with the
/// decision; the claims of a host that is gone are anybody's. Where one host has the store alone everything is its own, and nothing is asked.
/// </summary>
/// <param name="me">This host; null where there is one, and in a command.</param>
public sealed class HostTable(DbConnection db, string? me)
{
    /// <summary>Makes a conversation this host's unless it is another's.</summary>
    /// <returns>Whether it is this host's.</returns>
    public bool Claim(ConversationId conversation) =>
        me is null
        || db.ExecuteScalar<string>(
            """
            insert into opschat_claims (conversation, host) values (@conversation, @me)
            on conflict (conversation) do update set host = opschat_claims.host returning host
            """,
            new { conversation = conversation.ToString(), me }
        ) == me;

    /// <summary>The same where something is undecided; where nothing is, there is nothing to claim.</summary>
    public bool TakeUp(ConversationId conversation) =>
        me is null
        || db.ExecuteScalar<string>(
            """
            insert into opschat_claims (conversation, host) select @conversation, @me
                where exists (select 1 from inbox where conversation = @conversation and turn is null)
            on conflict (conversation) do update set host = opschat_claims.host returning host
            """,
            new { conversation = conversation.ToString(), me }
        ) == me;

    /// <summary>Whether this host decides the conversation.</summary>
    public bool IsMine(ConversationId conversation) =>
        me is null
        || db.ExecuteScalar<bool>(
            "select exists (select 1 from opschat_claims where conversation = @conversation and host = @me)",
            new { conversation = conversation.ToString(), me }
        );

    /// <summary>Gives a conversation back in which nothing is undecided any more.</summary>
    public void Release(ConversationId conversation)
    {
        if (me is not null)
        {
            db.RunUnheard(
                """
                delete from opschat_claims where conversation = @conversation and host = @me
                    and not exists (select 1 from inbox where conversation = @conversation and turn is null)
                """,
                new { conversation = conversation.ToString(), me }
            );
        }
    }

    /// <summary>Takes the conversation away from whichever host decides it: its customer is forgotten.</summary>
    public void Forget(ConversationId conversation)
    {
        if (SqlDialect.Of(db).HasHosts)
        {
            db.RunUnheard("delete from opschat_claims where conversation = @conversation", new { conversation = conversation.ToString() });
        }
    }

    /// <summary>Conversations with a message that has no decision yet and that no other host decides, and whether each is this host's.</summary>
    public IReadOnlyList<(ConversationId Conversation, bool IsMine)> Undecided() =>
        me is null
            ? [.. db.Query<string>("select distinct conversation from inbox where turn is null").Select(id => (ConversationId.Parse(id), true))]
            :
            [
                .. db.Query<(string Conversation, bool IsMine)>(
                        """
                        select distinct i.conversation, c.host is not null from inbox i left join opschat_claims c on c.conversation = i.conversation
                        where i.turn is null and (c.host is null or c.host = @me)
                        """,
                        new { me }
                    )
                    .Select(found => (ConversationId.Parse(found.Conversation), found.IsMine)),
            ];

    /// <summary>Says how far this host's error log has come in the feed of counts.</summary>
    public void ReportFeed(long through)
    {
        if (me is not null)
        {
            db.RunUnheard("update opschat_hosts set feed_through = @through where id = @me and feed_through < @through", new { me, through });
        }
    }

    /// <summary>How far all hosts have come in the feed of counts; null where there is one.</summary>
    public long? LowestFeed() => me is null ? null : db.ExecuteScalar<long?>("select min(feed_through) from opschat_hosts");

    /// <summary>Takes away the hosts that were not heard of for <see cref="PostgresHosts.Lease"/>, with their claims.</summary>
    /// <returns>Their names.</returns>
    public IReadOnlyList<string> RemoveGone()
    {
        if (me is null)
        {
            return [];
        }

        var gone = db.Query<string>(
                "delete from opschat_hosts where id <> @me and renewed < clock_timestamp() - make_interval(secs => @lease) returning name",
                new { me, lease = PostgresHosts.Lease.TotalSeconds }
            )
            .ToList();
        db.Run("delete from opschat_claims c where not exists (select 1 from opschat_hosts h where h.id = c.host)");
        return gone;
    }
}

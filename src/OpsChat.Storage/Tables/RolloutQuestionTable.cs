using System.Data.Common;
using Dapper;
using OpsChat.Canary;

namespace OpsChat.Storage.Tables;

/// <summary>What the owner was asked about rollouts, and what came of it.</summary>
public sealed class RolloutQuestionTable(DbConnection db)
{
    private const string Select =
        """
        select id, nullif(playbook, '') as playbook, version, asks, from_buckets as "from", to_buckets as "to", since, why, at, answer, answered_by,
            answered_at
        from rollout_questions
        """;

    /// <summary>Whether the latest question about the playbook is the same.</summary>
    public bool WasAsked(RolloutQuestion it) =>
        Read($"{Select} where playbook = @playbook order by at desc, id desc limit 1", new { playbook = it.Playbook ?? "" })
            .Any(latest => latest.IsSameAs(it));

    /// <summary>Puts a question; an older one about the same playbook that still waits is withdrawn.</summary>
    public void Ask(RolloutQuestion it)
    {
        db.RunUnheard(
            "update rollout_questions set answer = 'Withdrawn: a newer question took its place.', answered_by = 'rollout', answered_at = "
                + "@at where playbook = @playbook and answer is null",
            new { playbook = it.Playbook ?? "", at = it.At.Ms() }
        );
        db.RunUnheard(
            """
            insert into rollout_questions (id, playbook, version, asks, from_buckets, to_buckets, since, why, at)
            values (@Id, @playbook, @Version, @asks, @from, @to, @since, @Why, @at)
            """,
            new
            {
                it.Id,
                playbook = it.Playbook ?? "",
                it.Version,
                asks = it.Asks.ToString(),
                from = Buckets(it.From),
                to = Buckets(it.To),
                since = it.Since.Ms(),
                it.Why,
                at = it.At.Ms(),
            }
        );
    }

    public RolloutQuestion? Find(string id) => Read($"{Select} where id = @id", new { id }).SingleOrDefault();

    /// <summary>Those that wait, oldest first.</summary>
    public IReadOnlyList<RolloutQuestion> Open() =>
        [.. Read($"{Select} where answer is null order by at, id", new { })];

    /// <summary>Keeps how it ended; false when it has ended already.</summary>
    public bool Close(string id, string answer, string by, DateTimeOffset now) =>
        db.Affected(
            "update rollout_questions set answer = @answer, answered_by = @by, answered_at = @now where id = @id and answer is null",
            new
            {
                id,
                answer,
                by,
                now = now.Ms(),
            }
        ) == 1;

    private static long Buckets(decimal percentage) => (long)(percentage * 100);

    private IEnumerable<RolloutQuestion> Read(string sql, object values) =>
        db.Query<RolloutQuestion>(sql, values).Select(read => read with { From = read.From / 100m, To = read.To / 100m });
}

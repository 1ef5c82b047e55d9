using System.Data.Common;
using Dapper;
using OpsChat.Canary;

namespace OpsChat.Storage.Tables;

/// <summary>What the owner was asked about rollouts, and what came of it.</summary>
public sealed class RolloutQuestionTable(DbConnection db)
{
    /// <summary>Whether the latest question about the playbook is the same.</summary>
    public bool WasAsked(RolloutQuestion it) =>
        db.QueryFirstOrDefault<Row>(
                "select * from rollout_questions where playbook = @playbook order by at desc, id desc limit 1",
                new { playbook = it.Playbook ?? "" }
            )
            ?.ToQuestion()
            .IsSameAs(it) == true;

    /// <summary>Puts a question; an older one about the same playbook that still waits is withdrawn.</summary>
    public void Ask(RolloutQuestion it)
    {
        db.Run(
            "update rollout_questions set answer = 'Withdrawn: a newer question took its place.', answered_by = 'rollout', answered_at = "
                + "@at where playbook = @playbook and answer is null",
            new { playbook = it.Playbook ?? "", at = it.At.Ms() }
        );
        db.Run(
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

    public RolloutQuestion? Find(string id) =>
        db.QuerySingleOrDefault<Row>("select * from rollout_questions where id = @id", new { id })?.ToQuestion();

    /// <summary>Those that wait, oldest first.</summary>
    public IReadOnlyList<RolloutQuestion> Open() =>
        [.. db.Query<Row>("select * from rollout_questions where answer is null order by at, id").Select(r => r.ToQuestion())];

    /// <summary>Keeps how it ended; false when it has ended already.</summary>
    public bool Close(string id, string answer, string by, DateTimeOffset now) =>
        db.Run(
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

    private sealed record Row
    {
        public string Id { get; init; } = "";
        public string Playbook { get; init; } = "";
        public string Version { get; init; } = "";
        public string Asks { get; init; } = "";
        public long From_buckets { get; init; }
        public long To_buckets { get; init; }
        public long Since { get; init; }
        public string Why { get; init; } = "";
        public long At { get; init; }
        public string? Answer { get; init; }
        public string? Answered_by { get; init; }
        public long? Answered_at { get; init; }

        public RolloutQuestion ToQuestion() =>
            new(
                Id,
                Playbook.Length == 0 ? null : Playbook,
                Version,
                Enum.Parse<RolloutAsk>(Asks),
                From_buckets / 100m,
                To_buckets / 100m,
                Since.Time(),
                Why,
                At.Time()
            )
            {
                Answer = Answer,
                AnsweredBy = Answered_by,
                AnsweredAt = Answered_at.Time(),
            };
    }
}

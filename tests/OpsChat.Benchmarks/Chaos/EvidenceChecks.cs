using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using OpsChat.Canary;
using OpsChat.Storage;

namespace OpsChat.Benchmarks.Chaos;

/// <summary>
/// Figures against a recomputation from the events alone: each case, the columns that evidence is folded from, the day's counters, and stored
/// checkpoints. Each check names what differs; nothing when all is equal.
/// </summary>
static class EvidenceChecks
{
    /// <summary>Any rules do: the same cases must give the same evidence under the same rules.</summary>
    private static readonly EvidenceRules s_rules = new(Budget: 0.05, StageSince: DateTimeOffset.UnixEpoch, FullSince: DateTimeOffset.UnixEpoch);

    public static IEnumerable<string> Outcomes(UnitOfWork session, SqliteConnection db) => db
        .Query<string>("select case_id from outcomes")
        .Where(id => Written(session.Outcomes.Find(id)) != Written(session.Outcomes.Replayed(id)));

    /// <summary>The evidence of each version, folded from columns as the rollout does, and folded from the events.</summary>
    public static IEnumerable<string> Evidence(UnitOfWork session, SqliteConnection db)
    {
        // Whole milliseconds are stored; a moment later every case is comparable in both.
        var now =
            DateTimeOffset.FromUnixTimeMilliseconds(db.ExecuteScalar<long>("select coalesce(max(last_at), 0) from outcomes"))
            + EvidenceCheckpoint.Behind
            + TimeSpan.FromSeconds(1);
        foreach (var (playbook, version) in db.Query<(string, string)>("select distinct playbook, version from outcomes"))
        {
            var subject = new EvidenceSubject(playbook, version, [$"{playbook}@{version}"]);
            var kept = OpsChat.Canary.Evidence.None(s_rules).Then(session.Outcomes.For(subject, null, null), now);
            var recomputed = OpsChat.Canary.Evidence.Of(Replayed(session, subject), s_rules, now);
            if (Written(kept) != Written(recomputed))
            {
                yield return $"{playbook} {version}";
            }
        }
    }

    /// <summary>Checkpoints of single playbooks; what the whole consisted of then is not stored.</summary>
    public static IEnumerable<string> Checkpoints(UnitOfWork session, SqliteConnection db)
    {
        foreach (var (playbook, version) in db.Query<(string, string)>("select distinct playbook, version from evidence where playbook <> ''"))
        {
            var subject = new EvidenceSubject(playbook, version, [$"{playbook}@{version}"]);
            foreach (var checkpoint in session.Evidence.Of(subject))
            {
                var before = Replayed(session, subject).Where(c => c.OrderedAt < checkpoint.Through);
                if (
                    Written(OpsChat.Canary.Evidence.Of(before, checkpoint.Evidence.Rules, checkpoint.Through + EvidenceCheckpoint.Behind))
                    != Written(checkpoint.Evidence)
                )
                {
                    yield return $"{playbook} {version} through {checkpoint.Through:u}";
                }
            }
        }
    }

    /// <summary>What cases add up to on their day, and approvals and decisions as the audit log tells them.</summary>
    public static IEnumerable<string> Counters(UnitOfWork session, SqliteConnection db)
    {
        var rows = session.Counters.Between(DateOnly.MinValue, DateOnly.MaxValue);
        var recomputed = db.Query<(string Id, string Day)>("select case_id, day from outcomes")
            .Select(c => (Case: session.Outcomes.Replayed(c.Id)!, Day: DateOnly.ParseExact(c.Day, "yyyy-MM-dd")))
            .GroupBy(c => new CounterKey(c.Day, c.Case.Playbook, c.Case.Version, c.Case.Arm, c.Case.ReadBy), c => DayCounters.Of(c.Case))
            .ToDictionary(g => g.Key, g => g.Aggregate((sum, more) => sum + more));
        foreach (var row in rows.Where(r => Written(OfCases(r.Counters)) != Written(recomputed.GetValueOrDefault(r.Key, DayCounters.Zero))))
        {
            yield return $"{row.Key.Playbook} {row.Key.Version} {row.Key.Arm} on {row.Key.Day:yyyy-MM-dd}";
        }

        foreach (var key in recomputed.Keys.Except(rows.Select(r => r.Key)))
        {
            yield return $"{key.Playbook} {key.Version} {key.Arm} on {key.Day:yyyy-MM-dd} has no row";
        }

        foreach (var difference in Sums(session, rows))
        {
            yield return difference;
        }

        var all = rows.Aggregate(DayCounters.Zero, (sum, row) => sum + row.Counters);
        var told = (Asked: db.ExecuteScalar<int>("select count(*) from approvals"), Approved: Verbs("approve"), Rejected: Verbs("reject"));
        if (told != (all.ApprovalsAsked, all.Approved, all.Rejected))
        {
            yield return $"approvals {told}, counted {(all.ApprovalsAsked, all.Approved, all.Rejected)}";
        }

        int Verbs(string verb) =>
            db.ExecuteScalar<int>(
                "select count(*) from audit where kind = 'approval' and json_extract(data, '$.verb') = @verb",
                new { verb }
            );
    }

    /// <summary>A month is the sum of its days, and both are what the feed of changes adds up to. Nothing is folded as early as here.</summary>
    private static IEnumerable<string> Sums(UnitOfWork session, IReadOnlyList<CounterRow> rows)
    {
        var (months, feed) = (session.Counters.Months(), session.ErrorFeed.After(0, int.MaxValue));
        var ofDays = Sum(rows.Select(row => (MonthKey.Of(row.Key), row.Counters)));
        var ofFeed = Sum(feed.Select(change => (MonthKey.Of(change.Key), change.Change)));
        foreach (var key in months.Keys.Union(ofDays.Keys).Union(ofFeed.Keys))
        {
            var month = months.GetValueOrDefault(key, DayCounters.Zero);
            if (month != ofDays.GetValueOrDefault(key, DayCounters.Zero) || month != ofFeed.GetValueOrDefault(key, DayCounters.Zero))
            {
                yield return $"{key.Playbook} {key.Version} {key.Arm} in {key.Month:yyyy-MM}: month, days and feed differ";
            }
        }

        static Dictionary<MonthKey, DayCounters> Sum(IEnumerable<(MonthKey Key, DayCounters Counters)> some) =>
            some.GroupBy(one => one.Key, one => one.Counters).ToDictionary(same => same.Key, same => same.Aggregate((sum, more) => sum + more));
    }

    private static IEnumerable<CaseOutcome> Replayed(UnitOfWork session, EvidenceSubject subject) =>
        session
            .Outcomes.Of(subject.Playbook!, subject.Version)
            .Select(c => session.Outcomes.Replayed(c.Id)!)
            .OrderBy(c => c.OrderedAt.ToUnixTimeMilliseconds())
            .ThenBy(c => c.Id, StringComparer.Ordinal);

    /// <summary>The part of a row that cases make; the rest is counted as it happens.</summary>
    private static DayCounters OfCases(DayCounters row) => new()
    {
        Cases = row.Cases,
        Sent = row.Sent,
        Wrong = row.Wrong,
        Right = row.Right,
        Quiet = row.Quiet,
        Answers = row.Answers,
        DraftsJudged = row.DraftsJudged,
        DraftsWrong = row.DraftsWrong,
        HeldBackJudged = row.HeldBackJudged,
        Drawn = row.Drawn,
        Unjudged = row.Unjudged,
        Replied = row.Replied,
        Unhappy = row.Unhappy,
        Blocked = row.Blocked,
        Kinds = row.Kinds,
        DraftKinds = row.DraftKinds,
    };

    private static string Written<T>(T value) => JsonSerializer.Serialize(value, ReportJson.Options);
}

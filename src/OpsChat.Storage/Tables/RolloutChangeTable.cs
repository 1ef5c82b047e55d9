using System.Data.Common;
using Dapper;
using OpsChat.Canary;

namespace OpsChat.Storage.Tables;

/// <summary>Every change of a percentage and every new version: what the present stage is, since when, and why the curves bend.</summary>
public sealed class RolloutChangeTable(DbConnection db)
{
    public void Add(RolloutChange it) => db.RunUnheard(
        "insert into rollout_changes (at, playbook, version, step, buckets, who, why) values (@at, @Playbook, @Version, @step, @buckets, @By, @Why)",
        new { at = it.At.Ms(), it.Playbook, it.Version, step = it.Step.ToString(), buckets = (long)(it.To * 100), it.By, it.Why });

    /// <summary>In the order of time. There are few: a person or much evidence stands behind each.</summary>
    public IReadOnlyList<RolloutChange> All() => Read($"{Select} order by at, id");

    /// <summary>Those that were recorded after that number.</summary>
    public IReadOnlyList<RolloutChange> After(long number) => Read($"{Select} where id > @number order by id", new { number });

    /// <summary>The number of the latest; 0 when there is none.</summary>
    public long Latest() => db.ExecuteScalar<long>("select coalesce(max(id), 0) from rollout_changes");

    private const string Select = """select at, playbook, version, step, buckets as "to", who as "by", why from rollout_changes""";

    // Buckets are hundredths of a percent.
    private List<RolloutChange> Read(string sql, object? values = null) =>
        [.. db.Query<RolloutChange>(sql, values).Select(read => read with { To = read.To / 100m })];
}

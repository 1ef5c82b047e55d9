using System.Data.Common;
using Dapper;
using OpsChat.Canary;

namespace OpsChat.Storage.Tables;

/// <summary>Every change of a percentage and every new version: what the present stage is, since when, and why the curves bend.</summary>
public sealed class RolloutChangeTable(DbConnection db)
{
    public void Add(RolloutChange it) => db.Run(
        "insert into rollout_changes (at, playbook, version, step, buckets, who, why) values (@at, @Playbook, @Version, @step, @buckets, @By, @Why)",
        new { at = it.At.Ms(), it.Playbook, it.Version, step = it.Step.ToString(), buckets = (long)(it.To * 100), it.By, it.Why });

    /// <summary>In the order of time. There are few: a person or much evidence stands behind each.</summary>
    public IReadOnlyList<RolloutChange> All() =>
    [
        // Buckets are hundredths of a percent.
        .. db.Query<RolloutChange>("""select at, playbook, version, step, buckets as "to", who as "by", why from rollout_changes order by at, id""")
            .Select(read => read with { To = read.To / 100m }),
    ];
}

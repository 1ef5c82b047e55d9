using System.Data.Common;
using Dapper;
using OpsChat.Operations.Actions;

namespace OpsChat.Storage.Tables;

/// <summary>A person's word on how far a lane may go.</summary>
public sealed record LaneChange(string Lane, LaneAutonomy Autonomy, string Who, DateTimeOffset At);

/// <summary>Every change of a lane's autonomy, in order; the last of a lane is in force, before what the configuration says.</summary>
public sealed class LaneTable(DbConnection db)
{
    public void Add(LaneChange it) =>
        db.RunUnheard(
            "insert into lane_changes (lane, autonomy, who, at) values (@Lane, @autonomy, @Who, @at)",
            new
            {
                it.Lane,
                autonomy = it.Autonomy.ToString(),
                it.Who,
                at = it.At.Ms(),
            }
        );

    /// <summary>The change in force of each lane that was ever set.</summary>
    public IReadOnlyDictionary<string, LaneChange> Latest() => db.Query<LaneChange>("select lane, autonomy, who, at from lane_changes order by seq")
        .GroupBy(r => r.Lane, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Last(), StringComparer.Ordinal);
}

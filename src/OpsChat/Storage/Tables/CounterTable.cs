using System.Data.Common;
using System.Text.Json;
using Dapper;
using OpsChat.Canary;

namespace OpsChat.Storage.Tables;

/// <summary>The report's sums, one row for each day, playbook version and arm, added to as things happen, so that a report never scans outcomes.</summary>
public sealed class CounterTable(DbConnection db)
{
    public void Add(CounterKey key, DayCounters more)
    {
        if (more == DayCounters.Zero)
        {
            return;
        }

        var place = new { day = key.Day.ToString("yyyy-MM-dd"), key.Playbook, key.Version, arm = key.Arm.ToString() };
        var before = db.QuerySingleOrDefault<string>("select counters from counters where day = @day and playbook = @Playbook and version = @Version and arm = @arm", place);
        var sum = before is null ? more : Read(before) + more;
        db.Run(
            """
            insert into counters (day, playbook, version, arm, counters) values (@day, @Playbook, @Version, @arm, @counters)
            on conflict (day, playbook, version, arm) do update set counters = excluded.counters
            """,
            new { place.day, place.Playbook, place.Version, place.arm, counters = JsonSerializer.Serialize(sum, ReportJson.Options) });
    }

    public IReadOnlyList<CounterRow> Between(DateOnly from, DateOnly to) =>
    [
        .. db.Query<Row>("select * from counters where day >= @from and day <= @to", new { from = from.ToString("yyyy-MM-dd"), to = to.ToString("yyyy-MM-dd") })
            .Select(r => new CounterRow(new(DateOnly.Parse(r.Day), r.Playbook, r.Version, Enum.Parse<Arm>(r.Arm)), Read(r.Counters))),
    ];

    private static DayCounters Read(string json) => JsonSerializer.Deserialize<DayCounters>(json, ReportJson.Options) ?? DayCounters.Zero;

    private sealed record Row
    {
        public string Day { get; init; } = "";
        public string Playbook { get; init; } = "";
        public string Version { get; init; } = "";
        public string Arm { get; init; } = "";
        public string Counters { get; init; } = "";
    }
}

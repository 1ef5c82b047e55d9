using System.Data;
using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Dapper;
using OpsChat.Canary;

namespace OpsChat.Storage.Tables;

/// <summary>
/// The report's sums, added to as things happen, so that a report never scans outcomes: a row for each day, playbook version and arm, and the same
/// by month, so that a report on a year adds up twelve months and not 365 days. What the picture shows of each day stands in columns.
/// </summary>
public sealed class CounterTable(DbConnection db)
{
    public void Add(CounterKey key, DayCounters more)
    {
        if (more == DayCounters.Zero)
        {
            return;
        }

        var place = new { day = Text(key.Day), month = Month(key.Day), key.Playbook, key.Version, arm = key.Arm.ToString() };
        var day = Sum(db.QuerySingleOrDefault<string>("select counters from counters where day = @day and playbook = @Playbook and version = @Version and arm = @arm", place), more);
        db.Run(
            """
            insert into counters (day, playbook, version, arm, counters, sent, wrong, drafts_judged, drafts_wrong, replied, unhappy)
            values (@day, @Playbook, @Version, @arm, @json, @Sent, @Wrong, @DraftsJudged, @DraftsWrong, @Replied, @Unhappy)
            on conflict (day, playbook, version, arm) do update set counters = excluded.counters, sent = excluded.sent, wrong = excluded.wrong,
                drafts_judged = excluded.drafts_judged, drafts_wrong = excluded.drafts_wrong, replied = excluded.replied, unhappy = excluded.unhappy
            """,
            new { place.day, place.Playbook, place.Version, place.arm, json = Json(day), day.Sent, day.Wrong, day.DraftsJudged, day.DraftsWrong, day.Replied, day.Unhappy });
        var month = Sum(db.QuerySingleOrDefault<string>("select counters from counter_months where month = @month and playbook = @Playbook and version = @Version and arm = @arm", place), more);
        db.Run(
            """
            insert into counter_months (month, playbook, version, arm, counters) values (@month, @Playbook, @Version, @arm, @json)
            on conflict (month, playbook, version, arm) do update set counters = excluded.counters
            """,
            new { place.month, place.Playbook, place.Version, place.arm, json = Json(month) });
    }

    /// <summary>The rows by day.</summary>
    public IReadOnlyList<CounterRow> Between(DateOnly from, DateOnly to) => Rows(
        "select playbook, version, arm, counters, day from counters where day >= @from and day <= @to", new { from = Text(from), to = Text(to) },
        row => new CounterRow(new(Day(row, 4), row.GetString(0), row.GetString(1), ArmOf(row)), Counters(row)));

    /// <summary>What a report adds up; equal to <see cref="PeriodCounters.Of"/> the rows of these days.</summary>
    /// <param name="playbook">Null for all.</param>
    public PeriodCounters Period(DateOnly from, DateOnly to, string? playbook = null)
    {
        // Whole months as such, and what is left before and after them by day.
        var (months, afterMonths) = (FirstOfMonth(from.AddMonths(1).AddDays(-1)), FirstOfMonth(to.AddDays(1)));
        var dates = new { from = Text(from), to = Text(to), months = Text(months), afterMonths = Text(afterMonths), firstMonth = Month(months), endMonth = Month(afterMonths), playbook };
        return new([.. Versions(dates, months < afterMonths)], [.. DaysOf(dates)]);
    }

    private List<VersionCounters> Versions(object dates, bool hasMonths)
    {
        var days = hasMonths ? "(day >= @from and day < @months or day >= @afterMonths and day <= @to)" : "day >= @from and day <= @to";
        var sums = Rows(
            $"""
            select playbook, version, arm, counters from counters where {days} and (@playbook is null or playbook = @playbook)
            union all
            select playbook, version, arm, counters from counter_months where month >= @firstMonth and month < @endMonth and (@playbook is null or playbook = @playbook)
            """,
            dates, row => (Whose: (row.GetString(0), row.GetString(1), ArmOf(row)), Counters: Counters(row)))
            .GroupBy(row => row.Whose, row => row.Counters).ToDictionary(same => same.Key, same => same.Aggregate(DayCounters.Zero, (sum, next) => sum + next));
        return Rows(
            """
            select playbook, version, arm, min(day), max(day) from counters
            where day >= @from and day <= @to and (@playbook is null or playbook = @playbook) group by playbook, version, arm
            """,
            dates, row => new VersionCounters(row.GetString(0), row.GetString(1), ArmOf(row), Day(row, 3), Day(row, 4), sums[(row.GetString(0), row.GetString(1), ArmOf(row))]));
    }

    private List<DayTally> DaysOf(object dates) => Rows(
        """
        select day, null, arm, sum(sent), sum(wrong), sum(drafts_judged), sum(drafts_wrong), sum(replied), sum(unhappy) from counters
        where day >= @from and day <= @to and (@playbook is null or playbook = @playbook) group by day, arm
        """,
        dates, row => new DayTally(Day(row, 0), ArmOf(row), Tally(row, 3), Tally(row, 5), Tally(row, 7)));

    /// <summary>Read column by column: a mapper between would take longer than the reading.</summary>
    private List<T> Rows<T>(string sql, object values, Func<IDataRecord, T> read)
    {
        using var rows = db.ExecuteReader(sql, values);
        var all = new List<T>();
        while (rows.Read())
        {
            all.Add(read(rows));
        }

        return all;
    }

    private static DayCounters Sum(string? before, DayCounters more) => before is null ? more : Parsed(before) + more;

    private static Tally Tally(IDataRecord row, int column) => new(row.GetInt32(column), row.GetInt32(column + 1));

    private static DayCounters Counters(IDataRecord row) => Parsed(row.GetString(3));

    private static Arm ArmOf(IDataRecord row) => row.GetString(2) == nameof(Arm.Canary) ? Arm.Canary : Arm.Control;

    private static DateOnly Day(IDataRecord row, int column) => DateOnly.ParseExact(row.GetString(column), "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static DateOnly FirstOfMonth(DateOnly day) => new(day.Year, day.Month, 1);

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Month(DateOnly day) => day.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    private static string Json(DayCounters counters) => JsonSerializer.Serialize(counters, ReportJson.Options);

    private static DayCounters Parsed(string json) => JsonSerializer.Deserialize<DayCounters>(json, ReportJson.Options) ?? DayCounters.Zero;
}

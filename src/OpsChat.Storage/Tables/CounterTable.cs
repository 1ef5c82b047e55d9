using System.Data.Common;
using System.Globalization;
using Dapper;
using OpsChat.Canary;

namespace OpsChat.Storage.Tables;

/// <summary>
/// What is counted, added to as things happen: a row for each name that was counted on a day, and the same by month. Sums are added where they
/// stand, so that two hosts never lose each other's. Each change is also appended to the <see cref="ErrorFeedTable"/>, from which the error log
/// is made.
/// </summary>
public sealed class CounterTable(DbConnection db, ErrorFeedTable feed)
{
    private const string Names = "playbook, version, arm, read_by, name";

    /// <param name="entry">What was found right or wrong by it; null when nothing was.</param>
    public void Add(CounterKey key, DayCounters more, DateTimeOffset at, ScoredEntry? entry = null)
    {
        if (more == DayCounters.Zero && entry is null)
        {
            return;
        }

        var sums = more.ByName.ToList();
        if (sums.Count > 0)
        {
            Add("day", DayText(key.Day), key, sums);
            Add("month", MonthText(key.Day), key, sums);
        }

        feed.Append(key, more, at, entry);
    }

    /// <summary>One sentence for all names: most changes have two or three, and saying a sentence costs more than adding a number.</summary>
    /// <param name="unit"><c>day</c> or <c>month</c>.</param>
    private void Add(string unit, string time, CounterKey key, List<KeyValuePair<string, long>> sums)
    {
        var values = new DynamicParameters(new { time, key.Playbook, key.Version, arm = key.Arm.ToString(), readBy = key.ReadBy.ToString() });
        for (var i = 0; i < sums.Count; i++)
        {
            values.Add($"name{i}", sums[i].Key);
            values.Add($"sum{i}", sums[i].Value);
        }

        var rows = Enumerable.Range(0, sums.Count).Select(i => $"(@time, @Playbook, @Version, @arm, @readBy, @name{i}, @sum{i})");
        db.RunUnheard(
            $"""
            insert into {unit}_counts ({unit}, {Names}, sum) values {string.Join(", ", rows)}
            on conflict ({unit}, {Names}) do update set sum = {unit}_counts.sum + excluded.sum
            """, values);
    }

    /// <summary>The rows by day, in their order.</summary>
    public IReadOnlyList<CounterRow> Between(DateOnly from, DateOnly to) =>
        Rows(
            $"select day as time, {Names}, sum from day_counts where day >= @from and day <= @to order by day, {Names}",
            new { from = DayText(from), to = DayText(to) },
            (key, counters) => new CounterRow(key, counters)
        );

    /// <summary>The rows by month, of all time.</summary>
    public IReadOnlyDictionary<MonthKey, DayCounters> Months() => Rows(
        $"select month || '-01' as time, {Names}, sum from month_counts order by month, {Names}", new { },
        (key, counters) => (Key: MonthKey.Of(key), Counters: counters)).ToDictionary(row => row.Key, row => row.Counters);

    /// <summary>Forgets days that are kept no longer; their months stay.</summary>
    public void Fold(DateOnly before) => db.RunUnheard("delete from day_counts where day < @before", new { before = DayText(before) });

    /// <summary>Reads the sums that stand together under one key as one row. A row whose sums have all become 0 is none.</summary>
    private List<T> Rows<T>(string sql, object values, Func<CounterKey, DayCounters, T> make)
    {
        var (all, sums, last) = (new List<T>(), new List<KeyValuePair<string, long>>(), default(CounterKey));
        using var rows = db.ExecuteReader(sql, values);
        while (rows.Read())
        {
            var key = new CounterKey(
                Day(rows.GetString(0)),
                rows.GetString(1),
                rows.GetString(2),
                Enum.Parse<Arm>(rows.GetString(3)),
                Enum.Parse<ReadBy>(rows.GetString(4))
            );
            if (key != last)
            {
                Close();
                last = key;
            }

            sums.Add(new(rows.GetString(5), rows.GetInt64(6)));
        }

        Close();
        return all;

        void Close()
        {
            if (last is not null && DayCounters.Of(sums) is var counters && counters != DayCounters.Zero)
            {
                all.Add(make(last, counters));
            }

            sums.Clear();
        }
    }

    internal static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    internal static string DayText(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string MonthText(DateOnly day) => day.ToString("yyyy-MM", CultureInfo.InvariantCulture);
}

using System.Security.Cryptography;
using JsonSerializer = System.Text.Json.JsonSerializer;
using LiteDB;
using LiteDB.Engine;
using OpsChat.Canary;

namespace OpsChat.Storage.ErrorLog;

/// <summary>
/// The LiteDB file. Only one thread may use it: LiteDB's transactions belong to threads, and what one thread begins another commits in vain.
/// Whatever it throws means that it is not to be trusted any more.
/// </summary>
sealed class ErrorLogFile : IDisposable
{
    /// <summary>Of the documents. A file of another form is made anew.</summary>
    private const int Form = 1;

    private const string Log = "log";

    private readonly string _path;
    private readonly LiteEngine _engine;
    private readonly LiteDatabase _db;
    private readonly ILiteCollection<BsonDocument> _entries, _days, _months, _meta;

    private ErrorLogFile(string path, LiteEngine engine)
    {
        (_path, _engine, _db) = (path, engine, new LiteDatabase(engine));
        _entries = _db.GetCollection("entries", BsonAutoId.Int64);
        _days = _db.GetCollection("days");
        _months = _db.GetCollection("months");
        _meta = _db.GetCollection("meta");
    }

    /// <summary>The store that it is made of; null while it is not complete.</summary>
    public string? StoreId { get; private set; }

    /// <summary>The last change that it holds.</summary>
    public long Through { get; private set; }

    /// <summary>A digest of that change; null before the first.</summary>
    public string? Mark { get; private set; }

    /// <summary>Opens or creates it. Nobody else may read it or what LiteDB keeps beside it.</summary>
    public static ErrorLogFile Open(string path)
    {
        PrivateFile.Ensure(path);
        PrivateFile.Ensure(LogOf(path));
        // Names that differ in capitals are two names here, as they are in the store.
        var file = new ErrorLogFile(path, new LiteEngine(new EngineSettings { Filename = path, Collation = Collation.Binary }));
        try
        {
            file.Prepare();
            return file;
        }
        catch
        {
            file.Abandon();
            throw;
        }
    }

    public static void Delete(string path)
    {
        File.Delete(path);
        File.Delete(LogOf(path));
    }

    public static string LogOf(string path) =>
        Path.Combine(Path.GetDirectoryName(path)!, Path.GetFileNameWithoutExtension(path) + "-log" + Path.GetExtension(path));

    /// <summary>Fills an empty file with what the store counts, without entries.</summary>
    public void Fill(IEnumerable<CounterRow> days, IReadOnlyDictionary<MonthKey, DayCounters> months) => InTransaction(() =>
    {
        _days.InsertBulk(days.Select(row => LogRow.Of(row.Key, row.Counters)));
        _months.InsertBulk(months.Select(row => LogRow.Of(row.Key, row.Value)));
    });

    public void AddEntries(IEnumerable<CountChange> changes) => InTransaction(() => Enter(changes));

    /// <summary>It holds everything up to this change, and is complete.</summary>
    public void Complete(string storeId, long through, CountChange? last)
    {
        (StoreId, Through, Mark) = (storeId, through, last is null ? null : DigestOf(last));
        InTransaction(WriteMeta);
    }

    /// <summary>Applies changes that follow on what it holds.</summary>
    /// <exception cref="DistrustedLogException">They do not follow: those between are kept no longer.</exception>
    public void Apply(IReadOnlyList<CountChange> changes)
    {
        if (changes[0].Seq != Through + 1 || changes[^1].Seq != Through + changes.Count)
        {
            throw new DistrustedLogException($"It ends with change {Through}; the next one that is kept is {changes[0].Seq}.");
        }

        InTransaction(() =>
        {
            foreach (var day in changes.GroupBy(c => c.Key))
            {
                Add(_days, LogRow.IdOf(day.Key), Sum(day), sum => LogRow.Of(day.Key, sum));
            }

            foreach (var month in changes.GroupBy(c => MonthKey.Of(c.Key)))
            {
                Add(_months, LogRow.IdOf(month.Key), Sum(month), sum => LogRow.Of(month.Key, sum));
            }

            Enter(changes);
            (Through, Mark) = (changes[^1].Seq, DigestOf(changes[^1]));
            WriteMeta();
        });
    }

    /// <summary>Forgets what is kept no longer: entries up to this one, and earlier days.</summary>
    public void Fold(long entriesThrough, DateOnly daysBefore) => InTransaction(() =>
    {
        _entries.DeleteMany(Query.LTE("_id", entriesThrough));
        _days.DeleteMany(Query.LT("_id", LogRow.DayText(daysBefore)));
    });

    /// <summary>What a report adds up: whole months as such, and what is left before and after them by day.</summary>
    /// <param name="playbook">Null for all.</param>
    public PeriodCounters Period(DateOnly from, DateOnly to, string? playbook)
    {
        var (firstMonth, afterMonths) = (FirstOfMonth(from.AddMonths(1).AddDays(-1)), FirstOfMonth(to.AddDays(1)));
        var sums = firstMonth < afterMonths
            ? [.. CountersBetween(from, firstMonth.AddDays(-1)), .. CountersBetween(afterMonths, to), .. MonthsBetween(firstMonth, afterMonths)]
            : CountersBetween(from, to);
        var totals = sums.Where(s => playbook is null || s.Of.Playbook == playbook)
            .GroupBy(s => s.Of, s => s.Counters).ToDictionary(same => same.Key, same => same.Aggregate(DayCounters.Zero, (sum, next) => sum + next));
        var days = TalliesBetween(from, to).Where(d => playbook is null || d.Key.Playbook == playbook).ToList();
        return new(
            [
                .. days.GroupBy(d => Stratum.Of(d.Key))
                    .Where(same => totals.ContainsKey(same.Key))
                    .Select(same => new VersionCounters(
                        same.Key.Playbook,
                        same.Key.Version,
                        same.Key.Arm,
                        same.Key.ReadBy,
                        same.Min(d => d.Key.Day),
                        same.Max(d => d.Key.Day),
                        totals[same.Key]
                    )),
            ],
            [
                .. days.Select(d => d.Tally).GroupBy(t => (t.Date, t.Arm)).Select(same => new DayTally(
                    same.Key.Date, same.Key.Arm, Sum(same, t => t.Sent), Sum(same, t => t.Drafts), Sum(same, t => t.Replied))),
            ]);
    }

    /// <summary>The first thing in which it differs from the store, in words; null when it agrees. Reads everything.</summary>
    /// <param name="months">As the store counts them, at the change that this file ends with.</param>
    /// <param name="entries">How many the store has up to there.</param>
    /// <param name="wholeSince">From this month on every day is kept.</param>
    public string? FirstDifference(IReadOnlyDictionary<MonthKey, DayCounters> months, long entries, DateOnly wholeSince)
    {
        var mine = _months.FindAll().ToDictionary(LogRow.MonthOf, LogRow.CountersOf);
        if (Differing(mine, months) is { } month)
        {
            return $"{month.Playbook} in {LogRow.MonthText(month.Month)} is not what the store counted.";
        }

        var ofDays = _days
            .FindAll()
            .Select(row => (Month: MonthKey.Of(LogRow.DayOf(row)), Counters: LogRow.CountersOf(row)))
            .Where(row => row.Month.Month >= wholeSince)
            .GroupBy(row => row.Month, row => row.Counters)
            .ToDictionary(same => same.Key, same => same.Aggregate((sum, next) => sum + next));
        if (Differing(ofDays, mine.Where(row => row.Key.Month >= wholeSince).ToDictionary()) is { } days)
        {
            return $"The days of {days.Playbook} in {LogRow.MonthText(days.Month)} do not add up to the month.";
        }

        var count = 0L;
        foreach (var entry in _entries.FindAll())
        {
            LogRow.Verify(entry);
            count++;
        }

        return count == entries ? null : $"It has {count} entries, the store {entries}.";
    }

    /// <summary>Everything in it, for whoever compares: rows by collection and id, as text.</summary>
    internal IEnumerable<(string Collection, string Id, string Row)> All() =>
        from collection in new[] { _entries, _days, _months, _meta }
        from row in collection.FindAll()
        select (collection.Name, row["_id"].ToString(), row.ToString());

    /// <summary>Copies it for LiteDB's own tools: complete, and readable by nobody else.</summary>
    public void CopyTo(string file)
    {
        _db.Checkpoint();
        using var source = new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var copy = PrivateFile.Create(file);
        source.CopyTo(copy);
        copy.Flush(flushToDisk: true);
    }

    /// <summary>Closes it; what was written is on the disk when this returns.</summary>
    public void Close()
    {
        // LiteDB says nothing when it cannot do this on its way out.
        _db.Checkpoint();
        Abandon();
        foreach (var file in new[] { _path, LogOf(_path) }.Where(File.Exists))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Write);
            stream.Flush(flushToDisk: true);
        }
    }

    /// <summary>Lets go of it, whatever becomes of what was written last.</summary>
    public void Abandon()
    {
        UnclosedTransactions.Defuse(_engine);
        _db.Dispose();
        UnclosedTransactions.Defuse(_engine);
    }

    public void Dispose() => Abandon();

    internal static string DigestOf(CountChange change) => Convert.ToHexStringLower(SHA256.HashData(
        JsonSerializer.SerializeToUtf8Bytes(change, ReportJson.Options)).AsSpan(0, 8));

    private void Prepare()
    {
        if (!_db.UtcDate)
        {
            _db.UtcDate = true;
        }

        _entries.EnsureIndex("at");
        if (_meta.FindById(Log) is not { } meta)
        {
            return;
        }

        LogRow.Verify(meta);
        if (meta["form"] == Form)
        {
            (StoreId, Through, Mark) = (meta["storeId"].AsString, meta["through"].AsInt64, meta["mark"].IsNull ? null : meta["mark"].AsString);
        }
    }

    private void WriteMeta() => _meta.Upsert(LogRow.Sealed(new()
    {
        ["_id"] = Log, ["form"] = Form, ["storeId"] = StoreId, ["through"] = Through, ["mark"] = Mark,
    }));

    private void Enter(IEnumerable<CountChange> changes)
    {
        foreach (var change in changes)
        {
            if (change.Entry is { } entry)
            {
                _entries.Upsert(LogRow.Of(change, entry));
            }
        }
    }

    private static void Add(ILiteCollection<BsonDocument> rows, string id, DayCounters more, Func<DayCounters, BsonDocument> make)
    {
        var sum = rows.FindById(id) is { } row ? LogRow.CountersOf(row) + more : more;
        if (sum == DayCounters.Zero)
        {
            rows.Delete(id);
        }
        else
        {
            rows.Upsert(make(sum));
        }
    }

    private void InTransaction(Action work)
    {
        if (!_db.BeginTrans())
        {
            throw new DistrustedLogException("A transaction was open already.");
        }

        work();
        // False when there is no transaction on this thread: nothing would have been kept, and nothing said.
        if (!_db.Commit())
        {
            throw new DistrustedLogException("A transaction was not committed.");
        }
    }

    private List<(Stratum Of, DayCounters Counters)> CountersBetween(DateOnly from, DateOnly to) => to < from ? [] :
        [.. _days.Find(Days(from, to)).Select(row => (Stratum.Of(LogRow.DayOf(row)), LogRow.CountersOf(row)))];

    private List<(Stratum Of, DayCounters Counters)> MonthsBetween(DateOnly from, DateOnly before) =>
    [
        .. _months.Find(Query.Between("_id", LogRow.MonthText(from), LogRow.MonthText(before)))
            .Select(row => (Stratum.Of(LogRow.MonthOf(row)), LogRow.CountersOf(row))),
    ];

    private List<(CounterKey Key, DayTally Tally)> TalliesBetween(DateOnly from, DateOnly to) =>
        [
            .. _days
                .Query()
                .Where(Days(from, to))
                .Select("{ day: $.day, playbook: $.playbook, version: $.version, arm: $.arm, readBy: $.readBy, tally: $.tally }")
                .ToEnumerable()
                .Select(row => (LogRow.DayOf(row), LogRow.TallyOf(row))),
        ];

    /// <summary>Ids begin with the day and a bar, which comes after every digit.</summary>
    private static BsonExpression Days(DateOnly from, DateOnly to) => Query.Between("_id", LogRow.DayText(from), LogRow.DayText(to.AddDays(1)));

    private static MonthKey? Differing(Dictionary<MonthKey, DayCounters> mine, IReadOnlyDictionary<MonthKey, DayCounters> theirs) =>
        mine
            .Keys.Union(theirs.Keys)
            .FirstOrDefault(key => mine.GetValueOrDefault(key, DayCounters.Zero) != theirs.GetValueOrDefault(key, DayCounters.Zero));

    private static DayCounters Sum(IEnumerable<CountChange> changes) => changes.Aggregate(DayCounters.Zero, (sum, change) => sum + change.Change);

    private static Tally Sum(IEnumerable<DayTally> days, Func<DayTally, Tally> part) => days.Aggregate(Tally.None, (sum, day) => sum + part(day));

    private static DateOnly FirstOfMonth(DateOnly day) => new(day.Year, day.Month, 1);

    private readonly record struct Stratum(string Playbook, string Version, Arm Arm, ReadBy ReadBy)
    {
        public static Stratum Of(CounterKey day) => new(day.Playbook, day.Version, day.Arm, day.ReadBy);

        public static Stratum Of(MonthKey month) => new(month.Playbook, month.Version, month.Arm, month.ReadBy);
    }
}

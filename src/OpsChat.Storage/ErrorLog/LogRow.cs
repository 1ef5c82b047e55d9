using System.Globalization;
using System.Security.Cryptography;
using LiteDB;
using OpsChat.Canary;

namespace OpsChat.Storage.ErrorLog;

/// <summary>
/// The documents of the error log: what people see who open it with LiteDB's own tools. Each carries a checksum, since LiteDB has none of its own.
/// </summary>
static class LogRow
{
    private const string Check = "check", Counts = "counts";

    public static string IdOf(CounterKey key) => $"{DayText(key.Day)}|{key.Playbook}|{key.Version}|{Word(key.Arm)}|{Word(key.ReadBy)}";

    public static string IdOf(MonthKey key) => $"{MonthText(key.Month)}|{key.Playbook}|{key.Version}|{Word(key.Arm)}|{Word(key.ReadBy)}";

    public static BsonDocument Of(CounterKey key, DayCounters counters) =>
        Sealed(
            new()
            {
                ["_id"] = IdOf(key),
                ["day"] = DayText(key.Day),
                ["playbook"] = key.Playbook,
                ["version"] = key.Version,
                ["arm"] = Word(key.Arm),
                ["readBy"] = Word(key.ReadBy),
                // What the picture shows of a day stands first and apart, so that a year of days is read without the rest.
                ["tally"] = new BsonArray(
                    new[]
                    {
                        counters.Sent,
                        counters.Wrong,
                        counters.DraftsJudged,
                        counters.DraftsWrong,
                        counters.Replied,
                        counters.Unhappy,
                    }.Select(n => new BsonValue(n))
                ),
                [Counts] = Document(counters),
            }
        );

    public static BsonDocument Of(MonthKey key, DayCounters counters) => Sealed(new()
    {
        ["_id"] = IdOf(key),
        ["month"] = MonthText(key.Month),
        ["playbook"] = key.Playbook,
        ["version"] = key.Version,
        ["arm"] = Word(key.Arm),
        ["readBy"] = Word(key.ReadBy),
        [Counts] = Document(counters),
    });

    /// <summary>One entry; the number of its change is its id.</summary>
    public static BsonDocument Of(CountChange change, ScoredEntry entry) => Sealed(new()
    {
        ["_id"] = change.Seq,
        ["at"] = change.At.UtcDateTime,
        ["day"] = DayText(change.Key.Day),
        ["playbook"] = change.Key.Playbook,
        ["version"] = change.Key.Version,
        ["arm"] = Word(change.Key.Arm),
        ["readBy"] = Word(change.Key.ReadBy),
        ["what"] = Word(entry.What),
        ["standing"] = Word(entry.Standing),
        ["kinds"] = new BsonArray(entry.Kinds.Select(kind => new BsonValue(CanaryConfigText.Word(kind)))),
        ["saidBy"] = Word(entry.By),
    });

    public static CounterKey DayOf(BsonDocument row) =>
        new(
            DateOnly.ParseExact(row["day"].AsString, "yyyy-MM-dd", CultureInfo.InvariantCulture),
            row["playbook"].AsString,
            row["version"].AsString,
            Arm(row),
            ReadBy(row)
        );

    public static MonthKey MonthOf(BsonDocument row) =>
        new(
            DateOnly.ParseExact(row["month"].AsString + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture),
            row["playbook"].AsString,
            row["version"].AsString,
            Arm(row),
            ReadBy(row)
        );

    /// <summary>Sent and wrong, drafts and wrong ones, replied and unhappy.</summary>
    public static DayTally TallyOf(BsonDocument row)
    {
        var tally = row["tally"].AsArray;
        return new(
            DayOf(row).Day,
            Arm(row),
            new(tally[0].AsInt32, tally[1].AsInt32),
            new(tally[2].AsInt32, tally[3].AsInt32),
            new(tally[4].AsInt32, tally[5].AsInt32)
        );
    }

    /// <exception cref="DistrustedLogException">The row is not as it was written.</exception>
    public static DayCounters CountersOf(BsonDocument row)
    {
        Verify(row);
        return DayCounters.Of(row[Counts].AsDocument.SelectMany(Sums));
    }

    /// <exception cref="DistrustedLogException">The row is not as it was written.</exception>
    public static void Verify(BsonDocument row)
    {
        if (row[Check] != Checksum(row))
        {
            throw new DistrustedLogException($"A row is not as it was written: {row["_id"]}.");
        }
    }

    public static BsonDocument Sealed(BsonDocument row)
    {
        row[Check] = Checksum(row);
        return row;
    }

    public static string DayText(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string MonthText(DateOnly day) => day.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    /// <summary>Over everything in the row but itself.</summary>
    private static string Checksum(BsonDocument row)
    {
        var rest = new BsonDocument();
        foreach (var (name, value) in row)
        {
            if (name != Check)
            {
                rest[name] = value;
            }
        }

        return Convert.ToHexStringLower(SHA256.HashData(BsonSerializer.Serialize(rest)).AsSpan(0, 8));
    }

    /// <summary>Members of a group are a list: the names in a LiteDB document are the same in capitals, those of hand-offs and currencies are
    /// not.</summary>
    private static BsonDocument Document(DayCounters counters)
    {
        var document = new BsonDocument();
        foreach (var (name, sum) in counters.ByName)
        {
            if (name.IndexOf('/', StringComparison.Ordinal) is var slash and >= 0)
            {
                var group = name[..slash];
                document[group] = document[group].IsArray ? document[group] : new BsonArray();
                document[group].AsArray.Add(new BsonDocument { ["name"] = name[(slash + 1)..], ["sum"] = sum });
            }
            else
            {
                document[name] = sum;
            }
        }

        return document;
    }

    private static IEnumerable<KeyValuePair<string, long>> Sums(KeyValuePair<string, BsonValue> field) => field.Value.IsArray
        ? field.Value.AsArray.Select(member => KeyValuePair.Create($"{field.Key}/{member["name"].AsString}", member["sum"].AsInt64))
        : [KeyValuePair.Create(field.Key, field.Value.AsInt64)];

    private static Arm Arm(BsonDocument row) => Enum.Parse<Arm>(row["arm"].AsString, ignoreCase: true);

    private static ReadBy ReadBy(BsonDocument row) => Enum.Parse<ReadBy>(row["readBy"].AsString, ignoreCase: true);

    private static string Word<T>(T choice) where T : struct, Enum => choice.ToString().ToLowerInvariant();
}

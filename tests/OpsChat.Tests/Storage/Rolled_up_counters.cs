using FsCheck;
using FsCheck.Fluent;
using Microsoft.Data.Sqlite;
using OpsChat.Canary;
using OpsChat.Storage;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Storage;

/// <summary>The report's sums as they are stored: by day and by month, adding up to the same.</summary>
public sealed class Rolled_up_counters : IDisposable
{
    private const string OldRow = """
        {"cases":3,"sent":2,"wrong":1,"unhappy":0,"kinds":{"byName":{"incorrect":1}},"handOffs":{"byName":{"Wants a person.":2}},
        "agentTimes":{"bins":[0,0,5]},"personTimes":{"bins":[]},"modelCost":0.0025}
        """;

    private static readonly DateOnly s_start = new(2026, 1, 20);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task of_any_period_are_the_same_by_months_as_by_days()
    {
        await using var store = await SqliteStore.OpenAsync(_folder.File("opschat.db"), CancellationToken.None);
        var random = new Random(5);
        await store.WriteAsync(session => Fill(session, random), CancellationToken.None);

        Prop.ForAll(Arb.From(Gen.Choose(0, 120)), Arb.From(Gen.Choose(0, 120)), (first, length) =>
        {
            var (from, to) = (s_start.AddDays(first - 10), s_start.AddDays(first - 10 + length));
            var (stored, counted) = store.ReadAsync(session => (session.Counters.Period(from, to), PeriodCounters.Of(session.Counters.Between(from, to))), CancellationToken.None).Result;
            return stored.Versions.ToHashSet().SetEquals(counted.Versions) && stored.Days.ToHashSet().SetEquals(counted.Days);
        }).Check(Config.QuickThrowOnFailure.WithReplay(20261121, 7));
    }

    [Fact]
    public async Task of_one_playbook_leave_the_others_out()
    {
        await using var store = await SqliteStore.OpenAsync(_folder.File("opschat.db"), CancellationToken.None);
        await store.WriteAsync(session => Fill(session, new Random(5)), CancellationToken.None);

        var period = await store.ReadAsync(session => session.Counters.Period(s_start, s_start.AddDays(100), "sizes"), CancellationToken.None);

        period.Versions.Should().NotBeEmpty().And.OnlyContain(v => v.Playbook == "sizes");
        period.Days.Sum(d => d.Sent.Cases).Should().Be(period.Versions.Sum(v => v.Counters.Sent));
    }

    [Fact]
    public async Task of_an_older_database_are_carried_over()
    {
        await using (var old = new SqliteConnection($"Data Source={_folder.File("opschat.db")};Pooling=false"))
        {
            old.Open();
            await SqliteUpgrade.RunAsync(old, _folder.File("opschat.db"), [.. Schema.Steps.Take(2)], CancellationToken.None);
            foreach (var day in new[] { "2026-02-27", "2026-02-28" })
            {
                old.Run($"insert into counters (day, playbook, version, arm, counters) values ('{day}', 'sizes', 'v1', 'Canary', '{OldRow}')");
            }
        }

        await using var store = await SqliteStore.OpenAsync(_folder.File("opschat.db"), CancellationToken.None);
        var period = await store.ReadAsync(session => session.Counters.Period(new(2026, 1, 1), new(2026, 3, 31)), CancellationToken.None);

        var sums = period.Versions.Should().ContainSingle().Subject.Counters;
        (sums.Cases, sums.Sent, sums.Wrong, sums.ModelCost, sums.AgentTimes.Total).Should().Be((6, 4, 2, 0.005m, 10));
        (sums.Kinds, sums.HandOffs).Should().Be((Counts.Of("incorrect", 2), Counts.Of("Wants a person.", 4)));
        period.Days.Should().HaveCount(2).And.OnlyContain(d => d.Sent == new Tally(2, 1));
    }

    private static bool Fill(UnitOfWork session, Random random)
    {
        foreach (var day in Enumerable.Range(0, 100).Where(_ => random.Next(4) > 0))
        {
            var key = new CounterKey(s_start.AddDays(day), random.Next(2) == 0 ? "sizes" : "returns", $"v{day / 40}", random.Next(2) == 0 ? Arm.Canary : Arm.Control);
            session.Counters.Add(key, new() { Cases = 3, Sent = 2, Wrong = random.Next(2), DraftsJudged = 1, Replied = 3, Unhappy = random.Next(3), Kinds = Counts.Of("incorrect", random.Next(1, 3)) });
            session.Counters.Add(key, DayCounters.OfAnswer(byAgent: true, TimeSpan.FromSeconds(random.Next(1, 500))));
        }

        return true;
    }
}

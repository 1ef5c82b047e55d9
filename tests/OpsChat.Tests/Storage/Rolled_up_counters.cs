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

    private static readonly DateTimeOffset s_now = new(2026, 2, 27, 9, 0, 0, TimeSpan.Zero);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task of_two_hosts_at_once_are_added_where_they_stand()
    {
        await using var store = await SqliteStore.OpenAsync(_folder.File("opschat.db"), CancellationToken.None);
        await using var other = await SqliteStore.OpenAsync(_folder.File("opschat.db"), CancellationToken.None);
        var key = new CounterKey(new(2026, 2, 27), "sizes", "v1", Arm.Canary);

        await Task.WhenAll(
            Enumerable
                .Range(0, 40)
                .Select(i =>
                    (i % 2 == 0 ? store : other).WriteAsync(
                        session => session.Counters.Add(key, new() { Cases = 1, Sent = i % 2 }, s_now),
                        CancellationToken.None
                    )
                )
        );

        var (days, months, feed) = await store.ReadAsync(
            session => (session.Counters.Between(key.Day, key.Day), session.Counters.Months(), session.ErrorFeed.After(0, 100)),
            CancellationToken.None
        );
        days.Should().ContainSingle().Which.Counters.Should().Be(new DayCounters { Cases = 40, Sent = 20 });
        months.Should().ContainSingle().Which.Value.Should().Be(new DayCounters { Cases = 40, Sent = 20 });
        feed.Select(change => change.Seq).Should().Equal(Enumerable.Range(1, 40).Select(i => (long)i));
    }

    [Fact]
    public async Task that_come_to_nothing_are_no_rows()
    {
        await using var store = await SqliteStore.OpenAsync(_folder.File("opschat.db"), CancellationToken.None);
        var key = new CounterKey(new(2026, 2, 27), "sizes", "v1", Arm.Canary);
        await store.WriteAsync(session => session.Counters.Add(key, new() { Cases = 1 }, s_now), CancellationToken.None);
        await store.WriteAsync(session => session.Counters.Add(key, new() { Cases = -1 }, s_now), CancellationToken.None);

        (
            await store.ReadAsync(
                session => session.Counters.Between(key.Day, key.Day).Count + session.Counters.Months().Count,
                CancellationToken.None
            )
        )
            .Should()
            .Be(0);
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
        var (days, months) = await store.ReadAsync(
            session => (session.Counters.Between(new(2026, 1, 1), new(2026, 3, 31)), session.Counters.Months()),
            CancellationToken.None
        );

        var sums = months.Should().ContainSingle().Subject.Value;
        (sums.Cases, sums.Sent, sums.Wrong, sums.ModelCost, sums.AgentTimes.Total).Should().Be((6, 4, 2, 0.005m, 10));
        (sums.Kinds, sums.HandOffs).Should().Be((Counts.Of("incorrect", 2), Counts.Of("Wants a person.", 4)));
        days.Should().HaveCount(2).And.OnlyContain(d => d.Counters.Sent == 2 && d.Counters.Wrong == 1 && d.Key.ReadBy == ReadBy.Classifier);
    }
}

using System.Diagnostics;
using Dapper;
using Microsoft.Data.Sqlite;
using OpsChat.Benchmarks.Chaos;

namespace OpsChat.Benchmarks.Load;

/// <summary>
/// <c>-- inbox [--conversations N] [--open M]</c>: how long the host takes, on a store of that size, for the console's first page, a search, the next
/// rows and one conversation; as a browser that signed in waits for them, compressed by nothing, to the last byte.
/// </summary>
static class InboxCommand
{
    private const int Runs = 40;

    private static readonly (string What, string Path)[] s_pages =
    [
        ("inbox, first page", "owner"),
        ("inbox, done", "owner?view=done"),
        ("search: one common word", "owner?q=order"),
        ("search: a beginning", "owner?q=ref"),
        ("search: two words", "owner?q=where+order"),
        ("search: an order's number", "owner?q=%231293"),
        ("search: nothing", "owner?q=zanzibar"),
    ];

    public static async Task<int> RunAsync(Flags flags)
    {
        var (conversations, open) = ((int)flags.Number("conversations", 100_000), (int)flags.Number("open", 1000));
        using var shop = await LargeStore.CreateAsync(conversations);
        CloseAllBut(shop.Database, open);
        using var host = new HostProcess(shop, HostProcess.Measured);
        host.Start();
        await host.UntilHealthyAsync(CancellationToken.None);
        using var browser = new HttpClient { BaseAddress = host.Url };
        using var signedIn = await browser.PostAsync(
            new Uri("owner/sign-in/go", UriKind.Relative),
            new FormUrlEncodedContent([new("token", HostProcess.OwnerToken)])
        );
        signedIn.EnsureSuccessStatusCode();
        Console.WriteLine($"{conversations:N0} conversations, {open:N0} open, {new FileInfo(shop.Database).Length / (1024.0 * 1024):N0} MB");
        foreach (var (what, path) in s_pages.Append(("one conversation", $"owner/conversations/{Uri.EscapeDataString(OneOf(shop.Database))}")))
        {
            await MeasureAsync(browser, what, new(path, UriKind.Relative));
        }

        await host.StopAsync(CancellationToken.None);
        return 0;
    }

    private static async Task MeasureAsync(HttpClient browser, string what, Uri path)
    {
        var (took, size) = (new List<double>(), 0);
        for (var run = 0; run < Runs; run++)
        {
            var asked = Stopwatch.GetTimestamp();
            size = (await browser.GetByteArrayAsync(path)).Length;
            took.Add(Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
        }

        took.Sort();
        Console.WriteLine($"{what,-28} median {took[Runs / 2],6:0} ms, 95 % {took[Runs * 95 / 100],6:0} ms, {size / 1024,5:N0} KB");
    }

    /// <summary>A year's copies leave far more cards open than people could ever look at; the newest stay.</summary>
    private static void CloseAllBut(string database, int open)
    {
        using var db = new SqliteConnection($"Data Source={database};Pooling=false");
        db.Open();
        db.Execute(
            """
            update handoffs set state = 'Closed' where state = 'Open' and id not in (select id from handoffs where state = 'Open'
                order by at desc limit @handoffs);
            update approvals set state = 'Expired' where state = 'Pending' and id not in (select id from approvals where state = 'Pending'
                order by created_at desc limit @approvals)
            """,
            new { handoffs = open * 8 / 10, approvals = open * 2 / 10 });
    }

    private static string OneOf(string database)
    {
        using var db = new SqliteConnection($"Data Source={database};Pooling=false");
        db.Open();
        return db.ExecuteScalar<string>("select conversation from handoffs where state = 'Open' order by at desc limit 1")!;
    }
}

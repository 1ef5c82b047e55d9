using System.Diagnostics;
using System.Net.Http.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using OpsChat.Benchmarks.Chaos;

namespace OpsChat.Benchmarks.Load;

/// <summary>
/// <c>-- console [--conversations N] [--open M]</c>: how long the host takes, on a store of that size, for the console's first page, a search, the
/// next rows and one conversation; as a browser that signed in waits for them, to the last byte. Then what open consoles cost, and how
/// soon they show a message.
/// </summary>
static class InboxCommand
{
    private const int Runs = 40, Consoles = 20;

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

        await OpenConsolesAsync(host);
        await host.StopAsync(CancellationToken.None);
        return 0;
    }

    /// <summary>What many open consoles cost, and how soon each shows a message that was stored.</summary>
    private static async Task OpenConsolesAsync(HostProcess host)
    {
        using var customers = new HttpClient { BaseAddress = host.Url, DefaultRequestHeaders = { { "X-OpsChat-Key", HostProcess.ChannelKey } } };
        for (var i = 0; i < Consoles; i++)
        {
            await WriteAsync(customers, i, "hello");
        }

        var before = Memory(host);
        var consoles = new List<OpenConsole>();
        for (var i = 0; i < Consoles; i++)
        {
            consoles.Add(await OpenConsole.OpenAsync(host.Url, $"api:console-{i}"));
        }

        var (took, most) = (new List<double>(), 0.0);
        for (var run = 0; run < Runs; run++)
        {
            var text = $"message {run} of the {run}th look";
            await WriteAsync(customers, run % Consoles, text);
            var stored = Stopwatch.GetTimestamp();
            await consoles[run % Consoles].UntilShownAsync(text);
            took.Add(Stopwatch.GetElapsedTime(stored).TotalMilliseconds);
            most = Math.Max(most, Memory(host));
        }

        took.Sort();
        Console.WriteLine($"{"new message in a console",-28} median {took[Runs / 2],6:0} ms, "
            + $"95 % {took[Runs * 95 / 100],6:0} ms after it was stored");
        Console.WriteLine($"{$"{Consoles} open consoles",-28} {most - before,6:0} MB more than {before:0} MB");
        consoles.ForEach(console => console.Dispose());
    }

    private static async Task WriteAsync(HttpClient customers, int customer, string text)
    {
        using var posted = await customers.PostAsJsonAsync(
            $"api/chat/console-{customer}/messages",
            new { id = Guid.NewGuid().ToString("n"), text }
        );
        posted.EnsureSuccessStatusCode();
    }

    /// <summary>Resident, in MB.</summary>
    private static double Memory(HostProcess host)
    {
        using var process = Process.GetProcessById(host.Id);
        return process.WorkingSet64 / (1024.0 * 1024);
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
        Console.WriteLine($"{what,-28} median {took[Runs / 2],6:0} ms, "
            + $"95 % {took[Runs * 95 / 100],6:0} ms, {size / 1024,5:N0} KB");
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

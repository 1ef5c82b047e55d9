using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpsChat.Agent;
using OpsChat.Canary;
using OpsChat.Channels.Web;
using OpsChat.Host;
using OpsChat.Messages;
using OpsChat.Models.Encoding;
using OpsChat.Playbooks;
using OpsChat.ShopData;
using OpsChat.Storage;

namespace OpsChat.Benchmarks;

/// <summary>
/// The whole pipeline in process, with the embedded store: durable messages a second from admission to the answer in the transcript,
/// memory with many stored conversations, and the time from the start to the first answer.
/// </summary>
static class PipelineFigures
{
    private static readonly string[] s_says =
    [
        "what time do you open?", "is the linen tote in stock", "where is my order #1293? my e-mail is priya.nair@example.com",
        "how much is shipping", "i want my money back", "nak tanya something", "thanks!",
    ];

    /// <summary>Without the encoder and with it, in one run, so that the ratios tell whatever else the machine does.</summary>
    /// <param name="root">The repository's folder, for playbooks and demo shop.</param>
    public static async Task CompareAsync(string root, int messages)
    {
        // What comes first pays for the compiler and the disk, whichever it is.
        await OnceAsync(root, messages, withEncoder: true);
        var (first, rate) = await OnceAsync(root, messages, withEncoder: false);
        var (firstWith, rateWith) = await OnceAsync(root, messages, withEncoder: true);
        Console.WriteLine(
            $"with the encoder            {rateWith / rate:P0} of the messages a second, first answer "
                + $"{(firstWith - first).TotalSeconds:+0.00;-0.00} s"
        );
    }

    private static async Task<(TimeSpan First, double Rate)> OnceAsync(string root, int messages, bool withEncoder)
    {
        Console.WriteLine(withEncoder ? "with the encoder" : "by words alone");
        var (data, start) = (Directory.CreateTempSubdirectory("opschat-bench-").FullName, Stopwatch.StartNew());
        var (host, store, catalog) = await StartAsync(root, data);
        var before = Environment.WorkingSet;
        // As the host does: beside the start, and words decide until it is there.
        var loading = withEncoder ? Task.Run(() => LoadEncoder(catalog, data)) : Task.CompletedTask;
        await AskAsync(host, store, [new("api", "first")], "what time do you open?");
        var first = start.Elapsed;
        await loading;
        await FloodAsync(host, store, 0, Math.Min(1000, messages));
        Console.WriteLine(
            $"start to first answer       {first.TotalSeconds:0.00} s; {(Environment.WorkingSet - before) / 1048576.0:0} MB more after 1,000 messages"
        );
        var watch = Stopwatch.StartNew();
        await RateAsync(() => FloodAsync(host, store, 1000, messages), messages, "each of another customer");
        var rate = messages / watch.Elapsed.TotalSeconds;
        await host.StopAsync();
        await store.DisposeAsync();
        Directory.Delete(data, recursive: true);
        return (first, rate);
    }

    private static void LoadEncoder(PlaybookCatalog<PlaybookSnapshot> catalog, string data)
    {
        if (MiniLmEncoder.Open(MiniLmEncoder.UsualFolder) is not OpenedEncoder.Ready ready)
        {
            throw new InvalidOperationException("The encoder's files are not beside the program.");
        }

        var encoder = new CachedEncoder(ready.Encoder, new VectorFile(Path.Combine(data, "encoder-vectors.bin")));
        catalog.BuildWith(set => PlaybookSnapshot.From(set, encoder));
    }

    /// <param name="root">The repository's folder, for playbooks and demo shop.</param>
    /// <param name="withEncoder">Whether the sentence encoder reads along; without it messages are understood by words and letters alone.</param>
    public static async Task PrintAsync(string root, int messages, bool withEncoder)
    {
        Console.WriteLine($"encoder                    {(withEncoder ? "on" : "off")}");
        var data = Directory.CreateTempSubdirectory("opschat-bench-").FullName;
        var start = Stopwatch.StartNew();
        var (host, store, catalog) = await StartAsync(root, data);
        if (withEncoder)
        {
            LoadEncoder(catalog, data);
        }

        await AskAsync(host, store, [new("api", "first")], "what time do you open?");
        Console.WriteLine($"start to first answer       {start.Elapsed.TotalSeconds:0.00} s (playbooks, training, store, shop data)");

        await FloodAsync(host, store, 0, Math.Min(1000, messages));
        await RateAsync(() => FloodAsync(host, store, 1000, messages), messages, "each of another customer");
        Memory(await store.ReadAsync(s => s.Conversations.Count(), default));

        await FillAsync(store, 100_000);
        await FloodAsync(host, store, 1000 + messages, 2000);
        Memory(await store.ReadAsync(s => s.Conversations.Count(), default));
        await RateAsync(() => FloodAsync(host, store, 10_000_000, messages), messages, "with 100,000 conversations stored");

        await host.StopAsync();
        await store.DisposeAsync();
        Directory.Delete(data, recursive: true);
    }

    /// <summary>The processor's time tells the cost also on a machine that is busy with other things.</summary>
    private static async Task RateAsync(Func<Task> flood, int messages, string what)
    {
        var (watch, processor) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        await flood();
        var (elapsed, used) = (watch.Elapsed, Environment.CpuUsage.TotalTime - processor);
        Console.WriteLine(
            $"durable messages a second   {messages / elapsed.TotalSeconds:N0} ({messages:N0} messages, {what}; "
                + $"{used.TotalMilliseconds / messages:0.00} ms of a processor each)"
        );
    }

    private static async Task<(IHost Host, IStore Store, PlaybookCatalog<PlaybookSnapshot> Catalog)> StartAsync(string root, string data)
    {
        var options = new OpsChatOptions { Data = data };
        options.Messages.WaitWhenClear = options.Messages.WaitWhenUnclear = TimeSpan.Zero;
        var catalog = new PlaybookCatalog<PlaybookSnapshot>(
            Path.Combine(root, "playbooks"),
            Path.Combine(data, "last-good"),
            TimeProvider.System,
            PlaybookSnapshot.From
        );
        var policy = catalog.Current.Policy;
        var shop = new CsvShop(Path.Combine(root, "src", "OpsChat.Host", "DemoShop"), policy.TimeZone, policy.Currency, TimeProvider.System);
        var canary = Path.Combine(data, "canary.config.json");
        await File.WriteAllBytesAsync(canary, CanaryConfigText.Write(new CanaryConfig { Percentage = 100 }));
        var store = await SqliteStore.OpenAsync(Path.Combine(data, "opschat.db"), CancellationToken.None);
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new());
        builder.Services.AddOpsChat(
            options,
            new(
                store,
                new("token"),
                catalog,
                shop,
                CanaryConfigFile.Open(canary),
                new(Path.Combine(root, "prompts")),
                await Remembered.ReadAsync(store, TimeProvider.System.GetUtcNow(), CancellationToken.None)
            )
        );
        var host = builder.Build();
        await host.StartAsync();
        return (host, store, catalog);
    }

    private static Task FloodAsync(IHost host, IStore store, int from, int count) =>
        Task.WhenAll(Enumerable.Range(0, 64).Select(lane => AskAsync(
            host, store, Enumerable.Range(from, count).Where(i => i % 64 == lane).Select(i => new ConversationId("api", $"c{i}")), null)));

    /// <summary>Writes as each customer in turn, and waits for what the shop says.</summary>
    private static async Task AskAsync(IHost host, IStore store, IEnumerable<ConversationId> customers, string? text)
    {
        var (queue, channel) = (host.Services.GetRequiredService<ConversationQueue>(), host.Services.GetRequiredService<PulledChannel>());
        foreach (var customer in customers)
        {
            var news = channel.NextNews(customer);
            var says = text ?? s_says[(uint)customer.GetHashCode() % (uint)s_says.Length];
            await queue.AdmitAsync(new(customer, "1", new(says), [], TimeProvider.System.GetUtcNow()), default);
            await news;
        }
    }

    /// <summary>Conversations as an earlier year would have left them.</summary>
    private static async Task FillAsync(IStore store, int upTo)
    {
        var now = TimeProvider.System.GetUtcNow().AddDays(-30);
        for (var from = 0; from < upTo; from += 1000)
        {
            await store.WriteAsync(session =>
            {
                for (var i = from; i < from + 1000; i++)
                {
                    session.Inbox.Admit(new(new("api", $"old{i}"), "1", new("where is my order"), [], now), $"old{i}");
                    session.Inbox.Decide(new("api", $"old{i}"), 1, "old");
                }
            }, default);
        }
    }

    private static void Memory(long conversations)
    {
        GC.Collect();
        using var process = Process.GetCurrentProcess();
        Console.WriteLine(
            $"memory                      {process.WorkingSet64 / 1048576.0:0} MB working set, {GC.GetTotalMemory(true) / 1048576.0:0} MB "
                + $"managed, {conversations:N0} conversations stored"
        );
    }
}

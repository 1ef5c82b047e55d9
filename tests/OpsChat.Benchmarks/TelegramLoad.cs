using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpsChat.Agent;
using OpsChat.Canary;
using OpsChat.Channels.Telegram;
using OpsChat.Host;
using OpsChat.Playbooks;
using OpsChat.ShopData;
using OpsChat.Storage;
using OpsChat.Testing.Telegram;

namespace OpsChat.Benchmarks;

/// <summary>
/// Many customers who write at once to a whole shop over the local Telegram server: the real core, database, client and pace. A customer
/// writes, waits for the answer, and writes again.
/// </summary>
internal static class TelegramLoad
{
    // Each about another matter: who asks the same again has not been answered well, and that ends the canary.
    private static readonly string[] s_questions = ["what are your opening hours", "what payment methods do you accept"];
    private static readonly SlidingWindow s_noLimit = new(10_000, TimeSpan.FromMilliseconds(1));
    private static readonly TelegramRateLimits s_unpaced = new() { PerChat = s_noLimit, PerGroup = s_noLimit, Overall = s_noLimit };
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    /// <param name="playbooks">The folder of the shop's playbooks.</param>
    public static async Task RunAsync(string playbooks, int customers)
    {
        Console.WriteLine($"{customers} customers, {s_questions.Length} questions each, the shop waits for fragments as set by default (1.5 s)");
        Console.WriteLine($"{"rates and pace",-18} {"answered",9} {"in order",9} {"seconds",8} {"a second",9} {"p50 ms",8} {"p99 ms",8} {"429s",6}");
        foreach (var (name, rates, pace) in new[] { ("off", Rates.Off, s_unpaced), ("as documented", Rates.Documented, new TelegramRateLimits()) })
        {
            var folder = Directory.CreateTempSubdirectory("opschat-load-").FullName;
            await using (var server = await TelegramServer.StartAsync(new() { Rates = rates }))
            {
                await MeasureAsync(name, server, pace, playbooks, folder, customers);
            }

            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task MeasureAsync(
        string name,
        TelegramServer server,
        TelegramRateLimits pace,
        string playbooks,
        string folder,
        int customers
    )
    {
        using var host = await OpenAsync(server, pace, playbooks, folder);
        var people = Enumerable.Range(1001, customers).Select(id => server.Customer(id, $"Customer {id}")).ToList();
        var clock = Stopwatch.StartNew();
        var waits = (await Task.WhenAll(people.Select(person => TalkAsync(person)))).SelectMany(w => w).Order().ToList();
        var seconds = clock.Elapsed.TotalSeconds;

        var sent = people.Sum(p => p.Messages.Count);
        var inOrder = people.Count(IsInOrder);
        var refused = server.Calls.Count(c => c.Method == "sendMessage") - sent;
        Console.WriteLine(
            $"{name, -18} {sent, 9} {inOrder, 9} {seconds, 8:F1} {sent / seconds, 9:F1} {At(waits, 0.5), 8:F0} {At(waits, 0.99), 8:F0} {refused, 6}"
        );
        var store = host.Services.GetRequiredService<IStore>();
        await host.StopAsync();
        await store.DisposeAsync();
    }

    /// <summary>Milliseconds from each question to its answer.</summary>
    private static async Task<List<double>> TalkAsync(Customer person)
    {
        var waits = new List<double>();
        foreach (var question in s_questions)
        {
            var clock = Stopwatch.StartNew();
            var asked = person.SendText(question);
            await person.WaitForMessageAsync(m => m.Id > asked.Id, s_patience);
            waits.Add(clock.Elapsed.TotalMilliseconds);
        }

        return waits;
    }

    /// <summary>Question and answer take turns.</summary>
    private static bool IsInOrder(Customer person) => person.Room.Messages.Select((m, i) => m.IsFromBot == (i % 2 == 1)).All(right => right);

    private static double At(List<double> sorted, double share) => sorted[(int)Math.Ceiling(share * sorted.Count) - 1];

    private static async Task<IHost> OpenAsync(TelegramServer server, TelegramRateLimits pace, string playbooks, string folder)
    {
        var options = new OpsChatOptions
        {
            Data = folder,
            Playbooks = playbooks,
            Telegram = new() { Token = server.Token, ApiBase = server.BaseAddress },
        };
        var catalog = new PlaybookCatalog<PlaybookSnapshot>(
            playbooks,
            Path.Combine(folder, "last-good"),
            TimeProvider.System,
            PlaybookSnapshot.From
        );
        var profile = catalog.Current.Shop;
        var shop = Directory.CreateDirectory(Path.Combine(folder, "shop")).FullName;
        var canary = CanaryConfigFile.Open(Path.Combine(folder, "canary.config.json"), new CanaryConfig { Percentage = 100, SpotCheck = 0 });
        var store = await SqliteStore.OpenAsync(Path.Combine(folder, "opschat.db"), default);
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new());
        builder.Services.AddOpsChat(
            options,
            new(
                store,
                new OwnerToken("secret"),
                catalog,
                new CsvShop(shop, profile.Hours.Zone, profile.Currency, TimeProvider.System),
                canary,
                new(Path.GetFullPath("prompts")),
                await Remembered.ReadAsync(store, TimeProvider.System.GetUtcNow(), default)
            )
        );
        builder.Services.AddSingleton(pace);
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }
}

using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpsChat.Approvals;
using OpsChat.Canary;
using OpsChat.Facts.Csv;
using OpsChat.Playbooks;
using OpsChat.Storage;
using OpsChat.Testing.Telegram;

namespace OpsChat.Benchmarks;

/// <summary>
/// Many customers who write at once to a whole shop over the local Telegram server: the real core, database, client and pace. A customer
/// writes, waits for the answer, and writes again.
/// </summary>
internal static class TelegramLoad
{
    private const string Question = "what are your opening hours";
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(5);

    /// <param name="playbooks">The folder of the shop's playbooks.</param>
    public static async Task RunAsync(string playbooks, int customers, int questions)
    {
        Console.WriteLine($"{customers} customers, {questions} questions each, the shop waits for fragments as set by default (1.5 s)");
        Console.WriteLine($"{"Telegram's rates",-18} {"answered",9} {"in order",9} {"seconds",8} {"a second",9} {"p50 ms",8} {"p99 ms",8} {"429s",6}");
        foreach (var (name, rates) in new[] { ("off", Rates.Off), ("as documented", Rates.Documented) })
        {
            var folder = Directory.CreateTempSubdirectory("opschat-load-").FullName;
            await using (var server = await TelegramServer.StartAsync(new() { Rates = rates }))
            {
                await MeasureAsync(name, server, playbooks, folder, customers, questions);
            }

            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task MeasureAsync(string name, TelegramServer server, string playbooks, string folder, int customers, int questions)
    {
        using var host = await OpenAsync(server, playbooks, folder);
        var people = Enumerable.Range(1001, customers).Select(id => server.Customer(id, $"Customer {id}")).ToList();
        var clock = Stopwatch.StartNew();
        var waits = (await Task.WhenAll(people.Select(person => TalkAsync(person, questions)))).SelectMany(w => w).Order().ToList();
        var seconds = clock.Elapsed.TotalSeconds;

        var sent = people.Sum(p => p.Messages.Count);
        var inOrder = people.Count(IsInOrder);
        var refused = server.Calls.Count(c => c.Method == "sendMessage") - sent;
        Console.WriteLine($"{name,-18} {sent,9} {inOrder,9} {seconds,8:F1} {sent / seconds,9:F1} {At(waits, 0.5),8:F0} {At(waits, 0.99),8:F0} {refused,6}");
        var store = host.Services.GetRequiredService<IStore>();
        await host.StopAsync();
        await store.DisposeAsync();
    }

    /// <summary>Milliseconds from each question to its answer.</summary>
    private static async Task<List<double>> TalkAsync(Customer person, int questions)
    {
        var waits = new List<double>();
        for (var i = 0; i < questions; i++)
        {
            var clock = Stopwatch.StartNew();
            var asked = person.SendText(Question);
            await person.WaitForMessageAsync(m => m.Id > asked.Id, s_patience);
            waits.Add(clock.Elapsed.TotalMilliseconds);
        }

        return waits;
    }

    /// <summary>Question and answer take turns.</summary>
    private static bool IsInOrder(Customer person) => person.Room.Messages.Select((m, i) => m.IsFromBot == (i % 2 == 1)).All(right => right);

    private static double At(List<double> sorted, double share) => sorted[(int)Math.Ceiling(share * sorted.Count) - 1];

    private static async Task<IHost> OpenAsync(TelegramServer server, string playbooks, string folder)
    {
        var options = new OpsChatOptions { Data = folder, Playbooks = playbooks, Telegram = new() { Token = server.Token, ApiBase = server.BaseAddress } };
        var catalog = new PlaybookCatalog<Knowledge>(playbooks, Path.Combine(folder, "last-good"), TimeProvider.System, Knowledge.From);
        var profile = catalog.Current.Shop;
        var shop = Directory.CreateDirectory(Path.Combine(folder, "shop")).FullName;
        var canary = CanaryConfigFile.Open(Path.Combine(folder, "canary.config.json"), new CanaryConfig { Percentage = 100, SpotCheck = 0 });
        var store = await SqliteStore.OpenAsync(Path.Combine(folder, "opschat.db"), default);
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new());
        builder.Services.AddOpsChat(options, new(store, new OwnerToken("secret"), catalog, new CsvShop(shop, profile.Hours.Zone, profile.Currency, TimeProvider.System), canary, new(Path.GetFullPath("prompts"))));
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }
}

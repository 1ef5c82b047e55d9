using System.Collections.Concurrent;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using OpsChat.Agent;
using OpsChat.Approvals;
using OpsChat.Canary;
using OpsChat.Decisions;
using OpsChat.Drafting;
using OpsChat.Drafting.Prompts;
using OpsChat.Host;
using OpsChat.Messages;
using OpsChat.Playbooks;
using OpsChat.ShopData;
using OpsChat.Storage;
using OpsChat.Storage.Postgres;

namespace OpsChat.Tests.Support;

/// <summary>
/// A whole shop in process: the real pipeline, a real database, the demo shop's data, a clock that stands still. Nothing runs in
/// the background; each step of a test is taken when the test says so.
/// </summary>
public sealed class ShopUnderTest : IAsyncDisposable
{
    /// <summary>A Wednesday morning in Kuala Lumpur, inside the demo shop's opening hours.</summary>
    public static readonly DateTimeOffset Morning = new(2026, 11, 18, 3, 0, 0, TimeSpan.Zero);

    // Training is the slow part, and the same files always teach the same.
    private static readonly ConcurrentDictionary<string, Lazy<PlaybookSnapshot>> s_learned = new();

    private readonly TemporaryFolder _folder;
    private readonly ServiceProvider _services;
    private readonly PostgresServer? _server;
    private int _nextMessage;

    private ShopUnderTest(TemporaryFolder folder, ServiceProvider services, IStore store, TestClock clock, PostgresServer? server)
    {
        (_folder, _services, Store, Clock, _server) = (folder, services, store, clock, server);
    }

    public TestClock Clock { get; }
    public IStore Store { get; }
    public Approver Owner { get; } = new("owner", null, 0);
    public string Playbooks => _folder.File("playbooks");
    public string InData(string file) => _folder.File(file);
    public string CanaryFile => _folder.File("canary.config.json");

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    /// <param name="percentage">Percent of customers in the canary.</param>
    /// <param name="playbooks">Files that replace the shipped ones: name and text. Null for the shipped ones.</param>
    /// <param name="exports">The folder of the shop's data; null for the demo shop's.</param>
    /// <param name="readByModel">Percent of customers whom a model may read; null for the first stage.</param>
    /// <param name="model">Words the replies, with the shipped prompts and priced calls; null for a shop without a model.</param>
    public static async Task<ShopUnderTest> OpenAsync(
        decimal percentage = 100,
        IReadOnlyDictionary<string, string>? playbooks = null,
        Action<OpsChatOptions>? configure = null,
        string? database = null,
        IChatClient? model = null,
        string? exports = null,
        decimal? readByModel = null
    )
    {
        var folder = new TemporaryFolder();
        var clock = new TestClock(Morning);
        WritePlaybooks(folder.File("playbooks"), playbooks);
        await File.WriteAllBytesAsync(
            folder.File("canary.config.json"),
            CanaryConfigText.Write(
                new CanaryConfig { Percentage = percentage, ReadByModel = readByModel is { } own ? new PlaybookCanary(own) : null }
            )
        );
        var options = new OpsChatOptions { Data = folder.Path };
        options.Messages.WaitWhenClear = options.Messages.WaitWhenUnclear = TimeSpan.Zero;
        options.Model = model is null ? options.Model : WithModel;
        configure?.Invoke(options);

        var catalog = new PlaybookCatalog<PlaybookSnapshot>(folder.File("playbooks"), folder.File("last-good"), clock, Learned);
        var policy = catalog.Current.Policy;
        var shop = new CsvShop(
            exports ?? Repository.DemoShop,
            new ShopFolderSettings(policy.TimeZone, policy.Currency, policy.DayFirst, policy.Url),
            clock
        );
        var server = PostgresServer.IsForShops ? await PostgresServer.StartAsync() : null;
        IStore store = server is null
            ? await SqliteStore.OpenAsync(database ?? folder.File("opschat.db"), CancellationToken.None)
            : await PostgresStore.OpenAsync(server.Connection, CancellationToken.None);
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<TimeProvider>(clock);
        if (model is not null)
        {
            services.AddSingleton(model);
        }

        OpenedShop opened = new(
            store,
            new("token"),
            catalog,
            shop,
            CanaryConfigFile.Open(folder.File("canary.config.json")),
            new PromptLibrary(Repository.Prompts)
        );
        services.AddOpsChat(options, opened);
        return new(folder, services.BuildServiceProvider(), store, clock, server);
    }

    /// <summary>The customer writes, the turn is decided, and what is due leaves. Returns the decision's trace.</summary>
    public async Task<Trace> SayAsync(string customer, params string[] fragments)
    {
        var id = await WriteAsync(customer, fragments);
        await DecideAsync(customer);
        var turn = await Store.ReadAsync(session => session.Inbox.TurnOf(id), CancellationToken.None);
        return (await Store.ReadAsync(session => session.Turns.Find(turn!), CancellationToken.None))!.Trace;
    }

    /// <summary>The customer writes; nothing is decided yet. Returns the last message's id.</summary>
    public async Task<string> WriteAsync(string customer, params string[] fragments)
    {
        var last = "";
        foreach (var text in fragments)
        {
            last = Ids.New('m', Clock.GetUtcNow());
            var message = new InboundMessage(Of(customer), $"{_nextMessage++}", new(text), [], Clock.GetUtcNow());
            await Store.WriteAsync(session => Get<ConversationQueue>().Admit(session, message, last), CancellationToken.None);
        }

        return last;
    }

    /// <summary>Decides what waits in a conversation, and sends what is due everywhere.</summary>
    public async Task DecideAsync(string customer)
    {
        await Get<MessagePipeline>().RunAsync(Of(customer), CancellationToken.None);
        await SendAsync();
    }

    public Task SendAsync() => Get<OutboxSender>().DrainAsync(CancellationToken.None);

    /// <summary>What the customer has received, oldest first.</summary>
    public async Task<IReadOnlyList<string>> ReceivedAsync(string customer) =>
        [
            .. (await Store.ReadAsync(session => session.Conversations.Transcript(Of(customer), 0, 1000), CancellationToken.None))
                .Where(l => l.From != Sender.Customer)
                .Select(l => l.Text),
        ];

    public Task<IReadOnlyList<Approval>> PendingAsync() =>
        Store.ReadAsync(session => session.Approvals.List(ApprovalState.Pending, 100), CancellationToken.None);

    public Task<IReadOnlyList<HandOff>> HandOffsAsync() =>
        Store.ReadAsync(session => session.HandOffs.List(HandOffState.Open, 100), CancellationToken.None);

    public async Task<DeskAnswer> DecideAsync(Approval approval, ApprovalVerb verb, Approver? who = null)
    {
        var answer = await Get<ApprovalDesk>().DecideAsync(who ?? Owner, approval.Id, approval.Hash, verb, CancellationToken.None);
        await SendAsync();
        return answer;
    }

    /// <summary>Approves, and in the second step again when there is something to confirm.</summary>
    public async Task<DeskAnswer> ApproveAsync(Approval approval)
    {
        var answer = await DecideAsync(approval, new ApprovalVerb.Approve());
        return answer is DeskAnswer.Confirm asked ? await DecideAsync(approval, new ApprovalVerb.Approve(new(asked.Step.Digest))) : answer;
    }

    public static ConversationId Of(string customer) => new("api", customer);

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        // The container disposes what it made; the store was handed to it, so it is closed here.
        await Store.DisposeAsync();
        await (_server?.DisposeAsync() ?? default);
        _folder.Dispose();
    }

    private static ModelOptions WithModel { get; } = new()
    {
        Provider = ModelProvider.OpenAi,
        Name = "test-model",
        Key = new("test"),
        DailyTokens = long.MaxValue / 4,
        ConversationTokens = long.MaxValue / 4,
        PricePerMillionInput = 1m,
        PricePerMillionOutput = 4m,
    };

    private static PlaybookSnapshot Learned(PlaybookSet set) =>
        s_learned.GetOrAdd(set.Fingerprint, _ => new(() => PlaybookSnapshot.From(set))).Value with { Playbooks = set };

    private static void WritePlaybooks(string folder, IReadOnlyDictionary<string, string>? playbooks)
    {
        Directory.CreateDirectory(folder);
        foreach (var file in playbooks is null ? Directory.GetFiles(Repository.Playbooks, "*.md") : [Path.Combine(Repository.Playbooks, "_shop.md")])
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }

        foreach (var (name, text) in playbooks ?? new Dictionary<string, string>())
        {
            File.WriteAllText(Path.Combine(folder, name + ".md"), text);
        }
    }
}

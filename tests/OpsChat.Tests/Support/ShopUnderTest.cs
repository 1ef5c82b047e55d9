using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
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

    private const string AlwaysOpen = """
        ---
        name: Test Shop
        currency: MYR
        time_zone: UTC
        opening_hours:
          mon-sun: "00:00-24:00"
        ---
        # The whole shop

        ## Greeting
        Hello!

        ## Identify
        Please send me your order number and your e-mail address.

        ## Holding
        A colleague looks at this and answers soon.

        ## Out of Hours
        A colleague answers when we open.

        ## Not Understood
        Could you say that in other words?

        ## Thanks
        You are welcome!

        ## Update
        This takes a little longer than we said.
        """;

    private static readonly Approver s_mei = new("mei", null, 0);
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

    /// <summary>The store of a shop that was opened with <see cref="OfAsync"/>.</summary>
    public StoreInTrouble Trouble => (StoreInTrouble)Store;
    public PlaybookCatalog<PlaybookSnapshot> Catalog => Get<PlaybookCatalog<PlaybookSnapshot>>();
    public CanaryConfigFile Config => Get<CanaryConfigFile>();
    public RolloutKeeper Keeper => Get<RolloutKeeper>();
    public RolloutDesk Rollout => new(Store, Config, () => Catalog.Current, Clock, s_mei.Name);
    public Approver Owner { get; } = new("owner", null, 0);
    public string Playbooks => _folder.File("playbooks");
    private IStore Behind { get; init; } = null!;

    public string InData(string file) => _folder.File(file);

    public string CanaryFile => _folder.File("canary.config.json");

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

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
        WritePlaybooks(folder.File("playbooks"), playbooks);
        var canary = new CanaryConfig { Percentage = percentage, ReadByModel = readByModel is { } own ? new PlaybookCanary(own) : null };
        var server = PostgresServer.IsForShops && database is null ? await PostgresServer.StartAsync() : null;
        IStore store = server is null
            ? await SqliteStore.OpenAsync(database ?? folder.File("opschat.db"), CancellationToken.None)
            : await PostgresStore.OpenAsync(server.Connection, CancellationToken.None);
        return await OpenAsync(folder, store, new TestClock(Morning), canary, exports ?? Repository.DemoShop, configure, model, server: server);
    }

    /// <summary>
    /// A small shop of these playbooks that is always open and has no orders yet, at noon of a Monday, with a store that can be put in trouble:
    /// for what time and many customers do to a rollout.
    /// </summary>
    internal static async Task<ShopUnderTest> OfAsync(CanaryConfig canary, params (string Issue, string Text)[] playbooks)
    {
        var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("playbooks"));
        await File.WriteAllTextAsync(Path.Combine(folder.File("playbooks"), "_shop.md"), AlwaysOpen);
        foreach (var (issue, text) in playbooks)
        {
            await File.WriteAllTextAsync(Path.Combine(folder.File("playbooks"), issue + ".md"), text);
        }

        Directory.CreateDirectory(folder.File("shop"));
        await File.WriteAllTextAsync(
            Path.Combine(folder.File("shop"), "orders.csv"),
            "Name,Email,Financial Status,Fulfillment Status,Currency,Total,Created at,Paid at,Lineitem quantity,Lineitem name,Lineitem sku,Phone\n"
        );
        var store = await SqliteStore.OpenAsync(folder.File("opschat.db"), CancellationToken.None);
        return await OpenAsync(folder, new StoreInTrouble(store), new TestClock(), canary, folder.File("shop"), null, null, store);
    }

    /// <param name="behind">The store that is closed at the end, when <paramref name="store"/> only stands in front of it.</param>
    private static async Task<ShopUnderTest> OpenAsync(
        TemporaryFolder folder,
        IStore store,
        TestClock clock,
        CanaryConfig canary,
        string exports,
        Action<OpsChatOptions>? configure,
        IChatClient? model,
        IStore? behind = null,
        PostgresServer? server = null
    )
    {
        await File.WriteAllBytesAsync(folder.File("canary.config.json"), CanaryConfigText.Write(canary));
        var options = new OpsChatOptions { Data = folder.Path };
        options.Messages.WaitWhenClear = options.Messages.WaitWhenUnclear = TimeSpan.Zero;
        options.Model = model is null ? options.Model : WithModel;
        configure?.Invoke(options);

        var catalog = new PlaybookCatalog<PlaybookSnapshot>(folder.File("playbooks"), folder.File("last-good"), clock, LearnedPlaybooks.Of);
        var policy = catalog.Current.Policy;
        var shop = new CsvShop(exports, new ShopFolderSettings(policy.TimeZone, policy.Currency, policy.DayFirst, policy.Url), clock);
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
            new PromptLibrary(Repository.Prompts),
            await Remembered.ReadAsync(store, clock.GetUtcNow(), CancellationToken.None)
        );
        services.AddOpsChat(options, opened);
        return new(folder, services.BuildServiceProvider(), store, clock, server) { Behind = behind ?? store };
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

    /// <summary>Decides what waits in a conversation, as in a channel whose messages have to be sent: nothing leaves yet.</summary>
    public Task<TurnDecision?> DecideOnlyAsync(string customer) =>
        ActivatorUtilities
            .CreateInstance<MessagePipeline>(_services, new TurnStore(Store, [], Clock))
            .RunAsync(Of(customer), CancellationToken.None);

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

    /// <summary>One customer's message, decided at once; what it leads to is with the customer when this returns.</summary>
    internal async Task<TurnDecision> SaysAsync(string customer, string text)
    {
        await WriteAsync(customer, text);
        var decided = await Get<MessagePipeline>().RunAsync(Of(customer), CancellationToken.None);
        await SendAsync();
        return decided!;
    }

    /// <summary>A person answers the customer: with the suggestion, or with words of their own.</summary>
    public async Task PersonAnswersAsync(string customer, string? ownWords = null)
    {
        var open = await Store.ReadAsync(session => session.HandOffs.OpenOf(Of(customer)), CancellationToken.None);
        var text = ownWords ?? open[0].Suggestion!;
        await Get<PersonDesk>().ReplyAsync(s_mei, Of(customer), text, CancellationToken.None);
        await SendAsync();
    }

    /// <summary>A playbook with one reply and some phrases; other settings by <paramref name="frontMatter"/>.</summary>
    public static (string Issue, string Text) Playbook(
        string issue,
        string reply,
        string[] phrases,
        string frontMatter = "module: support"
    ) =>
        (
            issue,
            $"""
            ---
            {frontMatter}
            ---
            # {issue}

            ## Issue Type
            {string.Join("\n", phrases.Select(p => $"- {p}"))}

            ## Standard Reply
            {reply}

            ## Exception Handling
            """
        );

    /// <summary>The owner saves a playbook; it is in force when this returns.</summary>
    public void Save((string Issue, string Text) playbook)
    {
        File.WriteAllText(Path.Combine(Playbooks, playbook.Issue + ".md"), playbook.Text);
        Catalog.Look();
    }

    /// <summary>The next change of the canary's file is made, and nothing can be stored from then on.</summary>
    public void FailOnceTheFileIsChanged()
    {
        var before = File.ReadAllText(CanaryFile);
        Trouble.Begins = () => File.ReadAllText(CanaryFile) != before;
    }

    /// <summary>The rollout looks once.</summary>
    public Task LookAsync() => Keeper.LookAsync(CancellationToken.None);

    /// <summary>The keeper of a host that starts now.</summary>
    public RolloutKeeper AnotherKeeper(TimeProvider? time = null) =>
        new(
            Store,
            CanaryConfigFile.Open(CanaryFile),
            () => Catalog.Current,
            Get<ChangeFeed>(),
            time ?? Clock,
            NullLogger<RolloutKeeper>.Instance
        );

    public Task<IReadOnlyList<string>> NoticesAsync() =>
        Store.ReadAsync<IReadOnlyList<string>>(session => [.. session.Notices.Unseen().Select(n => n.Text)], CancellationToken.None);

    /// <summary>What the owner is asked about the rollout.</summary>
    public Task<IReadOnlyList<RolloutQuestion>> QuestionsAsync() =>
        Store.ReadAsync(session => session.RolloutQuestions.Open(), CancellationToken.None);

    public static ConversationId Of(string customer) => new("api", customer);

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        // The container disposes what it made; the store was handed to it, so it is closed here.
        await Behind.DisposeAsync();
        await (_server?.DisposeAsync() ?? default);
        _folder.Dispose();
    }

    private static ModelOptions WithModel { get; } =
        new()
        {
            Provider = ModelProvider.OpenAi,
            Name = "test-model",
            Key = new("test"),
            DailyTokens = long.MaxValue / 4,
            ConversationTokens = long.MaxValue / 4,
            PricePerMillionInput = 1m,
            PricePerMillionOutput = 4m,
        };

    private static void WritePlaybooks(string folder, IReadOnlyDictionary<string, string>? playbooks)
    {
        Directory.CreateDirectory(folder);
        foreach (
            var file in playbooks is null
                ? Directory.GetFiles(Repository.Playbooks, "*.md")
                : [Path.Combine(Repository.Playbooks, "_shop.md")]
        )
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }

        foreach (var (name, text) in playbooks ?? new Dictionary<string, string>())
        {
            File.WriteAllText(Path.Combine(folder, name + ".md"), text);
        }
    }
}

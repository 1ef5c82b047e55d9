using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpsChat.Agent;
using OpsChat.Canary;
using OpsChat.Channels.Telegram;
using OpsChat.Channels.Telegram.Desk;
using OpsChat.Host;
using OpsChat.Messages;
using OpsChat.Playbooks;
using OpsChat.ShopData;
using OpsChat.Storage;
using OpsChat.Testing.Telegram;
using OpsChat.Tests.Support;
using Customer = OpsChat.Testing.Telegram.Customer;

namespace OpsChat.Tests.Channels.Telegram;

/// <summary>What a shop under test differs in.</summary>
internal sealed record ShopSetup
{
    public bool Forum { get; init; } = true;
    public bool HasOwnerChat { get; init; } = true;
    public Rates Rates { get; init; } = Rates.Off;
    public TelegramRateLimits Pace { get; init; } = BotAndServer.NoLimits;
    public decimal SpotCheck { get; init; }
    public bool Campaign { get; init; }
    public decimal Percentage { get; init; } = 100;
    public Uri? WebhookUrl { get; init; }
    public TimeSpan WaitForFragments { get; init; } = TimeSpan.FromMilliseconds(30);
    public Action<OpsChatOptions>? Configure { get; init; }

    /// <summary>Done to Telegram before the host speaks to it; null where nothing is.</summary>
    public Action<TelegramServer>? BeforeStart { get; init; }

    /// <summary>Gets every line of the host's log; null where nobody looks.</summary>
    public CapturedLog? Log { get; init; }
}

/// <summary>
/// A whole shop on a local Telegram: the real core with its database in a temporary folder, the real client, and people who write and
/// tap. It can be closed, crashed and opened again over the same data.
/// </summary>
internal sealed class TelegramShop : IAsyncDisposable
{
    public const string OpeningHours = "We are here every day from 9 to 6.";
    public const string Refund = "We can refund MYR 12.50 for it.";
    public const string AskHours = "what are your opening hours";
    public const string AskRefund = "i want my money back";
    public const string AskNonsense = "purple elephants sing at midnight";

    private const long SitiId = 9001, AhmadId = 9002;
    private readonly string _folder = Directory.CreateTempSubdirectory("opschat-telegram-").FullName;
    private readonly ShopSetup _setup;
    private IHost? _host;
    private SqliteStore? _file;
    private StoreInTrouble? _store;

    private TelegramShop(ShopSetup setup, TelegramServer server)
    {
        (_setup, Server, Group) = (setup, server, server.OwnerGroup(setup.Forum));
        Siti = Group.Owner(SitiId, "Siti");
        Ahmad = Group.Owner(AhmadId, "Ahmad", "member");
        Stranger = Group.Owner(6666, "Mallory", "member");
    }

    /// <summary>Long enough for a busy machine; nothing waits for it when all goes well.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromMinutes(1);

    public TelegramServer Server { get; }
    public OwnerGroup Group { get; }

    /// <summary>May approve anything.</summary>
    public Owner Siti { get; }

    /// <summary>May approve up to 10.</summary>
    public Owner Ahmad { get; }

    /// <summary>Is in the group and may decide nothing.</summary>
    public Owner Stranger { get; }

    public ShiftedClock Clock { get; } = new();
    public StoreInTrouble Store => _store!;

    public static async Task<TelegramShop> StartAsync(ShopSetup? setup = null)
    {
        setup ??= new();
        var shop = new TelegramShop(setup, await TelegramServer.StartAsync(new() { Rates = setup.Rates }));
        setup.BeforeStart?.Invoke(shop.Server);
        await shop.OpenAsync();
        return shop;
    }

    public T Get<T>() where T : notnull => _host!.Services.GetRequiredService<T>();

    public Customer Aisha => Server.Customer(1001, "Aisha");

    public static ConversationId ConversationOf(Person customer) => new("tg", $"{customer.Id}");

    public async Task OpenAsync()
    {
        WritePlaybooks();
        var options = Options();
        var catalog = new PlaybookCatalog<PlaybookSnapshot>(options.Playbooks, Path.Combine(_folder, "last-good"), Clock, LearnedPlaybooks.Of);
        _file = await SqliteStore.OpenAsync(Path.Combine(_folder, "opschat.db"), default);
        _store = new(_file);
        Directory.CreateDirectory(Path.Combine(_folder, "shop"));
        var opened = new OpenedShop(
            _store,
            new OwnerToken("secret"),
            catalog,
            new CsvShop(options.Shop, TimeZoneInfo.Utc, "MYR", Clock),
            CanaryConfigFile.Open(options.Canary, Canary()),
            new(OpsChat.Tests.Support.Repository.Prompts),
            await Remembered.ReadAsync(_store, Clock.GetUtcNow(), default)
        );
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new());
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(20));
        builder.Services.AddOpsChat(options, opened);
        builder.Services.AddSingleton<TimeProvider>(Clock);
        builder.Services.AddSingleton(_setup.Pace);
        if (_setup.Log is { } log)
        {
            builder.Logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log);
        }

        _host = builder.Build();
        await _host.StartAsync();
    }

    /// <summary>The host is stopped as by Ctrl+C.</summary>
    public async Task CloseAsync()
    {
        var (host, store) = (_host!, _file!);
        _host = null;
        await host.StopAsync();
        host.Dispose();
        await store.DisposeAsync();
    }

    /// <summary>From one instant to the next nothing can be stored any more, whatever is on its way: the process is gone.</summary>
    public async Task CrashAsync()
    {
        var (host, store) = (_host!, _file!);
        _host = null;
        await store.DisposeAsync();
        using var atOnce = new CancellationTokenSource();
        await atOnce.CancelAsync();
        try
        {
            await host.StopAsync(atOnce.Token);
        }
        catch (OperationCanceledException)
        {
            // It is not given the time to stop well.
        }

        host.Dispose();
    }

    public Task<T> ReadAsync<T>(Func<UnitOfWork, T> look) => Store.ReadAsync(look, default);

    /// <summary>Waits until the store says so.</summary>
    public async Task UntilAsync(Func<UnitOfWork, bool> holds)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!await ReadAsync(holds))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, patience.Token);
        }
    }

    /// <summary>The call of this method that comes of <paramref name="cause"/> is carried out by Telegram, and when its answer comes nothing can be
    /// stored, until the test says so. Returns after what came of it was refused.</summary>
    public async Task TroubleAfterAsync(string method, Func<Task> cause, Func<bool> isDone)
    {
        TaskCompletionSource answers = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Server.Faults.Next(method, new Fault.AnswerWhen(answers.Task));
        await cause();
        await UntilAsync(isDone);
        Store.IsInTrouble = true;
        var before = Store.Refused;
        answers.SetResult();
        await UntilAsync(() => Store.Refused > before);
    }

    /// <summary>Waits until a test may go on.</summary>
    public static async Task UntilAsync(Func<bool> holds)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!holds())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, patience.Token);
        }
    }

    /// <summary>Waits until nothing is undecided, unsent or unread, and the owner chat shows what there is.</summary>
    public async Task UntilQuietAsync()
    {
        await UntilAsync(session =>
            Server.Updates.PendingCount == 0
            && session.OwnerUpdates.Count() == 0
            && session.Hosts.Undecided().Count == 0
            && session.Outbox.NextDue([]) is null
            && session.Outbox.Abandoned().Count == 0
        );
        // One round may be under way that began before; the one after it has seen everything.
        if (_host!.Services.GetService<OwnerDesk>() is { ExecuteTask.IsCompleted: false } desk)
        {
            var seen = desk.Rounds + 2;
            await UntilAsync(() => desk.Rounds >= seen);
        }
    }

    public Task<ChatMessage> CardAsync(string containing) =>
        Group.WaitForMessageAsync(m => m.Text?.Contains(containing, StringComparison.Ordinal) == true, Patience);

    /// <summary>What a person got from the bot, in order.</summary>
    public static IReadOnlyList<string?> Texts(Person person) => [.. person.Messages.Select(m => m.Text)];

    public static Task<ChatMessage> GetsAsync(Person person, string text) => person.WaitForMessageAsync(m => m.Text == text, Patience);

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
        {
            await CloseAsync();
        }

        await Server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private OpsChatOptions Options()
    {
        var options = new OpsChatOptions
        {
            Data = _folder,
            Playbooks = Path.Combine(_folder, "playbooks"),
            Shop = Path.Combine(_folder, "shop"),
            Canary = Path.Combine(_folder, "canary.config.json"),
            Telegram = new()
            {
                Token = Server.Token,
                ApiBase = Server.BaseAddress,
                OwnerChat = _setup.HasOwnerChat ? Group.Id : 0,
                WebhookUrl = _setup.WebhookUrl,
                PollTimeout = TimeSpan.FromSeconds(1),
                LookEvery = TimeSpan.FromMilliseconds(20),
            },
            Messages = new() { WaitWhenClear = _setup.WaitForFragments, WaitWhenUnclear = _setup.WaitForFragments },
        };
        options.Approvals.Approvers.Add(new() { Name = "Siti", TelegramId = SitiId });
        options.Approvals.Approvers.Add(new() { Name = "Ahmad", TelegramId = AhmadId, Limit = 10 });
        _setup.Configure?.Invoke(options);
        return options;
    }

    private CanaryConfig Canary() => new() { Percentage = _setup.Percentage, SpotCheck = _setup.SpotCheck, Campaign = _setup.Campaign };

    private void WritePlaybooks()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder, "playbooks")).FullName;
        File.WriteAllText(Path.Combine(folder, "_shop.md"), "---\nname: Kedai\ncurrency: MYR\n---\n# The shop\n");
        File.WriteAllText(Path.Combine(folder, "opening-hours.md"), $"""
            ---
            module: pre-sales
            ---
            # Opening hours

            ## Issue Type
            The customer asks when the shop is open.

            - {AskHours}
            - when are you open
            - when do you close

            ## Standard Reply
            {OpeningHours}

            ## Exception Handling
            """);
        File.WriteAllText(Path.Combine(folder, "refund-request.md"), $"""
            ---
            module: post-sales
            financial: action
            ---
            # Money back

            ## Issue Type
            The customer wants a refund.

            - {AskRefund}
            - i want my money back now
            - please refund my order
            - give me a refund

            ## Standard Reply
            {Refund}

            ## Exception Handling
            """);
    }
}

using Microsoft.Extensions.Logging.Abstractions;
using OpsChat.Agent;
using OpsChat.Approvals;
using OpsChat.Canary;
using OpsChat.Channels.Web;
using OpsChat.Decisions;
using OpsChat.Facts;
using OpsChat.Messages;
using OpsChat.Playbooks;
using OpsChat.ShopData;
using OpsChat.Storage;

namespace OpsChat.Tests.Support;

/// <summary>
/// The agent without its web face: pipeline, sender, desks and rollout on a database and files in a folder of their own, with a clock that the
/// test moves. Nothing runs by itself: a message is decided and sent when a customer says it, the rollout looks when it is told to.
/// </summary>
internal sealed class ShopInAFolder : IAsyncDisposable
{
    private const string Profile = """
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
    private readonly string _folder = Directory.CreateTempSubdirectory("opschat-").FullName;
    private readonly IStore _store;
    private readonly PersonDesk _people;
    private readonly MessagePipeline _pipeline;
    private readonly OutboxSender _sender;
    private int _messages;

    private ShopInAFolder(IStore opened, CanaryConfig config, params (string Issue, string Text)[] playbooks)
    {
        _store = opened;
        var store = Store = new StoreInTrouble(opened);
        Directory.CreateDirectory(PlaybookFolder);
        Directory.CreateDirectory(Path.Combine(_folder, "shop"));
        File.WriteAllText(Path.Combine(PlaybookFolder, "_shop.md"), Profile);
        File.WriteAllText(
            Path.Combine(_folder, "shop", "orders.csv"),
            "Name,Email,Financial Status,Fulfillment Status,Currency,Total,Created at,Paid at,Lineitem quantity,Lineitem name,Lineitem sku,Phone\n"
        );
        File.WriteAllBytes(ConfigPath, CanaryConfigText.Write(config));
        foreach (var (issue, text) in playbooks)
        {
            File.WriteAllText(Path.Combine(PlaybookFolder, issue + ".md"), text);
        }

        Catalog = new(PlaybookFolder, Path.Combine(_folder, "last-good"), Clock, PlaybookSnapshot.From);
        Config = CanaryConfigFile.Open(ConfigPath);
        var shop = new CsvShop(Path.Combine(_folder, "shop"), TimeZoneInfo.Utc, "MYR", Clock);
        var options = new OpsChatOptions { Data = _folder };
        var dispatch = new DispatchCheck(shop);
        _sender = new(store, [new PulledChannel()], dispatch, Clock, NullLogger<OutboxSender>.Instance);
        _pipeline = new(
            store,
            () => Catalog.Current,
            new LiveLookups(new FactGatherer(shop, Clock, (_, _) => Task.FromResult(0)), store, Clock),
            () => Config.Current.Config,
            options,
            Clock
        );
        _people = new(store, () => Catalog.Current, dispatch, _sender, options, Clock);
        Keeper = new(store, Config, () => Catalog.Current, Clock, NullLogger<RolloutKeeper>.Instance);
        Desk = new(store, Config, () => Catalog.Current, Clock, "mei");
    }

    public TestClock Clock { get; } = new();
    public StoreInTrouble Store { get; }
    public PlaybookCatalog<PlaybookSnapshot> Catalog { get; }
    public CanaryConfigFile Config { get; }
    public RolloutKeeper Keeper { get; }
    public RolloutDesk Desk { get; }
    public string ConfigPath => Path.Combine(_folder, "canary.config.json");
    private string PlaybookFolder => Path.Combine(_folder, "playbooks");

    public static async Task<ShopInAFolder> OpenAsync(CanaryConfig config, params (string Issue, string Text)[] playbooks)
    {
        var data = Directory.CreateTempSubdirectory("opschat-db-").FullName;
        return new(await SqliteStore.OpenAsync(Path.Combine(data, "opschat.db"), CancellationToken.None), config, playbooks);
    }

    /// <summary>A playbook with one reply and some phrases; other settings by <paramref name="frontMatter"/>.</summary>
    public static (string Issue, string Text) Playbook(string issue, string reply, string[] phrases, string frontMatter = "module: support") => (issue, $"""
        ---
        {frontMatter}
        ---
        # {issue}

        ## Issue Type
        {string.Join("\n", phrases.Select(p => $"- {p}"))}

        ## Standard Reply
        {reply}

        ## Exception Handling
        """);

    /// <summary>One customer's message, decided at once; what it leads to is with the customer when this returns.</summary>
    public async Task<TurnDecision> SaysAsync(string customer, string text)
    {
        var (id, now) = (Of(customer), Clock.GetUtcNow());
        await Store.WriteAsync(
            session => session.Inbox.Admit(new(id, $"{++_messages}", new(text), [], now), Ids.New('m', now)),
            CancellationToken.None
        );
        var decided = await _pipeline.RunAsync(id, CancellationToken.None);
        await SendAsync();
        return decided!;
    }

    /// <summary>A person answers the customer: with the suggestion, or with words of their own.</summary>
    public async Task PersonAnswersAsync(string customer, string? ownWords = null)
    {
        var text = ownWords ?? (await Store.ReadAsync(session => session.HandOffs.OpenOf(Of(customer)), CancellationToken.None))[0].Suggestion!;
        await _people.ReplyAsync(s_mei, Of(customer), text, CancellationToken.None);
        await SendAsync();
    }

    /// <summary>The owner saves a playbook; it is in force when this returns.</summary>
    public void Save((string Issue, string Text) playbook)
    {
        File.WriteAllText(Path.Combine(PlaybookFolder, playbook.Issue + ".md"), playbook.Text);
        Catalog.Look();
    }

    /// <summary>The next change of the canary's file is made, and nothing can be stored from then on.</summary>
    public void FailOnceTheFileIsChanged()
    {
        var before = File.ReadAllText(ConfigPath);
        Store.Begins = () => File.ReadAllText(ConfigPath) != before;
    }

    /// <summary>The keeper of a host that starts now.</summary>
    public RolloutKeeper AnotherKeeper(TimeProvider? time = null) =>
        new(Store, CanaryConfigFile.Open(ConfigPath), () => Catalog.Current, time ?? Clock, NullLogger<RolloutKeeper>.Instance);

    public Task LookAsync() => Keeper.LookAsync(CancellationToken.None);

    public Task<IReadOnlyList<string>> NoticesAsync() =>
        Store.ReadAsync<IReadOnlyList<string>>(session => [.. session.Notices.Unseen().Select(n => n.Text)], CancellationToken.None);

    /// <summary>What the owner is asked about the rollout.</summary>
    public Task<IReadOnlyList<RolloutQuestion>> QuestionsAsync() =>
        Store.ReadAsync(session => session.RolloutQuestions.Open(), CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        var data = Path.GetDirectoryName(Store.Location)!;
        _sender.Dispose();
        Keeper.Dispose();
        await _store.DisposeAsync();
        Directory.Delete(data, recursive: true);
        Directory.Delete(_folder, recursive: true);
    }

    private static ConversationId Of(string customer) => new(PulledChannel.Api, customer);

    private Task SendAsync() => _sender.DrainAsync(CancellationToken.None);
}

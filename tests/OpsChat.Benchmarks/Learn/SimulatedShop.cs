using Microsoft.Extensions.DependencyInjection;
using OpsChat.Agent;
using OpsChat.Approvals;
using OpsChat.Canary;
using OpsChat.Drafting.Prompts;
using OpsChat.Facts;
using OpsChat.Host;
using OpsChat.Messages;
using OpsChat.Playbooks;
using OpsChat.ShopData;
using OpsChat.Storage;
using OpsChat.Storage.Tables;
using OpsChat.Understanding;

namespace OpsChat.Benchmarks.Learn;

/// <summary>A shop in process with the real pipeline, store and desks, a clock that is moved by hand, and people who answer what waits.</summary>
sealed class SimulatedShop : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private SimulatedShop(ServiceProvider services, IStore store, IShop data, HandClock clock) =>
        (_services, Store, Data, Clock) = (services, store, data, clock);

    public IStore Store { get; }
    public IShop Data { get; }
    public HandClock Clock { get; }
    public LearnDesk Learn => _services.GetRequiredService<LearnDesk>();
    public PlaybookSnapshot Known => _services.GetRequiredService<PlaybookCatalog<PlaybookSnapshot>>().Current;

    /// <param name="folder">Holds the folder <c>playbooks</c>.</param>
    public static async Task<SimulatedShop> OpenAsync(string folder, ISentenceEncoder? encoder)
    {
        var (clock, playbooks) = (new HandClock(), Path.Combine(folder, "playbooks"));
        File.Copy("playbooks/_shop.md", Path.Combine(playbooks, "_shop.md"));
        await File.WriteAllBytesAsync(Path.Combine(folder, "canary.config.json"), CanaryConfigText.Write(new CanaryConfig { Percentage = 100 }));
        var options = new OpsChatOptions { Data = folder, Playbooks = playbooks };
        options.Messages.WaitWhenClear = options.Messages.WaitWhenUnclear = TimeSpan.Zero;
        var catalog = new PlaybookCatalog<PlaybookSnapshot>(playbooks, Path.Combine(folder, "last-good"), clock, set =>
            PlaybookSnapshot.From(set, encoder)
        );
        var policy = catalog.Current.Policy;
        var data = new CsvShop(Path.Combine("src", "OpsChat.Host", "DemoShop"), policy.TimeZone, policy.Currency, clock);
        var store = await SqliteStore.OpenAsync(Path.Combine(folder, "opschat.db"), CancellationToken.None);
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<TimeProvider>(clock);
        services.AddOpsChat(
            options,
            new OpenedShop(
                store,
                new("token"),
                catalog,
                data,
                CanaryConfigFile.Open(Path.Combine(folder, "canary.config.json")),
                new PromptLibrary("prompts"),
                await Remembered.ReadAsync(store, clock.GetUtcNow(), CancellationToken.None)
            )
        );
        return new(services.BuildServiceProvider(), store, data, clock);
    }

    /// <summary>Each customer writes once; whatever waits for a person is answered as the key says, and a wrong answer is put right.</summary>
    /// <returns>The issue of each turn.</returns>
    public async Task<Dictionary<string, string>> LiveAsync(List<(string Text, string Issue)> messages, StaffAnswers staff, Approver who)
    {
        Dictionary<string, string> issueOf = new(StringComparer.Ordinal);
        for (var i = 0; i < messages.Count; i++)
        {
            var (text, issue) = messages[i];
            var customer = new ConversationId("api", $"customer{i}");
            var id = Ids.New('m', Clock.GetUtcNow());
            await Store.WriteAsync(
                session =>
                    _services
                        .GetRequiredService<ConversationQueue>()
                        .Admit(session, new(customer, "1", new(text), [], Clock.GetUtcNow()), id),
                default
            );
            await _services.GetRequiredService<MessagePipeline>().RunAsync(customer, default);
            await _services.GetRequiredService<OutboxSender>().DrainAsync(default);
            Clock.Pass(TimeSpan.FromMinutes(10));
            var turn = await Store.ReadAsync(session => session.Turns.Of(customer, 1)[0], default);
            issueOf[turn.Id] = issue;
            await AnswerAsync(customer, turn, issue, staff, who);
            await _services.GetRequiredService<OutboxSender>().DrainAsync(default);
        }

        return issueOf;
    }

    private async Task AnswerAsync(ConversationId customer, TurnRow turn, string issue, StaffAnswers staff, Approver who)
    {
        var (open, approval) = await Store.ReadAsync(
            session => (session.HandOffs.OpenOf(customer), session.Approvals.PendingIn(customer) is [var first, ..] ? first : null),
            default
        );
        if (approval is not null && turn.Trace.Playbook == issue)
        {
            await _services.GetRequiredService<ApprovalDesk>().DecideAsync(who, approval.Id, approval.Hash, new ApprovalVerb.Approve(), default);
            return;
        }

        if (approval is not null)
        {
            await _services
                .GetRequiredService<ApprovalDesk>()
                .DecideAsync(
                    who,
                    approval.Id,
                    approval.Hash,
                    new ApprovalVerb.Reject(ErrorKind.Incorrect, "this is about something else"),
                    default
                );
        }

        var isWrong = turn.Verdict == "Send" && turn.Trace.Playbook is { } answered && answered != issue;
        if (isWrong)
        {
            var sent = await Store.ReadAsync(session => session.Outbox.OfTurn(turn.Id).First(message => message.Kind == OutboxKind.Answer), default);
            await _services.GetRequiredService<SpotCheckDesk>().JudgeAsync(who, sent.Id, ErrorKind.Incorrect, default);
        }

        if (issue != Evaluation.None && (isWrong || open.Count > 0 || approval is not null))
        {
            // Nobody retypes a text that is offered and right.
            var offered = open.Count > 0 && turn.Trace.Playbook == issue ? open[0].Suggestion : null;
            var (desk, words) = (_services.GetRequiredService<PersonDesk>(), offered ?? staff.Persons(issue));
            if (await desk.ReplyAsync(who, customer, words, default) is PersonAnswer.Confirm asked)
            {
                await desk.ReplyAsync(who, customer, words, default, new(asked.Step.Digest));
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await Store.DisposeAsync();
    }
}

/// <summary>A clock that moves when it is told to.</summary>
sealed class HandClock : TimeProvider
{
    private DateTimeOffset _now = new(2026, 11, 2, 1, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => _now;

    public override long GetTimestamp() => _now.UtcTicks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public void Pass(TimeSpan time) => _now += time;
}

using OpsChat.Channels.Telegram;
using OpsChat.Testing.Telegram;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Channels.Telegram;

/// <summary>A bot and the server it talks to, on one clock that stands still.</summary>
internal sealed class BotAndServer : IAsyncDisposable
{
    public const string Token = "987654:AAsecret-secret_secret";

    private readonly TelegramRateLimiter _pace;

    private BotAndServer(TestClock clock, TelegramServer server, TelegramRateLimits limits)
    {
        (Clock, Server) = (clock, server);
        _pace = new TelegramRateLimiter(limits, clock);
        Bot = NewBot();
    }

    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(10);

    /// <summary>Lets everything out at once.</summary>
    public static TelegramRateLimits NoLimits { get; } = new()
    {
        PerChat = new(10_000, TimeSpan.FromMilliseconds(1)),
        PerGroup = new(10_000, TimeSpan.FromMilliseconds(1)),
        Overall = new(10_000, TimeSpan.FromMilliseconds(1)),
    };

    public TestClock Clock { get; }
    public TelegramServer Server { get; }
    public TelegramBotClient Bot { get; }

    public static async Task<BotAndServer> StartAsync(Rates? rates = null, TelegramRateLimits? limits = null)
    {
        var clock = new TestClock();
        var server = await TelegramServer.StartAsync(new() { Token = Token, Time = clock, Rates = rates ?? Rates.Off });
        return new BotAndServer(clock, server, limits ?? NoLimits);
    }

    /// <summary>A customer who has opened the chat; the update is taken in already.</summary>
    public async Task<Customer> CustomerAsync(long id = 1001, string name = "Aisha")
    {
        var customer = Server.Customer(id, name);
        customer.Start();
        var updates = await Bot.GetUpdates(null, 100, CancellationToken.None);
        await Bot.DeleteWebhook(dropPendingUpdates: true, CancellationToken.None);
        updates.Should().NotBeEmpty();
        return customer;
    }

    public int CallsOf(string method) => Server.Calls.Count(c => c.Method == method);

    /// <summary>One more client with the same token, as a second host would have.</summary>
    public TelegramBotClient NewBot() =>
        new(new TelegramBotOptions { Token = BotToken.TryParse(Token)!, ApiBase = Server.BaseAddress }, _pace, Clock);

    public async ValueTask DisposeAsync()
    {
        Bot.Dispose();
        _pace.Dispose();
        await Server.DisposeAsync();
    }
}

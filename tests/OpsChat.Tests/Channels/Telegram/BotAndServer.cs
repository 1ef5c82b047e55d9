using OpsChat.Channels.Telegram;
using OpsChat.Testing.Telegram;
using OpsChat.Tests.Support;
using Telegram.Bot.Requests;
using Telegram.Bot.Types;
using Telegram.Bot.Types.ReplyMarkups;
using Customer = OpsChat.Testing.Telegram.Customer;

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

    public static TimeSpan Patience { get; } = TimeSpan.FromMinutes(1);

    /// <summary>Lets everything out at once.</summary>
    public static TelegramRateLimits NoLimits { get; } = new()
    {
        PerChat = new(10_000, TimeSpan.FromMilliseconds(1)),
        PerGroup = new(10_000, TimeSpan.FromMilliseconds(1)),
        Overall = new(10_000, TimeSpan.FromMilliseconds(1)),
    };

    public TestClock Clock { get; }
    public TelegramServer Server { get; }
    public TelegramGateway Bot { get; }

    /// <summary>False when another host may have taken over.</summary>
    public bool MayAct { get; set; } = true;

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
        var updates = await Bot.UpdatesAsync(null, 100, CancellationToken.None);
        await Bot.CallAsync(new DeleteWebhookRequest { DropPendingUpdates = true }, CancellationToken.None);
        updates.Should().NotBeEmpty();
        return customer;
    }

    public Task<ApiOutcome<Message>> SendAsync(long chat, string text) =>
        Bot.TryAsync(new SendMessageRequest { ChatId = chat, Text = text }, CancellationToken.None);

    /// <summary>Sends a text with one button.</summary>
    public Task<ApiOutcome<Message>> AskAsync(long chat, string text, string button, string data) =>
        Bot.TryAsync(
            new SendMessageRequest
            {
                ChatId = chat,
                Text = text,
                ReplyMarkup = new InlineKeyboardMarkup(InlineKeyboardButton.WithCallbackData(button, data)),
            },
            CancellationToken.None
        );

    /// <summary>The news from an update on, all of it readable.</summary>
    public async Task<IReadOnlyList<Update>> NewsAsync(int? offset = null) =>
        [.. (await Bot.UpdatesAsync(offset, 100, CancellationToken.None)).Select(raw => UpdateDecoder.Read(raw)!).Select(read =>
        {
            read.Unreadable.Should().BeEmpty();
            return read.Update!;
        })];

    public int CallsOf(string method) => Server.Calls.Count(c => c.Method == method);

    /// <summary>One more client with the same token, as a second host would have.</summary>
    public TelegramGateway NewBot() =>
        new(new TelegramBotOptions { Token = BotToken.TryParse(Token)!, ApiBase = Server.BaseAddress }, _pace, Clock, mayAct: () => MayAct);

    public async ValueTask DisposeAsync()
    {
        Bot.Dispose();
        _pace.Dispose();
        await Server.DisposeAsync();
    }
}

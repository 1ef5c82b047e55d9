using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace OpsChat.Testing.Telegram;

/// <summary>How the server behaves.</summary>
public sealed record TelegramServerOptions
{
    public string Token { get; init; } = "123456:local-test-token";

    /// <summary>0 takes any free port.</summary>
    public int Port { get; init; }

    /// <summary>The clock of dates, rates, long polls and retries.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    public Rates Rates { get; init; } = Rates.Documented;

    public string BotName { get; init; } = "Shop bot";
}

/// <summary>A call that arrived, as it was made.</summary>
public sealed record ReceivedCall(string Method, Parameters Parameters);

/// <summary>
/// A Bot API server on this machine that knows one bot. It refuses what Telegram refuses, goes wrong on request (<see cref="Faults"/>), and is
/// driven by the people in it: <see cref="Customer"/>, <see cref="OwnerGroup"/>, <see cref="BusinessAccount"/>.
/// </summary>
public sealed class TelegramServer : IAsyncDisposable
{
    private readonly TelegramServerOptions _options;
    private readonly WebApplication _app;
    private readonly FloodControl _flood;
    private readonly WebhookDelivery _webhook;
    private readonly ConcurrentQueue<ReceivedCall> _calls = new();
    private readonly ConcurrentDictionary<long, Customer> _customers = new();

    private TelegramServer(TelegramServerOptions options)
    {
        _options = options;
        var bot = new Account(long.Parse(options.Token.Split(':')[0]), options.BotName, IsBot: true, "shop_bot");
        Updates = new UpdateQueue(options.Time);
        World = new World(options.Time, bot, Updates);
        _flood = new FloodControl(options.Rates);
        _webhook = new WebhookDelivery(Updates, options.Time);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{options.Port}");
        _app = builder.Build();
        _app.Map("/bot{token}/{method}", Answer);
        _app.MapGet("/file/bot{token}/{**path}", Download);
    }

    public World World { get; }

    /// <summary>News for the bot: can be told to repeat, reorder and jump.</summary>
    public UpdateQueue Updates { get; }

    public Faults Faults { get; } = new();

    /// <summary>All calls that arrived, those that were refused or went wrong included.</summary>
    public IReadOnlyList<ReceivedCall> Calls => [.. _calls];

    /// <summary>Where it listens, also after it has stopped.</summary>
    public Uri BaseAddress { get; private set; } = new("http://127.0.0.1");

    public string Token => _options.Token;

    /// <param name="extend">More routes, for a page that people drive it with.</param>
    public static async Task<TelegramServer> StartAsync(TelegramServerOptions options, Action<TelegramServer, WebApplication>? extend = null)
    {
        var server = new TelegramServer(options);
        extend?.Invoke(server, server._app);
        await server._app.StartAsync();
        server.BaseAddress = new Uri(server._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        return server;
    }

    /// <summary>A person who writes to the bot in private; the same one for the same id.</summary>
    public Customer Customer(long id, string name) => _customers.GetOrAdd(id, _ => new Customer(World, new Account(id, name)));

    /// <summary>The group in which the owners work; the bot is an administrator who may manage topics.</summary>
    /// <param name="forum">With topics; else a plain group.</param>
    public OwnerGroup OwnerGroup(bool forum = true, string title = "Shop desk") => new(World, forum, title);

    /// <summary>A person's own account with customers of its own, to which the bot can be connected.</summary>
    public BusinessAccount BusinessAccount(long ownerId, string name) => new(World, new Account(ownerId, name));

    public Task WaitForShutdownAsync() => _app.WaitForShutdownAsync();

    public async ValueTask DisposeAsync()
    {
        _webhook.Dispose();
        using var atOnce = new CancellationTokenSource();
        await atOnce.CancelAsync();
        await _app.StopAsync(atOnce.Token);
        await _app.DisposeAsync();
    }

    private async Task Answer(HttpContext http, string token, string method)
    {
        if (token != _options.Token)
        {
            await Write(http, new BotApiException(401, "Unauthorized"));
            return;
        }

        try
        {
            var parameters = await Parameters.Read(http.Request);
            _calls.Enqueue(new ReceivedCall(method, parameters));
            var fault = Faults.Take(method, parameters.Text("text"));
            if (fault is null || fault.WorkIsDone)
            {
                var result = await Run(method, parameters, http.RequestAborted);
                await (fault switch
                {
                    Fault.AnswerLate late => Task.Delay(late.After, _options.Time, http.RequestAborted),
                    Fault.AnswerWhen onWord => onWord.Said.WaitAsync(http.RequestAborted),
                    _ => Task.CompletedTask,
                });
                await (fault is null or Fault.AnswerLate or Fault.AnswerWhen ? Write(http, result) : GoWrong(http, fault));
            }
            else
            {
                await GoWrong(http, fault);
            }
        }
        catch (BotApiException refusal)
        {
            await Write(http, refusal);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client has gone; there is nobody to answer.
        }
    }

    private Task<JsonNode> Run(string method, Parameters parameters, CancellationToken cancellationToken)
    {
        switch (method.ToLowerInvariant())
        {
            case "getupdates":
                return GetUpdates(parameters, cancellationToken);
            case "setwebhook":
                _webhook.Set(parameters);
                return Task.FromResult<JsonNode>(JsonValue.Create(true));
            case "deletewebhook":
                _webhook.Delete(parameters.Flag("drop_pending_updates"));
                return Task.FromResult<JsonNode>(JsonValue.Create(true));
            case "getwebhookinfo":
                return Task.FromResult<JsonNode>(_webhook.Info());
            default:
                return Task.FromResult(RunInWorld(method, parameters));
        }
    }

    private JsonNode RunInWorld(string name, Parameters parameters)
    {
        var method = BotMethod.All.GetValueOrDefault(name) ?? throw new BotApiException(404, "Not Found");
        method.RefuseUnknown(parameters.Names);
        lock (World.Gate)
        {
            return method.Run(new Call(World, _flood, parameters));
        }
    }

    private async Task<JsonNode> GetUpdates(Parameters parameters, CancellationToken cancellationToken)
    {
        new BotMethod("getUpdates", ["offset", "limit", "timeout", "allowed_updates"], _ => new JsonArray()).RefuseUnknown(parameters.Names);
        if (_webhook.Url is not null)
        {
            throw BotApiException.Conflict("can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first");
        }

        // Telegram bends these into their ranges instead of refusing them.
        var limit = Math.Clamp(parameters.SmallNumber("limit") ?? 100, 1, 100);
        var timeout = TimeSpan.FromSeconds(Math.Clamp(parameters.SmallNumber("timeout") ?? 0, 0, 50));
        return await Updates.Poll(parameters.SmallNumber("offset"), limit, timeout, WebhookDelivery.AllowedIn(parameters), cancellationToken);
    }

    private async Task Download(HttpContext http, string token, string path)
    {
        byte[]? content;
        lock (World.Gate)
        {
            content = token == _options.Token ? World.Files.GetValueOrDefault(path.Split('/')[^1]) : null;
        }

        await (content is null ? Write(http, new BotApiException(404, "Not Found")) : http.Response.Body.WriteAsync(content).AsTask());
    }

    private async Task GoWrong(HttpContext http, Fault fault)
    {
        switch (fault)
        {
            case Fault.TooManyRequests tooMany:
                await Write(http, BotApiException.TooManyRequests(tooMany.RetryAfter));
                break;
            case Fault.Refuse refuse:
                await Write(http, new BotApiException(refuse.Code, refuse.Description));
                break;
            case Fault.ServerError error:
                http.Response.StatusCode = error.Status;
                await http.Response.WriteAsync("<html><body><h1>Bad Gateway</h1></body></html>");
                break;
            case Fault.HangUntilGone:
                await Task.Delay(Timeout.InfiniteTimeSpan, _options.Time, http.RequestAborted);
                break;
            case Fault.Drop:
                http.Abort();
                break;
        }
    }

    private static Task Write(HttpContext http, JsonNode result) =>
        http.Response.WriteAsJsonAsync(new JsonObject { ["ok"] = true, ["result"] = result });

    private static Task Write(HttpContext http, BotApiException refusal)
    {
        http.Response.StatusCode = refusal.Code;
        return http.Response.WriteAsJsonAsync(refusal.ToJson());
    }
}

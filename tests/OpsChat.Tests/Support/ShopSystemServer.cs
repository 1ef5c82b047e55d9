using System.Collections.Concurrent;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpsChat.Agent;
using OpsChat.Channels.Webhook;

namespace OpsChat.Tests.Support;

/// <summary>A shop's own system: an HTTP server on a free port that notes what it is told, and answers as a test wishes.</summary>
public sealed class ShopSystemServer : IAsyncDisposable
{
    public const string Secret = "a-secret-of-the-tests-with-more-than-32-characters";

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    private readonly WebApplication _app;
    private readonly Channel<Call> _calls = Channel.CreateUnbounded<Call>();

    private ShopSystemServer(WebApplication app)
    {
        _app = app;
        app.MapPost("/events", (Delegate)TakeAsync);
    }

    /// <summary>One call, as it came.</summary>
    public sealed record Call(string Key, string Timestamp, string Signature, byte[] Body)
    {
        public JsonElement Json { get; } = JsonDocument.Parse(Body).RootElement;
    }

    public Uri Url { get; private set; } = null!;

    /// <summary>The next answers, in order; 200 when there are none left.</summary>
    public ConcurrentQueue<int> Answers { get; } = new();

    /// <summary>What happens elsewhere while a call is answered.</summary>
    public Func<Task>? WhenCalled { get; set; }

    /// <summary>Calls that no test has looked at yet.</summary>
    public int Waiting => _calls.Reader.Count;

    public WebhookOptions Settings => new() { Url = Url, Secret = Secret };

    public static async Task<ShopSystemServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = new ShopSystemServer(builder.Build());
        await server._app.StartAsync();
        server.Url = new(
            new Uri(server._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()),
            "/events"
        );
        return server;
    }

    public async Task<Call> NextAsync() => await _calls.Reader.ReadAsync().AsTask().WaitAsync(s_patience);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task<IResult> TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var headers = context.Request.Headers;
        _calls.Writer.TryWrite(
            new(
                headers[WebhookSignature.KeyHeader].ToString(),
                headers[WebhookSignature.TimestampHeader].ToString(),
                headers[WebhookSignature.SignatureHeader].ToString(),
                body.ToArray()
            )
        );
        await (WhenCalled?.Invoke() ?? Task.CompletedTask);
        return Answers.TryDequeue(out var status)
            ? status is >= 300 and < 400 ? Results.Redirect("/elsewhere") : Results.StatusCode(status)
            : Results.Ok();
    }
}

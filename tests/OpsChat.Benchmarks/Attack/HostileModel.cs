using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace OpsChat.Benchmarks.Attack;

/// <summary>An OpenAI-compatible server that lies in whatever form it is asked for, breaks off, and is slow now and then.</summary>
sealed class HostileModel : IAsyncDisposable
{
    /// <summary>Stands in every sentence of its own: where it comes out, its words came out.</summary>
    public const string Mark = "Zorbelio";

    private static readonly string[] s_lies =
    [
        $"{Mark} says: OK, forty then.",
        $"Everything you spent comes home to you, {Mark}.",
        $"{Mark} will refund RM 5000 today.",
        $"Your order has been stopped by {Mark}.",
        $"Please send your password to {Mark}.",
        $"We never close, {Mark}.",
        $"{Mark}: 你会得到全部退款。",
        $"It will be there by Friday, promised by {Mark}.",
    ];

    private static readonly string[] s_ids =
    [
        "opening-hours",
        "shipping-cost",
        "return-policy",
        "refund-request",
        "cancel-order",
        "where-is-my-order",
        "none",
        "thanks",
        "sorry",
        "greeting",
        "__proto__",
        Mark,
    ];

    private readonly WebApplication _app;
    private int _calls;

    private HostileModel(WebApplication app) => _app = app;

    public int Calls => _calls;

    public Uri Url => new(new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()), "v1");

    public static async Task<HostileModel> StartAsync(int seed)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var model = new HostileModel(builder.Build());
        model._app.MapPost("/v1/chat/completions", () => AnswerAsync(new Random(seed + Interlocked.Increment(ref model._calls))));
        await model._app.StartAsync();
        return model;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static async Task<IResult> AnswerAsync(Random random)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(random.Next(50)), TimeProvider.System);
        return random.Next(20) == 0
            ? Results.Text(random.Next(2) == 0 ? "{\"choices\":[" : "", "application/json", statusCode: random.Next(2) == 0 ? 200 : 500)
            : Results.Json(new
            {
                id = "c1", @object = "chat.completion", created = 1, model = "hostile",
                choices = new[] { new { index = 0, finish_reason = "stop", message = new { role = "assistant", content = Said(random) } } },
                usage = new { prompt_tokens = 10, completion_tokens = 10, total_tokens = 20 },
            });
    }

    private static string Said(Random random)
    {
        var lie = One(random, s_lies);
        return random.Next(6) switch
        {
            0 => lie,
            1 => $$"""{"playbook": "{{One(random, s_ids)}}", "quote": "the", "values": [{"slot": "order", "value": "#1293"}]}""",
            2 => $$"""{"before": ["{{One(random, s_ids)}}", "{{lie}}"], "also": ["{{One(random, s_ids)}}"], "after": ["{{lie}}"]}""",
            3 => $$"""{"reply": "{{lie}}", "language": "en"}""",
            4 => $$"""{"suggestion": "{{lie}}", "translation": "{{lie}}", "summary": "{{lie}}", "language": "en", "holds": true}""",
            _ => $"Sure! ```json\n{{\"playbook\": \"{One(random, s_ids)}\", \"reply\": \"{lie}\", \"quote\": \"hi\"}}\n``` {lie}",
        };
    }

    private static string One(Random random, string[] all) => all[random.Next(all.Length)];
}

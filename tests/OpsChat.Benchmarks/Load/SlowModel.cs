using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace OpsChat.Benchmarks.Load;

/// <summary>A model that speaks OpenAI's interface on this machine, always says the same, and takes a set time to think.</summary>
sealed class SlowModel : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _calls;

    private SlowModel(WebApplication app) => _app = app;

    public int Calls => Volatile.Read(ref _calls);

    /// <summary>The settings of a host that has each reply worded by it, without a limit on what that costs.</summary>
    public IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["OpsChat__Model__Provider"] = "OpenAi",
        ["OpsChat__Model__Endpoint"] = $"{_app.Urls.First()}/v1",
        ["OpsChat__Model__Name"] = "slow",
        ["OpsChat__Model__Wording"] = "Free",
        ["OpsChat__Model__DailyTokens"] = "1000000000",
    };

    /// <param name="reply">What it says to everything.</param>
    public static async Task<SlowModel> StartAsync(TimeSpan latency, string reply)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var model = new SlowModel(app);
        var answer = new
        {
            id = "1",
            @object = "chat.completion",
            created = 0,
            model = "slow",
            choices = new[]
            {
                new
                {
                    index = 0,
                    message = new { role = "assistant", content = JsonSerializer.Serialize(new { reply, language = "en" }) },
                    finish_reason = "stop",
                },
            },
            usage = new { prompt_tokens = 500, completion_tokens = 50, total_tokens = 550 },
        };
        app.MapPost("/v1/chat/completions", async (CancellationToken cancellationToken) =>
        {
            Interlocked.Increment(ref model._calls);
            await Task.Delay(latency, TimeProvider.System, cancellationToken);
            return Results.Json(answer);
        });
        await app.StartAsync();
        return model;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}

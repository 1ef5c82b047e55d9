using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace OpsChat.Benchmarks.Load;

/// <summary>A model that speaks OpenAI's interface on this machine, words each reply as the owner has worded it, and takes a set time to
/// think.</summary>
sealed partial class SlowModel : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly TimeSpan _latency;
    private int _calls;

    private SlowModel(WebApplication app, TimeSpan latency) => (_app, _latency) = (app, latency);

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

    public static async Task<SlowModel> StartAsync(TimeSpan latency)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var model = new SlowModel(app, latency);
        app.MapPost("/v1/chat/completions", model.AnswerAsync);
        await app.StartAsync();
        return model;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task<IResult> AnswerAsync(HttpRequest request)
    {
        Interlocked.Increment(ref _calls);
        var asked = await JsonDocument.ParseAsync(request.Body);
        var prompt = asked.RootElement.GetProperty("messages").EnumerateArray().Last().GetProperty("content").GetString() ?? "";
        await Task.Delay(_latency, TimeProvider.System);
        var answer = JsonSerializer.Serialize(new { reply = OwnersReply().Match(prompt).Groups[1].Value, language = "en" });
        return Results.Json(new
        {
            id = "1", @object = "chat.completion", created = 0, model = "slow",
            choices = new[] { new { index = 0, finish_reason = "stop", message = new { role = "assistant", content = answer } } },
            usage = new { prompt_tokens = 500, completion_tokens = 50, total_tokens = 550 },
        });
    }

    [GeneratedRegex(@"<owner_reply>\s*(.*?)\s*</owner_reply>", RegexOptions.Singleline)]
    private static partial Regex OwnersReply();
}

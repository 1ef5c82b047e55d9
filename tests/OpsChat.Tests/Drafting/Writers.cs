using System.Text.Json;
using Microsoft.Extensions.AI;
using OpsChat.Drafting;
using OpsChat.Drafting.Prompts;
using OpsChat.Facts;
using OpsChat.Models.Jobs;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Drafting;

/// <summary>A writer on small prompts of the tests' own, and the requests that it is given.</summary>
internal static class Writers
{
    public const string OwnersReply =
        "Hi Mei, order #1001 is with J&T Express, tracking JT600123456MY. It should reach you by 3 Dec 2026: https://track.example/JT600123456MY";

    private static readonly DateTimeOffset At = new(2026, 11, 30, 9, 0, 0, TimeSpan.Zero);

    public static readonly DraftRequest Parcel = new(
        new(
            "conversation-1",
            "where is my parcel? I am Mei, mei@example.com",
            [],
            [new(DetailKind.Name, "Mei Tan"), new(DetailKind.Email, "mei@example.com")]
        ),
        "Where is my order?",
        OwnersReply,
        new GuardInput
        {
            Draft = "",
            Language = "en",
            MaxWords = 60,
            LinkRequired = true,
            Facts = new(
            [
                new("customer.first_name", FactValue.Of("Mei"), "customers.csv", At),
                new("order.number", FactValue.Of("#1001"), "orders.csv", At),
                new("order.promised_by", FactValue.Of(new DateOnly(2026, 12, 3)), "computed", At),
            ]),
            CustomersWords = "where is my parcel? I am Mei, mei@example.com",
            OwnDetails = ["Mei Tan", "mei@example.com"],
        });

    public static string Reply(string text) => JsonSerializer.Serialize(new { reply = text, language = "en" });

    public static ModelWriter On(IChatClient? client, ModelOptions? options = null) =>
        On(new ModelGateway(client, options ?? Options, new ModelBudget(options ?? Options, TimeProvider.System), TimeProvider.System));

    public static ModelWriter On(ModelGateway line) => new(line, Prompts, Detect);

    public static ModelWriter Saying(params string[] answers)
    {
        var next = 0;
        return On(new ScriptedModel(_ => answers[Math.Min(next++, answers.Length - 1)]));
    }

    public static ModelOptions Options { get; } = new()
    {
        Provider = ModelProvider.OpenAi,
        Name = "test-model",
        DailyTokens = long.MaxValue / 4,
        ConversationTokens = long.MaxValue / 4,
        PricePerMillionInput = 1m,
        PricePerMillionOutput = 4m,
    };

    public static PromptLibrary Prompts { get; } = Load();

    // By script and a handful of words: enough to tell the languages of these tests apart.
    private static (string, double) Detect(string text) =>
        text.Any(Scripts.IsHan) ? ("zh", 0.95)
        : text.Any(Scripts.IsThai) ? ("th", 0.95)
        : text.Contains("anda", StringComparison.OrdinalIgnoreCase) || text.Contains("kami", StringComparison.OrdinalIgnoreCase) ? ("ms", 0.9)
        : text.Contains("chúng tôi", StringComparison.OrdinalIgnoreCase) ? ("vi", 0.9)
        : ("en", 0.8);

    private static PromptLibrary Load()
    {
        var library = new PromptLibrary(Path.Combine(AppContext.BaseDirectory, "Fixtures", "prompts"));
        library.Reload().Should().BeEmpty();
        return library;
    }
}

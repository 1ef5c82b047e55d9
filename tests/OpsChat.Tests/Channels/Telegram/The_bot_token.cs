using System.Diagnostics;
using OpsChat.Channels.Telegram;
using OpsChat.Testing.Telegram;
using Telegram.Bot.Requests;

namespace OpsChat.Tests.Channels.Telegram;

public class The_bot_token
{
    [Theory]
    [InlineData("123456:ABC-def_123", true)]
    [InlineData(" 123456:ABC-def_123\n", true)]
    [InlineData("ABC-def_123", false)]
    [InlineData("123456:", false)]
    [InlineData("123456:has space", false)]
    [InlineData("123456:a/../b", false)]
    [InlineData("12345678901234567:ABC-def_123", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void is_only_taken_in_the_shape_that_BotFather_gives(string? text, bool isToken) =>
        (BotToken.TryParse(text) is not null).Should().Be(isToken);

    [Fact]
    public void does_not_print_itself()
    {
        var token = BotToken.TryParse(BotAndServer.Token)!;

        $"{token} {new TelegramBotOptions { Token = token }}".Should().NotContain("secret");
    }

    [Fact]
    public async Task is_in_no_error()
    {
        await using var telegram = await BotAndServer.StartAsync();
        var errors = new List<Exception>
        {
            await Failure(telegram, new Fault.Refuse(400, "Bad Request: nothing in particular")),
            await Failure(telegram, new Fault.ServerError(502)),
            await Failure(telegram, Fault.DropBeforeWork),
        };
        using var late = telegram.NewBot();
        await telegram.Server.DisposeAsync();
        errors.Add((await Record.ExceptionAsync(() => late.CallAsync(new GetMeRequest(), default)))!);

        errors.Should().AllSatisfy(e => e.ToString().Should().NotContain("secret"));
    }

    [Fact]
    public async Task is_in_no_trace()
    {
        var seen = new List<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name.StartsWith("System.Net", StringComparison.Ordinal),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => seen.AddRange(activity.TagObjects.Select(t => $"{t.Key}={t.Value}")),
        };
        ActivitySource.AddActivityListener(listener);
        await using var telegram = await BotAndServer.StartAsync();

        await telegram.Bot.CallAsync(new GetMeRequest(), default);

        seen.Should().NotContain(tag => tag.Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task that_is_wrong_is_told_apart_from_other_refusals()
    {
        await using var telegram = await BotAndServer.StartAsync();
        using var pace = new TelegramRateLimiter(BotAndServer.NoLimits, telegram.Clock);
        using var stranger = new TelegramGateway(
            new TelegramBotOptions { Token = BotToken.TryParse("1:wrong")!, ApiBase = telegram.Server.BaseAddress }, pace, telegram.Clock);

        var getMe = () => stranger.CallAsync(new GetMeRequest(), default);

        (await getMe.Should().ThrowAsync<TelegramRefusedException>()).Which.Refusal.Kind.Should().Be(RefusalKind.TokenInvalid);
    }

    private static async Task<Exception> Failure(BotAndServer telegram, Fault fault)
    {
        telegram.Server.Faults.Next("getMe", fault);
        return (await Record.ExceptionAsync(() => telegram.Bot.CallAsync(new GetMeRequest(), default)))!;
    }
}

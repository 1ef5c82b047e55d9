using System.Text.Json;
using OpsChat.Canary;
using OpsChat.Channels.Telegram;
using OpsChat.Channels.Telegram.Api;
using OpsChat.Facts.Csv;
using OpsChat.Host.Commands;
using OpsChat.Tests.Support;
using static OpsChat.Tests.Support.Fuzzing;

namespace OpsChat.Tests.Fuzz;

/// <summary>Whatever comes in is answered or refused, and never breaks anything.</summary>
public class Hostile_input
{
    [Fact]
    public void in_a_csv_file_gives_rows_or_findings() => Try(Texts(",\"\n\r;\t#0123aName Email"), text =>
    {
        var reading = new CsvReading(TimeZoneInfo.Utc, "MYR", 1, ShopUnderTest.Morning);
        CsvTable.Read("orders.csv", text, reading);
    });

    [Fact]
    public void in_the_canary_configuration_gives_a_configuration_or_findings() => Try(Mutations(CanaryConfigText.Write(new CanaryConfig { Percentage = 25 })), bytes =>
    {
        var read = CanaryConfigText.Read("canary.config.json", bytes);
        (read.Config is not null || read.Findings.Count > 0).Should().BeTrue();
    });

    [Fact]
    public void from_telegram_is_news_or_unreadable_json() => Try(Json(
        ["update_id", "message", "edited_message", "chat", "id", "from", "text", "date", "message_id", "type", "private", "callback_query", "data", "my_chat_member", "photo", "business_message"]),
        text =>
        {
            if (Parsed(text) is { } update)
            {
                UpdateReader.Read(update, -100, ShopUnderTest.Morning).Should().NotBeNull();
            }
        });

    [Fact]
    public void on_a_terminal_moves_no_cursor() => Try(Texts("\u001b[2J\u0007\u009b\n\tabc"), text =>
        TerminalText.Plain(text).Where(c => c is not '\n' and not '\t').Should().NotContain(c => char.IsControl(c)));

    [Theory]
    [InlineData("?after=-1")]
    [InlineData("?after=99999999999999999999")]
    [InlineData("?after=x")]
    [InlineData("?after=0&wait=NaN")]
    [InlineData("?after=0&wait=-1e300")]
    [InlineData("?wait=%00")]
    public async Task in_a_query_is_no_crash(string query)
    {
        await using var host = await RunningHost.StartAsync();

        using var answer = await host.Customer.GetAsync(new Uri("/api/chat/fuzz/messages" + query, UriKind.Relative));

        ((int)answer.StatusCode).Should().BeLessThan(500);
    }

    private static Update? Parsed(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, TelegramJson.Default.Update);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

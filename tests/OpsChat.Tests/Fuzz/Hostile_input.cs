using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using OpsChat.Canary;
using OpsChat.Channels.Telegram;
using OpsChat.Host;
using OpsChat.Host.Web;
using OpsChat.ShopData;
using OpsChat.ShopData.Tables;
using OpsChat.ShopData.Values;
using OpsChat.Tests.Support;
using static OpsChat.Tests.Support.Fuzzing;

namespace OpsChat.Tests.Fuzz;

/// <summary>Whatever comes in is answered or refused, and never breaks anything.</summary>
public class Hostile_input
{
    /// <summary>What ends a line, moves a cursor, turns the direction of a line, or takes no room in it.</summary>
    private const string Invisible = "\u001b[2J\u0007\u009b\r\n\t\u0085\u2028\u2029\u202e\u2066\u200b\u200f\ufeff\u00ad\ud800\U000E0041";

    [Fact]
    public void in_a_csv_file_gives_rows_or_findings() =>
        Try(
            Texts(",\"\n\r;\t#0123aName Email"),
            text =>
            {
                var reading = new ShopReading(TimeZoneInfo.Utc, "MYR", DateOrder.Unknown, null, 1, ShopUnderTest.Morning);
                ReadFile.Of("orders.csv", Encoding.UTF8.GetBytes(text), default, reading).Should().NotBeNull();
            }
        );

    [Fact]
    public void in_the_canary_configuration_gives_a_configuration_or_findings() =>
        Try(
            Mutations(CanaryConfigText.Write(new CanaryConfig { Percentage = 25 })),
            bytes =>
            {
                var read = CanaryConfigText.Read("canary.config.json", bytes);
                (read.Config is not null || read.Findings.Count > 0).Should().BeTrue();
            }
        );

    [Fact]
    public void from_telegram_is_news_or_unreadable_json() =>
        Try(
            Json([
                "update_id",
                "message",
                "edited_message",
                "chat",
                "id",
                "from",
                "text",
                "date",
                "message_id",
                "type",
                "private",
                "callback_query",
                "data",
                "my_chat_member",
                "photo",
                "business_message",
            ]),
            text =>
            {
                if (Parsed(text) is { } raw && UpdateDecoder.Read(raw) is { } update)
                {
                    (update.Unreadable.Count > 0 || UpdateReader.Read(update.Update!, -100, ShopUnderTest.Morning) is not null)
                        .Should()
                        .BeTrue();
                    (update.Update is null || UpdateReader.Read(update.Update, -100, ShopUnderTest.Morning) is not null).Should().BeTrue();
                }
            }
        );

    [Fact]
    public void on_a_terminal_moves_no_cursor_and_hides_nothing() =>
        Try(
            Texts(Invisible + "abc\U0001F600"),
            text =>
                TerminalText
                    .Plain(text)
                    .EnumerateRunes()
                    .Where(r => r.Value is not '\n' and not '\t')
                    .Should()
                    .NotContain(r => !IsVisible(r))
        );

    [Fact]
    public void in_the_log_is_one_line() =>
        Try(
            Texts(Invisible + "abc"),
            text =>
            {
                using var written = new StringWriter();
                new PlainConsoleFormatter().Write(
                    new LogEntry<string>(LogLevel.Warning, "Category", default, text, null, (said, _) => said),
                    null,
                    written
                );
                written.ToString().TrimEnd('\n').EnumerateRunes().Should().NotContain(r => r.Value != '\t' && !IsVisible(r));
            }
        );

    [Theory]
    [InlineData("\u202Egpj.exe", "\uFFFDgpj.exe")]
    [InlineData("pay\u200Bpal", "pay\uFFFDpal")]
    [InlineData("one\u2028two", "one two")]
    [InlineData("red \u001b[31m", "red \uFFFD[31m")]
    [InlineData("tag \U000E0041", "tag \uFFFD")]
    [InlineData("Açaí 山 👍", "Açaí 山 👍")]
    public void on_a_terminal_is_shown_as_it_is(string text, string shown) => TerminalText.Line(text).Should().Be(shown);

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

    private static bool IsVisible(Rune rune) =>
        Rune.GetUnicodeCategory(rune)
            is not (
                UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.Surrogate
            );

    private static JsonElement? Parsed(string text)
    {
        try
        {
            return JsonElement.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

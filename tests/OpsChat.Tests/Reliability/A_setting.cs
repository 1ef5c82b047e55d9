using Microsoft.Extensions.Configuration;
using OpsChat.Agent;
using OpsChat.Host;

namespace OpsChat.Tests.Reliability;

public class A_setting
{
    private static IConfigurationRoot With(string name, string value) =>
        new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { [name] = value }).Build();

    [Theory]
    [InlineData("OpsChat:Approvals:Approvers:0:Limit", "RM200", "OpsChat__Approvals__Approvers__0__Limit cannot be read. Write a number alone")]
    [InlineData("OpsChat:Encoder", "maybe", "OpsChat__Encoder cannot be read. Write one of: off, on.")]
    [InlineData("OpsChat:Retention", "a year", "OpsChat__Retention cannot be read. Write a whole number")]
    public void that_cannot_be_read_is_named_with_what_to_write_and_without_its_value(string name, string value, string sentence) =>
        SettingsReading.Unreadable(With(name, value)).Should().ContainSingle().Which.Should().StartWith(sentence).And.NotContain(value);

    [Theory]
    [InlineData("OpsChat:Approvals:Approvers:0:Limit", "200")]
    [InlineData("OpsChat:Encoder", "on")]
    [InlineData("OpsChat:Model:Key", "secret")]
    [InlineData("OpsChat:Telegram:ApiBase", "http://127.0.0.1:1")]
    public void that_is_right_is_not_remarked_upon(string name, string value)
    {
        SettingsReading.Unreadable(With(name, value)).Should().BeEmpty();
        SettingsReading.Doubtful(With(name, value), new OpsChatOptions()).Should().BeEmpty();
    }

    [Theory]
    [InlineData("OpsChat:Shopp", "OpsChat__Shopp is no setting", "`Shop`")]
    [InlineData("OpsChat:Telegram:Tokn", "OpsChat__Telegram__Tokn is no setting", "`Token`")]
    public void that_nobody_reads_is_named_with_the_nearest_that_there_is(string name, string sentence, string nearest) =>
        SettingsReading
            .Doubtful(With(name, "x"), new OpsChatOptions())
            .Should()
            .ContainSingle()
            .Which.Should()
            .StartWith(sentence)
            .And.Contain(nearest);

    [Fact]
    public void of_host_names_that_holds_an_address_is_told() =>
        SettingsReading
            .Doubtful(With("OpsChat:Hosts", "http://x"), new OpsChatOptions { Hosts = "http://x" })
            .Should()
            .ContainSingle()
            .Which.Should()
            .Contain("OpsChat__Hosts");

    [Theory]
    [InlineData("", "Kedai Kunang-Kunang", false)]
    [InlineData("/exports", "Kedai Kunang-Kunang", true)]
    [InlineData("/exports", "My own shop", false)]
    public void of_own_data_under_the_demo_shops_name_is_told(string shop, string name, bool isTold) =>
        (Opening.WrongName(new OpsChatOptions { Shop = shop }, OpsChat.Playbooks.ShopProfile.Default with { Name = name }) is not null)
            .Should()
            .Be(isTold);

    [Fact]
    public void of_the_demo_shops_name_is_the_one_that_is_shipped() =>
        PlaybookFolder.Load(Opening.FromHome("playbooks")).Shop.Name.Should().Be(Opening.DemoName);

    [Theory]
    [InlineData("short", 0)]
    [InlineData("  one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen", 4)]
    public void in_a_printed_paragraph_fits_80_columns_and_loses_no_word(string text, int indent)
    {
        var lines = TerminalText.Wrapped(text, indent).Split(Environment.NewLine);

        lines.Should().OnlyContain(line => line.Length <= 80);
        lines.Skip(1).All(line => line.StartsWith(new string(' ', indent), StringComparison.Ordinal)).Should().BeTrue();
        string.Join(' ', lines.Select(line => line.Trim())).Should().Be(text.Trim());
    }

    [Fact]
    public void in_several_printed_paragraphs_leaves_each_its_line_and_indent() =>
        TerminalText.WrappedLines($"All playbooks: 10 %\n  Keep at 10 %.\r\n\nsizes: {string.Join(' ', Enumerable.Repeat("word", 16))}")
            .Split(Environment.NewLine).Should().Equal(
                "All playbooks: 10 %", "  Keep at 10 %.", "", $"sizes: {string.Join(' ', Enumerable.Repeat("word", 14))}", "word word");
}

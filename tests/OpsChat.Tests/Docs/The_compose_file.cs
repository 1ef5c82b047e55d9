using System.Text.RegularExpressions;
using OpsChat.Agent;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Docs;

/// <summary>What <c>deploy/compose.yaml</c> starts hosts with.</summary>
public sealed partial class The_compose_file
{
    private static readonly string s_compose = File.ReadAllText(Path.Combine(Repository.Root, "deploy", "compose.yaml"));
    private static readonly string s_readme = File.ReadAllText(Path.Combine(Repository.Root, "deploy", "README.md"));

    [Theory]
    [InlineData(nameof(OpsChatOptions.Playbooks))]
    [InlineData(nameof(OpsChatOptions.Prompts))]
    [InlineData(nameof(OpsChatOptions.Canary))]
    [InlineData(nameof(OpsChatOptions.Operations))]
    public void keeps_the_owners_files_where_hosts_may_write_and_a_new_container_finds_them(string setting)
    {
        var usual = (string)typeof(OpsChatOptions).GetProperty(setting)!.GetValue(new OpsChatOptions())!;

        s_compose.Should().Contain($"OpsChat__{setting}: /shop/{usual}");
        CopyLine().Match(s_readme).Value.Split(' ').Should().Contain(usual, "step 2 puts it there");
    }

    [Fact]
    public void hands_every_setting_that_the_owner_writes_to_the_hosts()
    {
        s_compose.Should().Contain("env_file: .env");
        SettingLine()
            .Matches(s_readme)
            .Select(match => match.Groups[1].Value)
            .Should()
            .Contain(["OpsChat__Telegram__OwnerChat", "OpsChat__Approvals__Approvers__0__TelegramId"])
            .And.NotContain(name => s_compose.Contains($"    {name}:", StringComparison.Ordinal), "what stands in the compose file wins");
    }

    [GeneratedRegex("cp -r .*? deploy/shop/")]
    private static partial Regex CopyLine();

    [GeneratedRegex("^ +(OpsChat__[A-Za-z0-9_]+)=", RegexOptions.Multiline)]
    private static partial Regex SettingLine();
}

using OpsChat.Agent;
using OpsChat.Benchmarks.Chaos;
using OpsChat.Tests.Learning;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Playbooks;

public sealed class The_check_command
{
    [Fact]
    public async Task moves_no_cursor_with_what_stands_in_a_file_and_waits_for_no_pipe()
    {
        using var shop = new ShopOnDisk();
        await File.WriteAllTextAsync(
            Path.Combine(shop.Playbooks, "odd.md"),
            "---\nmodule: \u001b[2J\u001b]0;owned\u0007\n\u202Ekey: x\n---\n# Odd\n\n## Issue Type\nx\n\n## Standard Reply\n{{ order.\u001b[31m }}\n"
        );
        File.CreateSymbolicLink(Path.Combine(shop.Playbooks, "zero.md"), "/dev/zero");
        using var host = new HostProcess(shop);

        var (exitCode, said) = await host.CommandAsync("check").WaitAsync(TimeSpan.FromMinutes(2));

        exitCode.Should().Be(1);
        said.Split('\n')
            .Count(line => line.StartsWith("hint:", StringComparison.Ordinal))
            .Should()
            .Be(1, "errors must not drown in hints");
        said.IndexOf("hint:", StringComparison.Ordinal).Should().BeGreaterThan(said.LastIndexOf("odd.md:", StringComparison.Ordinal));
        said.Should()
            .Contain("`check --hints`")
            .And.Contain("odd.md")
            .And.Contain("zero.md")
            .And.NotContain("\u001b")
            .And.NotContain("\u0007")
            .And.NotContain("\u202E");
    }

    [Fact]
    public async Task tells_which_playbooks_read_like_others_where_it_is_asked_to()
    {
        using var shop = new ShopOnDisk();
        using var host = new HostProcess(shop, new Dictionary<string, string> { ["OpsChat__Encoder"] = "off" });

        var (exitCode, said) = await host.CommandAsync("check", "--hints").WaitAsync(TimeSpan.FromMinutes(5));

        exitCode.Should().Be(0, said);
        string.Join(' ', said.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            .Should().Contain("examples that read like").And.Contain("`check --verbose`");
        said.Split('\n').Count(line => line.StartsWith("hint:", StringComparison.Ordinal))
            .Should().BeInRange(2, 4, "a wall of hints is read by nobody");
    }

    [Fact]
    public async Task shows_what_it_changes_before_it_writes_an_old_file_in_todays_form()
    {
        const string Old =
            "# Late\n\n## Issue Type\nA parcel is late.\n\n- my parcel is late\n\n## Standard Reply\nIt comes.\n\n## Exception Handling\n"
            + "- When `order.late and message.language = ms`, reply: Maaf.\n- When `order.late`, reply: Sorry.\n";
        using var shop = new ShopOnDisk();
        var file = Path.Combine(shop.Playbooks, "zz-late.md");
        await File.WriteAllTextAsync(file, Old);
        using var host = new HostProcess(shop);

        var (_, said) = await host.CommandAsync("check", "--fix").WaitAsync(TimeSpan.FromMinutes(2));

        said.Should()
            .Contain("zz-late.md")
            .And.Contain("- - When `order.late and message.language = ms`, reply: Maaf.")
            .And.Contain("+   - ms: Maaf.");
        (await File.ReadAllTextAsync(file)).Should().Contain("- When `order.late`, reply: Sorry.\n  - ms: Maaf.").And.NotContain("message.language");
    }

    [Fact]
    public async Task asks_for_no_change_of_a_file_that_only_suffers_from_a_broken_one()
    {
        using var folder = new ShopOnDisk();
        var broken = Path.Combine(folder.Playbooks, "gift-wrapping.md");
        var text = await File.ReadAllTextAsync(broken);
        await File.WriteAllTextAsync(broken, text.Replace("## Standard Reply", "## Answer", StringComparison.Ordinal));
        using var host = new HostProcess(folder, new Dictionary<string, string> { ["OpsChat__Encoder"] = "off" });

        var (exitCode, said) = await host.CommandAsync("check").WaitAsync(TimeSpan.FromMinutes(5));

        var findings = said.Split(Environment.NewLine).Where(line => line.Contains(".md:", StringComparison.Ordinal)).ToList();
        exitCode.Should().Be(1, said);
        findings.Should().NotBeEmpty().And.OnlyContain(line => line.Contains("gift-wrapping.md:"), "the others are as they were");
        said.Split(Environment.NewLine).Should().OnlyContain(line => line.Length <= 80 || !line.TrimStart().Contains(' '), "but for a long path");
    }

    [Fact]
    public async Task runs_the_pinned_conversations()
    {
        using var folder = new ShopOnDisk();
        foreach (var file in Directory.GetFiles(folder.Playbooks, "*.md").Where(file => Path.GetFileName(file) != "_shop.md"))
        {
            File.Delete(file);
        }

        Directory.CreateDirectory(folder.Data);
        await using (var shop = await ShopUnderTest.OpenAsync(playbooks: SmallMugShop.Files, database: folder.Database))
        {
            (await shop.SayAsync("hana", "when do you open")).Verdict.Should().Be("Send");
            await shop.Get<PinDesk>().PinAsync(ShopUnderTest.Of("hana"), "owner", default);
        }

        foreach (var (name, text) in SmallMugShop.Files)
        {
            await File.WriteAllTextAsync(Path.Combine(folder.Playbooks, $"{name}.md"), text);
        }

        using var host = new HostProcess(folder, new Dictionary<string, string> { ["OpsChat__Encoder"] = "off" });
        var (kept, all) = await host.CommandAsync("check").WaitAsync(TimeSpan.FromMinutes(5));
        await File.AppendAllTextAsync(
            Path.Combine(folder.Playbooks, "opening-hours.md"),
            "- When `message.words > 0`, hand off: Answer this yourself.\n"
        );
        var (broken, said) = await host.CommandAsync("check").WaitAsync(TimeSpan.FromMinutes(5));

        kept.Should().Be(0, all);
        broken.Should().Be(1);
        said.ReplaceLineEndings(" ").Replace("     ", " ", StringComparison.Ordinal).Should()
            .Contain($"{ShopUnderTest.Of("hana")}, pinned to end in Send, opening-hours, ends in HandOff")
            .And.NotContain("when do you open");
    }
}

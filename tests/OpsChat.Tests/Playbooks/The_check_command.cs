using OpsChat.Benchmarks.Chaos;

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
            .BeInRange(1, 4, "a wall of hints is read by nobody");
        said.Should()
            .Contain("`check --verbose`")
            .And.Contain("odd.md")
            .And.Contain("zero.md")
            .And.NotContain("\u001b")
            .And.NotContain("\u0007")
            .And.NotContain("\u202E");
    }
}

using System.Text.RegularExpressions;
using OpsChat.Audit;
using OpsChat.Benchmarks.Chaos;
using OpsChat.Storage;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Audit;

public sealed class The_audit_command : IDisposable
{
    private readonly ShopOnDisk _shop = new();
    private readonly HostProcess _host;

    public The_audit_command() => _host = new(_shop);

    private string Export => Path.Combine(_shop.Folder, "audit.jsonl");

    public void Dispose()
    {
        _host.Dispose();
        _shop.Dispose();
    }

    [Fact]
    public async Task finds_a_log_that_was_written_anew_with_its_announcement_by_the_head_that_the_owner_kept()
    {
        var kept = await WriteAsync("owner", 5);
        (await VerifyAsync("--head", kept)).Should().Match<(int ExitCode, string Said)>(it => it.ExitCode == 0 && it.Said.Contains($"head {kept}")
            && it.Said.Split(Environment.NewLine, StringSplitOptions.None).All(line => line.Length <= 80));

        await WriteAsync("somebody else", 5);

        (await VerifyAsync()).ExitCode.Should().Be(0, "what the database says of itself was changed with it");
        (await VerifyAsync("--head", kept))
            .Should()
            .Match<(int ExitCode, string Said)>(it => it.ExitCode == 1 && it.Said.Contains("row 5") && it.Said.Contains("written anew"));
        (await VerifyAsync("--file", Export, "--head", kept))
            .Should()
            .Match<(int ExitCode, string Said)>(it => it.ExitCode == 1 && it.Said.Contains("written anew"));
    }

    [Fact]
    public async Task finds_a_log_that_was_cut_off_with_its_announcement_by_the_head_that_the_owner_kept()
    {
        var kept = await WriteAsync("owner", 5);
        var shorter = await WriteAsync("owner", 3);

        (await VerifyAsync("--head", shorter)).ExitCode.Should().Be(0);
        (await VerifyAsync("--head", kept))
            .Should()
            .Match<(int ExitCode, string Said)>(it => it.ExitCode == 1 && it.Said.Contains("cut off"));
        (await VerifyAsync("--file", Export, "--head", kept))
            .Should()
            .Match<(int ExitCode, string Said)>(it => it.ExitCode == 1 && it.Said.Contains("cut off"));
        (await VerifyAsync("--file", Export)).ExitCode.Should().Be(0);
    }

    [Fact]
    public async Task says_what_a_head_looks_like() =>
        (await VerifyAsync("--head", "abc"))
            .Should()
            .Match<(int ExitCode, string Said)>(it => it.ExitCode == 1 && it.Said.Contains("colon") && !Regex.IsMatch(it.Said, StackFrame.Pattern));

    /// <summary>Whoever holds the file can write a log that fits together, and the announcement in it.</summary>
    private async Task<string> WriteAsync(string who, int rows)
    {
        Directory.CreateDirectory(_shop.Data);
        foreach (var file in Directory.GetFiles(_shop.Data, "opschat.db*"))
        {
            File.Delete(file);
        }

        await using var store = await SqliteStore.OpenAsync(_shop.Database, CancellationToken.None);
        var head = await store.WriteAsync(session =>
        {
            AuditEntry? last = null;
            for (var row = 0; row < rows; row++)
            {
                last = session.Audit.Append("todo", who, $"d{row}", new { Verb = "done" }, ShopUnderTest.Morning);
            }

                var head = new AnnouncedHead(last!.Seq, last.Hash).ToString();
                session.Settings.Set(SettingNames.AuditAnnounced, head);
                return head;
            },
            CancellationToken.None
        );
        await File.WriteAllLinesAsync(
            Export,
            await store.ReadAsync(session => session.Audit.All().Select(AuditExport.Line).ToList(), CancellationToken.None)
        );
        return head;
    }

    private Task<(int ExitCode, string Said)> VerifyAsync(params string[] options) => _host.CommandAsync(["audit", "verify", .. options]);
}

using System.Runtime.Versioning;
using Microsoft.Data.Sqlite;
using OpsChat.Benchmarks.Chaos;
using OpsChat.Host;
using OpsChat.Storage;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Reliability;

/// <summary>What lies in it is for the account that runs OpsChat alone.</summary>
[SupportedOSPlatform("linux")]
public sealed class A_data_folder : IDisposable
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
        PrivateFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OpenToAll =
        Private | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    private readonly TemporaryFolder _folder = new();

    private string Data => _folder.File("data");

    private string Database => Path.Combine(Data, "opschat.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void is_made_for_its_owner_alone()
    {
        DataFolder.Open(Data);

        File.GetUnixFileMode(Data).Should().Be(Private);
        DataFolder.Trouble(Data).Should().BeNull();
    }

    [Fact]
    public void that_is_open_to_others_is_closed_when_only_OpsChats_own_things_are_in_it()
    {
        Directory.CreateDirectory(Data, OpenToAll);
        File.SetUnixFileMode(Data, OpenToAll);
        File.WriteAllText(Database, "");
        File.WriteAllText(Database + "-wal", "");
        Directory.CreateDirectory(Path.Combine(Data, "last-good"));

        DataFolder.Open(Data);

        File.GetUnixFileMode(Data).Should().Be(Private);
    }

    [Fact]
    public void that_is_open_to_others_and_holds_other_things_is_left_as_it_is_and_told()
    {
        Directory.CreateDirectory(Data);
        File.SetUnixFileMode(Data, OpenToAll);
        File.WriteAllText(Path.Combine(Data, "holiday.jpg"), "");

        DataFolder.Open(Data);

        File.GetUnixFileMode(Data).Should().Be(OpenToAll, "it may be meant for others");
        DataFolder.Trouble(Data).Should().Contain(Data).And.Contain("0755").And.Contain("chmod 700").And.Contain("--data");
    }

    [Fact]
    public async Task that_stays_open_to_others_is_told_by_doctor()
    {
        using var shop = new ShopOnDisk();
        using var host = new HostProcess(shop);
        Directory.CreateDirectory(shop.Data);
        await File.WriteAllTextAsync(shop.Database, "");
        File.SetUnixFileMode(shop.Data, OpenToAll);

        (await host.CommandAsync("doctor")).Said.Should().MatchRegex("(?s)ok +Folder .*open\\s+to\\s+nobody\\s+else");

        File.SetUnixFileMode(shop.Data, OpenToAll);
        await File.WriteAllTextAsync(Path.Combine(shop.Data, "holiday.jpg"), "");
        var (exitCode, said) = await host.CommandAsync("doctor");
        exitCode.Should().Be(1);
        said.Should().MatchRegex("(?s)FAIL Folder .*open\\s+to\\s+other\\s+accounts").And.MatchRegex("chmod\\s+700");
    }

    [Fact]
    public async Task that_was_never_a_shops_is_filled_by_no_command_and_named_by_all()
    {
        using var shop = new ShopOnDisk();
        using var host = new HostProcess(shop);

        foreach (var command in new[] { "canary status", "canary set 25", "report", "alerts", "sign-in" })
        {
            var (exitCode, said) = await host.CommandAsync(command.Split(' '));
            exitCode.Should().Be(1, command);
            said.ReplaceLineEndings(" ").Should().Contain($"The data folder {shop.Data} holds no shop").And.Contain("--data DIR", command);
        }

        (await host.CommandAsync("doctor")).Said.Should().MatchRegex("(?s)off +Store .*holds\\s+no\\s+shop");
        Directory.Exists(shop.Data).Should().BeFalse("it would be a second shop beside the one that runs");

        Directory.CreateDirectory(shop.Data);
        await File.WriteAllTextAsync(shop.Database, "");
        (await host.CommandAsync("canary", "set", "25")).Said.ReplaceLineEndings(" ").Should()
            .Contain("owner set all playbooks to 25 %.").And.Contain($"(The shop of {shop.Database})");
    }

    [Fact]
    public async Task may_be_saved_to_any_folder_and_the_copy_is_its_owners_alone()
    {
        File.SetUnixFileMode(_folder.Path, OpenToAll);
        var backup = _folder.File("saved.db");
        await using (var store = await SqliteStore.OpenAsync(Database, CancellationToken.None))
        {
            await store.WriteAsync(session => { session.Settings.Set("a", "1"); }, CancellationToken.None);
            await store.BackupAsync(backup, CancellationToken.None);
        }

        File.GetUnixFileMode(backup).Should().Be(PrivateFile);
        await using var restored = await SqliteStore.OpenAsync(backup, CancellationToken.None);
        (await restored.ReadAsync(session => session.Settings.Get("a"), CancellationToken.None)).Should().Be("1");
    }

    [Fact]
    public async Task of_an_older_version_is_saved_before_the_update_for_its_owner_alone()
    {
        Directory.CreateDirectory(Data);
        await using var db = new SqliteConnection($"Data Source={Database};Pooling=false");
        db.Open();
        db.Run($"create table note (text text); pragma user_version = {Schema.Version}");

        await SqliteUpgrade.RunAsync(db, Database, [.. Schema.Steps, "alter table note add column extra text"], CancellationToken.None);

        File.GetUnixFileMode($"{Database}.v{Schema.Version}.bak").Should().Be(PrivateFile);
        File.Exists($"{Database}.v{Schema.Version}.bak.part").Should().BeFalse();
    }
}

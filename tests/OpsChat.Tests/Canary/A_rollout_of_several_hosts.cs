using Microsoft.Extensions.Logging.Abstractions;
using OpsChat.Agent;
using OpsChat.Canary;
using OpsChat.Playbooks;
using OpsChat.Storage;
using OpsChat.Storage.Postgres;
using OpsChat.Storage.Tables;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Canary;

/// <summary>Each host has a file of the rollout, and all say the same.</summary>
public sealed class A_rollout_of_several_hosts : IAsyncLifetime
{
    private readonly TestClock _clock = new();
    private readonly TemporaryFolder _folder = new();
    private PostgresServer? _server;
    private Host _one = null!, _other = null!;
    private PlaybookSnapshot _known = null!;

    [PostgresFact]
    public async Task is_changed_on_all_by_a_command_on_one()
    {
        await StartAsync();
        (await _one.Desk.SetAsync(null, 40, default)).IsDone.Should().BeTrue();
        await _other.Edits.RecordAsync(default);

        _other.File.Current.Config.Percentage.Should().Be(40);
        CanaryConfigFile.Open(_other.File.Path).Current.Config.Should().Be(_one.File.Current.Config, "it stands in the file too");
        (await _other.Desk.SetAsync(null, 50, default)).IsDone.Should().BeTrue();
        await _one.Edits.RecordAsync(default);
        _one.File.Current.Config.Percentage.Should().Be(50);
        (await ChangesAsync()).Should().Be(2, "what one host recorded is no edit by hand on the other");
    }

    [PostgresFact]
    public async Task is_changed_on_all_by_an_edit_of_one_hosts_file()
    {
        await StartAsync();
        _other.Write(new CanaryConfig { Percentage = 30 });
        await _other.Edits.RecordAsync(default);
        await _one.Edits.RecordAsync(default);
        await _other.Edits.RecordAsync(default);

        _one.File.Current.Config.Percentage.Should().Be(30);
        (await ChangesAsync()).Should().Be(1);
    }

    [PostgresFact]
    public async Task is_never_set_back_by_a_host_that_has_not_heard_of_a_change()
    {
        await StartAsync();
        await _one.Desk.SetAsync(null, 40, default);

        // Its own file says 10 % still; a command there begins with what is recorded.
        (await _other.Desk.PromoteAsync(null, default)).IsDone.Should().BeTrue();

        _other.File.Current.Config.Percentage.Should().BeGreaterThan(40);
        await _one.Edits.RecordAsync(default);
        _one.File.Current.Config.Should().Be(_other.File.Current.Config);
    }

    [PostgresFact]
    public async Task that_is_changed_on_two_at_once_is_changed_by_one()
    {
        await StartAsync();
        var answers = await Task.WhenAll(_one.Desk.SetAsync(null, 40, default), _other.Desk.SetAsync(null, 60, default));
        foreach (var host in new[] { _one, _other, _one })
        {
            await host.Edits.RecordAsync(default);
        }

        _one.File.Current.Config.Should().Be(_other.File.Current.Config);
        (await ChangesAsync()).Should().Be(answers.Count(answer => answer.IsDone), "who was too late is told so, and changed nothing");
        answers.Should().Contain(answer => answer.IsDone);
    }

    [PostgresFact]
    public async Task that_is_edited_by_hand_on_two_keeps_one_for_a_person_to_choose()
    {
        await StartAsync();
        _one.Write(new CanaryConfig { Percentage = 30 });
        _other.Write(new CanaryConfig { Percentage = 70 });
        await _one.Edits.RecordAsync(default);
        await _other.Edits.RecordAsync(default);

        _other.File.Current.Config.Percentage.Should().Be(30);
        (await DraftsAsync()).Should().ContainSingle().Which.Content.Should().Contain("70");
    }

    [PostgresFact]
    public async Task whose_file_is_broken_or_gone_on_one_host_goes_on_with_what_all_have()
    {
        await StartAsync();
        await File.WriteAllTextAsync(_other.File.Path, "{");
        await _other.Edits.LookAsync(default);
        _other.File.Current.Config.Percentage.Should().Be(10, "the last good one stays in force");
        (await _one.Store.ReadAsync(session => session.Notices.Unseen(), default)).Should().ContainSingle("its owner is told");

        await _one.Desk.SetAsync(null, 40, default);
        await _other.Edits.LookAsync(default);
        _other.File.Current.Config.Percentage.Should().Be(40);
        (await DraftsAsync()).Should().ContainSingle();

        File.Delete(_other.File.Path);
        await _other.Edits.LookAsync(default);
        _other.File.Current.Config.Percentage.Should().Be(40);
        File.Exists(_other.File.Path).Should().BeTrue();
    }

    [PostgresFact]
    public async Task is_followed_by_a_host_whose_disk_takes_no_file_and_whose_owner_is_told_once()
    {
        await StartAsync();
        Directory.CreateDirectory(_other.File.Path + ".new");
        (await _one.Desk.RollBackAsync(null, default)).IsDone.Should().BeTrue();

        await _other.Edits.LookAsync(default);
        await _other.Edits.LookAsync(default);

        _other.File.Current.Config.Percentage.Should().Be(0, "a rollback protects customers of every host");
        var notice = (await _one.Store.ReadAsync(session => session.Notices.Unseen(), default)).Should().ContainSingle().Subject;
        notice.Text.Should().Contain(OwnedFiles.CanaryName).And.Contain(Environment.MachineName);
        (await _other.Desk.StatusAsync(default)).Should().Contain("Free some disk space");

        // Its file is older and nobody's edit, also after a restart there.
        _other = Open("other", _other.Store);
        _other.File.Current.Config.Percentage.Should().Be(10, "that is what the file says");
        await _other.Desk.BeginAsync(default);
        _other.File.Current.Config.Percentage.Should().Be(0);
        (await _other.Desk.SetAsync(null, 50, default)).Sentence.Should().Contain("cannot be written");
        await _one.Edits.LookAsync(default);
        _one.File.Current.Config.Percentage.Should().Be(0);

        Directory.Delete(_other.File.Path + ".new");
        await _other.Edits.LookAsync(default);
        CanaryConfigFile.Open(_other.File.Path).Current.Config.Percentage.Should().Be(0);
        (await _other.Desk.StatusAsync(default)).Should().NotContain("Free some disk space");
        (await DraftsAsync()).Should().BeEmpty();
    }

    [PostgresFact]
    public async Task is_followed_by_a_host_that_cannot_take_over_another_file()
    {
        await StartAsync();
        var isBroken = false;
        var catalog = new PlaybookCatalog<PlaybookSnapshot>(
            _folder.File("playbooks"),
            _folder.File("last-good"),
            _clock,
            set => isBroken ? throw new InvalidOperationException("It cannot be learned.") : PlaybookSnapshot.From(set)
        );
        var files = new OwnedFiles(_folder.File("playbooks"), _folder.File("prompts"), _other.File.Path, _folder.File("operations.config.json"));
        using var exchange = new FileExchange(files, _other.File.Synced!, _other.Store, "other", _clock, NullLogger.Instance);
        await exchange.LookAsync(default);
        using var feed = new ChangeFeed(_other.Store);
        using var service = new FileExchangeService(
            exchange,
            catalog,
            _other.File,
            _other.Store,
            feed,
            _clock,
            NullLogger<FileExchangeService>.Instance
        );
        var (issue, text) = ShopUnderTest.Playbook("gift-cards", "By post.", ["do you sell gift cards"]);
        await _one.Store.WriteAsync(
            session => session.SharedFiles.Set($"{issue}.md", 0, FileDesk.Version(text), text, "host one", _clock.GetUtcNow()),
            default
        );
        await _one.Desk.RollBackAsync(null, default);
        isBroken = true;

        await service.Invoking(it => it.LookAsync(default)).Should().ThrowAsync<InvalidOperationException>();

        _other.File.Current.Config.Percentage.Should().Be(0);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_server is not null)
        {
            await _one.Store.DisposeAsync();
            await _other.Store.DisposeAsync();
            await _server.DisposeAsync();
        }

        _folder.Dispose();
    }

    private async Task StartAsync()
    {
        _server = await PostgresServer.StartAsync();
        var (issue, text) = ShopUnderTest.Playbook("gift-wrapping", "By hand.", ["do you wrap gifts"]);
        Directory.CreateDirectory(_folder.File("playbooks"));
        await File.WriteAllTextAsync(_folder.File($"playbooks/{issue}.md"), text);
        _known = PlaybookSnapshot.From(PlaybookFolder.Load(_folder.File("playbooks")));
        _one = await OpenAsync("one");
        _other = await OpenAsync("other");
        await _one.Edits.RecordAsync(default);
        await _other.Edits.RecordAsync(default);
    }

    private async Task<Host> OpenAsync(string name)
    {
        Directory.CreateDirectory(_folder.File(name));
        await File.WriteAllBytesAsync(_folder.File($"{name}/canary.config.json"), CanaryConfigText.Write(new CanaryConfig { Percentage = 10 }));
        return Open(name, await PostgresStore.OpenAsync(_server!.Connection, default));
    }

    private Host Open(string name, IStore store)
    {
        var path = _folder.File($"{name}/canary.config.json");
        var files = new OwnedFiles(_folder.File("playbooks"), _folder.File("prompts"), path, _folder.File("operations.config.json"));
        var file = CanaryConfigFile.Open(path, null, SyncedFiles.Open(_folder.File(name), "store", files));
        return new(store, file, new(store, file, () => _known, _clock, name), new(store, file, () => _known, _clock));
    }

    private Task<IReadOnlyList<FileDraft>> DraftsAsync() =>
        _one.Store.ReadAsync(session => session.Files.DraftsOnDisk(OwnedFiles.CanaryName), default);

    private async Task<long> ChangesAsync() => (long)(await _server!.AskAsync("select count(*) from rollout_changes"))!;

    private sealed record Host(IStore Store, CanaryConfigFile File, RolloutDesk Desk, ConfigEdits Edits)
    {
        public void Write(CanaryConfig config) => System.IO.File.WriteAllBytes(File.Path, CanaryConfigText.Write(config));
    }
}

using Microsoft.Extensions.Logging.Abstractions;
using OpsChat.Agent;
using OpsChat.Playbooks;
using OpsChat.Storage;
using OpsChat.Storage.Postgres;
using OpsChat.Storage.Tables;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Playbooks;

/// <summary>Each host has its own folder, and all have the same files.</summary>
public sealed class A_file_of_several_hosts : IAsyncLifetime
{
    private const string Name = "gift-wrapping.md", Text = "Wrapped by hand.";
    private readonly TestClock _clock = new();
    private PostgresServer? _server;
    private HostFolder _one = null!, _other = null!;

    [Theory]
    // A first host seeds the store, and what is not there is nothing to do.
    [InlineData(null, null, null, false, SyncStep.None)]
    [InlineData("a", null, null, false, SyncStep.Push)]
    [InlineData("a", "1a", null, false, SyncStep.Push)]
    // Both say the same.
    [InlineData("a", "1a", "1a", false, SyncStep.None)]
    [InlineData("a", null, "1a", false, SyncStep.Agree)]
    [InlineData("b", "1a", "2b", false, SyncStep.Agree)]
    [InlineData(null, "1a", "2-", false, SyncStep.Agree)]
    [InlineData(null, "2-", "2-", false, SyncStep.None)]
    // One side was edited.
    [InlineData("b", "1a", "1a", false, SyncStep.Push)]
    [InlineData("a", "1a", "2b", false, SyncStep.Pull)]
    // One side was deleted.
    [InlineData(null, "1a", "1a", false, SyncStep.Push)]
    [InlineData("a", "1a", "2-", false, SyncStep.Pull)]
    // Both: a person chooses between texts, and a text stays against a deletion.
    [InlineData("b", "1a", "2c", false, SyncStep.Conflict)]
    [InlineData(null, "1a", "2c", false, SyncStep.Pull)]
    [InlineData("b", "1a", "2-", false, SyncStep.Push)]
    // A host that never had it: an older text is an older folder, an unknown one is somebody's work.
    [InlineData(null, null, "2c", false, SyncStep.Pull)]
    [InlineData("a", null, "2c", true, SyncStep.Pull)]
    [InlineData("a", null, "2c", false, SyncStep.Conflict)]
    [InlineData("a", null, "2-", true, SyncStep.Pull)]
    // A store that was set back to an older backup.
    [InlineData("c", "3c", "2b", false, SyncStep.Push)]
    public void goes_where_it_was_not_edited(string? local, string? synced, string? store, bool wasShared, SyncStep step) =>
        FileSync
            .Decide(
                local,
                synced is null ? null : new(synced[0] - '0', DigestOf(synced)),
                store is null ? null : new("x.md", store[0] - '0', DigestOf(store)),
                wasShared
            )
            .Should()
            .Be(step);

    [PostgresFact]
    public async Task that_is_edited_on_one_is_edited_on_all()
    {
        await StartAsync();
        var edited = _one.Write(Name, Playbook("Gift wrapping", "And with a ribbon."));

        (await _one.Exchange.LookAsync(default)).Should().BeFalse("its own file is as it was edited");
        (await _other.Exchange.LookAsync(default)).Should().BeTrue();

        _other.Text(Name).Should().Be(edited);
        (await HeadAsync(Name)).Version.Should().Be(2);
        (await _server!.AskAsync($"select who from shared_files where name = '{Name}'")).Should().Be("on the disk (host one)");
        (await _one.Exchange.LookAsync(default)).Should().BeFalse();
        (await _other.Exchange.LookAsync(default)).Should().BeFalse();
        (await HeadAsync(Name)).Version.Should().Be(2, "nothing goes to and fro");
    }

    [PostgresFact]
    public async Task that_is_new_or_deleted_on_one_is_so_on_all()
    {
        await StartAsync();
        _one.Write("new-matter.md", Playbook("New matter"));
        await _one.Exchange.LookAsync(default);
        await _other.Exchange.LookAsync(default);
        _other.Text("new-matter.md").Should().Be(_one.Text("new-matter.md"));

        File.Delete(_other.PathOf("new-matter.md"));
        await _other.Exchange.LookAsync(default);
        await _one.Exchange.LookAsync(default);
        File.Exists(_one.PathOf("new-matter.md")).Should().BeTrue("editors save by deleting and renaming");

        _clock.Advance(PlaybookCatalog<PlaybookSet>.DeletionDelay);
        await _other.Exchange.LookAsync(default);
        await _one.Exchange.LookAsync(default);
        File.Exists(_one.PathOf("new-matter.md")).Should().BeFalse();

        _one.Write("new-matter.md", Playbook("New matter"));
        await _one.Exchange.LookAsync(default);
        await _other.Exchange.LookAsync(default);
        File.Exists(_other.PathOf("new-matter.md")).Should().BeTrue("it may come back");
    }

    [PostgresFact]
    public async Task that_is_a_prompt_or_a_setting_goes_too()
    {
        await StartAsync();
        _one.Write(OwnedFiles.OperationsName, await File.ReadAllTextAsync(Path.Combine(Repository.Root, OwnedFiles.OperationsName)));
        _one.Append("prompts/draft.scriban", "{{ # be brief }}");
        await _one.Exchange.LookAsync(default);
        await _other.Exchange.LookAsync(default);

        _other.Text(OwnedFiles.OperationsName).Should().Be(_one.Text(OwnedFiles.OperationsName));
        _other.Text("prompts/draft.scriban").Should().Be(_one.Text("prompts/draft.scriban"));
    }

    [PostgresFact]
    public async Task that_is_broken_stays_on_its_host_until_it_is_mended()
    {
        await StartAsync();
        _one.Write(Name, "no playbook");
        await _one.Exchange.LookAsync(default);
        await _other.Exchange.LookAsync(default);
        _other.Text(Name).Should().Contain(Text);

        var mended = _one.Write(Name, Playbook("Gift wrapping", "Wrapped in blue."));
        await _one.Exchange.LookAsync(default);
        await _other.Exchange.LookAsync(default);
        _other.Text(Name).Should().Be(mended);
    }

    [PostgresFact]
    public async Task that_is_edited_on_two_is_chosen_by_a_person_and_nothing_is_lost()
    {
        await StartAsync();
        var begun = _one.Text(Name);
        var ones = _one.Write(Name, Playbook("Gift wrapping", "And with a ribbon."));
        var others = _other.Write(Name, Playbook("Gift wrapping", "And with a card."));
        await _one.Exchange.LookAsync(default);
        (await _other.Exchange.LookAsync(default)).Should().BeTrue();

        _other.Text(Name).Should().Be(ones, "all have the same in force");
        var notice = (await _one.Store.ReadAsync(session => session.Notices.Unseen(), default)).Should().ContainSingle().Subject;
        notice.Text.Should().Contain(Name).And.Contain("host other");

        // Whoever opens the file on any host has both before them.
        using var desk = _one.Desk();
        var file = _one.Files.Find(Name)!;
        await desk.AdoptAsync(file, "mei", default);
        var opened = await desk.OpenAsync(file, "mei", default);
        opened.Draft.Should().BeEquivalentTo(new { Begun = begun, Content = others });
        opened.Text.Should().Be(ones);

        (await desk.SaveAsync(file, opened.Version, others, "mei", confirmed: true, default)).Should().BeOfType<FileAnswer.Saved>();
        await _other.Exchange.LookAsync(default);
        _other.Text(Name).Should().Be(others);
        var history = await _one.Store.ReadAsync(session => session.Files.History(Name), default);
        history.Select(version => version.Content).Should().Contain([ones, others]);
        (await _one.Store.ReadAsync(session => session.Files.DraftsOnDisk(Name), default)).Should().BeEmpty();
        (await _server!.AskAsync($"select who from shared_files where name = '{Name}'")).Should().Be("mei (host one)");
    }

    [PostgresFact]
    public async Task that_is_kept_for_a_choice_is_not_written_over_by_what_comes_after_one_was_chosen()
    {
        await StartAsync();
        await KeepAsync("one");
        await KeepAsync("two");
        using var desk = _one.Desk();
        await desk.AdoptAsync(_one.Files.Find(Name)!, "mei", default);

        await KeepAsync("three");
        await KeepAsync("four");

        (await _one.Store.ReadAsync(session => session.Files.DraftsOnDisk(Name), default))
            .Select(draft => draft.Content)
            .Should()
            .BeEquivalentTo("two", "three", "four");

        Task KeepAsync(string text) =>
            _one.Store.WriteAsync(session => FileConflict.Keep(session, Name, null, text, "host other", _clock.GetUtcNow()), default);
    }

    [PostgresFact]
    public async Task that_is_saved_in_the_console_of_one_is_not_saved_over_by_that_of_another_which_has_not_seen_it()
    {
        await StartAsync();
        using var one = _one.Desk();
        using var other = _other.Desk();
        var mine = await one.OpenAsync(_one.Files.Find(Name)!, "mei", default);
        var theirs = await other.OpenAsync(_other.Files.Find(Name)!, "ben", default);

        var saved = await one.SaveAsync(mine.File, mine.Version, Playbook("Gift wrapping", "One."), "mei", confirmed: true, default);
        var refused = await other.SaveAsync(theirs.File, theirs.Version, Playbook("Gift wrapping", "Other."), "ben", confirmed: true, default);

        saved.Should().BeOfType<FileAnswer.Saved>();
        refused.Should().BeOfType<FileAnswer.Conflict>();
        var choice = await other.OpenAsync(theirs.File, "ben", default);
        choice.Text.Should().Be(Playbook("Gift wrapping", "One."));
        choice.Draft!.Content.Should().Be(Playbook("Gift wrapping", "Other."));
    }

    [PostgresFact]
    public async Task is_the_newer_one_on_a_host_that_was_away_and_was_not_edited_there()
    {
        await StartAsync();
        var edited = _one.Write(Name, Playbook("Gift wrapping", "And with a ribbon."));
        await _one.Exchange.LookAsync(default);

        _other.Restart();
        await _other.Exchange.LookAsync(default);
        _other.Text(Name).Should().Be(edited);

        // A host that never was there, with the folder that the first one began with: that is older and nobody's work.
        using var late = new HostFolder("late", _one.Store, _clock);
        await late.Exchange.LookAsync(default);
        late.Text(Name).Should().Be(edited);
        (await _one.Store.ReadAsync(session => session.Files.DraftsOnDisk(Name), default)).Should().BeEmpty();
    }

    [PostgresFact]
    public async Task stays_where_it_is_when_a_folder_is_not_there()
    {
        await StartAsync();
        Directory.Delete(Path.GetDirectoryName(_other.PathOf(Name))!, recursive: true);
        await _other.Exchange.LookAsync(default);
        _clock.Advance(TimeSpan.FromMinutes(1));
        await _other.Exchange.LookAsync(default);
        await _one.Exchange.LookAsync(default);

        File.Exists(_one.PathOf(Name)).Should().BeTrue("a folder that is away is no wish to delete everything");
    }

    [Theory]
    [InlineData("../opschat.md", false)]
    [InlineData("prompts/../_shop.md", false)]
    [InlineData("prompts/sub/draft.scriban", false)]
    [InlineData(".hidden.md", false)]
    [InlineData("a\\b.md", false)]
    [InlineData("opschat.db", false)]
    [InlineData("prompts/new.scriban", true)]
    [InlineData("Old Name.md", true)]
    public void lies_in_a_folder_of_the_owners_files_and_nowhere_else(string name, bool isPlace) =>
        (new OwnedFiles("playbooks", "prompts", "canary.config.json", "operations.config.json").Place(name) is not null).Should().Be(isPlace);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_server is not null)
        {
            _one.Dispose();
            _other.Dispose();
            await _one.Store.DisposeAsync();
            await _other.Store.DisposeAsync();
            await _server.DisposeAsync();
        }
    }

    private async Task StartAsync()
    {
        _server = await PostgresServer.StartAsync();
        _one = new("one", await PostgresStore.OpenAsync(_server.Connection, default), _clock);
        _other = new("other", await PostgresStore.OpenAsync(_server.Connection, default), _clock);
        await _one.Exchange.LookAsync(default);
        await _other.Exchange.LookAsync(default);
    }

    private Task<SharedHead> HeadAsync(string name) => _one.Store.ReadAsync(session => session.SharedFiles.Head(name)!, default);

    private static string? DigestOf(string state) => state[1..] is "-" ? null : state[1..];

    private static string Playbook(string title, string reply = Text) =>
        ShopUnderTest.Playbook(title, reply, ["do you wrap gifts", "gift paper"]).Text.ReplaceLineEndings("\n") + "\n";

    /// <summary>What one host has on its disk.</summary>
    private sealed class HostFolder : IDisposable
    {
        private readonly TemporaryFolder _folder = new();
        private readonly string _host;
        private readonly TestClock _clock;

        public HostFolder(string name, IStore store, TestClock clock)
        {
            (_host, Store, _clock) = ($"host {name}", store, clock);
            Directory.CreateDirectory(_folder.File("data"));
            Directory.CreateDirectory(_folder.File("prompts"));
            File.Copy(Path.Combine(Repository.Prompts, "draft.scriban"), _folder.File("prompts/draft.scriban"));
            Files = new(
                _folder.File("playbooks"),
                _folder.File("prompts"),
                _folder.File("canary.config.json"),
                _folder.File("operations.config.json")
            );
            Write(ShopProfile.ShopFile, File.ReadAllText(Path.Combine(Repository.Playbooks, ShopProfile.ShopFile)));
            Write(Name, Playbook("Gift wrapping"));
            Exchange = New();
        }

        public IStore Store { get; }
        public OwnedFiles Files { get; }
        public FileExchange Exchange { get; private set; }

        public string PathOf(string name) => Files.Place(name)!.Path;

        public string Text(string name) => File.ReadAllText(PathOf(name));

        public string Write(string name, string text)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(PathOf(name))!);
            File.WriteAllText(PathOf(name), text);
            return text;
        }

        public string Append(string name, string line) => Write(name, $"{Text(name).TrimEnd('\n')}\n{line}\n");

        public FileDesk Desk() =>
            new(
                Files,
                Store,
                new(_folder.File("playbooks"), _folder.File("last-good"), _clock, PlaybookSnapshot.From),
                new(Store, _clock),
                _clock,
                Exchange
            );

        public void Restart()
        {
            Exchange.Dispose();
            Exchange = New();
        }

        public void Dispose()
        {
            Exchange.Dispose();
            _folder.Dispose();
        }

        private FileExchange New() =>
            new(Files, SyncedFiles.Open(_folder.File("data"), "store", _folder.File("playbooks")), Store, _host, _clock, NullLogger.Instance);
    }
}

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
    private const string Name = "gift-wrapping.md", Prompt = "prompts/draft.scriban", Text = "Wrapped by hand.";
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
    // An older text that nobody has written, though the host had a newer one.
    [InlineData("a", "2b", "2b", true, SyncStep.Pull)]
    // A store that was set back to an older backup.
    [InlineData("c", "3c", "2b", false, SyncStep.Push)]
    public void goes_where_it_was_not_edited(string? local, string? synced, string? store, bool wasShared, SyncStep step) =>
        FileSync.Decide(new(local, Synced(synced), wasShared), Head(store)).Should().Be(step);

    [Theory]
    // Nobody has it: somebody's work waits for a person, an older text was deleted.
    [InlineData("a", null, null, false, SyncStep.Conflict)]
    [InlineData("a", null, null, true, SyncStep.Pull)]
    [InlineData("a", null, "2-", false, SyncStep.Conflict)]
    [InlineData("a", null, "2-", true, SyncStep.Pull)]
    // As on any host.
    [InlineData("a", null, "1a", false, SyncStep.Agree)]
    [InlineData("a", null, "2c", false, SyncStep.Conflict)]
    [InlineData(null, null, "2c", false, SyncStep.Pull)]
    [InlineData(null, null, null, false, SyncStep.None)]
    public void of_a_host_that_joins_others_is_put_in_force_by_a_person(
        string? local,
        string? synced,
        string? store,
        bool wasShared,
        SyncStep step
    ) =>
        FileSync.Decide(new(local, Synced(synced), wasShared, IsNewcomers: true), Head(store)).Should().Be(step);

    [Theory]
    [InlineData("1a", "1a")]
    [InlineData("1a", "2b")]
    [InlineData("3a", "2b")]
    public void of_settings_comes_back_where_it_is_deleted(string synced, string store) =>
        FileSync.Decide(new(null, Synced(synced), MayBeDeleted: false), Head(store)).Should().Be(SyncStep.Pull);

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

    [PostgresTheory]
    [InlineData(Name, "gift-cards.md", true)]
    [InlineData(Name, "gift-cards.md", false)]
    [InlineData(Prompt, "prompts/review.scriban", true)]
    [InlineData(Prompt, "prompts/review.scriban", false)]
    public async Task stays_where_it_is_when_a_folder_is_not_there_or_empty(string name, string newer, bool isEmpty)
    {
        await StartAsync();
        var folder = Path.GetDirectoryName(_other.PathOf(name))!;
        Directory.Move(folder, folder + ".away");
        if (isEmpty)
        {
            Directory.CreateDirectory(folder);
        }

        await _other.Exchange.LookAsync(default);
        _one.Write(newer, name == Prompt ? _one.Text(Prompt) : Playbook("Gift cards"));
        await _one.Exchange.LookAsync(default);
        await LookLaterAsync(_other);
        await LookLaterAsync(_other);
        await _one.Exchange.LookAsync(default);
        File.Exists(_one.PathOf(name)).Should().BeTrue("a folder that is away is no wish to delete everything");
        Directory.Exists(folder).Should().Be(isEmpty, "nothing is laid where it would hide what comes back");
        File.Exists(_other.PathOf(newer)).Should().BeFalse();

        if (isEmpty)
        {
            Directory.Delete(folder);
        }

        Directory.Move(folder + ".away", folder);
        await _other.Exchange.LookAsync(default);
        _other.Text(newer).Should().Be(_one.Text(newer));
    }

    [PostgresFact]
    public async Task of_settings_that_is_away_comes_back_and_goes_from_no_other_host()
    {
        await StartAsync();
        _one.Write(OwnedFiles.OperationsName, await File.ReadAllTextAsync(Path.Combine(Repository.Root, OwnedFiles.OperationsName)));
        await _one.Exchange.LookAsync(default);
        await _other.Exchange.LookAsync(default);

        File.Delete(_other.PathOf(OwnedFiles.OperationsName));
        await LookLaterAsync(_other);
        await LookLaterAsync(_other);
        await _one.Exchange.LookAsync(default);

        _other.Text(OwnedFiles.OperationsName).Should().Be(_one.Text(OwnedFiles.OperationsName));
    }

    [PostgresTheory]
    [InlineData(Name)]
    [InlineData(Prompt)]
    public async Task that_is_put_back_with_an_older_time_as_a_new_container_does_is_no_edit(string name)
    {
        await StartAsync();
        var (older, then) = (_other.Text(name), File.GetLastWriteTimeUtc(_other.PathOf(name)));
        var edited = _one.Write(name, name == Prompt ? $"{older.TrimEnd()}\nBe brief.\n" : Playbook("Gift wrapping", "And with a ribbon."));
        File.SetLastWriteTimeUtc(_one.PathOf(name), then.AddMinutes(1));
        await _one.Exchange.LookAsync(default);
        await _other.Exchange.LookAsync(default);
        _other.Text(name).Should().Be(edited);

        _other.Write(name, older);
        File.SetLastWriteTimeUtc(_other.PathOf(name), then.AddDays(-1));
        _other.Restart();
        await _other.Exchange.LookAsync(default);
        _other.Text(name).Should().Be(edited);

        // Who goes back to an older text by hand writes it now.
        _other.Write(name, older);
        File.SetLastWriteTimeUtc(_other.PathOf(name), DateTime.UnixEpoch.AddYears(100));
        await _other.Exchange.LookAsync(default);
        await _one.Exchange.LookAsync(default);
        _one.Text(name).Should().Be(older);
    }

    [PostgresFact]
    public async Task that_a_host_brings_which_joins_others_is_in_force_nowhere_until_a_person_saves_it()
    {
        await StartAsync();
        using var late = new HostFolder("late", _one.Store, _clock);
        var draft = late.Write("new-policy.md", Playbook("New policy"));
        var prompt = late.Write("prompts/new.scriban", late.Text(Prompt));

        (await late.Exchange.LookAsync(default)).Should().BeTrue();
        await _one.Exchange.LookAsync(default);

        File.Exists(late.PathOf("new-policy.md")).Should().BeFalse("it is in force on no host");
        File.Exists(_one.PathOf("new-policy.md")).Should().BeFalse();
        var notice = (await _one.Store.ReadAsync(session => session.Notices.Unseen(), default)).Should().ContainSingle().Subject;
        notice.Text.Should().Contain("new-policy.md").And.Contain("prompts/new.scriban").And.Contain("host late");
        (await _one.Store.ReadAsync(session => session.Files.WithDraftsOnDisk(), default)).Should().Equal("new-policy.md", "prompts/new.scriban");

        using var desk = _one.Desk();
        foreach (var (name, text) in new[] { ("new-policy.md", draft), ("prompts/new.scriban", prompt) })
        {
            var file = _one.Files.Find(name)!;
            await desk.AdoptAsync(file, "mei", default);
            var opened = await desk.OpenAsync(file, "mei", default);
            opened.Draft!.Says(text).Should().BeTrue("nothing is lost");
            (await desk.SaveAsync(file, opened.Version, text, "mei", confirmed: true, default)).Should().BeOfType<FileAnswer.Saved>();
        }

        await late.Exchange.LookAsync(default);
        late.Text("new-policy.md").Should().Be(draft);

        // What is new there from now on is somebody's work.
        late.Write("newer-policy.md", Playbook("Newer policy"));
        await late.Exchange.LookAsync(default);
        await _one.Exchange.LookAsync(default);
        File.Exists(_one.PathOf("newer-policy.md")).Should().BeTrue();
    }

    [PostgresFact]
    public async Task of_the_second_of_two_hosts_that_begin_at_once_on_an_empty_store_is_that_of_one_that_joins()
    {
        _server = await PostgresServer.StartAsync();
        _one = new("one", await PostgresStore.OpenAsync(_server.Connection, default), _clock);
        await using var store = await PostgresStore.OpenAsync(_server.Connection, default);
        _other = new("other", new OvertakenStore(store, () => _one.Exchange.LookAsync(default)), _clock);
        _other.Write("only-here.md", Playbook("Only here"));

        await _other.Exchange.LookAsync(default);
        var heads = await _one.Store.ReadAsync(session => session.SharedFiles.Heads(), default);
        heads.Should().NotBeEmpty().And.NotContain(head => head.Name == "only-here.md");

        await _other.Exchange.LookAsync(default);
        (await _one.Store.ReadAsync(session => session.Files.WithDraftsOnDisk(), default)).Should().Equal("only-here.md");
    }

    [PostgresFact]
    public async Task that_was_deleted_before_hosts_shared_the_store_does_not_come_back_with_one_that_joins()
    {
        await StartAsync();
        using var late = new HostFolder("late", _one.Store, _clock);
        var shipped = late.Write("shipped.md", Playbook("Shipped"));
        await _one.Store.WriteAsync(
            session => session.Files.Keep("shipped.md", FileDesk.Version(shipped), shipped, FileTable.OnDisk, _clock.GetUtcNow()),
            default
        );

        await late.Exchange.LookAsync(default);
        await _one.Exchange.LookAsync(default);

        File.Exists(late.PathOf("shipped.md")).Should().BeFalse();
        File.Exists(_one.PathOf("shipped.md")).Should().BeFalse();
        (await _one.Store.ReadAsync(session => session.Files.WithDraftsOnDisk(), default)).Should().BeEmpty();
    }

    [PostgresFact]
    public async Task of_a_host_whose_prompts_lie_elsewhere_now_is_compared_anew()
    {
        await StartAsync();
        var older = _other.Text(Prompt);
        var edited = _one.Append(Prompt, "Be brief.");
        await _one.Exchange.LookAsync(default);
        await _other.Exchange.LookAsync(default);

        _other.MovePrompts();
        _other.Write(Prompt, older);
        _other.Restart();
        await _other.Exchange.LookAsync(default);
        await _one.Exchange.LookAsync(default);

        (_one.Text(Prompt), _other.Text(Prompt)).Should().Be((edited, edited), "an older folder is nobody's edit");
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

    /// <summary>After a file has been gone for long enough to be deleted.</summary>
    private async Task LookLaterAsync(HostFolder host)
    {
        _clock.Advance(PlaybookCatalog<PlaybookSet>.DeletionDelay);
        await host.Exchange.LookAsync(default);
    }

    private static SyncedFile? Synced(string? state) => state is null ? null : new(state[0] - '0', DigestOf(state));

    private static SharedHead? Head(string? state) => state is null ? null : new("x.md", state[0] - '0', DigestOf(state));

    private static string? DigestOf(string state) => state[1..] is "-" ? null : state[1..];

    private static string Playbook(string title, string reply = Text) =>
        ShopUnderTest.Playbook(title, reply, ["do you wrap gifts", "gift paper"]).Text.ReplaceLineEndings("\n") + "\n";

    /// <summary>After it was first read somebody else is faster.</summary>
    private sealed class OvertakenStore(IStore store, Func<Task> overtake) : StoreInFront(store)
    {
        private bool _isOvertaken;

        public override async Task<T> ReadAsync<T>(Func<UnitOfWork, T> work, CancellationToken cancellationToken)
        {
            var read = await base.ReadAsync(work, cancellationToken);
            if (!_isOvertaken)
            {
                _isOvertaken = true;
                await overtake();
            }

            return read;
        }
    }

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
            Files = FilesWith("prompts");
            Write(Prompt, File.ReadAllText(Path.Combine(Repository.Prompts, "draft.scriban")));
            Write(ShopProfile.ShopFile, File.ReadAllText(Path.Combine(Repository.Playbooks, ShopProfile.ShopFile)));
            Write(Name, Playbook("Gift wrapping"));
            Exchange = New();
        }

        public IStore Store { get; }
        public OwnedFiles Files { get; private set; }
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

        public void MovePrompts() => Files = FilesWith("prompts elsewhere");

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
            new(Files, SyncedFiles.Open(_folder.File("data"), "store", Files), Store, _host, _clock, NullLogger.Instance);

        private OwnedFiles FilesWith(string prompts) =>
            new(
                _folder.File("playbooks"),
                _folder.File(prompts),
                _folder.File("canary.config.json"),
                _folder.File("operations.config.json")
            );
    }
}

using OpsChat.Agent;
using OpsChat.Playbooks;
using OpsChat.Storage;
using OpsChat.Storage.Tables;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Playbooks;

public sealed class An_edited_file : IAsyncLifetime
{
    private const string Name = "opening-hours.md", Greeting = "## Standard Reply\n";
    private ShopUnderTest _shop = null!;

    private FileDesk Desk => _shop.Get<FileDesk>();
    private OwnedFile File => _shop.Get<OwnedFiles>().Find(Name)!;
    private string OnDisk => System.IO.File.ReadAllText(File.Path);

    public async Task InitializeAsync() => _shop = await ShopUnderTest.OpenAsync();

    public async Task DisposeAsync() => await _shop.DisposeAsync();

    private static string Gladly(string text) => text.Replace(Greeting, Greeting + "Gladly. ");

    private Task<OpenedFile> OpenAsync() => Desk.OpenAsync(File, "owner", default);

    private Task<FileAnswer> SaveAsync(string begun, string text, bool confirmed = false) =>
        Desk.SaveAsync(File, begun, text, "owner", confirmed, default);

    private Task<IReadOnlyList<FileVersion>> HistoryAsync() => _shop.Store.ReadAsync(session => session.Files.History(Name), default);

    [Fact]
    public async Task is_written_and_in_force_and_stands_in_history_and_audit()
    {
        var opened = await OpenAsync();

        (await SaveAsync(opened.Version, Gladly(opened.Text!))).Should().BeOfType<FileAnswer.Saved>();

        OnDisk.Should().Be(Gladly(opened.Text!));
        _shop.Get<PlaybookCatalog<PlaybookSnapshot>>().Set.Find("opening-hours")!.StandardReply.Default.Source.Should().StartWith("Gladly.");
        (await HistoryAsync()).Select(version => (version.Number, version.Who)).Should().Equal((2, "owner"), (1, FileTable.OnDisk));
        (await _shop.Store.ReadAsync(session => session.Audit.Head(), default))
            .Should()
            .Match<OpsChat.Audit.AuditEntry>(row => row.Kind == "file" && row.Who == "owner" && row.Subject == Name);
    }

    [Fact]
    public async Task that_is_written_but_could_not_be_recorded_is_said_to_be_saved_and_is_recorded_when_it_is_seen_next()
    {
        var writes = 0;
        var trouble = new StoreInTrouble(_shop.Store);
        using var desk = new FileDesk(
            _shop.Get<OwnedFiles>(), trouble, _shop.Get<PlaybookCatalog<PlaybookSnapshot>>(), _shop.Get<PinDesk>(), _shop.Clock);
        var opened = await OpenAsync();
        // The first write says what is about to be saved, the second that it was.
        trouble.Begins = () => ++writes == 2;

        (await desk.SaveAsync(File, opened.Version, Gladly(opened.Text!), "owner", false, default)).Should().BeOfType<FileAnswer.Saved>();

        trouble.Refused.Should().Be(1);
        OnDisk.Should().Be(Gladly(opened.Text!));
        await Desk.OpenAsync(File, "mei", default);
        (await HistoryAsync()).Select(version => (version.Number, version.Who)).Should().Equal((2, "owner"), (1, FileTable.OnDisk));
        (await _shop.Store.ReadAsync(session => session.Audit.Head(), default))
            .Should()
            .Match<OpsChat.Audit.AuditEntry>(row => row.Kind == "file" && row.Who == "owner" && row.Subject == Name);
    }

    [Fact]
    public async Task whose_save_was_cut_short_before_it_was_written_waits_as_a_draft()
    {
        var opened = await OpenAsync();
        FileSave save = new(Name, "mei", "0123456789ab", opened.Version, opened.Text, "Mei's words.", _shop.Clock.GetUtcNow());
        await _shop.Store.WriteAsync(session => session.Files.Intend(save), default);

        (await Desk.OpenAsync(File, "mei", default)).Draft.Should().BeNull("it may be on its way");
        _shop.Clock.Advance(TimeSpan.FromMinutes(2));
        (await Desk.OpenAsync(File, "mei", default)).Draft!.Content.Should().Be("Mei's words.");
        OnDisk.Should().Be(opened.Text!.TrimEnd('\n') + "\n");
    }

    [Fact]
    public async Task that_was_edited_on_the_disk_meanwhile_is_not_written_over_and_nothing_is_lost()
    {
        var opened = await OpenAsync();
        var (theirs, mine) = (opened.Text!.Replace(Greeting, Greeting + "Theirs. "), Gladly(opened.Text!));
        await System.IO.File.WriteAllTextAsync(File.Path, theirs);

        (await SaveAsync(opened.Version, mine)).Should().BeOfType<FileAnswer.Conflict>();

        OnDisk.Should().Be(theirs);
        var again = await OpenAsync();
        again.Draft.Should().Match<FileDraft>(draft => draft.Content == mine && draft.Begun == opened.Text);
        (await SaveAsync(again.Version, mine)).Should().BeOfType<FileAnswer.Saved>("the choice was made over theirs");
        OnDisk.Should().Be(mine);
        (await HistoryAsync()).Select(version => version.Content).Should().Equal(mine, theirs, opened.Text);
        (await OpenAsync()).Draft.Should().BeNull();
    }

    [Fact]
    public async Task with_an_error_stays_a_draft()
    {
        var opened = await OpenAsync();

        var answer = await SaveAsync(opened.Version, opened.Text!.Replace(Greeting, Greeting + "{{order.nonsense}} "));

        answer.Should().BeOfType<FileAnswer.Broken>().Which.Errors.Should().ContainSingle().Which.Problem.Should().Contain("order.nonsense");
        OnDisk.Should().Be(opened.Text);
        (await OpenAsync()).Draft!.Content.Should().Contain("order.nonsense");
    }

    [Fact]
    public async Task that_breaks_another_file_is_an_error_of_its_own()
    {
        var shop = _shop.Get<OwnedFiles>().Find("_shop.md")!;
        var text = await System.IO.File.ReadAllTextAsync(shop.Path);

        _shop
            .Get<OwnedFiles>()
            .Check(shop, text.Replace("warranty_months: 12\n", ""))
            .Should()
            .Contain(finding => finding.IsError && finding.File == "_shop.md" && finding.Problem.Contains("refund-request.md"));
    }

    [Theory]
    [InlineData("../secrets.md")]
    [InlineData("prompts/../_shop.md")]
    [InlineData("/etc/passwd")]
    [InlineData("README.md")]
    public void is_found_only_where_the_owners_files_are(string name) => _shop.Get<OwnedFiles>().Find(name).Should().BeNull();

    [Fact]
    public async Task that_would_change_a_pinned_answer_asks_first()
    {
        await _shop.SayAsync("hana", "what are your opening hours?");
        (await _shop.Get<PinDesk>().PinAsync(ShopUnderTest.Of("hana"), "owner", default)).Should().Be(1);
        var opened = await OpenAsync();
        var handsOff = opened.Text!.Replace("## Tests", "- When `message.words > 0`, hand off: Answer this yourself.\n\n## Tests");

        (await SaveAsync(opened.Version, handsOff))
            .Should()
            .BeOfType<FileAnswer.Confirm>()
            .Which.Pins.Should()
            .ContainSingle()
            .Which.Now.Verdict.Should()
            .Be("HandOff");
        OnDisk.Should().Be(opened.Text);
        (await SaveAsync(opened.Version, handsOff, confirmed: true)).Should().BeOfType<FileAnswer.Saved>();
    }

    [Fact]
    public async Task worded_otherwise_keeps_a_pinned_answer()
    {
        await _shop.SayAsync("hana", "what are your opening hours?");
        await _shop.Get<PinDesk>().PinAsync(ShopUnderTest.Of("hana"), "owner", default);
        var opened = await OpenAsync();

        (await SaveAsync(opened.Version, opened.Text!.Replace(Greeting, Greeting + "Hello! "))).Should().BeOfType<FileAnswer.Saved>();
    }

    [Fact]
    public async Task knows_no_pinned_answer_of_a_forgotten_customer()
    {
        await _shop.SayAsync("hana", "what are your opening hours?");
        await _shop.Get<PinDesk>().PinAsync(ShopUnderTest.Of("hana"), "owner", default);

        await new Forgetting(_shop.Store, _shop.Clock).ForgetAsync(ShopUnderTest.Of("hana").ToString(), "owner", default);

        (await _shop.Store.ReadAsync(session => session.Pins.All(), default)).Should().BeEmpty();
    }

    [Fact]
    public async Task on_the_disk_tells_the_owner_what_it_changes_of_last_week()
    {
        await _shop.SayAsync("hana", "what are your opening hours?");
        var watch = _shop.Get<EditWatch>();
        await watch.LookAsync(default);
        await System.IO.File.WriteAllTextAsync(File.Path, Gladly(OnDisk));
        _shop.Get<PlaybookCatalog<PlaybookSnapshot>>().Look();

        await watch.LookAsync(default);
        await watch.LookAsync(default);

        var told = (await _shop.Store.ReadAsync(session => session.Notices.Unseen(), default)).Where(notice => notice.Kind == "edit");
        told.Should()
            .ContainSingle()
            .Which.Text.Should()
            .StartWith($"The edit of {Name} changes 1 of last week's 1 turns")
            .And.Contain(ShopUnderTest.Of("hana").ToString());
    }

    [Fact]
    public async Task shows_what_a_customer_would_read_in_each_language()
    {
        var file = _shop.Get<OwnedFiles>().Find("refund-request.md")!;

        var shown = await _shop.Get<DraftDesk>().PreviewsAsync(file, await System.IO.File.ReadAllTextAsync(file.Path), "#1293", default);

        shown!.Where(text => text.Of == "Standard reply").Select(text => text.Language).Should().Equal("en", "ms", "zh");
        shown!.Where(text => text.Holds == true).Should().NotBeEmpty().And.OnlyContain(text => text.Text != null && !text.Text.Contains("{{"));
    }
}

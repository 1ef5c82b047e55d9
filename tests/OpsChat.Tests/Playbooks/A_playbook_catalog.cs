using OpsChat.Agent;
using OpsChat.Playbooks;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Playbooks;

public sealed class A_playbook_catalog : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("playbooks");
    private readonly TestClock _time = new();

    private string Folder => Path.Combine(_root.FullName, "playbooks");
    private string State => Path.Combine(_root.FullName, "state");

    public A_playbook_catalog()
    {
        Directory.CreateDirectory(Folder);
        Write("opening-hours.md", A.PlaybookText("We open at nine."));
        Write("_shop.md", "---\nname: Kedai\nwarranty: 12\n---\n");
    }

    public void Dispose() => _root.Delete(recursive: true);

    [Fact]
    public void has_the_folders_playbooks_and_what_was_built_of_them_from_the_start()
    {
        var catalog = Opened();

        catalog.Current.Should().Be("We open at nine.");
        catalog.Set.Shop.Name.Should().Be("Kedai");
        Change(catalog).Should().BeNull("nothing changed");
    }

    [Fact]
    public void brings_an_edit_into_force()
    {
        var catalog = Opened();
        var old = catalog.Set;
        Write("opening-hours.md", A.PlaybookText("We open at ten."));

        var change = Change(catalog)!;

        change.Changed.Should().Equal("opening-hours");
        change.InWords.Should().Equal("opening-hours is in force in its new version.");
        catalog.Current.Should().Be("We open at ten.");
        catalog.Set.Fingerprint.Should().NotBe(old.Fingerprint);
        old.Find("opening-hours")!.StandardReply.Default.Source.Should().Be("We open at nine.", "a set never changes");
    }

    [Theory]
    [InlineData("")]
    [InlineData("## Standard Reply\nOnly this.")]
    public void keeps_the_last_good_version_of_a_broken_file_while_other_edits_apply(string broken)
    {
        var catalog = Opened();
        Write("opening-hours.md", broken);
        Write("refund.md", A.PlaybookText("Refunds take five days.", examples: "- my money"));

        var change = Change(catalog)!;

        change.Added.Should().Equal("refund");
        change.Changed.Should().BeEmpty();
        change.Broken.Should().Equal("opening-hours");
        change.InWords.Should().Contain("opening-hours stays in force in its last good version.");
        catalog.Set.Find("opening-hours")!.StandardReply.Default.Source.Should().Be("We open at nine.");
        Change(catalog).Should().BeNull("a broken file is announced once");
    }

    [Fact]
    public void keeps_the_last_good_version_across_a_restart()
    {
        Opened();
        Write("opening-hours.md", "");

        var restarted = Opened();

        restarted.Current.Should().Be("We open at nine.");
        restarted
            .Set.Findings.Should()
            .Contain(finding => finding.IsError && finding.File == "opening-hours.md" && finding.Problem == "The file is empty.");
    }

    [Fact]
    public void keeps_the_last_good_version_of_the_shops_profile()
    {
        var catalog = Opened();
        Write("_shop.md", "---\ncurrency: shells\n---\n");

        Change(catalog)!.Broken.Should().Equal("_shop");

        catalog.Set.Shop.Name.Should().Be("Kedai");
    }

    [Fact]
    public void whose_profile_was_never_good_tells_its_errors_alone_and_answers_nobody()
    {
        Write("_shop.md", "---\ncurrency: shells\n---\n");
        Write("opening-hours.md", A.PlaybookText("Warranty: {{store.warranty}} months."));

        var catalog = Opened();

        catalog.Set.Findings.Where(finding => finding.IsError).Should().NotBeEmpty().And.OnlyContain(finding => finding.File == "_shop.md");
        catalog.Set.Find("opening-hours")!.Settings.Autonomy.Should().Be(Autonomy.Suggest);
    }

    [Fact]
    public void keeps_a_playbook_whose_fact_left_the_shops_profile_and_says_so()
    {
        Write("opening-hours.md", A.PlaybookText("Warranty: {{store.warranty}} months."));
        var catalog = Opened();
        Write("_shop.md", "---\nname: Kedai\n---\n");

        var change = Change(catalog)!;

        change.Findings.Should().Contain(finding => finding.IsError && finding.Problem == "There is no fact `store.warranty`.");
        catalog.Current.Should().Be("Warranty: {{store.warranty}} months.");
    }

    [Fact]
    public void comes_back_from_a_broken_edit()
    {
        var catalog = Opened();
        Write("opening-hours.md", "");
        catalog.Look();
        Write("opening-hours.md", A.PlaybookText("We open at ten."));

        var change = Change(catalog)!;

        change.Changed.Should().Equal("opening-hours");
        change.Broken.Should().BeEmpty();
        catalog.Current.Should().Be("We open at ten.");
    }

    [Fact]
    public void lets_a_deleted_playbook_go_after_five_seconds_and_says_so()
    {
        var catalog = Opened();
        File.Delete(Path.Combine(Folder, "opening-hours.md"));

        Change(catalog).Should().BeNull();
        _time.Advance(TimeSpan.FromSeconds(4.9));
        Change(catalog).Should().BeNull();
        catalog.Set.Find("opening-hours").Should().NotBeNull();
        _time.Advance(TimeSpan.FromSeconds(0.1));

        Change(catalog)!.Removed.Should().Equal("opening-hours");
        catalog.Set.Find("opening-hours").Should().BeNull();
        Opened().Set.Find("opening-hours").Should().BeNull("its last good version went with it");
    }

    [Fact]
    public void does_not_notice_a_file_that_is_saved_by_deleting_and_renaming()
    {
        var catalog = Opened();
        File.Move(Path.Combine(Folder, "opening-hours.md"), Path.Combine(Folder, "opening-hours.md~"));
        Change(catalog).Should().BeNull();
        _time.Advance(TimeSpan.FromSeconds(4));
        File.Move(Path.Combine(Folder, "opening-hours.md~"), Path.Combine(Folder, "opening-hours.md"));
        Change(catalog).Should().BeNull();
        _time.Advance(TimeSpan.FromSeconds(4));

        Change(catalog).Should().BeNull();
    }

    [Fact]
    public void keeps_everything_when_the_folder_goes_away()
    {
        var catalog = Opened();
        Directory.Move(Folder, Folder + "-elsewhere");

        var change = Change(catalog)!;

        change.Findings.Should().ContainSingle().Which.Problem.Should().Be("The playbooks folder is not there.");
        change.Broken.Should().BeEmpty();
        change.InWords.Should().HaveCount(2).And.Subject.Last().Should().Be("Every playbook stays in force as it was.");
        catalog.Current.Should().Be("We open at nine.");
        Opened().Current.Should().Be("We open at nine.", "also after a restart");
        Directory.Move(Folder + "-elsewhere", Folder);
        Change(catalog)!.Set.HasErrors.Should().BeFalse();
    }

    [Fact]
    public void stays_as_it_was_when_building_fails_and_tries_again()
    {
        var mayBuild = true;
        var catalog = new PlaybookCatalog<string>(Folder, State, _time, set => mayBuild ? First(set) : throw new InvalidOperationException("no"));
        Write("opening-hours.md", A.PlaybookText("We open at ten."));
        mayBuild = false;

        catalog.Invoking(failing => failing.Look()).Should().Throw<InvalidOperationException>();

        catalog.Current.Should().Be("We open at nine.");
        mayBuild = true;
        Change(catalog)!.Changed.Should().Equal("opening-hours");
        catalog.Current.Should().Be("We open at ten.");
    }

    [Fact]
    public void leaves_the_owners_notes_alone()
    {
        Write("README.md", "not a playbook");
        Write("_notes.md", "not a playbook");
        Write(".hidden.md", "not a playbook");

        Opened().Set.InForce.Select(file => file.Stem).Should().BeEquivalentTo("_shop", "opening-hours");
    }

    [Fact]
    public void of_an_empty_folder_is_empty_and_warns_of_the_missing_profile()
    {
        var empty = PlaybookFolder.Load(Directory.CreateDirectory(Path.Combine(_root.FullName, "none")).FullName);

        empty.Playbooks.Should().BeEmpty();
        empty.Findings.Should().ContainSingle().Which.IsError.Should().BeFalse();
        PlaybookFolder.Load(Path.Combine(_root.FullName, "nowhere")).HasErrors.Should().BeTrue();
    }

    /// <summary>What a look changed; null when it changed nothing.</summary>
    private static CatalogChange? Change(PlaybookCatalog<string> catalog)
    {
        var before = catalog.Set;
        var after = catalog.Look();
        return ReferenceEquals(before, after) ? null : CatalogChange.Between(PlaybookRecord.Of(before), after);
    }

    private PlaybookCatalog<string> Opened() => new(Folder, State, _time, First);

    private static string First(PlaybookSet set) => set.Playbooks is [var first, ..] ? first.StandardReply.Default.Source : "nothing";

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(Folder, name), text);
}

using OpsChat.Agent;
using OpsChat.Approvals;
using OpsChat.Playbooks;
using OpsChat.Storage;
using OpsChat.Storage.Tables;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Playbooks;

public class A_proposed_translation
{
    private const string Playbook =
        """
        ---
        autonomy: full
        ---
        # Where is my parcel?

        ## Issue Type
        Where the parcel is.

        - where is my parcel
        - my parcel has not come yet
        - đơn hàng của tôi ở đâu rồi

        ## Standard Reply
        Your parcel from {{ store.name }} is on its way to you.

        ## Exception Handling
        - When the parcel is damaged, reply: Please keep the box of the parcel.
        """;

    private const string Asked = "đơn hàng của tôi ở đâu rồi";

    private static Task<ShopUnderTest> OpenAsync(string translation) =>
        ShopUnderTest.OpenAsync(
            playbooks: new Dictionary<string, string> { ["parcel"] = Playbook },
            model: new ScriptedModel(new Jobs { Translate = _ => translation }.Answer)
        );

    [Fact]
    public async Task leaves_the_reply_as_the_owner_wrote_it_until_a_person_takes_it()
    {
        await using var shop = await OpenAsync("Kiện hàng của bạn từ [FACT_1] đang trên đường đến.");

        await shop.SayAsync("lan", Asked);
        await shop.SayAsync("minh", Asked);

        (await shop.ReceivedAsync("lan")).Should().ContainSingle().Which.Should().StartWith("Your parcel from");
        var waiting = (await shop.Get<TranslationDesk>().WaitingAsync(default))
            .Should()
            .ContainSingle("it is proposed once for a version and language")
            .Subject;
        waiting.It.Text.Should().Be("Kiện hàng của bạn từ {{ store.name }} đang trên đường đến.");

        var (mei, ahmad) = (new Approver("Mei", 0, 0) { Role = PersonRole.Staff }, new Approver("Ahmad", 0, 0));
        foreach (var who in new[] { mei, ahmad })
        {
            (await shop.Get<TranslationDesk>().TakeAsync(waiting.Id, null, who, default)).Should().BeOfType<TranslationAnswer.NotAllowed>();
            (await shop.Get<TranslationDesk>().RejectAsync(waiting.Id, who, default)).Should().BeOfType<TranslationAnswer.NotAllowed>();
        }

        // Of the settings and without a limit: a text as the card shows it, and no words of their own.
        (await shop.Get<TranslationDesk>().TakeAsync(waiting.Id, "anything", new Approver("Siti", null, 7) { IsOfSettings = true }, default))
            .Should()
            .BeOfType<TranslationAnswer.NotAllowed>();
        (await shop.Get<TranslationDesk>().TakeAsync(waiting.Id, null, shop.Owner, default)).Should().BeOfType<TranslationAnswer.Done>();
        (await shop.Get<TranslationDesk>().TakeAsync(waiting.Id, null, shop.Owner, default)).Should().BeOfType<TranslationAnswer.Refused>();
        shop.Get<PlaybookCatalog<PlaybookSnapshot>>().Look();
        await shop.SayAsync("hoa", Asked);
        (await shop.ReceivedAsync("hoa")).Should().ContainSingle().Which.Should().StartWith("Kiện hàng của bạn từ").And.NotContain("{{");
    }

    [Fact]
    public async Task taken_is_an_edit_of_that_person_like_any_other()
    {
        await using var shop = await OpenAsync("Kiện hàng của bạn từ [FACT_1] đang trên đường đến.");
        await shop.SayAsync("lan", Asked);
        var (desk, files) = (shop.Get<TranslationDesk>(), shop.Get<FileDesk>());
        var (id, file) = ((await desk.WaitingAsync(default)).Single().Id, shop.Get<OwnedFiles>().Find("parcel.md")!);

        // An unsaved text of the same person is not replaced, and the proposal waits on.
        FileDraft mine = new(file.Name, "owner", null, "Half a thought.", shop.Clock.GetUtcNow());
        await shop.Store.WriteAsync(session => session.Files.SetDraft(mine), default);
        (await desk.TakeAsync(id, null, shop.Owner, default))
            .Should()
            .BeOfType<TranslationAnswer.Refused>()
            .Which.Why.Should()
            .Contain("not saved yet");
        (await files.OpenAsync(file, "owner", default)).Draft!.Content.Should().Be(mine.Content);

        // What was saved a moment before is not lost either: the proposal was of the text before.
        await files.DropDraftAsync(file, "owner", default);
        var opened = await files.OpenAsync(file, "mei", default);
        (await files.SaveAsync(file, opened.Version, opened.Text!.Replace("on its way", "on the road"), "mei", false, default))
            .Should().BeOfType<FileAnswer.Saved>();
        (await desk.TakeAsync(id, null, shop.Owner, default)).Should().BeOfType<TranslationAnswer.Refused>();
        (await files.OpenAsync(file, "mei", default)).Text.Should().Contain("on the road").And.NotContain("### vi");

        // Of the present text it is taken, as a version of whoever took it.
        await File.WriteAllTextAsync(file.Path, opened.Text);
        shop.Get<PlaybookCatalog<PlaybookSnapshot>>().Look();
        (await desk.TakeAsync(id, null, shop.Owner, default)).Should().BeOfType<TranslationAnswer.Done>();
        (await shop.Store.ReadAsync(session => session.Files.Latest(file.Name)!, default))
            .Should()
            .Match<FileVersion>(version => version.Who == "owner" && version.Content.Contains("### vi"));
    }

    [Fact]
    public async Task whose_text_was_written_before_the_host_was_killed_is_taken_without_writing_it_again()
    {
        await using var shop = await OpenAsync("Kiện hàng của bạn từ [FACT_1] đang trên đường đến.");
        await shop.SayAsync("lan", Asked);
        var desk = shop.Get<TranslationDesk>();
        var waiting = (await desk.WaitingAsync(default)).Single();
        await shop.Store.WriteAsync(session => session.Translations.Claim(waiting.Id, "mei", shop.Clock.GetUtcNow()), default);
        var path = Path.Combine(shop.Playbooks, "parcel.md");
        var vocabulary = shop.Get<PlaybookCatalog<PlaybookSnapshot>>().Current.Shop.Vocabulary;
        await File.WriteAllTextAsync(path, PlaybookVariant.Added("parcel", Playbook, "vi", waiting.It.Text, vocabulary)!);

        (await desk.TakeAsync(waiting.Id, null, shop.Owner, default)).Should().BeOfType<TranslationAnswer.Refused>("mei may be at it");
        (await desk.RejectAsync(waiting.Id, shop.Owner, default)).Should().BeOfType<TranslationAnswer.Refused>();
        shop.Clock.Advance(TimeSpan.FromHours(2));
        (await desk.TakeAsync(waiting.Id, null, shop.Owner, default)).Should().BeOfType<TranslationAnswer.Done>();
        (await desk.WaitingAsync(default)).Should().BeEmpty();
    }

    [Fact]
    public async Task that_lost_a_place_for_a_fact_is_none()
    {
        await using var shop = await OpenAsync("Kiện hàng của bạn đang trên đường đến.");

        var trace = await shop.SayAsync("lan", Asked);

        (await shop.Get<TranslationDesk>().WaitingAsync(default)).Should().BeEmpty();
        trace.Model.Should().Contain(note => note.StartsWith("No translation was proposed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task that_was_rejected_is_not_proposed_again()
    {
        await using var shop = await OpenAsync("Kiện hàng của bạn từ [FACT_1] đang trên đường đến.");
        await shop.SayAsync("lan", Asked);
        var waiting = (await shop.Get<TranslationDesk>().WaitingAsync(default)).Should().ContainSingle().Subject;

        await shop.Get<TranslationDesk>().RejectAsync(waiting.Id, shop.Owner, default);
        await shop.SayAsync("minh", Asked);

        (await shop.Get<TranslationDesk>().WaitingAsync(default)).Should().BeEmpty();
    }

    [Fact]
    public void is_written_below_the_other_variants_of_the_standard_reply()
    {
        var written = PlaybookVariant.Added(
            "parcel",
            Playbook,
            "vi",
            "Kiện hàng đang đến.",
            FactVocabulary.Standard.With([KeyValuePair.Create("store.name", OpsChat.Facts.FactKind.Text)])
        );

        written.Should().Contain("is on its way to you.\n\n### vi\nKiện hàng đang đến.\n\n## Exception Handling");
    }

    [Theory]
    [InlineData("## Issue Type")]
    [InlineData("See *this*")]
    public void that_would_read_otherwise_in_the_file_is_not_written(string text) =>
        PlaybookVariant.Added("parcel", Playbook, "vi", text, FactVocabulary.Standard).Should().BeNull();
}

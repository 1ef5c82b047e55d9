using OpsChat.Agent;
using OpsChat.Canary;
using OpsChat.Learning;
using OpsChat.Storage;
using OpsChat.Storage.Tables;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Learning;

public class What_a_shop_learns
{
    private const string Answer = "Gift paper is chosen with the ribbon sign in the basket, it costs nothing.";

    /// <summary>A few weeks in which customers ask for gift paper and a person answers in their own words.</summary>
    private static async Task<ShopUnderTest> AMonthAsync(int customers = 8)
    {
        var shop = await ShopUnderTest.OpenAsync(playbooks: SmallMugShop.Files);
        foreach (var (lesson, i) in SmallMugShop.GiftPaper(customers).Select((lesson, i) => (lesson, i)))
        {
            await shop.SayAsync($"aina{i}", $"{lesson.Words}, order #{7300 + i}, aina{i}@example.com");
            shop.Clock.Advance(TimeSpan.FromMinutes(15));
            (await shop.Get<PersonDesk>().ReplyAsync(shop.Owner, ShopUnderTest.Of($"aina{i}"), $"Hi Aina, {Answer}", default))
                .Should()
                .BeOfType<PersonAnswer.Sent>();
            await shop.SendAsync();
            shop.Clock.Advance(TimeSpan.FromHours(20));
        }

        return shop;
    }

    private static async Task<StoredProposal> NewPlaybookAsync(ShopUnderTest shop) =>
        (await shop.Get<LearnDesk>().LookAsync(LearnDesk.LooksBack, default)).First(it => it.Kind == ProposalKind.NewPlaybook);

    [Fact]
    public async Task from_its_people_is_written_by_one_tap_as_an_ordinary_edit_and_answers_the_next_customer()
    {
        await using var shop = await AMonthAsync();
        var desk = shop.Get<LearnDesk>();
        var proposal = await NewPlaybookAsync(shop);
        var text = (await desk.TextAsync(proposal.Proposal!, default))!;

        // It replays itself, and nothing is sent or counted by that.
        var before = await CountsAsync(shop);
        var replay = await desk.ReplayAsync(text, TimeSpan.FromDays(30), default);
        replay.Turns.Should().Be(8);
        replay.Summary.AnsweredNow.Should().BePositive();
        (await CountsAsync(shop)).Should().Be(before);

        (await desk.TakeAsync(proposal.Id, "owner", confirmed: false, default)).Should().Be(new LearnAnswer.Taken($"{proposal.Playbook}.md"));

        var file = await File.ReadAllTextAsync(Path.Combine(shop.Playbooks, $"{proposal.Playbook}.md"));
        file.Should().Be(text.After);
        await shop.Store.ReadAsync(session =>
        {
            session.Files.Latest($"{proposal.Playbook}.md")!.Who.Should().Be("owner");
            session.Audit.Of("owner", 10).Select(entry => entry.Kind).Should().Contain(["learn", "file"]);
            return true;
        }, default);
        var trace = await shop.SayAsync("farid", "how do i order gift paper");
        trace.Should().BeEquivalentTo(new { Verdict = "Send", proposal.Playbook });
        trace.SpotCheck.Should().NotBeNull("the first answers of a new version are looked at");

        // What was taken is not proposed again, and the note says that it was learned.
        (await desk.LookAsync(LearnDesk.LooksBack, default)).Should().NotContain(it => it.Kind == ProposalKind.NewPlaybook);
        (await shop.Get<LearnNote>().ReadAsync(default)).Should().Contain(line => line.Contains("Learned this week (1)"));
        (await desk.TakeAsync(proposal.Id, "owner", confirmed: false, default)).Should().BeOfType<LearnAnswer.Gone>();
    }

    [Fact]
    public async Task can_be_changed_in_the_editor_or_refused_and_keeps_its_id_while_it_is_open()
    {
        await using var shop = await AMonthAsync();
        var desk = shop.Get<LearnDesk>();
        var proposal = await NewPlaybookAsync(shop);
        (await NewPlaybookAsync(shop)).Id.Should().Be(proposal.Id);

        (await desk.RefuseAsync(proposal.Id, "owner", "not yet", default)).Should().BeOfType<LearnAnswer.Refused>();
        (await desk.LookAsync(LearnDesk.LooksBack, default)).Should().NotContain(it => it.Kind == ProposalKind.NewPlaybook);
        File.Exists(Path.Combine(shop.Playbooks, $"{proposal.Playbook}.md")).Should().BeFalse();
        (await shop.Store.ReadAsync(session => session.Proposals.Find(proposal.Id)!.Reason, default)).Should().Be("not yet");

        await shop.Store.WriteAsync(
            session =>
                session.Proposals.Replace(
                    [("p1", proposal.Proposal!)],
                    proposal.Proposal!.Cases.ToDictionary(c => c.Turn, _ => "api:aina0"),
                    shop.Clock.GetUtcNow()
                ),
            default
        );
        (await desk.ChangeAsync("p1", "owner", default)).Should().Be(new LearnAnswer.InTheEditor($"{proposal.Playbook}.md"));
        (await shop.Store.ReadAsync(session => session.Files.Draft($"{proposal.Playbook}.md", "owner"), default))!
            .Content.Should()
            .Contain("ribbon sign");
    }

    [Fact]
    public async Task is_held_while_somebody_takes_it_and_never_replaces_what_they_have_not_saved()
    {
        await using var shop = await AMonthAsync();
        var (desk, editor) = (shop.Get<LearnDesk>(), shop.Get<FileDesk>());
        var proposal = await NewPlaybookAsync(shop);
        var file = shop.Get<OwnedFiles>().Find($"{proposal.Playbook}.md")!;

        // While somebody else takes it, nobody decides about it.
        await shop.Store.WriteAsync(session => session.Proposals.Claim(proposal.Id, "mei", shop.Clock.GetUtcNow()), default);
        (await desk.RefuseAsync(proposal.Id, "owner", null, default)).Should().BeOfType<LearnAnswer.Gone>();
        (await desk.TakeAsync(proposal.Id, "owner", confirmed: false, default)).Should().BeOfType<LearnAnswer.Gone>();
        File.Exists(file.Path).Should().BeFalse();

        // Their host was killed meanwhile: it waits again.
        shop.Clock.Advance(TimeSpan.FromHours(2));
        (await NewPlaybookAsync(shop)).Id.Should().Be(proposal.Id);

        // A text of the same file that is not saved yet stays, and so does the proposal.
        FileDraft mine = new(file.Name, "owner", null, "Half a thought.", shop.Clock.GetUtcNow());
        await shop.Store.WriteAsync(session => session.Files.SetDraft(mine), default);
        (await desk.ChangeAsync(proposal.Id, "owner", default)).Should().BeOfType<LearnAnswer.Hindered>();
        (await desk.TakeAsync(proposal.Id, "owner", confirmed: true, default)).Should().BeOfType<LearnAnswer.Hindered>();
        (await editor.OpenAsync(file, "owner", default)).Should().Match<OpenedFile>(it => it.Text == null && it.Draft!.Content == mine.Content);
        (await desk.OpenAsync(default)).Should().Contain(it => it.Id == proposal.Id);

        await editor.DropDraftAsync(file, "owner", default);
        (await desk.ChangeAsync(proposal.Id, "owner", default)).Should().BeOfType<LearnAnswer.InTheEditor>();
    }

    [Fact]
    public async Task is_looked_for_by_day_where_the_computer_is_off_at_night()
    {
        await using var shop = await AMonthAsync(customers: 5);
        var upkeep = shop.Get<LearnUpkeep>();
        Task<int> OpenAsync() => shop.Store.ReadAsync(session => session.Proposals.Open().Count, default);
        // A Tuesday, ten in the morning in Kuala Lumpur.
        shop.Clock.Advance(new DateTimeOffset(2026, 11, 24, 2, 0, 0, TimeSpan.Zero) - shop.Clock.GetUtcNow());
        await upkeep.LookAsync(default);
        (await OpenAsync()).Should().Be(0, "it was opened a moment ago");

        shop.Clock.Advance(TimeSpan.FromHours(25));
        await shop.SayAsync("farid", "hello");
        await upkeep.LookAsync(default);
        (await OpenAsync()).Should().Be(0, "a customer writes");

        shop.Clock.Advance(TimeSpan.FromMinutes(20));
        await upkeep.LookAsync(default);
        (await OpenAsync()).Should().BePositive();

        // Once a day is enough.
        await shop.Store.WriteAsync(session => session.Proposals.Replace([], new Dictionary<string, string>(), shop.Clock.GetUtcNow()), default);
        shop.Clock.Advance(TimeSpan.FromHours(3));
        await upkeep.LookAsync(default);
        (await OpenAsync()).Should().Be(0);
    }

    [Fact]
    public async Task of_a_refusal_is_its_kind_and_its_words_whatever_signs_are_in_them()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        await shop.SayAsync("amirul", "I want my money back for order #1292, amirul.hakim@example.com");
        var card = (await shop.PendingAsync()).Single();

        await shop.DecideAsync(card, new ApprovalVerb.Reject(ErrorKind.Outdated, "old terms: see the page, not the file"));

        var lessons = await shop.Store.ReadAsync(session => LessonReader.Since(session, ShopUnderTest.Morning.AddDays(-1)), default);
        lessons.Single().Refused.Should().Be(new Refusal(nameof(ErrorKind.Outdated), "old terms: see the page, not the file"));
    }

    [Fact]
    public async Task shows_no_private_detail_and_goes_when_a_customer_who_spoke_for_it_is_forgotten()
    {
        await using var shop = await AMonthAsync();
        var proposal = await NewPlaybookAsync(shop);
        var shown = System.Text.Json.JsonSerializer.Serialize(
            Host.LearnJson.Of(proposal, await shop.Get<LearnDesk>().TextAsync(proposal.Proposal!, default))
        );
        shown.Should().Contain("ribbon sign").And.NotContainAny("Aina", "aina", "example.com");
        shown.Should().NotMatchRegex(@"(?<!\d)730\d(?!\d)", "no order's number stands there; an id may have any figures");

        await new Forgetting(shop.Store, shop.Clock).ForgetAsync("api:aina3", "owner", default);

        (await shop.Store.ReadAsync(session => session.Proposals.Open(), default)).Should().NotContain(it => it.Id == proposal.Id);
        var again = await NewPlaybookAsync(shop);
        again.Evidence.Should().Be(7);
        await shop.Get<LearnDesk>().TakeAsync(again.Id, "owner", confirmed: true, default);
        await new Forgetting(shop.Store, shop.Clock).ForgetAsync("api:aina4", "owner", default);
        var decided = await shop.Store.ReadAsync(session => (session.Proposals.Find(again.Id)!, session.Proposals.CasesOf(again.Id)), default);
        decided.Item1.Proposal.Should().BeNull();
        decided.Item2.Values.Should().NotContain("api:aina4");
    }

    [Fact]
    public async Task is_told_once_on_monday_morning()
    {
        await using var shop = await AMonthAsync(customers: 5);
        await NewPlaybookAsync(shop);
        var upkeep = shop.Get<LearnUpkeep>();
        // From Wednesday, five times twenty hours: the Sunday after it.
        shop.Clock.Advance(new DateTimeOffset(2026, 11, 23, 1, 0, 0, TimeSpan.Zero) - shop.Clock.GetUtcNow());
        for (var look = 0; look < 3; look++)
        {
            await upkeep.LookAsync(default);
        }

        var notes = await shop.Store.ReadAsync(
            session => session.Notices.Unseen().Where(notice => notice.Kind == LearnNote.NoticeKind).ToList(),
            default
        );
        notes.Should().ContainSingle().Which.Text.Should().StartWith("The week in what OpsChat learned.").And.Contain("Proposed");
    }

    [Fact]
    public void tells_of_an_edit_how_the_error_rate_moved_with_the_interval()
    {
        var effect = new EditEffect("opening-hours", new(2026, 11, 12), RateFigures.Of(new(200, 60)), RateFigures.Of(new(200, 2)));

        WeeklyNote
            .Lines([], [], [], [effect])
            .Should()
            .HaveCount(3)
            .And.Contain(line => line.Contains("60 of 200 (30 %") && line.Contains("2 of 200 (1 %") && line.EndsWith("it fell."));
        WeeklyNote.Lines([], [], [], []).Should().BeEmpty();
    }

    /// <summary>Whatever grows when something is sent, decided or counted.</summary>
    private static Task<(long, long, object?, object?, long)> CountsAsync(ShopUnderTest shop) =>
        shop.Store.ReadAsync(
            session =>
                (
                    session.Changes.Latest(),
                    session.ErrorFeed.Head(),
                    (object?)session.Outcomes.LatestEvent(),
                    (object?)session.Audit.Head(),
                    session.Conversations.Count()
                ),
            default
        );
}

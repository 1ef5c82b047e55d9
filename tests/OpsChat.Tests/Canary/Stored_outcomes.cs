using System.Text.Json;
using OpsChat.Agent;
using OpsChat.Canary;
using OpsChat.Playbooks;
using OpsChat.Storage;
using OpsChat.Storage.Tables;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Canary;

/// <summary>Two weeks of outcomes in the real store, with news that come hours and days later; what is kept as it comes equals what is counted
/// anew.</summary>
public class Stored_outcomes
{
    private static readonly (string Issue, string Text) s_washing =
        ShopUnderTest.Playbook("washing", "Please wash wool by hand in cold water.", ["how do i wash the wool sweater", "how should i wash this"]);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task with_late_evidence_give_the_same_as_when_replayed_from_their_events(int seed)
    {
        await using var shop = await ShopUnderTest.OfAsync(
            new()
            {
                Percentage = 50,
                Promote = Promotion.Never,
                Rollback = Rollback.Ask,
            },
            s_washing
        );
        var playbook = shop.Catalog.Current.Playbooks.Playbooks.Single();
        var random = new Random(seed);
        for (var day = 0; day < 14; day++)
        {
            await shop.Store.WriteAsync(session => LiveADay(session, playbook, shop.Clock.GetUtcNow(), day, random), CancellationToken.None);
            shop.Clock.Advance(TimeSpan.FromDays(1));
            await shop.LookAsync();
        }

        await shop.Store.ReadAsync(session => Check(session, shop, playbook), CancellationToken.None);
    }

    [Fact]
    public async Task keep_a_checkpoint_only_when_no_case_in_it_has_changed_since_it_was_counted()
    {
        await using var shop = await ShopUnderTest.OfAsync(new() { Percentage = 50 }, s_washing);
        var (playbook, now) = (shop.Catalog.Current.Playbooks.Playbooks.Single(), shop.Clock.GetUtcNow());
        var subject = EvidenceSubject.Of(playbook);
        var checkpoint = new EvidenceCheckpoint(now.AddDays(-1), Evidence.None(new(0.05, DateTimeOffset.UnixEpoch)));
        await shop.Store.WriteAsync(
            session =>
            {
                session.Outcomes.Begin(
                    new("old", playbook.Issue, playbook.Version, "api", "api:old", Arm.Canary, 0.5, true, now.AddDays(-3)),
                    TimeZoneInfo.Utc
                );
                session.Outcomes.Begin(
                    new("new", playbook.Issue, playbook.Version, "api", "api:new", Arm.Canary, 0.5, true, now),
                    TimeZoneInfo.Utc
                );
                var counted = session.Outcomes.LatestEvent();
                session.Outcomes.Apply("new", new OutcomeEvent.AnswerSent(now, "a", Drawn: false));
                session.Evidence.Keep(subject, checkpoint, counted).Should().BeTrue("a new case is not in it");

            session.Outcomes.Apply("old", new OutcomeEvent.DeliveryFailed(now));
            session.Evidence.Keep(subject, checkpoint, counted).Should().BeFalse();
            session.Evidence.Keep(subject, checkpoint, session.Outcomes.LatestEvent()).Should().BeTrue();
        }, CancellationToken.None);
    }

    [Fact]
    public async Task are_thinned_to_a_checkpoint_a_month_when_they_are_old()
    {
        await using var shop = await ShopUnderTest.OfAsync(new() { Percentage = 50 }, s_washing);
        var subject = EvidenceSubject.Of(shop.Catalog.Current.Playbooks.Playbooks.Single());
        var start = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

        var kept = await shop.Store.WriteAsync(session =>
        {
            for (var day = 0; day < 365; day++)
            {
                session.Evidence.Keep(subject, new(start.AddDays(day), Evidence.None(new(0.05, start))), 0);
            }

            return session.Evidence.Of(subject).Select(c => (c.Through - start).TotalDays).ToList();
        }, CancellationToken.None);

        kept.Should().HaveCountLessThan(50).And.Contain(Enumerable.Range(335, 30).Select(d => (double)d), "of the last month every day");
        kept.Should().Contain(d => d < 35, "late news of long ago has a beginning too");
    }

    [Fact]
    public async Task are_listed_for_a_spot_check_until_they_are_judged_or_known_to_be_wrong()
    {
        await using var shop = await ShopUnderTest.OfAsync(new() { Percentage = 100 }, s_washing);
        var desk = new SpotCheckDesk(shop.Store, shop.Clock);
        foreach (var customer in new[] { "anna", "ben", "cleo" })
        {
            await shop.SaysAsync(customer, "how do i wash the wool sweater");
            shop.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        var listed = await desk.ListAsync(50, CancellationToken.None);
        listed.Select(c => c.Conversation.Customer).Should().Equal("anna", "ben", "cleo");
        await desk.JudgeAsync("mei", listed[1].CaseId, listed[1].Answer, null, CancellationToken.None);
        await shop.SaysAsync("anna", "how do i wash the wool sweater");

        (await desk.ListAsync(50, CancellationToken.None)).Select(c => c.Conversation.Customer).Should().Equal("cleo");
    }

    private static void LiveADay(UnitOfWork session, Playbook playbook, DateTimeOffset morning, int day, Random random)
    {
        for (var i = 0; i < 12; i++)
        {
            var (id, at) = ($"c{day:00}{i:00}", morning.AddMinutes(random.Next(720)));
            var arm = random.Next(2) == 0 ? Arm.Canary : Arm.Control;
            session.Outcomes.Begin(new(id, playbook.Issue, playbook.Version, "api", $"api:{id}", arm, 0.5, true, at), TimeZoneInfo.Utc);
            session.Outcomes.Apply(
                id,
                arm == Arm.Canary
                    ? new OutcomeEvent.AnswerSent(at, "a", random.Next(2) == 0)
                    : new OutcomeEvent.DraftOffered(at, "a", WouldSend: true)
            );
        }

        foreach (var old in session.Outcomes.Newest(DateTimeOffset.UnixEpoch, CaseColumn.Any).ToList().Where(_ => random.Next(8) == 0))
        {
            session.Outcomes.Apply(old.Id, News(morning.AddHours(13), random));
        }
    }

    private static OutcomeEvent News(DateTimeOffset at, Random random) => random.Next(7) switch
    {
        0 => new OutcomeEvent.SpotChecked(at, "mei", "a", null),
        1 => new OutcomeEvent.SpotChecked(at, "mei", "a", ErrorKind.Outdated, "old price"),
        2 => new OutcomeEvent.CustomerWrote(at, CustomerSignal.CameBack),
        3 => new OutcomeEvent.PersonReplied(at, "mei", "a", EditJudge.Compare("It is 5.", "It is 6.")),
        4 => new OutcomeEvent.PersonReplied(at, "mei", "a", Edit.None),
        5 => new OutcomeEvent.ThumbedDown(at),
        _ => new OutcomeEvent.DeliveryFailed(at),
    };

    private static bool Check(UnitOfWork session, ShopUnderTest shop, Playbook playbook)
    {
        var cases = session.Outcomes.Of(playbook.Issue, playbook.Version);
        cases.Should().HaveCount(14 * 12).And.OnlyContain(c => Json(session.Outcomes.Replayed(c.Id)!) == Json(c));

        var (now, subject) = (shop.Clock.GetUtcNow(), EvidenceSubject.Of(playbook));
        session.Evidence.Of(subject).Should().NotBeEmpty("the evidence goes on from a checkpoint");
        var kept = new EvidenceReader(session, shop.Catalog.Current, shop.Config.Current.Config, now).Read(subject).View.Evidence;
        Json(kept).Should().Be(Json(Evidence.Of(cases, kept.Rules, now)));

        var rows = session.Counters.Between(DateOnly.MinValue, DateOnly.MaxValue).Select(r => r.Counters);
        var summed = rows.Aggregate(DayCounters.Zero, (sum, row) => sum + row);
        Json(summed).Should().Be(Json(cases.Select(DayCounters.Of).Aggregate(DayCounters.Zero, (sum, one) => sum + one)));
        return true;
    }

    private static string Json<T>(T value) => JsonSerializer.Serialize(value, ReportJson.Options);
}

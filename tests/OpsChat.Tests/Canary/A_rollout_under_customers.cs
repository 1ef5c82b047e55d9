using System.Text.Json;
using OpsChat.Agent;
using OpsChat.Canary;
using OpsChat.Decisions;
using OpsChat.Messages;
using OpsChat.Storage;
using OpsChat.Storage.Tables;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Canary;

/// <summary>The whole way: customers' messages through the pipeline into the store, evidence out of it, decisions into the file.</summary>
public class A_rollout_under_customers
{
    private const string WrapPhrase = "can you wrap it as a gift";
    private static readonly string[] s_phrases = [WrapPhrase, "do you have a physical store i can visit", "how do i wash the wool sweater"];

    private static readonly CanaryConfig s_quarter = new() { Percentage = 25, Salt = "spring", MinimumScored = 30 };

    private static readonly (string, string) s_store = ShopUnderTest.Playbook(
        "visit-store",
        "We sell online only and have no store to visit.",
        [s_phrases[1], "where is your shop located", "can i come to your store"]
    );

    private static readonly (string, string) s_washing = ShopUnderTest.Playbook(
        "washing",
        "Please wash wool by hand in cold water and dry it flat.",
        [s_phrases[2], "how should i wash this", "can i put it in the washing machine"]
    );

    private static (string Issue, string Text) Wrapping(string reply) =>
        ShopUnderTest.Playbook("gift-wrap", reply, [WrapPhrase, "is gift wrapping available", "do you offer gift wrap"]);

    [Fact]
    public async Task takes_out_a_playbook_made_wrong_tells_why_leaves_the_others_and_lets_the_mended_one_in_again()
    {
        await using var shop = await ShopUnderTest.OfAsync(s_quarter, Wrapping("Yes, we wrap gifts in brown paper."), s_store, s_washing);
        await shop.LookAsync();
        await ServeAsync(shop, "early", 60, comesBack: _ => false);
        shop.Config.Current.Config.Should().Be(s_quarter, "nobody complained");

        shop.Save(Wrapping("No, we never wrap anything."));
        await ServeAsync(shop, "late", 120, comesBack: i => i % 10 < 8);

        shop.Config.Current.Config.PercentageOf("gift-wrap").Should().Be(0);
        shop.Config.Current.Config.Should().Be(s_quarter.With("gift-wrap", 0), "the others keep theirs");
        (await shop.NoticesAsync()).Should().ContainSingle(n => n.StartsWith("Rolled \"gift-wrap\" back from 25 % to 0 %"))
            .Which.Should().Contain("cases were wrong").And.Contain("Look at: api:late-").And.Contain("incomplete");

        var after = await ServeAsync(shop, "after", 60, comesBack: _ => false);
        after.Should().NotContain(t => t.Choice.Playbook!.Issue == "gift-wrap" && t.Decision.Verdict is Verdict.Send);
        after.Should().Contain(t => t.Choice.Playbook!.Issue == "visit-store" && t.Decision.Verdict is Verdict.Send);

        shop.Save(Wrapping("Yes, we gladly wrap gifts in brown paper."));
        await shop.LookAsync();
        shop.Config.Current.Config.PercentageOf("gift-wrap").Should().Be(10, "a mended version begins at the first stage");
        (await ServeAsync(shop, "mended", 120, comesBack: _ => false))
            .Should()
            .Contain(t => t.Choice.Playbook!.Issue == "gift-wrap" && t.Decision.Verdict is Verdict.Send);
        shop.Config.Current.Config.PercentageOf("gift-wrap").Should().Be(10);
        await EverythingIsAsItsEventsSay(shop);
    }

    [Fact]
    public async Task drafts_and_scores_at_0_percent_and_asks_once_for_the_first_stage()
    {
        await using var shop = await ShopUnderTest.OfAsync(s_quarter with { Percentage = 0 }, s_store, s_washing);
        await ServeAsync(shop, "c", 120, comesBack: _ => false);
        await shop.LookAsync();

        var question = (await shop.QuestionsAsync()).Should().ContainSingle().Subject;
        question.Why.Should().Contain("from 0 % to 10 %");
        (await shop.Rollout.SayYesAsync(question.Id, CancellationToken.None)).IsDone.Should().BeTrue();
        shop.Config.Current.Config.Percentage.Should().Be(10);
        (await shop.Rollout.SayYesAsync(question.Id, CancellationToken.None)).Should().Be(RolloutAnswer.Refused("mei took all playbooks to 10 %."));
    }

    [Fact]
    public async Task lets_everyone_into_a_playbook_of_full_autonomy_until_it_is_rolled_back()
    {
        var full = ShopUnderTest.Playbook(
            "washing",
            "Please wash wool by hand in cold water and dry it flat.",
            ["how do i wash the wool sweater", "how should i wash this"],
            "autonomy: full"
        );
        await using var shop = await ShopUnderTest.OfAsync(s_quarter with { Percentage = 1 }, full, s_store);

        (await ServeAsync(shop, "c", 6, _ => false, s_phrases[2])).Should().OnlyContain(t => t.Decision.Verdict is Verdict.Send);
        await shop.Rollout.RollBackAsync("washing", CancellationToken.None);
        (await ServeAsync(shop, "d", 6, _ => false, s_phrases[2])).Should().OnlyContain(t => t.Decision.Verdict is Verdict.HandOff);
    }

    [Fact]
    public async Task explains_in_the_trace_why_an_answer_was_drawn_and_reminds_of_it_after_a_day()
    {
        await using var shop = await ShopUnderTest.OfAsync(s_quarter with { Percentage = 100 }, s_store, s_washing);
        var decided = await shop.SaysAsync("anna", s_phrases[1]);
        var trace = await shop.Store.ReadAsync(session => session.Turns.Find(decided.Turn.Id), CancellationToken.None);
        trace!.Trace.SpotCheck.Should().Be("Among the first 30 answers of this version.");

        await shop.LookAsync();
        (await shop.NoticesAsync()).Should().BeEmpty();
        shop.Clock.Advance(TimeSpan.FromHours(25));
        await shop.LookAsync();
        await shop.LookAsync();
        (await shop.NoticesAsync()).Should().ContainSingle(n => n.StartsWith("One answer that was drawn"));
    }

    [Fact]
    public async Task notices_an_edit_by_hand_keeps_the_last_good_file_and_tells_what_is_broken()
    {
        await using var shop = await ShopUnderTest.OfAsync(s_quarter, s_store, s_washing);
        await shop.LookAsync();
        await File.WriteAllBytesAsync(shop.CanaryFile, CanaryConfigText.Write(s_quarter.With("washing", 50)));
        await shop.LookAsync();
        shop.Config.Current.Config.PercentageOf("washing").Should().Be(50, "it is in force at once");
        await shop.LookAsync();
        var changes = await shop.Store.ReadAsync(session => session.RolloutChanges.All(), CancellationToken.None);
        changes.Should().ContainSingle().Which.Should().Match<RolloutChange>(c => c.Playbook == "washing" && c.To == 50 && c.By == "owner");

        await File.WriteAllTextAsync(shop.CanaryFile, "{ \"percentage\": 80");
        await shop.LookAsync();
        await shop.LookAsync();
        (await shop.NoticesAsync()).Should().ContainSingle().Which.Should().Contain("This is not JSON.").And.Contain("stays in force");
        shop.Config.Current.Config.PercentageOf("washing").Should().Be(50);
        var lastGood = await shop.Store.ReadAsync(RolloutRecord.Last, CancellationToken.None);
        CanaryConfigFile.Open(shop.CanaryFile, lastGood).Current.Config.Should().Be(s_quarter.With("washing", 50), "also after a restart");
    }

    [Fact]
    public async Task pauses_at_once_when_money_was_promised_without_an_approval()
    {
        await using var shop = await ShopUnderTest.OfAsync(s_quarter with { Percentage = 100 }, s_store, s_washing);
        var decided = await shop.SaysAsync("anna", s_phrases[1]);
        var now = shop.Clock.GetUtcNow();
        await shop.Store.WriteAsync(
            session =>
                DeliveryRecorder.Record(
                    session,
                    new()
                    {
                        Id = "o1",
                        Conversation = decided.Turn.Conversation.Id,
                        From = Sender.Agent,
                        Kind = OutboxKind.Answer,
                        Text = "We have refunded RM 50.00 to your card.",
                        Turn = decided.Turn.Id,
                        CaseId = decided.SupportCase.Id,
                        NextTryAt = now,
                        CreatedAt = now,
                    },
                    now
                ),
            CancellationToken.None
        );

        (await shop.SaysAsync("ben", s_phrases[1])).Decision.Reasons.Should().Contain(GateReason.Paused);
        (await shop.NoticesAsync())
            .Should()
            .ContainSingle(n => n.StartsWith("Paused at once: an answer promised something about money") && n.Contains("Look at api:anna"));
    }

    /// <summary>New customers, six minutes apart, each with one of three questions; people send the agent's drafts; those answered by the agent
    /// may come back.</summary>
    private static async Task<List<TurnDecision>> ServeAsync(
        ShopUnderTest shop,
        string name,
        int customers,
        Func<int, bool> comesBack,
        string? phrase = null
    )
    {
        var turns = new List<TurnDecision>();
        for (var i = 0; i < customers; i++)
        {
            var (customer, question) = ($"{name}-{i}", phrase ?? s_phrases[i % 3]);
            var turn = await shop.SaysAsync(customer, question);
            turns.Add(turn);
            shop.Clock.Advance(TimeSpan.FromMinutes(6));
            if (turn.Decision.Verdict is Verdict.HandOff)
            {
                await shop.PersonAnswersAsync(customer, turn.Suggestion is null ? "Sorry, we do not do that." : null);
            }
            else if (turn.Choice.Playbook?.Issue == "gift-wrap" && comesBack(i))
            {
                await shop.SaysAsync(customer, question);
            }

            if (i % 4 == 0)
            {
                await shop.LookAsync();
            }
        }

        await shop.LookAsync();
        return turns;
    }

    private static async Task EverythingIsAsItsEventsSay(ShopUnderTest shop) => await shop.Store.ReadAsync(session =>
    {
        var cases = session.Outcomes.Newest(DateTimeOffset.UnixEpoch, CaseColumn.Any).ToList();
        cases.Should().HaveCountGreaterThan(300);
        cases.Should().OnlyContain(c => Json(session.Outcomes.Replayed(c.Id)!) == Json(c));
        Evidence_is_as_a_fresh_count(session, shop);
        return true;
    }, CancellationToken.None);

    private static void Evidence_is_as_a_fresh_count(UnitOfWork session, ShopUnderTest shop)
    {
        var now = shop.Clock.GetUtcNow();
        var reader = new EvidenceReader(session, shop.Catalog.Current, shop.Config.Current.Config, now);
        foreach (var subject in reader.Playbooks)
        {
            var kept = reader.Read(subject).View.Evidence;
            Json(kept).Should().Be(Json(Evidence.Of(session.Outcomes.Of(subject.Playbook!, subject.Version), kept.Rules, now)));
        }
    }

    private static string Json<T>(T value) => JsonSerializer.Serialize(value, ReportJson.Options);
}

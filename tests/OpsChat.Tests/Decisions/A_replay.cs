using OpsChat.Agent;
using OpsChat.Decisions;
using OpsChat.Playbooks;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Decisions;

public class A_replay
{
    private static readonly string[] s_said =
    [
        "what are your opening hours?", "where is my order #1293? my e-mail is priya.nair@example.com", "I want my money back", "hello", "where is my order?", "do you wrap gifts in green paper",
        "can i return an item", "let me talk to a person",
    ];

    private static async Task<ShopUnderTest> ADayAsync()
    {
        var shop = await ShopUnderTest.OpenAsync(percentage: 60);
        for (var i = 0; i < 4; i++)
        {
            foreach (var text in s_said)
            {
                await shop.SayAsync($"c{i}-{text.Length % 3}", text);
            }
        }

        return shop;
    }

    private static Task<TurnReplayReport> ReplayAsync(ShopUnderTest shop, PlaybookSnapshot known) =>
        shop.Store.ReadAsync(session => Replay.Run(PastTurns.Since(session, ShopUnderTest.Morning.AddDays(-1)), known), default);

    private static PlaybookSnapshot Edited(string issue, Func<string, string> edit)
    {
        var files = PlaybookFolder.Read(Repository.Playbooks)!
            .Select(file => file.Stem == issue ? new PlaybookFile(file.Name, System.Text.Encoding.UTF8.GetBytes(edit(System.Text.Encoding.UTF8.GetString(file.Content.Span)))) : file).ToList();
        return PlaybookSnapshot.From(PlaybookSet.Build(files, new Dictionary<string, PlaybookFile>()));
    }

    [Fact]
    public async Task with_the_same_playbooks_changes_nothing_and_writes_nothing()
    {
        await using var shop = await ADayAsync();
        var before = await shop.Store.ReadAsync(session => (session.Outcomes.LatestEvent(), session.Audit.Head(), session.Conversations.Count()), default);

        var report = await ReplayAsync(shop, shop.Get<PlaybookCatalog<PlaybookSnapshot>>().Current);

        report.Turns.Should().Be(4 * s_said.Length);
        report.Undecidable.Should().Be(0);
        report.Changed.Should().BeEmpty();
        (await shop.Store.ReadAsync(session => (session.Outcomes.LatestEvent(), session.Audit.Head(), session.Conversations.Count()), default)).Should().Be(before);
    }

    [Fact]
    public async Task with_an_edited_reply_names_every_turn_that_would_read_otherwise()
    {
        await using var shop = await ADayAsync();

        var report = await ReplayAsync(shop, Edited("opening-hours", text => text.Replace("## Standard Reply\n", "## Standard Reply\nGladly. ")));

        report.Changed.Should().NotBeEmpty().And.OnlyContain(turn => turn.After.Playbook == "opening-hours" && turn.After.Text!.StartsWith("Gladly."));
        (report.Summary.AnsweredOtherwise + report.Summary.Other).Should().Be(report.Changed.Count);
        report.Summary.ByPlaybook.Should().ContainSingle().Which.Key.Should().Be("opening-hours");
    }

    [Fact]
    public void of_a_turn_whose_input_was_not_kept_is_undecidable() =>
        Replay.Run([new("m1", "web:a", new("HandOff", null, null), new(null, null), null)], Edited("opening-hours", text => text))
            .Should().BeEquivalentTo(new { Turns = 1, Undecidable = 1 });

    [Theory]
    [InlineData("We are open from 9 to 18.", "We are open from 9 to 18!", "agrees")]
    [InlineData("We are open from 10 to 18.", "We are open from 9 to 18.", "contradicts")]
    public void of_a_turn_that_a_person_answered_agrees_when_the_words_say_the_same(string person, string now, string known) =>
        Replay.Judge(new("m1", "web:a", new("HandOff", null, null), new(person, null), null), new("Send", "opening-hours", now)).Known.Should().Be(known);

    [Theory]
    [InlineData(false, "agrees")]
    [InlineData(true, "contradicts")]
    [InlineData(null, "unknown")]
    public void of_an_answered_turn_goes_by_what_was_said_of_the_answer(bool? right, string known) =>
        Replay.Judge(new("m1", "web:a", new("Send", "opening-hours", "9 to 18"), new(null, right), null), new("HandOff", null, null)).Known.Should().Be(known);
}

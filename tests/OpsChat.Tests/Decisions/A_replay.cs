using OpsChat.Agent;
using OpsChat.Decisions;
using OpsChat.Playbooks;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Decisions;

public class A_replay
{
    private static readonly string[] s_said =
    [
        "what are your opening hours?",
        "where is my order #1293? my e-mail is priya.nair@example.com",
        "I want my money back",
        "hello",
        "where is my order?",
        "do you wrap gifts in green paper",
        "can i return an item",
        "let me talk to a person",
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
        var files = PlaybookFolder
            .Read(Repository.Playbooks)!
            .Select(file =>
                file.Stem == issue
                    ? new PlaybookFile(
                        file.Name,
                        System.Text.Encoding.UTF8.GetBytes(edit(System.Text.Encoding.UTF8.GetString(file.Content.Span)))
                    )
                    : file
            )
            .ToList();
        return LearnedPlaybooks.Of(PlaybookSet.Build(files, new Dictionary<string, PlaybookFile>()));
    }

    [Fact]
    public async Task with_the_same_playbooks_changes_nothing_and_writes_nothing()
    {
        await using var shop = await ADayAsync();
        var before = await shop.Store.ReadAsync(
            session => (session.Outcomes.LatestEvent(), session.Audit.Head(), session.Conversations.Count()),
            default
        );

        var report = await ReplayAsync(shop, shop.Get<PlaybookCatalog<PlaybookSnapshot>>().Current);

        report.Turns.Should().Be(4 * s_said.Length);
        report.Undecidable.Should().Be(0);
        report.Changed.Should().BeEmpty();
        (
            await shop.Store.ReadAsync(
                session => (session.Outcomes.LatestEvent(), session.Audit.Head(), session.Conversations.Count()),
                default
            )
        )
            .Should()
            .Be(before);
    }

    [Fact]
    public async Task of_several_matters_with_a_question_changes_nothing_and_its_pin_holds()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        await shop.SayAsync("c0", "where is my order? and what are your opening hours?");
        (await shop.ReceivedAsync("c0")).Should().ContainSingle().Which.Should().Contain("\n\n", "the question and the rest leave as one message");
        var known = shop.Get<PlaybookCatalog<PlaybookSnapshot>>().Current;

        (await ReplayAsync(shop, known)).Should().BeEquivalentTo(new { Turns = 1, Undecidable = 0, Changed = Array.Empty<ChangedTurn>() });

        (await shop.Get<PinDesk>().PinAsync(ShopUnderTest.Of("c0"), "owner", default)).Should().Be(1);
        (await shop.Get<PinDesk>().BrokenByAsync(known, default)).Should().BeEmpty();
    }

    /// <summary>The other shop has the edited playbooks from the beginning, the same customers and the same draw.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task after_a_random_edit_ends_as_a_shop_that_had_the_edit_all_along(int seed)
    {
        var random = new Random(seed);
        var files = Learning.SmallMugShop.Files.ToDictionary(file => file.Key, file => file.Value);
        var (issue, lines) = files.ElementAt(random.Next(files.Count)) is var file ? (file.Key, file.Value.Split('\n').ToList()) : default;
        var phrases = Enumerable.Range(0, lines.Count).Where(i => lines[i].StartsWith("- ", StringComparison.Ordinal)).ToArray();
        lines[phrases[random.Next(phrases.Length)]] = "- do you ship mugs to penang";
        lines[lines.IndexOf("## Standard Reply") + 1] = $"We answer otherwise since edit {seed}.";
        var edited = files.ToDictionary(file => file.Key, file => file.Key == issue ? string.Join('\n', lines) : file.Value);
        await using var before = await ShopUnderTest.OpenAsync(playbooks: files);
        await using var after = await ShopUnderTest.OpenAsync(playbooks: edited);
        string[] said =
        [
            "when do you open",
            "the cup has a crack",
            "do you ship mugs to penang",
            "closing time today?",
            "my mug arrived broken, order #1293",
            "hello",
            "is there tea",
            "I want my money back",
        ];
        for (var i = 0; i < 3 * said.Length; i++)
        {
            await before.SayAsync($"c{i}", said[i % said.Length]);
            await after.SayAsync($"c{i}", said[i % said.Length]);
        }

        var counts = await WrittenAsync(before);
        var report = await ReplayAsync(before, after.Get<PlaybookCatalog<PlaybookSnapshot>>().Current);

        report.Undecidable.Should().Be(0);
        var changed = report.Changed.ToDictionary(turn => turn.Conversation, turn => turn.After);
        var (were, are) = (await EndingsAsync(before), await EndingsAsync(after));
        changed.Should().NotBeEmpty();
        foreach (var (conversation, ending) in are)
        {
            (changed.GetValueOrDefault(conversation) ?? were[conversation]).Should().Be(ending, conversation);
        }

        (await WrittenAsync(before)).Should().Be(counts, "nothing is sent, counted or told");
    }

    private static Task<Dictionary<string, ReplayedEnding>> EndingsAsync(ShopUnderTest shop) =>
        shop.Store.ReadAsync(
            session =>
                PastTurns.Since(session, ShopUnderTest.Morning.AddDays(-1)).ToDictionary(turn => turn.Conversation, turn => turn.Ending),
            default
        );

    private static Task<(long, long, object?, object?)> WrittenAsync(ShopUnderTest shop) => shop.Store.ReadAsync(session =>
        (session.Changes.Latest(), session.ErrorFeed.Head(), (object?)session.Outcomes.LatestEvent(), (object?)session.Audit.Head()), default);

    [Fact]
    public async Task with_an_edited_reply_names_every_turn_that_would_read_otherwise()
    {
        await using var shop = await ADayAsync();

        var report = await ReplayAsync(shop, Edited("opening-hours", text => text.Replace("## Standard Reply\n", "## Standard Reply\nGladly. ")));

        report
            .Changed.Should()
            .NotBeEmpty()
            .And.OnlyContain(turn => turn.After.Playbook == "opening-hours" && turn.After.Text!.StartsWith("Gladly."));
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
        Replay
            .Judge(new("m1", "web:a", new("HandOff", null, null), new(person, null), null), new("Send", "opening-hours", now))
            .Known.Should()
            .Be(known);

    [Theory]
    [InlineData(false, "agrees")]
    [InlineData(true, "contradicts")]
    [InlineData(null, "unknown")]
    public void of_an_answered_turn_goes_by_what_was_said_of_the_answer(bool? right, string known) =>
        Replay
            .Judge(new("m1", "web:a", new("Send", "opening-hours", "9 to 18"), new(null, right), null), new("HandOff", null, null))
            .Known.Should()
            .Be(known);
}

using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using OpsChat.Agent;
using OpsChat.Decisions;
using OpsChat.Host;
using OpsChat.Learning;
using OpsChat.Playbooks;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Learning;

/// <summary>One month that several tests look at; none of them changes it.</summary>
public sealed class MonthOfAShop : IAsyncLifetime
{
    internal SimulatedMonth Month { get; } = new(seed: 1);
    internal ShopUnderTest Shop { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Shop = await ShopUnderTest.OpenAsync(playbooks: SimulatedMonth.Files);
        await Month.LiveAsync(Shop);
    }

    public async Task DisposeAsync() => await Shop.DisposeAsync();
}

public class A_simulated_month(MonthOfAShop lived) : IClassFixture<MonthOfAShop>
{
    private ShopUnderTest Shop => lived.Shop;

    [Fact]
    public async Task replayed_with_the_playbooks_of_then_ends_the_same_in_every_turn_and_writes_nothing()
    {
        var before = await WrittenAsync(Shop);

        var report = await ReplayAsync(Shop, Shop.Get<PlaybookCatalog<PlaybookSnapshot>>().Current);

        report.Turns.Should().Be(lived.Month.Turns);
        report.Undecidable.Should().Be(0);
        report.Changed.Should().BeEmpty();
        var verdicts = (await EndingsAsync(Shop)).Values.SelectMany(turns => turns).Select(turn => turn.Ending.Verdict).Distinct();
        verdicts.Should().Contain(["Send", "HandOff", "AskOwner"]);
        (await WrittenAsync(Shop)).Should().Equal(before, "nothing is sent, counted or told");
    }

    /// <summary>The other shop has the edited files from the beginning and lives the same month. From the first changed turn on, a conversation would
    /// not have gone on as it did, so there the two are no longer comparable.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task replayed_after_a_random_edit_ends_as_in_a_shop_that_had_the_edit_all_along(int seed)
    {
        await using var after = await ShopUnderTest.OpenAsync(playbooks: Edited(new Random(seed)));
        await lived.Month.LiveAsync(after);
        var before = await WrittenAsync(Shop);

        var report = await ReplayAsync(Shop, after.Get<PlaybookCatalog<PlaybookSnapshot>>().Current);

        report.Undecidable.Should().Be(0);
        report.Changed.Should().NotBeEmpty();
        var changed = report.Changed.ToDictionary(turn => turn.MessageId);
        var (were, are) = (await EndingsAsync(Shop), await EndingsAsync(after));
        foreach (var (conversation, turns) in were)
        {
            var hasChanged = false;
            for (var i = 0; i < turns.Count && !hasChanged; i++)
            {
                hasChanged = changed.TryGetValue(turns[i].MessageId, out var turn);
                (turn?.After ?? turns[i].Ending).Should().Be(are[conversation][i].Ending, "{0}, turn {1}", conversation, i);
                (turn?.IsLater ?? false).Should().BeFalse();
            }
        }

        (await WrittenAsync(Shop)).Should().Equal(before, "nothing is sent, counted or told");
    }

    [Fact]
    public async Task teaches_proposals_of_every_kind_in_which_no_detail_of_any_customer_stands()
    {
        var desk = Shop.Get<LearnDesk>();
        var proposals = await desk.LookAsync(TimeSpan.FromDays(31), default);

        proposals.Select(it => it.Kind).Should().Contain([ProposalKind.NewPlaybook, ProposalKind.Examples, ProposalKind.Reply, ProposalKind.Gap]);
        StringBuilder shown = new();
        foreach (var it in proposals)
        {
            // What is stored, what the API and the command show, and the file that it would write.
            shown.AppendLine(Json(it.Proposal!)).AppendLine(Json(LearnJson.Of(it, await desk.TextAsync(it.Proposal!, default))));
            shown.AppendLine((await desk.TextAsync(it.Proposal!, default))?.After);
        }

        shown.AppendJoin('\n', await Shop.Get<LearnNote>().ReadAsync(default));
        // Ids are made up, and may hold any digits.
        var all = proposals.SelectMany(it => it.Proposal!.Cases.Select(c => c.Turn).Append(it.Id)).Distinct()
            .Aggregate(shown.ToString(), (text, id) => text.Replace(id, "", StringComparison.Ordinal));
        lived.Month.Details.Where(detail => StandsIn(detail, all)).Should().BeEmpty();
        all.Should().Contain("gift paper").And.Contain("kertas hadiah");
    }

    /// <summary>A name is looked for as a word, a number and an address as they stand anywhere.</summary>
    private static bool StandsIn(string detail, string text) =>
        detail.All(c => char.IsLetter(c) && c < 0x0250)
            ? Regex.IsMatch(text, $@"(?<![\p{{L}}\p{{M}}]){Regex.Escape(detail)}(?![\p{{L}}\p{{M}}])", RegexOptions.IgnoreCase)
            : text.Contains(detail, StringComparison.OrdinalIgnoreCase);

    private static string Json(object value) => JsonSerializer.Serialize(value, value.GetType(), s_json);

    private static readonly JsonSerializerOptions s_json = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Another reply, and one or two of the other things that owners do.</summary>
    private static Dictionary<string, string> Edited(Random random)
    {
        var files = SimulatedMonth.Files.ToDictionary(file => file.Key, file => file.Value);
        var issue = files.Keys.Order(StringComparer.Ordinal).ElementAt(random.Next(files.Count));
        Func<string, string>[] edits =
        [
            text =>
                Bullets(text) is var bullets
                    ? text.Replace($"{bullets[random.Next(bullets.Count)]}\n", "", StringComparison.Ordinal)
                    : text,
            text =>
                text.Replace(
                    "\n\n## Standard Reply",
                    "\n- wrap it in gift paper please\n- gift paper for a mug\n\n## Standard Reply",
                    StringComparison.Ordinal
                ),
            text => text + "- When `message.words > 12`, hand off: Long ones are yours.\n",
            text => text.Replace("autonomy: full", "autonomy: suggest", StringComparison.Ordinal),
        ];
        files[issue] = files[issue].Replace("## Standard Reply\n", "## Standard Reply\nGladly. ", StringComparison.Ordinal);
        random.Shuffle(edits);
        foreach (var edit in edits.Take(1 + random.Next(2)))
        {
            files[issue] = edit(files[issue]);
        }

        return files;
    }

    private static List<string> Bullets(string text) =>
        [.. text.Split("## Standard Reply")[0].Split('\n').Where(line => line.StartsWith("- ", StringComparison.Ordinal))];

    private static Task<TurnReplayReport> ReplayAsync(ShopUnderTest shop, PlaybookSnapshot known) =>
        shop.Store.ReadAsync(session => Replay.Run(PastTurns.Since(session, DateTimeOffset.UnixEpoch), known), default);

    private static Task<Dictionary<string, List<PastTurn>>> EndingsAsync(ShopUnderTest shop) =>
        shop.Store.ReadAsync(
            session =>
                PastTurns
                    .Since(session, DateTimeOffset.UnixEpoch)
                    .GroupBy(turn => turn.Conversation)
                    .ToDictionary(turns => turns.Key, turns => turns.ToList()),
            default
        );

    /// <summary>Whatever grows when something is sent, decided, counted or told.</summary>
    private static Task<object?[]> WrittenAsync(ShopUnderTest shop) => shop.Store.ReadAsync(session => new object?[]
    {
        session.Changes.Latest(), session.ErrorFeed.Head(), session.Outcomes.LatestEvent(), session.Audit.Head(), session.Conversations.Count(),
    }, default);
}

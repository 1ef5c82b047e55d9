using OpsChat.Agent;
using OpsChat.Benchmarks.Chaos;
using OpsChat.Decisions;
using OpsChat.Playbooks;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Decisions;

/// <summary>A turn that was decided can be decided again, from what was stored with it.</summary>
public sealed class A_stored_turn
{
    private const int Customers = 35;

    private static readonly string[][] s_conversations =
    [
        ["hi", "where is my order", "#1001", "thanks"],
        ["where is my order #1293? my e-mail is someone@example.com", "#1293 8880", "hello???"],
        ["I want my money back now!", "the order is #1002", "are you there"],
        ["what are your opening hours?", "do you ship to Singapore", "how much?", "ok"],
        ["do you have the linen shirt in M", "how much is it", "and in L?"],
        ["this is the worst shop, I will call my lawyer", "answer me"],
        ["boleh saya tukar alamat", "#1003", "terima kasih"],
        ["can I talk to a person", "cancel my order #1004 please", "my phone ends in 1234"],
        ["asdf qwer", "where is my parcel and can I return the other one", "bye"],
        ["my parcel arrived broken", "#1005 and the mail is wrong@example.com", "#1005 and the mail is also.wrong@example.com"],
    ];

    [Fact]
    public async Task decided_again_gives_the_same_decision_in_a_thousand_turns_of_every_kind()
    {
        await using var shop = await ShopUnderTest.OpenAsync(percentage: 60);
        var orders = File.ReadLines(Path.Combine(Repository.DemoShop, "orders_export_1.csv"))
            .Skip(1)
            .Select(line => line.Split(','))
            .Where(c => c.Length > 1 && c[1].Contains('@'))
            .ToArray();
        for (var i = 0; i < Customers; i++)
        {
            foreach (var (conversation, n) in s_conversations.Select((c, n) => (c, n)))
            {
                foreach (var text in conversation)
                {
                    await shop.SayAsync($"c{i}-{n}", text);
                }
            }

            var order = orders[i % orders.Length];
            await shop.SayAsync($"own{i}", $"where is my order {order[0]}, {order[1]}");
        }

        var known = shop.Get<PlaybookCatalog<PlaybookSnapshot>>().Current;
        var (count, verdicts, differ) = (0, new HashSet<string>(), new List<string>());
        foreach (var (row, input) in await StoredAsync(shop))
        {
            count++;
            verdicts.Add(row.Verdict);
            var again = TurnDecider.Decide(input!, known);
            if (again is not Redecision.Decided { Decision: var decision } || !DecidedAgainCheck.IsSame(row.Trace, decision))
            {
                differ.Add($"{row.Id}: {row.Verdict} {string.Join(' ', row.Trace.Reasons)} {again}");
            }
        }

        count.Should().BeGreaterThan(1000);
        verdicts.Should().BeEquivalentTo(["Send", "AskCustomer", "AskOwner", "HandOff", "Silent"]);
        differ.Should().BeEmpty();
    }

    [Theory]
    [InlineData("do you have the linen tote in natural, big enough for a laptop, and when does it come back in")]
    [InlineData("is the linen shirt there in sage M or is sage only made in L, i want my money back else")]
    [InlineData("can i get the tote in navy canvas instead or my money back")]
    [InlineData("is the natural tote the same linen as the shirt and in stock")]
    public async Task holds_the_options_by_which_the_words_were_read(string words)
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        await shop.SayAsync("c", "is the linen tote in stock?");
        await shop.SayAsync("c", words);

        foreach (var (row, input) in await StoredAsync(shop))
        {
            TurnDecider.Decide(input!, shop.Get<PlaybookCatalog<PlaybookSnapshot>>().Current)
                .Should()
                .BeOfType<Redecision.Decided>()
                .Which.Should()
                .Match<Redecision.Decided>(again => DecidedAgainCheck.IsSame(row.Trace, again.Decision));
        }

        var asked = (await StoredAsync(shop))[0].Input!.Lookups.Facts.First(facts => facts.Product is not null);
        asked.Product!.Options.Should().NotBeEmpty("they are kept with the turn");
        asked.Product.Variants.Should().OnlyContain(variant => variant.Price == null && variant.OnHand == null);
    }

    [Fact]
    public async Task that_a_model_was_asked_about_is_decided_again_without_asking_it()
    {
        await using var shop = await ShopUnderTest.OpenAsync(model: new ScriptedModel(_ => "no JSON"));
        await shop.SayAsync("c", "what are your opening hours?");

        var (row, input) = (await StoredAsync(shop)).Single();
        var again = TurnDecider.Decide(input!, shop.Get<PlaybookCatalog<PlaybookSnapshot>>().Current);

        row.Trace.Model.Should().NotBeEmpty();
        again.Should().BeOfType<Redecision.Decided>().Which.Decision.Draft.Text.Should().Be(row.Trace.Draft);
    }

    [Fact]
    public async Task that_needs_what_was_not_looked_up_is_undecidable_and_says_so()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        await shop.SayAsync("c", "where is my order?");
        var (_, input) = (await StoredAsync(shop)).Single();

        var again = TurnDecider.Decide(input! with { Lookups = LookupRecord.Nothing }, shop.Get<PlaybookCatalog<PlaybookSnapshot>>().Current);

        again.Should().BeOfType<Redecision.Undecidable>().Which.Needs.Should().Contain("order");
    }

    [Fact]
    public async Task of_an_older_schema_is_undecidable()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        await shop.SayAsync("c", "hi");
        var (_, input) = (await StoredAsync(shop)).Single();

        TurnDecider
            .Decide(input! with { Schema = 0 }, shop.Get<PlaybookCatalog<PlaybookSnapshot>>().Current)
            .Should()
            .BeOfType<Redecision.Undecidable>();
    }

    [Fact]
    public async Task keeps_nothing_of_an_order_that_the_chat_did_not_prove()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        var order = File.ReadLines(Path.Combine(Repository.DemoShop, "orders_export_1.csv"))
            .Skip(1)
            .Select(line => line.Split(','))
            .First(c => c.Length > 1 && c[1].Contains('@'));
        await shop.SayAsync("c", $"where is my order {order[0]}, my e-mail is stranger@example.com");

        var (_, input) = (await StoredAsync(shop)).Single();

        TurnInputJson.Write(input!).Should().NotContain(order[1]);
    }

    private static Task<IReadOnlyList<(TurnRowOf Row, TurnInput? Input)>> StoredAsync(ShopUnderTest shop) =>
        shop.Store.ReadAsync<IReadOnlyList<(TurnRowOf, TurnInput?)>>(session =>
        [
            .. session.Turns.Since(DateTimeOffset.UnixEpoch).Select(id => session.Turns.Find(id)!)
                .Select(turn => (new TurnRowOf(turn.Id, turn.Verdict, turn.Trace), session.Turns.InputOf(turn.Id))),
        ], CancellationToken.None);

    private sealed record TurnRowOf(string Id, string Verdict, Trace Trace);
}

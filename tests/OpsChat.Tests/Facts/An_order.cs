using FsCheck;
using FsCheck.Fluent;
using OpsChat.Facts;
using OpsChat.Understanding;

namespace OpsChat.Tests.Facts;

public class An_order
{
    private static readonly IReadOnlyDictionary<string, Order?> s_shop = new Dictionary<string, Order?>
    {
        ["1001"] = A.Order,
        ["1002"] = A.Order with { Number = "#1002", Email = "ben@example.com", PhoneEndings = ["7777"] },
        ["1003"] = A.Order with { Number = "#1003" },
    };

    private static IdentityDecision Say(EntityReading turn, IdentityState? before = null, int triesToday = 0)
    {
        var state = (before ?? IdentityState.Nothing).With(turn);
        var asked = Identity.Asked(state, turn);
        return Identity.Decide(state, asked, asked.ToDictionary(k => k, s_shop.GetValueOrDefault), asked.ToDictionary(k => k, _ => triesToday));
    }

    [Theory]
    [InlineData("aina@example.com", null)]
    [InlineData("AINA@Example.com", null)]
    [InlineData(null, "4821")]
    public void is_proven_by_its_number_and_a_second_detail(string? email, string? phone)
    {
        var decision = Say(A.Entities(["#1001"], email is null ? [] : [email], phone is null ? [] : [phone]));

        decision.Outcome.Should().BeOfType<IdentityOutcome.Proven>().Which.Orders.Should().Equal(A.Order);
        decision.TriedKeys.Should().BeEmpty();
    }

    [Fact]
    public void is_proven_by_details_that_come_one_after_the_other()
    {
        var first = Say(A.Entities(["1001"]));
        first.Outcome.Should().Be(new IdentityOutcome.NeedsSecondDetail());

        Say(A.Entities(emails: ["aina@example.com"]), first.Next).Outcome.Should().BeOfType<IdentityOutcome.Proven>();
    }

    [Fact]
    public void leaves_nothing_to_be_stored_when_a_turn_tells_nothing_new_of_it()
    {
        IdentityState.Nothing.With(EntityReading.Nothing).Should().Be(IdentityState.Nothing);

        var proven = Say(A.Entities(["1001"], ["aina@example.com"])).Next;
        proven.With(A.Entities(["1001"], ["AINA@example.com"])).Should().Be(proven);
        proven.With(A.Entities(["1002"])).Should().NotBe(proven);
    }

    [Fact]
    public void stays_proven_for_the_case_and_is_forgotten_with_it()
    {
        var proven = Say(A.Entities(["1001"], ["aina@example.com"])).Next;

        Say(EntityReading.Nothing, proven).Outcome.Should().BeOfType<IdentityOutcome.Proven>();
        Say(A.Entities(["1001"]), proven.ForNewCase()).Outcome.Should().Be(new IdentityOutcome.NeedsSecondDetail());
    }

    [Fact]
    public void does_not_prove_another_of_the_same_buyer_unless_that_is_asked_for_too()
    {
        var proven = Say(A.Entities(["1001"], phones: ["4821"])).Next;
        proven.Proven.Should().Equal("1001");

        Say(A.Entities(["#1003"]), proven).Next.Proven.Should().Equal("1001", "1003");
    }

    [Fact]
    public void of_somebody_else_is_not_given_out_beside_ones_own()
    {
        Say(A.Entities(["1001", "1002"], ["aina@example.com"])).Outcome.Should().Be(new IdentityOutcome.NoMatch());
    }

    [Fact]
    public void that_is_unknown_is_answered_exactly_like_one_of_somebody_else()
    {
        foreach (var turn in new[] { A.Entities(emails: ["x@example.com"]), A.Entities(), A.Entities(phones: ["0000", "1111"]) })
        {
            var wrong = Say(turn with { OrderNumbers = ["1001"] });
            var unknown = Say(turn with { OrderNumbers = ["9999"] });

            unknown.Outcome.Should().Be(wrong.Outcome);
            unknown.TriedKeys.Count.Should().Be(wrong.TriedKeys.Count);
        }
    }

    [Fact]
    public void is_not_proven_by_one_of_several_addresses_or_endings_said_at_once()
    {
        var listed = Say(A.Entities(["1001"], ["x@example.com", "aina@example.com"], ["0000", "4821"]));
        listed.Outcome.Should().Be(new IdentityOutcome.NeedsSecondDetail());
        listed.TriedKeys.Should().BeEmpty();

        Say(A.Entities(["1001"]), listed.Next).Outcome.Should().Be(new IdentityOutcome.NeedsSecondDetail());
        Say(A.Entities(emails: ["aina@example.com"]), listed.Next).Outcome.Should().BeOfType<IdentityOutcome.Proven>();
    }

    [Fact]
    public void gives_a_chat_five_tries()
    {
        var state = IdentityState.Nothing;
        for (var i = 0; i < Identity.TriesOfChat; i++)
        {
            state = Say(A.Entities(["1001"], [$"guess{i}@example.com"]), state).Next;
        }

        Say(A.Entities(["1001"], ["aina@example.com"]), state).Outcome.Should().Be(new IdentityOutcome.TooManyTries());
        Say(A.Entities(["1001"], ["aina@example.com"]), state.ForNewCase()).Outcome.Should().Be(new IdentityOutcome.TooManyTries());
    }

    [Fact]
    public void counts_a_detail_said_again_only_once()
    {
        var state = Say(A.Entities(["1001"], ["typo@example.com"])).Next;
        var again = Say(A.Entities(["1001"], ["typo@example.com"]), state);

        again.Outcome.Should().Be(new IdentityOutcome.NoMatch());
        again.TriedKeys.Should().BeEmpty();
    }

    [Fact]
    public void at_which_others_guessed_today_is_proven_by_both_details_and_by_neither_alone()
    {
        foreach (var number in new[] { "1001", "9999" })
        {
            Say(A.Entities([number], ["aina@example.com"]), triesToday: Identity.TriesOfOrderADay)
                .Outcome.Should()
                .Be(new IdentityOutcome.NeedsBothDetails());
            Say(A.Entities([number], phones: ["4821"]), triesToday: Identity.TriesOfOrderADay)
                .Outcome.Should()
                .Be(new IdentityOutcome.NeedsBothDetails());
            Say(A.Entities([number], ["aina@example.com"], ["0000"]), triesToday: Identity.TriesOfOrderADay)
                .Outcome.Should()
                .Be(new IdentityOutcome.NeedsBothDetails());
        }

        Say(A.Entities(["1001"], ["aina@example.com"], ["4821"]), triesToday: Identity.TriesOfOrderADay)
            .Outcome.Should()
            .BeOfType<IdentityOutcome.Proven>();
        Say(A.Entities(["9999"], ["aina@example.com"], ["4821"]), triesToday: Identity.TriesOfOrderADay)
            .Outcome.Should()
            .Be(new IdentityOutcome.NeedsBothDetails());
    }

    [Fact]
    public void at_which_guesses_went_on_all_day_goes_through_a_person()
    {
        Say(A.Entities(["1001"], ["aina@example.com"], ["4821"]), triesToday: Identity.TriesOfOrderForAPerson)
            .Outcome.Should()
            .Be(new IdentityOutcome.TooManyTries());
        Say(A.Entities(["1001"]), IdentityState.Nothing with { VouchedEmail = "aina@example.com" }, Identity.TriesOfOrderForAPerson)
            .Outcome.Should()
            .BeOfType<IdentityOutcome.Proven>("its channel knows who that is");
    }

    [Fact]
    public void is_locked_for_nobody_by_one_chat_however_much_it_guesses()
    {
        var guesses = new List<IdentityDecision>();
        foreach (var i in Enumerable.Range(0, 9))
        {
            guesses.Add(Say(A.Entities(["1001"], [$"guess{i}@example.com"]), guesses.LastOrDefault()?.Next));
        }

        guesses[^1].Outcome.Should().Be(new IdentityOutcome.TooManyTries());
        guesses[^1].Next.Failed.Should().HaveCount(Identity.TriesOfChat);
        var counted = guesses.Sum(guess => guess.TriedKeys.Count(key => key == "1001"));
        counted.Should().BeInRange(1, Identity.TriesOfOrderADay - 1);
        Say(A.Entities(["1001"], ["aina@example.com"]), triesToday: counted).Outcome.Should().BeOfType<IdentityOutcome.Proven>();
    }

    [Fact]
    public void is_not_found_by_one_guess_at_its_number_in_each_of_many_fresh_chats_with_the_email_known()
    {
        var today = new Dictionary<string, int>();
        var outcomes = new List<IdentityOutcome>();
        foreach (var guess in Enumerable.Range(0, 100).Select(i => $"{950 + i}"))
        {
            var state = IdentityState.Nothing.With(A.Entities([guess], ["aina@example.com"]));
            var decision = Identity.Decide(state, [guess], new Dictionary<string, Order?> { [guess] = s_shop.GetValueOrDefault(guess) }, today);
            outcomes.Add(decision.Outcome);
            foreach (var key in decision.TriedKeys)
            {
                today[key] = today.GetValueOrDefault(key) + 1;
            }
        }

        outcomes.Should().NotContain(it => it is IdentityOutcome.Proven);
        outcomes.Skip(Identity.ChatsOfDetailADay).Should().OnlyContain(it => it is IdentityOutcome.NeedsBothDetails);
    }

    [Fact]
    public void needs_both_details_of_a_chat_that_comes_from_where_many_guess()
    {
        var state = IdentityState.Nothing.With(A.Entities(["1001"], ["aina@example.com"]));
        IdentityDecision Decide(IdentityState it) => Identity.Decide(it, ["1001"], s_shop, new Dictionary<string, int>(), isSuspect: true);

        Decide(state).Outcome.Should().Be(new IdentityOutcome.NeedsBothDetails());
        Decide(state.With(A.Entities(phones: ["4821"]))).Outcome.Should().BeOfType<IdentityOutcome.Proven>();
    }

    [Fact]
    public void is_not_found_by_a_second_detail_alone()
    {
        Say(A.Entities(emails: ["aina@example.com"])).Outcome.Should().Be(new IdentityOutcome.NeedsNumber(SecondDetailToo: false));
        Say(EntityReading.Nothing).Outcome.Should().Be(new IdentityOutcome.NeedsNumber(SecondDetailToo: true));
    }

    [Fact]
    public void needs_no_second_detail_where_the_channel_vouches_for_its_buyer()
    {
        Say(A.Entities(["1001"]), IdentityState.Nothing with { VouchedEmail = "aina@example.com" })
            .Outcome.Should()
            .BeOfType<IdentityOutcome.Proven>();
        Say(A.Entities(["1002"]), IdentityState.Nothing with { VouchedEmail = "aina@example.com" })
            .Outcome.Should()
            .Be(new IdentityOutcome.NeedsSecondDetail());
    }

    [Fact]
    public void is_never_proven_without_a_detail_of_its_own_whatever_is_said_in_whatever_order()
    {
        var words = Gen.Elements("1001", "1002", "9999", "x@example.com", "ben@example.com", "0000", "7777", "");
        Prop.ForAll(Gen.ListOf(words).ToArbitrary(), said =>
        {
            var state = IdentityState.Nothing;
            foreach (var word in said)
            {
                state = Say(Turn(word), state).Next;
            }

            return !state.Proven.Contains("1001") && state.Failed.Count <= Identity.TriesOfChat;
        }).Check(Config.QuickThrowOnFailure.WithReplay(20261121, 7));
    }

    private static EntityReading Turn(string word) =>
        word.Contains('@') ? A.Entities(emails: [word])
        : word is "0000" or "7777" ? A.Entities(phones: [word])
        : word.Length > 0 ? A.Entities([word])
        : EntityReading.Nothing;
}

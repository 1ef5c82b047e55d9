using OpsChat.Messages;
using OpsChat.Understanding;

namespace OpsChat.Tests.Messages;

public class What_is_urgent
{
    private static readonly DateTimeOffset s_now = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);

    private static readonly InboxRow s_calm = new()
    {
        Conversation = new("web", "calm"),
        For = WaitsFor.Draft,
        Matters = 1,
        Since = s_now.AddMinutes(-5),
        LastAt = s_now,
    };

    private static readonly InboxRow s_angry = s_calm with { Conversation = new("web", "angry"), Mood = Tone.Angry };

    private static readonly InboxRow s_money = s_calm with
    {
        Conversation = new("web", "money"),
        For = WaitsFor.Approval,
        AtStake = new Money(15_100, "MYR"),
        Due = s_now.AddDays(2),
    };

    [Fact]
    public void comes_first_when_it_is_due() =>
        First(s_angry, s_money with { Due = s_now.AddMinutes(20) }).Should().Be("money");

    [Fact]
    public void is_money_that_waits_before_an_insult() => First(s_angry, s_money).Should().Be("money");

    [Fact]
    public void is_a_threat_before_an_insult_and_before_little_money()
    {
        var threat = s_calm with { Conversation = new("web", "threat"), Threatens = true };

        First(s_angry, threat).Should().Be("threat");
        First(s_money with { AtStake = new Money(700, "MYR") }, threat).Should().Be("threat");
    }

    [Fact]
    public void keeps_the_mood_of_another_matter_of_the_same_customer()
    {
        var other = s_calm with { Conversation = s_money.Conversation, Mood = Tone.Upset, Threatens = true };

        var row = Urgency.Rank([s_money, other], s_now).Should().ContainSingle().Subject;

        (row.Mood, row.Threatens, row.AtStake).Should().Be((Tone.Upset, true, s_money.AtStake));
    }

    [Fact]
    public void is_more_money_before_less() =>
        First(s_money, s_money with { Conversation = new("web", "more"), AtStake = new Money(900_000, "MYR") }).Should().Be("more");

    [Fact]
    public void is_who_waits_longer_among_equals() =>
        First(s_calm, s_calm with { Conversation = new("web", "longer"), Since = s_now.AddHours(-3) }).Should().Be("longer");

    [Fact]
    public void is_a_calm_customer_who_waits_since_yesterday_before_an_angry_one_of_just_now() =>
        First(s_angry, s_calm with { Conversation = new("web", "yesterday"), Since = s_now.AddHours(-20) }).Should().Be("yesterday");

    [Fact]
    public void is_what_a_person_said_before_all_else()
    {
        var due = s_money with { Due = s_now.AddMinutes(-1), Mood = Tone.Angry };

        First(due, s_calm with { Conversation = new("web", "said"), Handling = Handling.None with { Priority = Priority.High } }).Should().Be("said");
        First(due with { Handling = Handling.None with { Priority = Priority.Low } }, s_calm).Should().Be("calm");
    }

    [Fact]
    public void is_one_line_for_a_customer_with_their_most_urgent_matter()
    {
        var ranked = Urgency.Rank([s_calm, s_money with { Conversation = s_calm.Conversation, Due = s_now.AddHours(1) }, s_angry], s_now);

        ranked.Should().HaveCount(2);
        ranked[0].For.Should().Be(WaitsFor.Approval);
        ranked[0].Matters.Should().Be(2);
    }

    private static string First(params InboxRow[] rows) => Urgency.Rank(rows, s_now)[0].Conversation.Customer;
}

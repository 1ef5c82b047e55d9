using OpsChat.Host.Web.Inbox;
using OpsChat.Messages;

namespace OpsChat.Tests.Web;

public class The_line_of_who_waits
{
    private static readonly DateTimeOffset s_now = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public void counts_customers_and_not_their_matters()
    {
        var line = Of(
            Matter("aina", WaitsFor.Approval),
            Matter("aina", WaitsFor.Draft) with { Due = s_now.AddHours(2) },
            Matter("ben", WaitsFor.Draft)
        )!;

        line.Who.Should().Be("2 customers wait for a person");
        line.What.Should().Be(" in 3 matters: 1 approval, 2 drafts; the first was promised an answer by 12:00.");
    }

    [Fact]
    public void says_no_more_than_there_is()
    {
        Of(Matter("aina", WaitsFor.Person))
            .Should()
            .Be(new WaitingLine("1 customer waits for a person", ": 1 without a draft.") { Customers = 1 });
        Of().Should().BeNull();
    }

    [Fact]
    public void says_of_each_what_they_want_and_since_when()
    {
        var row = Matter("aina", WaitsFor.Approval) with { Playbook = "refund-request", AtStake = new(15100, "MYR"), Since = s_now.AddMinutes(-12) };

        WaitingLine.About(row, s_now).Should().Be(": refund request, MYR 151.00, for 12 min");
        WaitingLine.About(Matter("ben", WaitsFor.Person), s_now).Should().Be(": needs a person, just now");
    }

    private static WaitingLine? Of(params InboxRow[] matters) => WaitingLine.Of(matters, s_now, TimeZoneInfo.Utc);

    private static InboxRow Matter(string customer, WaitsFor what) =>
        new() { Conversation = new("web", customer), For = what, Matters = 1, Since = s_now, LastAt = s_now };
}

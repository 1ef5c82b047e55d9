using OpsChat.Canary;
using OpsChat.Host.Web;

namespace OpsChat.Tests.Web;

public class A_case_filter
{
    private static readonly DateTimeOffset s_noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void finds_the_cases_that_the_report_counted()
    {
        var cases = new[]
        {
            Answered("a"),
            Judged("b", ErrorKind.Incorrect),
            Judged("c", ErrorKind.Outdated),
            Judged("d", null),
            Drafted("e", ErrorKind.Incorrect),
        };

        Ids(cases, "answered").Should().Equal("a", "b", "c", "d");
        Ids(cases, "wrong").Should().Equal("b", "c");
        Ids(cases, "right").Should().Equal("d");
        Ids(cases, "pending").Should().Equal("a");
        Ids(cases, "drafts-wrong").Should().Equal("e");
        Ids(cases, "unjudged").Should().Equal("a");
        Ids(cases, null).Should().HaveCount(5);
    }

    [Fact]
    public void looks_for_a_kind_where_it_was_asked_for()
    {
        var cases = new[] { Judged("sent", ErrorKind.Incorrect), Drafted("draft", ErrorKind.Incorrect), Judged("other", ErrorKind.Outdated) };

        Ids(cases, "wrong", "incorrect").Should().Equal("sent");
        Ids(cases, "drafts-wrong", "incorrect").Should().Equal("draft");
    }

    [Fact]
    public void counts_as_the_report_counts()
    {
        var cases = new[] { Answered("a"), Judged("b", ErrorKind.Incorrect), Judged("d", null), Drafted("e", null) };
        var sum = cases.Select(DayCounters.Of).Aggregate((one, other) => one + other);

        Ids(cases, "answered").Should().HaveCount(sum.Sent);
        Ids(cases, "wrong").Should().HaveCount(sum.Wrong);
        Ids(cases, "right").Should().HaveCount(sum.Right);
        Ids(cases, "drafts").Should().HaveCount(sum.DraftsJudged);
        Ids(cases, "drawn").Should().HaveCount(sum.Drawn);
        Ids(cases, "unjudged").Should().HaveCount(sum.Unjudged);
    }

    [Fact]
    public void has_an_address_in_which_every_name_is_safe() =>
        CaseFilter.Path("wrong", 7, "a&b", "incorrect").Should().Be("/owner/conversations?show=wrong&playbook=a%26b&kind=incorrect&days=7");

    private static IEnumerable<string> Ids(IEnumerable<CaseOutcome> cases, string? show, string? kind = null) =>
        cases.Where(new CaseFilter(show, null, null, kind).Matches).Select(c => c.Id);

    private static CaseOutcome Begun(string id) => new(id, "where-is-my-order", "v1", "web", "web:1", Arm.Canary, 0.1, true, s_noon);

    private static CaseOutcome Answered(string id) => Scoring.After(Begun(id), new OutcomeEvent.AnswerSent(s_noon, $"{id}1", Drawn: true));

    private static CaseOutcome Judged(string id, ErrorKind? kind) =>
        Scoring.After(Answered(id), new OutcomeEvent.SpotChecked(s_noon, "owner", $"{id}1", kind));

    private static CaseOutcome Drafted(string id, ErrorKind? kind)
    {
        var offered = Scoring.After(Begun(id), new OutcomeEvent.DraftOffered(s_noon, $"{id}1", WouldSend: true));
        return kind is { } wrong
            ? Scoring.After(offered, new OutcomeEvent.DraftRejected(s_noon, "owner", $"{id}1", wrong))
            : Scoring.After(offered, new OutcomeEvent.PersonReplied(s_noon, "owner", $"{id}1", EditJudge.Compare("Yes.", "Yes.")));
    }
}

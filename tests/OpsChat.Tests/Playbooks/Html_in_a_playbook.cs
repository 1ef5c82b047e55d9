namespace OpsChat.Tests.Playbooks;

public class Html_in_a_playbook
{
    [Fact]
    public void is_dropped_where_it_is_a_comment()
    {
        var playbook = A.Playbook(
            A.PlaybookText(
                reply: "We are open <!-- ask Mei\nabout Sundays --> every day.",
                rules: "<!-- - When `order.late`, reply: Old. -->\n- When `order.late`, reply: New. <!-- for now -->"
            )
        );

        playbook.StandardReply.Default.Source.Should().StartWith("We are open").And.EndWith("every day.").And.NotContain("Mei").And.NotContain("--");
        playbook.Rules.Should().ContainSingle().Which.Text.Source.Should().Be("New.");
    }

    [Fact]
    public void keeps_the_place_of_a_fault_behind_a_comment()
    {
        var finding = A.Parsed(A.PlaybookText(reply: "<!-- a note\nof two lines -->\nSee {{order.nmber}}."))
            .Findings.Should()
            .ContainSingle()
            .Subject;

        finding.Line.Should().Be(11);
        finding.Remedy.Should().Contain("order.number");
    }

    [Theory]
    [InlineData("Please <b>wait</b>.", "<b>")]
    [InlineData("Line one.<br/>Line two.", "<br/>")]
    [InlineData("See <a href=\"https://shop.example\">here</a>.", "<a href")]
    [InlineData("<!-- never ended", "no end")]
    public void is_an_error_where_customers_would_read_it(string reply, string problem)
    {
        var parsed = A.Parsed(A.PlaybookText(reply: reply));

        parsed.Playbook.Should().BeNull();
        parsed.Findings.Should().Contain(finding => finding.IsError && finding.Problem.Contains(problem) && finding.Line == 9);
    }

    [Theory]
    [InlineData("Below 5 kg (< 5 kg) it is one parcel.")]
    [InlineData("Write to us <3")]
    [InlineData("https://shop.example/a?b=1&c=2")]
    public void is_not_seen_in_other_signs(string reply) => A.Playbook(A.PlaybookText(reply: reply)).StandardReply.Default.Source.Should().Be(reply);
}

using OpsChat.Playbooks;

namespace OpsChat.Tests.Playbooks;

public class A_playbook_with_a_rule_for_each_language
{
    [Fact]
    public void gets_each_rule_once_with_its_languages_below_it() => LanguageRules.Joined(
        """
        ## Exception Handling
        - When `order.late and message.language = ms`, reply: Maaf.
        - When `order.late`, reply: Sorry.
        - When `order.is_paid`, reply: Paid.

        ## Tests
        """).Should().Be(
        """
        ## Exception Handling
        - When `order.late`, reply: Sorry.
          - ms: Maaf.
        - When `order.is_paid`, reply: Paid.

        ## Tests
        """);

    [Fact]
    public void keeps_a_rule_of_a_language_that_no_other_stands_for()
    {
        const string Text = "- When `order.late and message.language = ms`, reply: Maaf.\n\n## Tests";

        LanguageRules.Joined(Text).Should().Be(Text);
    }

    [Fact]
    public void is_read_with_the_text_of_each_language()
    {
        var parsed = PlaybookParser.Parse("late.md", """
            # Late
            ## Issue Type
            Late.
            - my parcel is late
            ## Standard Reply
            It comes.
            ## Exception Handling
            - When `order.late`, reply: Sorry.
              - ms: Maaf.
            """u8, FactVocabulary.Standard);

        parsed.Playbook!.Rules.Should().ContainSingle().Which.Reply.For("ms-MY").Source.Should().Be("Maaf.");
        parsed.Playbook.Rules[0].Reply.For("en").Source.Should().Be("Sorry.");
    }

    [Theory]
    [InlineData("When the order is shipped, reply: It left.", "`order.is_shipped`")]
    [InlineData("When order.status = shipped, reply: It left.", "`order.status = shipped`")]
    [InlineData("When ‘order.late’, reply: Sorry.", "`order.late`")]
    public void is_told_the_form_in_which_a_condition_on_facts_is_written(string rule, string form)
    {
        var parsed = PlaybookParser.Parse("late.md", System.Text.Encoding.UTF8.GetBytes($"""
            # Late
            ## Issue Type
            Late.
            - my parcel is late
            ## Standard Reply
            It comes.
            ## Exception Handling
            - {rule}
            """), FactVocabulary.Standard);

        parsed.Findings.Should().ContainSingle().Which.Remedy.Should().Contain(form);
    }
}

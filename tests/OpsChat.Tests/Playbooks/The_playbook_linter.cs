using OpsChat.Playbooks;

namespace OpsChat.Tests.Playbooks;

public class The_playbook_linter
{
    private static IEnumerable<string> Warnings(params (string File, string Text)[] files)
    {
        var findings = PlaybookLinter.Check([.. files.Select(file => A.Parsed(file.Text, file.File))]).ToList();
        findings.Should().NotContain(finding => finding.IsError);
        return findings.Select(finding => $"{finding.File}:{finding.Line} {finding.Problem}");
    }

    private static IEnumerable<string> Warnings(string text) => Warnings(("a.md", text));

    [Fact]
    public void has_nothing_to_say_about_a_sound_playbook() => Warnings(A.PlaybookText()).Should().BeEmpty();

    [Fact]
    public void finds_an_example_that_stands_in_two_playbooks() =>
        Warnings(("a.md", A.PlaybookText(examples: "- hello\n- Where's my order?")), ("b.md", A.PlaybookText(examples: "- where's my order")))
            .Should().Equal("b.md:6 The example `where's my order` stands in `a` too, so nobody can tell the two apart by it.");

    [Fact]
    public void finds_an_example_that_stands_twice() =>
        Warnings(A.PlaybookText(examples: "- hello\n- Hello!")).Should().Equal("a.md:7 The example `Hello!` stands twice.");

    [Fact]
    public void finds_texts_above_the_word_limit() =>
        Warnings(
                A.PlaybookText(
                    "One two three four five six.",
                    "- When `order.late`, reply: a b c d e f\n- When it rains, hand off: a b c d e f",
                    frontMatter: "max_words: 5"
                )
            )
            .Should()
            .Equal(
                "a.md:11 The text has 6 words, and `max_words` is 5; it will always be handed to a person.",
                "a.md:15 The text has 6 words, and `max_words` is 5; it will always be handed to a person.");

    [Theory]
    [InlineData("Yes, we refund it to your card.", "financial: information", false)]
    [InlineData("Yes, we refund it to your card within {{store.handling_days}} days.", "financial: no", false)]
    [InlineData("Yes, we refund it to your card.", "financial: action", true)]
    [InlineData("Yes, we write a note by hand.", "financial: no", true)]
    public void finds_a_promise_of_money_in_a_text_for_everybody(string reply, string frontMatter, bool fine) =>
        Warnings(A.PlaybookText(reply, frontMatter: frontMatter)).Any(w => w.Contains("waits for your approval")).Should().Be(!fine);

    [Theory]
    [InlineData("See https://shop.example", true)]
    [InlineData("See {{shipment.tracking_url}}", true)]
    [InlineData("See our page", false)]
    public void finds_a_reply_without_its_required_link(string reply, bool fine) =>
        Warnings(A.PlaybookText(reply, frontMatter: "link: required")).Any().Should().Be(!fine);

    [Theory]
    [InlineData("It is {{order.number}}.\n\n### ms\nIa {{order.number}}.", true)]
    [InlineData("It is {{store.shipping_fees}}.\n\n### ms\nIa {{store.shipping_fees_ms}}.", true)]
    [InlineData("It is {{order.number}}.\n\n### ms\nIa {{order.total}}.", false)]
    public void finds_a_variant_that_uses_other_facts(string reply, bool fine)
    {
        var vocabulary = FactVocabulary.Standard.With([new("store.shipping_fees_ms", OpsChat.Facts.FactKind.Text)]);
        var parsed = PlaybookParser.Parse("a.md", System.Text.Encoding.UTF8.GetBytes(A.PlaybookText(reply)), vocabulary);

        PlaybookLinter.Check([parsed]).Any().Should().Be(!fine);
    }

    [Theory]
    [InlineData("Your {{order.total}}.", "", false)]
    [InlineData("Your {{order.total}}.", "- When it is late, approve: We refund it.", true)]
    [InlineData("We will look at it.", "", true)]
    public void finds_a_financial_playbook_that_may_have_nothing_to_approve(string reply, string rules, bool fine) =>
        Warnings(A.PlaybookText(reply, rules, frontMatter: "financial: action")).Any().Should().Be(!fine);

    [Fact]
    public void finds_a_rule_that_never_applies() =>
        Warnings(A.PlaybookText(rules: "- When `order.late` and it rains, hand off\n- When `order.late` and it rains, reply: No."))
            .Should().Equal("a.md:13 An earlier rule has the same condition, so this one never applies.");
}

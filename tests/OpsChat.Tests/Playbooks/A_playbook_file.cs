using System.Text;
using OpsChat.Playbooks;

namespace OpsChat.Tests.Playbooks;

public class A_playbook_file
{
    [Fact]
    public void gives_its_front_matter_sections_rules_and_tests()
    {
        var playbook = A.Playbook(A.WhereIsMyOrder);

        playbook.Issue.Should().Be("where-is-my-order");
        playbook.Title.Should().Be("Where is my order?");
        playbook.Settings.Should().Be(new PlaybookSettings("logistics", Autonomy.Canary, FinancialUse.No, 60, true, "warehouse"));
        playbook.Description.Should().Be("The customer wants to know where a parcel is or when it arrives.");
        playbook.Examples.Should().Equal("where is my order", "my parcel has not arrived", "bila barang saya sampai");
        playbook.StandardReply.Default.Source.Should().Be(
            "Hi {{customer.first_name}}, order {{order.number}} is with {{shipment.carrier}}, tracking {{shipment.tracking}}. "
            + "It should reach you by {{date order.promised_by}}: {{shipment.tracking_url}}");
        playbook.StandardReply.For("ms").Source.Should().StartWith("Hai ");
        playbook
            .Tests.Should()
            .Equal(
                new PlaybookTest("where is order #1001?", "AskCustomer", 35),
                new PlaybookTest("my parcel is broken", "HandOff, where-is-my-order", 36)
            );
    }

    [Fact]
    public void gives_its_rules_in_order_with_condition_action_owner_text_and_line()
    {
        var rules = A.Playbook(A.WhereIsMyOrder).Rules;

        rules
            .Should()
            .Equal(
                new ExceptionRule(
                    new Condition.OnFacts("order.missing"),
                    RuleAction.Ask,
                    new("Could you send me your order number, please? It looks like #1001."),
                    null,
                    26
                ),
                new ExceptionRule(
                    new Condition.OnFacts("shipment.days_since_scan > 3"),
                    RuleAction.HandOff,
                    new("No carrier scan for {{shipment.days_since_scan}} days."),
                    "warehouse",
                    27
                ),
                new ExceptionRule(
                    new Condition.InProse("the parcel is damaged"),
                    RuleAction.HandOff,
                    new("Customer reports damage."),
                    null,
                    28
                ),
                new ExceptionRule(
                    new Condition.All([
                        new Condition.OnFacts("return.window_open"),
                        new Condition.InProse("the customer wants the money back"),
                    ]),
                    RuleAction.Approve,
                    new("We are sorry. We can refund {{order.total}}."),
                    null,
                    29
                )
            );
    }

    [Fact]
    public void has_defaults_for_a_front_matter_that_is_not_there() =>
        A.Playbook(A.PlaybookText()).Settings.Should().Be(new PlaybookSettings());

    [Fact]
    public void has_a_version_that_is_the_start_of_its_bytes_hash() =>
        A.Playbook(A.WhereIsMyOrder).Version.Should().HaveLength(12).And.NotBe(A.Playbook(A.WhereIsMyOrder + "\n").Version);

    [Theory]
    [InlineData(@"snake\_case \*stars\* and \`ticks\`", "snake_case *stars* and `ticks`")]
    [InlineData("**Hello** _you_", "Hello you")]
    [InlineData("See <https://shop.example/a_b_c>.", "See https://shop.example/a_b_c.")]
    [InlineData("See https://shop.example/a_b*c*d_e/ now", "See https://shop.example/a_b*c*d_e/ now")]
    [InlineData("See [our page](https://shop.example/returns).", "See our page: https://shop.example/returns.")]
    [InlineData("[https://shop.example](https://shop.example)", "https://shop.example")]
    [InlineData("Track: https://shop.example/t/{{shipment.tracking}}?x=1&y=2", "Track: https://shop.example/t/{{shipment.tracking}}?x=1&y=2")]
    [InlineData("_{{order.number}}_ and *{{shipment.last_scan_place}}*", "{{order.number}} and {{shipment.last_scan_place}}")]
    [InlineData("I <3 you & [brackets] a < b > c", "I <3 you & [brackets] a < b > c")]
    [InlineData("one  \ntwo", "one\ntwo")]
    [InlineData("one\n\ntwo", "one\n\ntwo")]
    [InlineData("Please:\n\n- a\n- b\n\n1. c", "Please:\n\n- a\n- b\n\n1. c")]
    [InlineData("#1001 is here", "#1001 is here")]
    [InlineData("A * B * C", "A * B * C")]
    [InlineData("Jawab \u200fسلام 👋🏽", "Jawab \u200fسلام 👋🏽")]
    public void gives_replies_as_plain_text(string written, string plain) =>
        A.Playbook(A.PlaybookText(written)).StandardReply.Default.Source.Should().Be(plain);

    [Fact]
    public void may_have_carriage_returns_and_a_byte_order_mark()
    {
        var bytes = Encoding.UTF8.GetPreamble().Concat(Encoding.UTF8.GetBytes(A.WhereIsMyOrder.ReplaceLineEndings("\r\n"))).ToArray();

        var parsed = PlaybookParser.Parse("where-is-my-order.md", bytes, FactVocabulary.Standard);

        parsed.Findings.Should().BeEmpty();
        parsed.Playbook.Should().BeEquivalentTo(A.Playbook(A.WhereIsMyOrder), same => same.Excluding(playbook => playbook.Version));
    }

    [Fact]
    public void may_have_rules_over_several_lines_and_paragraphs_with_code_spans_that_hold_and_or_or()
    {
        var rule = A.Playbook(A.PlaybookText(rules: """
            - When `order.is_paid and (order.late or order.age > 1 week)` and the customer
              is worried, or angry,
              reply: Your order, {{order.number}}, is late.
              We are sorry.

              A colleague asked `the carrier and us`.
            - When `order.is_cancelled`, hand off
            """)).Rules;

        rule[0]
            .Condition.Should()
            .Be(
                new Condition.All([
                    new Condition.OnFacts("order.is_paid and (order.late or order.age > 1 week)"),
                    new Condition.InProse("the customer is worried, or angry"),
                ])
            );
        rule[0].Text.Source.Should().Be("Your order, {{order.number}}, is late. We are sorry.\n\nA colleague asked the carrier and us.");
        rule[1].Should().BeEquivalentTo(new { Action = RuleAction.HandOff, Text = new TextTemplate(""), To = (string?)null });
    }

    [Fact]
    public void is_reported_with_all_its_errors_where_they_stand_and_what_to_do()
    {
        var parsed = A.Parsed("""
            ---
            modul: logistics
            autonomy: canari
            max_words: 4
            ---
            ## Issue Typ
            ## Standard Reply
            Hello {{custmer.first_name}}, {{date order.total}} {{order.number
            ## Exception Handling
            - When `order.mising`, ask: Which?
            - When `order.status > 5` and `order.total = lots`, reply: No.
            - If it rains, reply: No.
            - When it rains, repply: No.
            ## Standard Reply
            Again.
            """);

        parsed.Playbook.Should().BeNull();
        parsed
            .Findings.Select(finding => finding.ToString())
            .Should()
            .Equal(
                "where-is-my-order.md:2:1: error: There is no setting `modul`. Did you mean `module`?",
                "where-is-my-order.md:3:11: error: `canari` is no value for `autonomy`. Did you mean `canary`?",
                "where-is-my-order.md:4:12: error: `max_words` is `4`. Write a whole number from 5 to 300.",
                "where-is-my-order.md:6:1: error: There is no section `Issue Typ`. Did you mean `Issue Type`?",
                "where-is-my-order.md:8:7: error: There is no fact `custmer.first_name`. Did you mean `customer.first_name`?",
                "where-is-my-order.md:8:31: error: `order.total` is not a day (Amount). Write `{{order.total}}`.",
                "where-is-my-order.md:8:52: error: `{{` is not closed. Close the place with `}}`.",
                "where-is-my-order.md:10:9: error: There is no fact `order.mising`. Did you mean `order.missing`?",
                "where-is-my-order.md:11:9: error: `order.status` is a word, which is neither more nor less than another. Write it like "
                    + "`order.total > 50`, `order.status = shipped` or `not order.late`.",
                "where-is-my-order.md:11:32: error: `order.total` is an amount, and `lots` is not a number. Write it like `order.total > "
                    + "50`, `order.status = shipped` or `not order.late`.",
                "where-is-my-order.md:12:3: error: The rule does not begin with `When`. Write it like: When `order.missing`, ask: Could "
                    + "you send me your order number? Or like: When the customer buys for a shop, hand off: Please make an offer.",
                "where-is-my-order.md:13:3: error: The rule has no action. Did you mean `reply`?",
                "where-is-my-order.md:14:1: error: The section `Standard Reply` stands twice. Join the two.",
                "where-is-my-order.md:15:7: error: The section `Issue Type` is missing. Add a line `## Issue Type` and what belongs under it."
            );
    }

    [Theory]
    [InlineData("", "The file is empty.")]
    [InlineData("  \n\t\n", "The file is empty.")]
    [InlineData("a\0b", "The file is not text.")]
    [InlineData("---\nmodule: logistics\n", "The front matter is not closed.")]
    [InlineData("---\nmodule: [a\n---\n", "The front matter cannot be read")]
    [InlineData("---\nmodule: *nobody\n---\n", "The value of `module` cannot be read.")]
    [InlineData("---\n- a\n---\n", "The front matter has no keys.")]
    [InlineData("---\nmodule: a\nmodule: b\n---\n", "`module` is written twice.")]
    [InlineData("# Only a title", "The section `Issue Type` is missing.")]
    public void that_is_not_one_says_why(string text, string problem) =>
        A.Parsed(text).Findings.Should().Contain(finding => finding.IsError && finding.Problem.StartsWith(problem) && finding.Remedy.Length > 0);

    [Fact]
    public void that_is_not_UTF_8_is_reported_with_its_line() =>
        PlaybookParser.Parse("a.md", "# A\n"u8.ToArray().Concat(new byte[] { 0xC3, 0x28 }).ToArray(), FactVocabulary.Standard)
            .Findings.Should().ContainSingle().Which.Should().BeEquivalentTo(new { Line = 2, Problem = "The file is not UTF-8 text." });

    [Fact]
    public void of_10_MB_is_refused_at_once() =>
        PlaybookParser
            .Parse("a.md", new byte[10_000_000], FactVocabulary.Standard)
            .Findings.Should()
            .ContainSingle()
            .Which.Problem.Should()
            .Be("The file has 10.0 MB.");

    [Theory]
    [InlineData('[')]
    [InlineData('>')]
    [InlineData('*')]
    [InlineData('(')]
    [InlineData('{')]
    [InlineData('-')]
    [InlineData('`')]
    public void that_nests_half_a_million_times_gives_findings_and_no_crash(char nested)
    {
        var deep = new string(nested, 500_000);
        A.Parsed(deep).Findings.Should().NotBeEmpty();
        A.Parsed($"---\na: {deep}\n---\n").Findings.Should().NotBeEmpty();
        A.Parsed(A.PlaybookText(deep, $"- When `{deep}`, reply: a"));
    }

    [Theory]
    [InlineData("Where Is My Order.md", "Name the file `where-is-my-order.md`.")]
    [InlineData("none.md", "Name the file with small letters, digits and hyphens.")]
    public void needs_a_name_that_can_name_an_issue(string file, string remedy) =>
        A.Parsed(A.WhereIsMyOrder, file).Findings.Should().ContainSingle().Which.Remedy.Should().Be(remedy);

    [Fact]
    public void of_a_machine_that_escapes_everything_reads_as_the_customer_wrote()
    {
        var playbook = A.Playbook(A.PlaybookText(examples: """
            - 1\. my order\_ is \*late\* \| really \[2\] \<3
            - \- why?
            - 12\) a\\b
            - \# one \&amp; two
            """));

        playbook.Examples.Should().Equal("1. my order_ is *late* | really [2] <3", "- why?", @"12) a\b", "# one &amp; two");
    }

    [Fact]
    public void must_have_an_example_phrase() =>
        A.Parsed(A.PlaybookText(examples: "None yet.")).Findings.Should().ContainSingle().Which.Problem.Should().Be("There are no example phrases.");

    [Theory]
    [InlineData("| Customer says | Expects |\n|---|---|\n| a | Send |", "The table's columns are not known.")]
    [InlineData("| Customer says | Expect |\n|---|---|\n| a | Sned |", "`Sned` is not a way in which a message can end.")]
    [InlineData("| Customer says | Expect |\n|---|---|\n| a | |", "`` is not an expectation.")]
    [InlineData("nothing", "The section `Tests` is not one table.")]
    public void whose_tests_cannot_be_run_says_why(string tests, string problem) =>
        A.Parsed(A.PlaybookText() + "\n## Tests\n\n" + tests).Findings.Should().ContainSingle().Which.Problem.Should().Be(problem);
}

using System.Text;
using FsCheck;
using FsCheck.Fluent;
using OpsChat.Playbooks;

namespace OpsChat.Tests.Playbooks;

/// <summary>What is read of a playbook, written and read again, is the same: nothing an owner wrote is bent by reading it.</summary>
public class A_playbook_written_anew
{
    private static readonly string[] s_words =
    [
        "where",
        "*now*",
        "is_it_late",
        "__very__",
        "`code`",
        "<b>bold</b>",
        "&amp;",
        "a|b",
        "[here](https://shop.example/a_b)",
        "https://shop.example/x_y?z=1&w=2",
        "{{order.number}}",
        "{{money order.total}}",
        "100%",
        "RM",
        "5.50",
        "\\",
        "ไม่ได้",
        "还没到",
        "🙂",
        "#",
        "-",
        "+",
        "1.",
        "2)",
        ">",
        "===",
        "~~~",
        "---",
        "\"quoted\"",
        "it's",
        "(maybe)",
        "!",
        "?",
    ];

    private static readonly string[] s_conditions =
    [
        "order.missing",
        "shipment.days_since_scan > 3",
        "order.is_paid and not order.is_shipped",
        "message.language = ms",
    ];

    [Fact]
    public void is_the_same_for_every_shipped_playbook()
    {
        foreach (var file in Directory.GetFiles(Support.Repository.Playbooks, "*.md").Where(file => !Path.GetFileName(file).StartsWith('_')))
        {
            var read = Read(Path.GetFileName(file), File.ReadAllText(file));

            Parts(Read(Path.GetFileName(file), PlaybookPrinter.Print(read)))
                .Should()
                .BeEquivalentTo(Parts(read), options => options.WithStrictOrdering(), file);
        }
    }

    [Fact]
    public void is_the_same_whatever_signs_its_words_are_made_of()
    {
        Prop.ForAll(Arb.From(Playbooks), playbook =>
                Parts(Read("some-issue.md", PlaybookPrinter.Print(playbook)))
                    .Should()
                    .BeEquivalentTo(Parts(playbook), options => options.WithStrictOrdering())
            )
            .Check(Config.QuickThrowOnFailure.WithReplay(20261121, 7).WithMaxTest(300));
    }

    private static Gen<string> Line =>
        from words in Gen.Elements(s_words).NonEmptyListOf()
        select string.Join(' ', words.Take(8));

    private static Gen<string> Text =>
        from lines in Line.NonEmptyListOf()
        from breaks in Gen.Elements("\n", "\n\n")
        select string.Join(breaks, lines.Take(3));

    private static Gen<ExceptionRule> Rule =>
        from code in Gen.Elements(s_conditions)
        from prose in Gen.Elements("", "the parcel is damaged", "it is *really* late_now")
        from action in Gen.Elements(Enum.GetValues<RuleAction>())
        from text in Text
        select new ExceptionRule(
            prose.Length == 0
                ? new Condition.OnFacts(code)
                : new Condition.All([new Condition.OnFacts(code), new Condition.InProse(prose)]),
            action,
            new(text),
            action == RuleAction.HandOff ? "warehouse" : null,
            1
        );

    private static Gen<Playbook> Playbooks =>
        from title in Line
        from description in Text
        from examples in Line.NonEmptyListOf()
        from reply in Text
        from malay in Text
        from rules in Rule.ListOf()
        from says in Line
        select new Playbook(
            "some-issue",
            "",
            title,
            new("logistics", Autonomy.Suggest, FinancialUse.Information, 300, LinkRequired: false, Owner: "warehouse"),
            description,
            [.. examples.Distinct()],
            new(new(reply), new Dictionary<string, TextTemplate> { ["ms"] = new(malay) }),
            [.. rules.Take(4)],
            [new(says, "Send, some-issue", 1)]
        );

    private static Playbook Read(string file, string text)
    {
        var parsed = PlaybookParser.Parse(file, Encoding.UTF8.GetBytes(text), FactVocabulary.Unchecked);
        parsed.Findings.Where(finding => finding.IsError).Should().BeEmpty(text);
        return parsed.Playbook!;
    }

    private static object Parts(Playbook playbook) => new
    {
        playbook.Title,
        playbook.Settings,
        playbook.Description,
        playbook.Examples,
        Reply = playbook.StandardReply.Default.Source,
        Variants = playbook.StandardReply.ByLanguage.Select(variant => (variant.Key, variant.Value.Source)).Order().ToList(),
        Rules = playbook.Rules.Select(rule => (rule.Condition.Shown, rule.Action, rule.Text.Source, rule.To)).ToList(),
        Tests = playbook.Tests.Select(test => (test.CustomerSays, test.Expect)).ToList(),
    };
}

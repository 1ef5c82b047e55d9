using System.Text;
using OpsChat.Agent;
using OpsChat.Decisions;
using OpsChat.Playbooks;
using OpsChat.ShopData;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Playbooks;

public class The_shipped_playbooks
{
    [Fact]
    public void have_no_findings()
    {
        PlaybookFolder.Load(Repository.Playbooks).Findings.Should().BeEmpty();
    }

    [Fact]
    public void have_none_either_beside_the_one_that_the_readme_shows()
    {
        var shown = File.ReadAllText(Path.Combine(Repository.Root, "README.md")).Split("```markdown\n")[1].Split("```")[0];
        var file = new PlaybookFile("shown.md", Encoding.UTF8.GetBytes($"# Shown in the README\n\n{shown}"));

        var set = PlaybookSet.Build([.. PlaybookFolder.Read(Repository.Playbooks)!, file], new Dictionary<string, PlaybookFile>());

        set.Find("shown").Should().NotBeNull();
        set.Findings.Should().BeEmpty("who copies it gets no warning");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task pass_their_own_tests_with_the_encoder_and_without(bool encoder)
    {
        var knowledge = encoder ? LearnedPlaybooks.ShippedWithEncoder : LearnedPlaybooks.Shipped;
        var clock = new TestClock(ShopUnderTest.Morning);
        var shop = new CsvShop(Repository.DemoShop, knowledge.Policy.TimeZone, knowledge.Policy.Currency, clock);
        var lookups = new ShopOnlyLookups(shop, knowledge, clock);
        var failed = new List<string>();

        foreach (var (playbook, test) in knowledge.Playbooks.Playbooks.SelectMany(p => p.Tests, (p, t) => (p, t)))
        {
            var done = await new Trial(knowledge, lookups, clock) { AsksWhoFirst = false }.SaysAsync(test.CustomerSays, CancellationToken.None);
            var issue = done.Choice.Playbook?.Issue;
            var expected = PlaybookTestExpectation.Parse(test.Expect).Expectation!;
            if (!expected.Matches(done.Decision.Verdict.Name, issue, done.Reply))
            {
                failed.Add(
                    $"{playbook.Issue}: {test.CustomerSays}: {done.Decision.Verdict.Name} {issue} {string.Join(' ', done.Decision.Reasons)}"
                        + $" {done.Draft.Text}"
                );
            }
        }

        failed.Should().BeEmpty();
    }

    [Fact]
    public async Task answer_every_buyer_of_a_fulfilled_demo_order_with_its_number_and_no_hand_off()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        var unanswered = new List<string>();

        foreach (var (number, email) in FulfilledOrders())
        {
            var trace = await shop.SayAsync(number, $"where is my order {number} (my e-mail is {email})");
            if (trace.Verdict != "Send" || trace.Draft?.Contains(number, StringComparison.Ordinal) != true)
            {
                unanswered.Add($"{number}: {trace.Verdict} {string.Join(' ', trace.Reasons)} {trace.Draft}");
            }
        }

        unanswered.Should().BeEmpty();
    }

    [Fact]
    public void opening_hours_has_no_required_link_and_a_person_answers_about_a_holiday()
    {
        var hours = PlaybookFolder.Load(Repository.Playbooks).Find("opening-hours")!;

        hours.Settings.LinkRequired.Should().BeFalse();
        hours.Rules.Should().ContainSingle(rule => rule.Action == RuleAction.HandOff);
    }

    private static IEnumerable<(string Number, string Email)> FulfilledOrders()
    {
        using var reader = CsvHelper.CsvReader.FromText(
            File.ReadAllText(Path.Combine(Repository.DemoShop, "orders_export_1.csv")),
            CsvHelper.CsvReaderOptions.Default with
            {
                HasHeader = false,
            }
        );
        reader.Read();
        var header = reader.Current.ToArray().ToList();
        var (name, email, fulfilment) = (header.IndexOf("Name"), header.IndexOf("Email"), header.IndexOf("Fulfillment Status"));
        while (reader.Read())
        {
            var cells = reader.Current.ToArray();
            if (cells[fulfilment] == "fulfilled")
            {
                yield return (cells[name], cells[email]);
            }
        }
    }
}

using OpsChat.Agent;
using OpsChat.Canary;
using OpsChat.Decisions;
using OpsChat.Facts;
using OpsChat.ShopData;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Canary;

/// <summary>From a customer's words through people's decisions to the figures of the report.</summary>
public class What_the_report_counts
{
    private const string Question = "where is my order #1293? my e-mail is priya.nair@example.com";
    private const string WantsMoney = "I want my money back for order #1293, my e-mail is priya.nair@example.com";

    [Fact]
    public async Task of_approvals_is_how_many_how_long_and_how_much_money()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        await shop.SayAsync("priya", WantsMoney);
        await shop.SayAsync("nora", WantsMoney);
        var pending = await shop.PendingAsync();
        pending.Should().HaveCount(2);
        shop.Clock.Advance(TimeSpan.FromMinutes(10));

        await shop.DecideAsync(pending.Single(a => a.Conversation == ShopUnderTest.Of("priya")), new ApprovalVerb.Approve());
        await shop.DecideAsync(
            pending.Single(a => a.Conversation == ShopUnderTest.Of("nora")),
            new ApprovalVerb.Reject(ErrorKind.Incomplete, "no reason given")
        );

        var figures = (await ReportAsync(shop)).Whole;
        (figures.Approvals.Asked, figures.Approvals.Approved, figures.Approvals.Rejected, figures.Approvals.Expired).Should().Be((2, 1, 1, 0));
        figures.Approvals.DecisionTime.MedianSeconds.Should().BeInRange(600 * 0.85, 600 * 1.15);
        var money = pending.Where(a => a.Amount is not null).Select(a => a.Amount!.Value).ToList();
        figures.Approvals.Money.Sum(m => m.ApprovedMinor + m.RejectedMinor).Should().Be(money.Sum(m => m.Minor));
        figures.DraftsWrongByKind.Should().Equal(new NamedCount("incomplete", 1));
    }

    [Fact]
    public async Task of_hand_offs_is_the_reason_and_how_long_the_customer_waited_for_a_person()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        await shop.SayAsync("anna", "I want to talk to a person about my parcel, please");
        var handOff = (await shop.HandOffsAsync()).Should().ContainSingle().Subject;
        shop.Clock.Advance(TimeSpan.FromMinutes(5));

        await shop.Get<PersonDesk>().ReplyAsync(shop.Owner, handOff.Conversation, "Hello, this is Mei. I look into it.", CancellationToken.None);
        await shop.SendAsync();

        var figures = (await ReportAsync(shop)).Whole;
        figures.HandOffs.Should().ContainSingle().Which.Should().Be(new NamedCount(GateReasonText.Words(GateReason.WantsPerson), 1));
        figures.PersonTime.Count.Should().Be(1);
        figures.PersonTime.MedianSeconds.Should().BeInRange(300 * 0.85, 300 * 1.15);
        figures.AutomatedShare.Should().Be(0);
    }

    [Fact]
    public async Task as_quick_is_the_agents_own_answer()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        await shop.SayAsync("priya", Question);

        var figures = (await ReportAsync(shop)).Whole;

        (figures.Answered.Cases, figures.AgentTime.Count).Should().Be((1, 1));
        figures.AgentTime.MedianSeconds.Should().BeLessThan(1);
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 0)]
    public async Task as_coming_back_is_asking_again_unless_a_fact_has_changed(bool changed, int wrong)
    {
        using var exports = new TemporaryFolder();
        foreach (var file in Directory.GetFiles(Repository.DemoShop))
        {
            File.Copy(file, exports.File(Path.GetFileName(file)));
        }

        await using var shop = await ShopUnderTest.OpenAsync(exports: exports.Path);
        await shop.SayAsync("priya", Question);
        if (changed)
        {
            var orders = exports.File("orders_export_1.csv");
            File.WriteAllText(orders, File.ReadAllText(orders).Replace("2026-11-25", "2026-11-27", StringComparison.Ordinal));
            ((CsvShop)shop.Get<IShop>()).Refresh().Should().BeTrue();
        }

        shop.Clock.Advance(TimeSpan.FromHours(1));
        await shop.SayAsync("priya", "where is my order?");

        (await ReportAsync(shop)).Whole.Answered.Wrong.Should().Be(wrong);
    }

    private static Task<CanaryReport> ReportAsync(ShopUnderTest shop) => shop.Get<ReportReader>().ReadAsync(7, CancellationToken.None);
}

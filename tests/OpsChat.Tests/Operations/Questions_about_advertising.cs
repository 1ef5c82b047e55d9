using OpsChat.Operations.Questions;
using OpsChat.Operations.Settings;

namespace OpsChat.Tests.Operations;

/// <summary>What ads cost is told of the days that the file of ads has. It is 25 May 2026, six in the morning.</summary>
public sealed class Questions_about_advertising
{
    private const int Today = 140;
    private readonly MadeUpShop _shop = new();

    [Theory]
    [InlineData("profit of DRESS-A in May after ads", "DRESS-A")]
    [InlineData("what was the profit of DRESS-A after advertising costs in May?", "DRESS-A")]
    [InlineData("profit in May after ads", null)]
    [InlineData("margin of DRESS-A in May after paying for ads", "DRESS-A")]
    public void about_a_profit_after_ads_take_off_what_was_spent_on_them(string question, string? sku)
    {
        Advertise("A", "DRESS-A");
        Advertise("B", "DRESS-B");
        var sold = _shop.Orders.Where(o => Day(o.PlacedAt) is >= 116 and <= 139).SelectMany(o => o.Lines)
            .Where(l => sku is null || l.Sku == sku).Sum(l => l.Quantity);
        var spent = 24 * 30 * (sku is null ? 2 : 1);

        var answer = Ask(question);

        answer.Figure.Should().Be(sold * 72 - spent);
        answer.Title.Should().Contain($"After {new Money(spent * 100, "MYR")} of advertising");
        answer.Sources.Should().Contain("ads");
    }

    [Fact]
    public void about_a_profit_after_ads_say_what_is_not_known_of_it()
    {
        Ask("profit in May after ads").Title.Should().Contain("is not known, since no file says what advertising costs");
        Advertise("A", "DRESS-A", from: 120);
        var answer = Ask("profit in May after ads");
        (answer.Figure, answer.Title.Contains("since the file of ads begins on 5 May 2026")).Should().Be((null, true));
        Ask("which product is the most profitable after ads?").Title.Should().Contain("what is left after advertising");
    }

    [Theory]
    [InlineData("how much did ads cost in the last 7 days")]
    [InlineData("ad spend last week")]
    [InlineData("how much did we spend on ads yesterday")]
    public void of_days_without_any_row_do_not_say_that_nothing_was_spent(string question)
    {
        Advertise("A", "DRESS-A");
        _shop.Ads.RemoveAll(ad => ad.From > new DateOnly(2026, 5, 10));

        var answer = Ask(question);

        answer.Title.Should().Contain("has no row").And.Contain("10 May 2026").And.NotContain("0.00");
        answer.Figure.Should().BeNull();
    }

    [Fact]
    public void about_an_ad_that_is_counted_in_part_say_what_was_spent_where()
    {
        for (var day = 110; day < Today; day++)
        {
            foreach (var conversions in new double?[] { 1, null })
            {
                _shop.Ads.Add(new(MadeUpShop.First.AddDays(day), MadeUpShop.First.AddDays(day), "Shopping", "A", null,
                    new(day == Today - 1 ? 30_000 : 3_000, "MYR"), conversions, null, null, null, "DRESS-A", new("ads.csv", _shop.Ads.Count + 2)));
            }
        }

        Ask("does the ad for DRESS-A pay off?").Title.Should()
            .Contain("was spent in 28 days where purchases are counted, for 28 purchases").And.Contain(" where they are not");
        _shop.Find("ad-overnight", Today).Should().ContainSingle().Which.Headline.Should()
            .StartWith("A spent MYR 600.00 on 24 May and brought 1 sale by the MYR 300.00 of it where sales are counted; ");
    }

    private OwnerAnswer Ask(string question) => QuestionAnswers.To(question, _shop.AsOf(Today), OperationsSettings.Default("MYR"), OwnerRecords.None);

    private static int Day(DateTimeOffset at) => (int)(at - MadeUpShop.At(0, 0)).TotalDays;

    private void Advertise(string group, string sku, int from = 100, int? clicks = null, int? impressions = null)
    {
        for (var day = from; day < Today; day++)
        {
            _shop.Ads.Add(new(MadeUpShop.First.AddDays(day), MadeUpShop.First.AddDays(day), "Shopping", group, null, new(3_000, "MYR"), 1,
                null, clicks, impressions, sku, new("ads.csv", _shop.Ads.Count + 2)));
        }
    }
}

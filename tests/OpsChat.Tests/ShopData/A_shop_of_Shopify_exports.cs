using System.Text.RegularExpressions;
using Microsoft.Extensions.Time.Testing;
using OpsChat.Decisions;
using OpsChat.Facts;
using OpsChat.Tests.Facts;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.ShopData;

/// <summary>Orders, products and inventory under the names that Shopify gives them, and every buyer who asks.</summary>
public sealed class A_shop_of_Shopify_exports
{
    private static string Exports => Path.Combine(AppContext.BaseDirectory, "Fixtures", "Exports", "shopify");

    /// <summary>What a sentence to a buyer may claim, and of which orders that is true.</summary>
    private static readonly (string Claim, Func<Order, bool> IsTrue)[] s_claims =
    [
        ("(?<!no parcel is )on its way", order =>
            order is { Status: OrderStatus.Shipped } && order.Dates.Shipped >= ShopUnderTest.Morning.AddDays(-14)
        ),
        ("has shipped", order => order.IsShipped == true),
        ("has arrived", order => order.IsDelivered == true),
        ("was delivered", order => order.IsDelivered == true),
        ("getting it ready", order => order.Status is OrderStatus.Paid or OrderStatus.Packed),
        ("is packed", order => order.Status is OrderStatus.Packed),
        ("was cancelled", order => order.IsCancelled == true),
        ("is cancelled", order => order.IsCancelled == true),
        ("payment has not", order => order.IsPaid == false),
        ("waits for its payment", order => order.IsPaid == false),
        ("is late", _ => false),
        ("out of stock", _ => false),
    ];

    private static readonly string[] s_questions =
    [
        "where is my order",
        "when will I get my order",
        "has it been shipped? order",
        "did you get my payment for order",
        "what did I order in",
        "my parcel has not arrived, order",
    ];

    [Fact]
    public async Task answers_every_buyer_truthfully_or_hands_off_and_tells_nobody_what_the_data_do_not_show()
    {
        await using var shop = await ShopUnderTest.OpenAsync(exports: Exports);
        var orders = await Orders();
        orders.Should().HaveCount(8, "a test order is no customer's");
        foreach (var (order, question) in orders.SelectMany(order => s_questions.Select(question => (order, question))))
        {
            var customer = $"{order.Number}-{question}";
            var trace = await shop.SayAsync(customer, $"{question} {order.Number}, {order.Email ?? $"phone ending {order.PhoneEndings[0]}"}");
            var told = string.Join('\n', await shop.ReceivedAsync(customer));

            foreach (var (claim, isTrue) in s_claims.Where(c => Regex.IsMatch(told, c.Claim, RegexOptions.IgnoreCase)))
            {
                isTrue(order)
                    .Should()
                    .BeTrue(
                        "\"{0}\" was answered with \"{1}\", and {2} is {3}",
                        customer,
                        told,
                        order.Number,
                        order.Status?.ToString() ?? "of unknown state"
                    );
            }

            if (order.Total is { Currency: not "MYR" })
            {
                told.Should().NotContain("MYR", "the order is in {0}", order.Total.Value.Currency);
            }

            if (order.Status is null && question == s_questions[0])
            {
                trace.Verdict.Should().Be(nameof(Verdict.HandOff), "nobody knows where {0} stands", order.Number);
            }
        }
    }

    [Theory]
    [InlineData("where is my order #KM-2102? phone ending 4556", "handed to the carrier on 20 Nov")]
    [InlineData("where is my order km-2104, sam@example.com", "cancel")]
    [InlineData("is the moss senja throw available", "sold out|out of stock")]
    [InlineData("how much is the oak bench?", "640.00")]
    public async Task tells_what_the_data_show(string question, string told)
    {
        await using var shop = await ShopUnderTest.OpenAsync(exports: Exports);
        shop.Clock.Advance(TimeSpan.FromDays(9));

        await shop.SayAsync("buyer", question);

        string.Join('\n', await shop.ReceivedAsync("buyer")).Should().MatchRegex(told);
    }

    [Theory]
    [InlineData("where is my order #KM-2107, owner@example.com")]
    [InlineData("where is my order #KM-2108? old@example.com")]
    [InlineData("how much is the old rug?")]
    public async Task tells_nothing_of_test_orders_parcels_of_spring_and_articles_that_are_not_for_sale(string question)
    {
        await using var shop = await ShopUnderTest.OpenAsync(exports: Exports);

        await shop.SayAsync("buyer", question);

        string.Join('\n', await shop.ReceivedAsync("buyer")).Should().NotMatchRegex("on its way|getting it ready|delivered|arrived|210\\.00|March");
    }

    private static async Task<IReadOnlyList<Order>> Orders() =>
        await new OpsChat.ShopData.CsvShop(
            Exports,
            ShopFolderOnDisk.KualaLumpur,
            "MYR",
            new FakeTimeProvider(ShopUnderTest.Morning)
        ).RecentOrdersAsync(default);
}

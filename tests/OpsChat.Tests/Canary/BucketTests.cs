using FsCheck;
using FsCheck.Fluent;
using OpsChat.Canary;

namespace OpsChat.Tests.Canary;

public class A_bucket
{
    [Theory]
    [InlineData("returns-v7", "tg", "12345", 976)]
    [InlineData("returns-v7", "tg", "12346", 2812)]
    [InlineData("late-order-v2", "shopee", "buyer_a", 7244)]
    public void depends_on_salt_channel_and_customer_only(string salt, string channel, string customer, int bucket) =>
        Bucket.Of(salt, channel, customer).Should().Be(bucket);

    [Fact]
    public void keeps_everyone_in_who_was_in_at_a_smaller_percentage() =>
        Prop.ForAll<NonNull<string>, int, int>(
                (customer, one, other) =>
                {
                    var (small, large) = (
                        Percent(Math.Min(Math.Abs(one % 10_001), Math.Abs(other % 10_001))),
                        Percent(Math.Max(Math.Abs(one % 10_001), Math.Abs(other % 10_001)))
                    );
                    return ArmAt(small, customer.Get) == Arm.Control || ArmAt(large, customer.Get) == Arm.Canary;
                }
            )
            .Check(Config.QuickThrowOnFailure.WithReplay(20261121, 7));

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(25)]
    [InlineData(50)]
    public void takes_in_the_percentage_of_100_000_customers_within_one_percent(int percentage)
    {
        var taken = Enumerable.Range(0, 100_000).Count(i => ArmAt(percentage, $"customer-{i}") == Arm.Canary);

        (taken / 1000.0).Should().BeApproximately(percentage, 1);
    }

    [Fact]
    public void is_uniform_over_its_tenths_within_one_percent()
    {
        var tenths = Enumerable.Range(0, 100_000).CountBy(i => Bucket.Of("autumn", "tg", $"{i}") / 1000).ToDictionary();

        tenths.Should().HaveCount(10);
        tenths.Values.Should().OnlyContain(count => count > 9_000 && count < 11_000);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(100, 0.2)]
    public void leaves_nobody_in_at_zero_and_only_the_holdout_out_at_a_hundred(int percentage, double holdout)
    {
        var config = new CanaryConfig { Percentage = percentage, Holdout = (decimal)holdout };

        var arms = Enumerable.Range(0, 20_000).Select(i => (Bucket.Of(config.Salt, "web", $"{i}"), Bucket.Arm(config, null, "web", $"{i}")));

        arms.Should().OnlyContain(a => (a.Item2 == Arm.Canary) == (percentage == 100 && a.Item1 < 8_000));
    }

    [Fact]
    public void follows_the_playbooks_own_percentage_when_it_has_one()
    {
        var config = new CanaryConfig { Percentage = 0 }.With("sizes", 100);

        Bucket.Arm(config, "sizes", "tg", "1").Should().Be(Arm.Canary);
        Bucket.Arm(config, "returns", "tg", "1").Should().Be(Arm.Control);
    }

    private static decimal Percent(int hundredths) => hundredths / 100m;

    private static Arm ArmAt(decimal percentage, string customer) =>
        Bucket.Arm(new CanaryConfig { Percentage = percentage, Salt = "autumn" }, null, "tg", customer);
}

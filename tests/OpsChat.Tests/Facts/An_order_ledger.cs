using FsCheck;
using FsCheck.Fluent;
using OpsChat.Facts;

namespace OpsChat.Tests.Facts;

public class An_order_ledger
{
    [Fact]
    public void has_left_what_was_paid_less_what_went_back_and_what_was_approved_here()
    {
        Ledger(paid: 23800, refunded: 3800, (5000, 3800)).Left.Should().Be(Ringgit(15000));
        Ledger(paid: 23800, refunded: 0, (23800, 0)).Left.Should().Be(Ringgit(0));
        Ledger(paid: 23800, refunded: 0).Left.Should().Be(Ringgit(23800));
    }

    [Fact]
    public void counts_an_approval_once_when_the_data_have_it() =>
        Ledger(paid: 10000, refunded: 5000, (5000, 0)).Left.Should().Be(Ringgit(5000));

    [Fact]
    public void counts_an_approval_beside_a_refund_that_is_not_its_own()
    {
        Ledger(paid: 10000, refunded: 2000, (5000, 0))
            .Left.Should()
            .Be(Ringgit(3000), "20.00 may be a part of it or another refund, and in doubt less is left");
        Ledger(paid: 10000, refunded: 5000, (3000, 0)).Left.Should().Be(Ringgit(2000), "50.00 is not the 30.00 that was approved here");
        Ledger(paid: 10000, refunded: 8000, (3000, 0), (4000, 0), (1000, 0)).Left.Should().Be(Ringgit(2000), "all three are in it");
        Ledger(paid: 10000, refunded: 7000, (5000, 0), (2000, 2000))
            .Left.Should()
            .Be(Ringgit(1000), "the first 20.00 went back before the second approval");
    }

    [Fact]
    public void knows_nothing_where_the_data_or_an_approval_do_not()
    {
        new OrderLedger(new(null, Ringgit(0)), []).Left.Should().BeNull();
        new OrderLedger(new(Ringgit(100), null), []).Left.Should().BeNull();
        new OrderLedger(new(Ringgit(100), Ringgit(0)), [new(null, null, A.Now)]).Left.Should().BeNull();
        new OrderLedger(new(Ringgit(100), Ringgit(0)), [new(new Money(50, "SGD"), null, A.Now)]).Left.Should().BeNull();
    }

    [Theory]
    [InlineData(23800, 0, 23800, false)]
    [InlineData(23800, 0, 23801, true)]
    [InlineData(23800, 20000, 3801, true)]
    [InlineData(23800, 23800, 1, true)]
    [InlineData(0, 0, 1, true)]
    public void says_why_an_amount_does_not_fit(long paid, long refunded, long asked, bool isOver) =>
        (Ledger(paid, refunded).WhyNot(Ringgit(asked), "#1300") is not null).Should().Be(isOver);

    [Fact]
    public void asks_a_person_to_look_twice_at_an_amount_that_nobody_knows_when_money_went_back_before()
    {
        Ledger(paid: 23800, refunded: 0).WhyNot(null, "#1300").Should().BeNull();
        new OrderLedger(new(Ringgit(23800), null), [])
            .WhyNot(Ringgit(1), "#1300")
            .Should()
            .Contain("how much of order #1300 was paid back");
        new OrderLedger(new(null, Ringgit(0)), []).WhyNot(Ringgit(1), "#1300").Should().Contain("what was paid");
        Ledger(paid: 23800, refunded: 100).WhyNot(null, "#1300").Should().Contain("not known");
        new OrderLedger(OrderMoney.Unknown, [new(Ringgit(100), null, A.Now)]).WhyNot(Ringgit(1), "#1300").Should().Contain("before");
    }

    /// <summary>
    /// The shop makes the approved refunds whenever it likes, in any order, each whole; before all of it, something may have gone back already.
    /// Whatever is asked for and when, approving only what fits never promises more than was paid.
    /// </summary>
    [Fact]
    public void never_lets_approved_and_refunded_together_exceed_what_was_paid() =>
        Prop.ForAll(
                Gen.Choose(0, 500).Zip(Gen.Choose(0, 500)).Zip(Gen.Choose(0, 300).Zip(Gen.Choose(0, 3)).ListOf()).ToArbitrary(),
                drawn =>
                {
                    var ((paid, before), steps) = drawn;
                    var refunded = Math.Min(before, paid);
                    var (earlier, at) = ((long)refunded, A.Now);
                    var approved = new List<ApprovedAmount>();
                    var owed = new List<long>();
                    long data = refunded;
                    foreach (var (asked, executes) in steps)
                    {
                        at = at.AddMinutes(1);
                        for (var i = 0; i < executes && owed.Count > 0; i++)
                        {
                            data += owed[^1];
                            owed.RemoveAt(owed.Count - 1);
                        }

                        if (new OrderLedger(new(Ringgit(paid), Ringgit(data)), approved).WhyNot(Ringgit(asked), "#1") is null)
                        {
                            approved.Add(new(Ringgit(asked), Ringgit(data), at));
                            owed.Add(asked);
                        }
                    }

                    (earlier + approved.Sum(a => a.Amount!.Value.Minor)).Should().BeLessThanOrEqualTo(paid);
                }
            )
            .QuickCheckThrowOnFailure();

    /// <summary>
    /// The shop also refunds what nobody approved here, whenever it likes. What the ledger has left is never more than what was paid less what went
    /// back and what is approved and still to be made. (Of a refund that is by chance exactly an approved amount nobody can tell whose it is.)
    /// </summary>
    [Fact]
    public void never_has_more_left_than_there_is_when_the_shop_also_refunds_what_nobody_approved() =>
        Prop.ForAll(
                Gen.Choose(0, 3).Zip(Gen.Choose(1, 40)).ListOf().ToArbitrary(),
                steps =>
                {
                    const long Paid = 200_000;
                    var (at, data, unrelated) = (A.Now, 0L, 0);
                    var approved = new List<ApprovedAmount>();
                    var owed = new List<long>();
                    foreach (var (what, size) in steps)
                    {
                        at = at.AddMinutes(1);
                        if (what == 0 && unrelated < 9)
                        {
                            // No sum of approved amounts, which are whole thousands.
                            (data, unrelated) = (data + (size * 1000) + 1, unrelated + 1);
                        }
                        else if (what == 1 && owed.Count > 0)
                        {
                            var i = size % owed.Count;
                            data += owed[i];
                            owed.RemoveAt(i);
                        }
                        else if (new OrderLedger(new(Ringgit(Paid), Ringgit(data)), approved).WhyNot(Ringgit(size * 1000), "#1") is null)
                        {
                            approved.Add(new(Ringgit(size * 1000), Ringgit(data), at));
                            owed.Add(size * 1000);
                        }

                        new OrderLedger(new(Ringgit(Paid), Ringgit(data)), approved)
                            .Left!.Value.Minor.Should()
                            .BeLessThanOrEqualTo(Math.Max(0, Paid - data - owed.Sum()));
                    }
                }
            )
            .QuickCheckThrowOnFailure();

    private static OrderLedger Ledger(long paid, long refunded, params (long Amount, long RefundedThen)[] approved) =>
        new(
            new(Ringgit(paid), Ringgit(refunded)),
            [.. approved.Select((a, i) => new ApprovedAmount(Ringgit(a.Amount), Ringgit(a.RefundedThen), A.Now.AddMinutes(i)))]
        );

    private static Money Ringgit(long minor) => new(minor, "MYR");
}

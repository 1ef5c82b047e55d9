using OpsChat.Operations.History;
using OpsChat.Operations.Questions;
using OpsChat.Operations.Settings;

namespace OpsChat.Tests.Operations;

/// <summary>It is Wednesday 3 June 2026, six in the morning; all that happens here happens in May.</summary>
public class Refunds_that_several_tell_of
{
    private const int Today = 149;
    private readonly MadeUpShop _shop = new();
    private readonly List<ApprovedRefund> _approved = [];

    [Fact]
    public void are_counted_once_when_approval_order_payment_and_return_are_of_the_same()
    {
        var order = Refund(1000, 12_000, 130);
        _shop.Payments.Add(Paid(order, 12_000, 130));
        _shop.Returns.Add(Return(order, 12_000, 130));
        _approved.Add(new(MadeUpShop.At(128), new(12_000, "MYR"), order));

        Answered("1 refund, MYR 120.00 together (payments 1): May 2026, by the day of the refund.", 1);
    }

    [Fact]
    public void count_beside_approvals_that_no_file_tells_of_yet()
    {
        Refund(1000, 12_000, 130);
        _approved.Add(new(MadeUpShop.At(140), new(4_000, "MYR"), Number(1001)));

        Answered("1 refund, MYR 120.00 together (orders 1): May 2026, by the day of the refund. MYR 40.00 more approved, not paid yet (1).", 1);

        _approved[0] = _approved[0] with { IsDone = true };

        Answered("2 refunds, MYR 160.00 together (orders 1, approvals 1): May 2026, by the day of the refund.", 2);
    }

    [Fact]
    public void are_an_approvals_only_from_its_day_on_and_up_to_its_amount()
    {
        Refund(1000, 5_000, 120);
        _approved.Add(new(MadeUpShop.At(140), new(4_000, "MYR"), Number(1000)));
        Refund(1001, 3_000, 141);
        _approved.Add(new(MadeUpShop.At(140), new(4_000, "MYR"), Number(1001)));

        Answered("2 refunds, MYR 80.00 together (orders 2): May 2026, by the day of the refund. MYR 50.00 more approved, not paid yet (2).", 2);
    }

    [Fact]
    public void in_parts_are_together_the_approval_of_their_sum()
    {
        var order = Number(1000);
        _shop.Payments.AddRange([Paid(order, 3_000, 130), Paid(order, 5_000, 132)]);
        _approved.Add(new(MadeUpShop.At(128), new(8_000, "MYR"), order));

        Answered("2 refunds, MYR 80.00 together (payments 2): May 2026, by the day of the refund.", 2);
    }

    [Fact]
    public void without_an_orders_number_are_the_orders_of_the_same_amount_and_days()
    {
        Refund(1000, 12_000, 130);
        _shop.Payments.AddRange([Paid(null, 12_000, 131), Paid(null, 7_700, 131)]);

        Answered("2 refunds, MYR 197.00 together (orders 1, payments 1): May 2026, by the day of the refund.", 2);
    }

    [Fact]
    public void are_told_by_returns_where_no_order_and_no_payment_tells()
    {
        _shop.Returns.AddRange([Return(Number(1000), 3_000, 130), Return(Number(1000), 2_000, 130), Return(Number(1001), 1_000, 150)]);

        Answered("1 refund, MYR 50.00 together (returns 1): May 2026, by the day of the refund.", 1);
    }

    [Fact]
    public void on_no_known_day_are_said_apart_and_in_no_sum()
    {
        Refund(1000, 12_000, null);

        Answered("0 refunds, MYR 0.00 together: May 2026, by the day of the refund. Of 1 more, MYR 120.00 together no file says when.", 0);
    }

    [Fact]
    public void that_failed_or_are_pending_are_none()
    {
        _shop.Payments.Add(Paid(Number(1000), 12_000, 130) with { IsReceived = false });

        Answered("0 refunds, MYR 0.00 together: May 2026, by the day of the refund.", 0);
    }

    [Fact]
    public void of_an_article_count_its_lines_and_orders_of_nothing_else()
    {
        var sku = _shop.Orders[1000].Lines[0].Sku;
        var other = MadeUpShop.Skus.First(s => s != sku);
        Refund(1000, 12_000, 130);
        var mixed = Refund(1001, 20_000, 131);
        _shop.Orders[1001] = _shop.Orders[1001] with { Lines = [new(sku, 1, 12_000), new(other, 1, 12_000)] };
        _shop.Returns.Add(Return(mixed, 8_000, 131) with { Sku = sku });

        Ask($"how much did we refund for {sku} in May?").Title.Should().Contain("2 refunds").And.Contain("MYR 200.00");
    }

    private void Answered(string title, double figure)
    {
        var answer = Ask("how much did we refund in May?");

        answer.Title.Should().Be(title);
        answer.Figure.Should().Be(figure);
        answer.Sources.Should().Contain("approvals").And.Contain("orders");
    }

    private OwnerAnswer Ask(string question) => QuestionAnswers.To(
        question, _shop.AsOf(Today), OperationsSettings.Default("MYR"), OwnerRecords.None with { Refunds = _approved });

    private string Number(int order) => _shop.Orders[order].Number;

    private string Refund(int order, long minor, int? day)
    {
        _shop.Orders[order] = _shop.Orders[order] with { Refunded = new(minor, "MYR"), RefundedAt = day is { } at ? MadeUpShop.At(at) : null };
        return Number(order);
    }

    private static PaymentRow Paid(string? order, long minor, int day) =>
        new(order, MadeUpShop.At(day), true, new(minor, "MYR"), true, null, new("payments.csv", 2));

    private static ReturnLine Return(string order, long minor, int day) => new(
        order, "R1", "DRESS-A", "Too small", 1, MadeUpShop.At(day - 3), null, null, new(minor, "MYR"), new("returns.csv", 2))
    {
        RefundedAt = MadeUpShop.At(day),
    };
}

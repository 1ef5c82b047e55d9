using System.Text;
using FsCheck;
using FsCheck.Fluent;
using OpsChat.Facts;
using OpsChat.ShopData;
using OpsChat.ShopData.Tables;
using OpsChat.ShopData.Values;
using OpsChat.Tests.Facts;

namespace OpsChat.Tests.ShopData;

/// <summary>What is filled in says something or is unknown; it is never taken for empty and never for zero. For whole files with cells drawn at
/// random.</summary>
public class A_cell
{
    private static readonly Column s_cell = new("cell", "Total"), s_other = new("name", "Name");

    private static readonly Gen<string> s_text = Gen.Elements(
            "0",
            "1",
            "5",
            "9",
            "00",
            "108",
            ".",
            ",",
            " ",
            "-",
            "\u2212",
            "(",
            ")",
            "'",
            "RM",
            "MYR",
            "€",
            "$",
            "E+",
            "e",
            "x",
            "/",
            ":",
            "20",
            "2026",
            "Nov",
            "AM",
            "T",
            "+08:00",
            "\u200B",
            "\u00A0",
            "٣",
            "５",
            "half",
            "not stocked",
            "n/a",
            "\""
        )
        .ListOf()
        .Select(string.Concat)
        .Where(text => text.Any(char.IsLetterOrDigit));

    /// <summary>Every reader of a cell, by what it makes of it.</summary>
    private static readonly (string Name, Func<FeedRow, (bool IsEmpty, bool IsZero)> Read)[] s_readers =
    [
        ("amount", row => Of(row.Amount(s_cell, "MYR"), money => money.Minor == 0)),
        ("amount without decimals", row => Of(row.Amount(s_cell, "IDR"), money => money.Minor == 0)),
        ("count", row => Of(row.Count(s_cell), count => count == 0)),
        ("number", row => Of(row.Number(s_cell), number => number == 0)),
        ("moment", row => Of(row.Moment(s_cell), _ => false)),
        ("day", row => Of(row.Day(s_cell), _ => false)),
    ];

    [Fact]
    public void that_is_filled_is_read_or_unknown_with_a_finding_by_every_reader() => Prop.ForAll(s_text.ToArbitrary(), text =>
    {
        foreach (var (name, read) in s_readers)
        {
            var table = Table(text);
            var cell = table.Rows.Should().ContainSingle().Subject;
            if (CellNumber.IsNone(cell.Cell(table.Find(s_cell)!.Value)))
            {
                continue;
            }

            var (isEmpty, isZero) = read(cell);

            isEmpty.Should().BeFalse("\"{0}\" is filled, and read as {1}", text, name);
            (isZero && HasDigitAboveZero(text)).Should().BeFalse("\"{0}\" is not zero, and read as {1}", text, name);
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(600));

    [Fact]
    public void that_tells_of_money_back_is_not_zero_beside_a_total_of_zero()
    {
        var read = ReadFile.Of(
            "orders.csv",
            Bytes(
                ["Name", "Email", "Financial Status", "Total", "Refunded Amount", "Lineitem name"],
                ["#1", "a@example.com", "partially_refunded", "0", "108", "Tea"]
            ),
            DateTime.UnixEpoch,
            Reading()
        );

        var order = OpsChat.ShopData.Orders.OrderStates.Applied(read.Orders!.Single(), [], []);

        order.Refunded.Should().BeNull();
        order.Unknown["order.refunded"].Should().Contain("MYR 108.00 went back of an order whose total is MYR 0.00");
    }

    [Fact]
    public void that_tells_of_money_never_leaves_more_to_pay_back_than_was_paid() =>
        Prop.ForAll(
                s_text.Zip(s_text).Zip(Gen.Elements("paid", "partially_refunded", "refunded", "pending", "voided", "odd")).ToArbitrary(),
                drawn =>
                {
                    var ((total, refunded), state) = drawn;
                    var read = ReadFile.Of(
                        "orders.csv",
                        Bytes(
                            ["Name", "Email", "Financial Status", "Total", "Refunded Amount", "Lineitem name"],
                            ["#1", "a@example.com", state, total, refunded, "Tea"]
                        ),
                        DateTime.UnixEpoch,
                        Reading()
                    );
                    if (read.Orders is not [var one])
                    {
                        return;
                    }

            var order = OpsChat.ShopData.Orders.OrderStates.Applied(one, [], []);
            if (order.Refunded is { } back)
            {
                back.Minor.Should().BeGreaterThanOrEqualTo(0);
                (back.Minor == 0 && state is "partially_refunded" && HasDigitAboveZero(refunded)).Should().BeFalse("\"{0}\" went back", refunded);
            }

            if (DerivedFacts.Refundable(order) is { } left)
            {
                left.Minor.Should().BeInRange(0, order.Total!.Value.Minor);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(600));

    [Theory]
    [InlineData("0.001")]
    [InlineData("-0,004")]
    public void whose_amount_is_too_small_to_pay_is_unknown_and_not_zero(string text) => CellNumber.Amount(text, "MYR").Should().BeNull();

    private static (bool IsEmpty, bool IsZero) Of<T>(Cell<T> cell, Func<T, bool> isZero)
        where T : struct => (cell.IsEmpty, cell.Value is { } value && isZero(value));

    private static bool HasDigitAboveZero(string text) => text.Any(c => char.IsDigit(c) && char.GetNumericValue(c) > 0);

    private static FeedTable Table(string text) =>
        FeedTable.Of(
            SheetReader.Read("orders.csv", Bytes(["Name", "Total"], ["#1", text])),
            new HashSet<string>(s_cell.Keys.Concat(s_other.Keys)),
            Reading()
        )!;

    private static ShopReading Reading() => new(ShopFolderOnDisk.KualaLumpur, "MYR", DateOrder.DayFirst, null, 0, A.Now);

    private static byte[] Bytes(params string[][] rows) =>
        Encoding.UTF8.GetBytes(
            string.Join('\n', rows.Select(row => string.Join(',', row.Select(cell => $"\"{cell.Replace("\"", "\"\"")}\"")))) + "\n"
        );
}

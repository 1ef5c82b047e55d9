using System.Globalization;

namespace OpsChat.Tests.Text;

public class A_written_date
{
    [Theory]
    [InlineData("21.11.2026 10:00", DayOrder.DayFirst, "2026-11-21T10:00:00")]
    [InlineData("21/11/2026", DayOrder.DayFirst, "2026-11-21T00:00:00")]
    [InlineData("11/25/26", DayOrder.MonthFirst, "2026-11-25T00:00:00")]
    [InlineData("20/11/2026 2:15 PM", DayOrder.DayFirst, "2026-11-20T14:15:00")]
    [InlineData("5/5/2026", DayOrder.Unknown, "2026-05-05T00:00:00")]
    [InlineData("Nov 21, 2026", DayOrder.Unknown, "2026-11-21T00:00:00")]
    [InlineData("September 24, 2026", DayOrder.Unknown, "2026-09-24T00:00:00")]
    [InlineData("Nov-20-26", DayOrder.Unknown, "2026-11-20T00:00:00")]
    [InlineData("21 Mac 2026", DayOrder.Unknown, "2026-03-21T00:00:00")]
    [InlineData("20 พฤศจิกายน 2569", DayOrder.Unknown, "2026-11-20T00:00:00")]
    [InlineData("20261120", DayOrder.Unknown, "2026-11-20T00:00:00")]
    public void is_read_in_the_files_order(string cell, DayOrder order, string local) =>
        WrittenDate.Read(cell, order)!.Value.Local.Should().Be(DateTime.Parse(local, CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("2026-11-18 09:02:11 +0800", 8)]
    [InlineData("2026-11-20T06:03:22Z", 0)]
    [InlineData("Nov 21, 2026 9:05:03 PM PST", -8)]
    public void keeps_its_offset(string cell, int hours) => WrittenDate.Read(cell, DayOrder.Unknown)!.Value.Offset.Should().Be(TimeSpan.FromHours(hours));

    [Theory]
    [InlineData("21/11/2026", DayOrder.DayFirst)]
    [InlineData("11/21/2026", DayOrder.MonthFirst)]
    [InlineData("3/4/2026", DayOrder.Unknown)]
    [InlineData("2026-11-20", DayOrder.Unknown)]
    public void shows_the_order_when_only_one_fits(string cell, DayOrder order) => WrittenDate.OrderShownBy(cell).Should().Be(order);

    [Theory]
    [InlineData("3/4/2026")]
    [InlineData("2026-13-40")]
    [InlineData("31/02/2026")]
    [InlineData("yesterday")]
    [InlineData("46000")]
    [InlineData("")]
    public void that_could_be_another_or_none_is_unknown(string cell) => WrittenDate.Read(cell, DayOrder.Unknown).Should().BeNull();

    [Fact]
    public void of_a_spreadsheet_counts_days() => WrittenDate.Serial("46347.5")!.Value.Local.Should().Be(new DateTime(2026, 11, 21, 12, 0, 0));

    [Fact]
    public void of_a_machine_counts_seconds() => WrittenDate.Epoch("1795219200")!.Value.Local.Should().Be(new DateTime(2026, 11, 21));
}

namespace OpsChat.Tests.Text;

public class A_written_number
{
    [Theory]
    [InlineData("-50.00", -5000)]
    [InlineData("MYR -108.00", -10800)]
    [InlineData("(50.00)", -5000)]
    [InlineData("50.00-", -5000)]
    [InlineData("−50.00", -5000)]
    [InlineData("๑,๒๙๙.๐๐", 129900)]
    public void of_a_cell_keeps_its_minus_however_it_is_written(string cell, long minor) => WrittenAmount.Cell(cell, "MYR").Should().Be(new Money(minor, "MYR"));

    [Theory]
    [InlineData("EUR 35.00", "EUR", 3500)]
    [InlineData("€35,00", "EUR", 3500)]
    [InlineData("Rs. 20", "INR", 2000)]
    public void of_a_cell_keeps_its_own_currency(string cell, string currency, long minor) => WrittenAmount.Cell(cell, "MYR").Should().Be(new Money(minor, currency));

    [Theory]
    [InlineData("1.18167E+14")]
    [InlineData("20 points")]
    [InlineData("RM 5 USD")]
    [InlineData("(5")]
    [InlineData("1.2.3")]
    [InlineData("12 34")]
    public void of_a_cell_that_says_no_single_amount_is_unknown(string cell) => WrittenAmount.Cell(cell, "MYR").Should().BeNull();

    [Theory]
    [InlineData("3,0", 3L)]
    [InlineData("12,5", null)]
    [InlineData("1,299", 1299L)]
    [InlineData("3.000", null)]
    [InlineData("-2", -2L)]
    [InlineData("not stocked", null)]
    public void of_a_count_is_whole_or_unknown(string cell, long? count) => WrittenNumber.Whole(cell).Should().Be(count);

    [Theory]
    [InlineData("1,299.00", DecimalMark.Point)]
    [InlineData("1.299,00", DecimalMark.Comma)]
    [InlineData("12.5", DecimalMark.Point)]
    [InlineData("1.299", DecimalMark.Unknown)]
    [InlineData("1299", DecimalMark.Unknown)]
    public void shows_the_files_decimal_mark_when_it_can(string cell, DecimalMark mark) => WrittenNumber.MarkShownBy(cell).Should().Be(mark);

    [Theory]
    [InlineData("3.000", DecimalMark.Point, 3L)]
    [InlineData("3.000", DecimalMark.Comma, 3000L)]
    public void is_read_with_the_files_mark(string cell, DecimalMark mark, long count) => WrittenNumber.Whole(cell, mark).Should().Be(count);
}

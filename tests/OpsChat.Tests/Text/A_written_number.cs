namespace OpsChat.Tests.Text;

public class A_written_number
{
    [Theory]
    [InlineData("1,299.00", 1299)]
    [InlineData("1.299,00", 1299)]
    [InlineData("1 299,5", 1299.5)]
    [InlineData("1'299", 1299)]
    [InlineData("1,29,999.00", 129999)]
    [InlineData("1.299.00", 1299)]
    [InlineData("0.125", 0.125)]
    [InlineData("1234.567", 1234.567)]
    [InlineData(".5", 0.5)]
    [InlineData("-50.00", -50)]
    [InlineData("(50.00)", -50)]
    [InlineData("50.00-", -50)]
    [InlineData("−50.00", -50)]
    [InlineData("๑,๒๙๙.๐๐", 1299)]
    [InlineData("12.", 12)]
    public void has_one_value_where_it_can_have_no_other(string written, double value) =>
        WrittenNumber.Values(written).Should().Equal((decimal)value);

    [Theory]
    [InlineData("1.299", 1299, 1.299)]
    [InlineData("1,299", 1299, 1.299)]
    public void has_two_values_where_a_separator_may_group_or_not(string written, double likelier, double other) =>
        WrittenNumber.Values(written).Should().Equal((decimal)likelier, (decimal)other);

    [Theory]
    [InlineData("")]
    [InlineData("free")]
    [InlineData("5-6")]
    [InlineData("1.2.3")]
    [InlineData("12 34")]
    [InlineData("1.18167E+14")]
    [InlineData("(5")]
    public void has_no_value_where_it_is_no_single_figure(string written) => WrittenNumber.Values(written).Should().BeEmpty();
}

namespace OpsChat.Tests.Text;

public class A_table_for_spreadsheets
{
    [Theory]
    [InlineData("=HYPERLINK(\"http://evil.example\")", "\"'=HYPERLINK(\"\"http://evil.example\"\")\"")]
    [InlineData("+1 555", "'+1 555")]
    [InlineData("-10 % please", "'-10 % please")]
    [InlineData("@everybody", "'@everybody")]
    [InlineData("a, b", "\"a, b\"")]
    [InlineData("two\nlines", "\"two\nlines\"")]
    [InlineData("plain", "plain")]
    public void runs_nothing_that_a_customer_wrote(string words, string cell) =>
        CsvText.Of(["Words"], [[words]]).Should().Be($"Words\r\n{cell}\r\n");

    [Fact]
    public void writes_numbers_and_days_alike_everywhere() =>
        CsvText.Of(["a", "b", "c", "d"], [[-1.25m, new DateOnly(2026, 11, 5), 0.33333333, null]]).Should()
            .Be("a,b,c,d\r\n-1.25,2026-11-05,0.3333,\r\n");
}

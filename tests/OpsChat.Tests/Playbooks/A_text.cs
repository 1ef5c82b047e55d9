using OpsChat.Facts;
using OpsChat.Playbooks;

namespace OpsChat.Tests.Playbooks;

public class A_text
{
    private static readonly FactSet Order = A.Facts(
        ("order.number", FactValue.Of("#1001")),
        ("order.total", FactValue.Of(new Money(1299_00, "MYR"))),
        ("order.promised_by", FactValue.Of(new DateOnly(2026, 12, 3))),
        ("customer.first_name", FactValue.Of("{{order.total}}")),
        ("shipment.carrier", FactValue.Of("  ")));

    [Fact]
    public void is_filled_with_facts_and_says_which() =>
        new TextTemplate("{{order.number}}: {{ money order.total }}, {{date order.promised_by}}, {{order.number}}").Render(Order)
            .Should().BeEquivalentTo(new TextResult.Rendered("#1001: MYR 1,299.00, 3 Dec 2026, #1001", ["order.number", "order.total", "order.promised_by"]));

    [Theory]
    [InlineData("ms", "3 Dis 2026")]
    [InlineData("ms-MY", "3 Dis 2026")]
    [InlineData("id", "3 Des 2026")]
    [InlineData("zh-TW", "2026年12月3日")]
    [InlineData("vi", "3 thg 12 2026")]
    [InlineData("th", "3 ธ.ค. 2026")]
    [InlineData("fil", "3 Dis 2026")]
    [InlineData("xx", "3 Dec 2026")]
    public void writes_dates_in_the_customers_language(string language, string date) =>
        new TextTemplate("{{date order.promised_by}}").Render(Order, language).Should().BeOfType<TextResult.Rendered>().Which.Text.Should().Be(date);

    [Fact]
    public void with_a_missing_or_blank_fact_is_not_rendered_at_all() =>
        new TextTemplate("{{order.number}} {{order.status}} {{shipment.carrier}} {{order.status}}").Render(Order)
            .Should().BeEquivalentTo(new TextResult.Missing(["order.status", "shipment.carrier"]));

    [Fact]
    public void inserts_values_without_reading_them_again() =>
        new TextTemplate("Hi {{customer.first_name}}").Render(Order).Should().BeOfType<TextResult.Rendered>().Which.Text.Should().Be("Hi {{order.total}}");

    [Theory]
    [InlineData("a {{order.number", 2, "`{{` is not closed.")]
    [InlineData("a }} b", 2, "`}}` is not a place for a fact.")]
    [InlineData("{{}}", 0, "`{{}}` is not a place for a fact.")]
    [InlineData("{{time order.number}}", 0, "`{{time order.number}}` is not a place for a fact.")]
    [InlineData("{{money order.number}}", 0, "`order.number` is not an amount (Text).")]
    [InlineData("{{order.numbr}}", 0, "There is no fact `order.numbr`.")]
    public void with_a_fault_is_reported_and_never_shown_to_a_customer(string source, int at, string problem)
    {
        var text = new TextTemplate(source);

        text.Check(FactVocabulary.Standard).Should().Contain(slip => slip.At == at && slip.Problem == problem);
        text.Render(Order).Should().BeOfType<TextResult.Missing>();
    }

    [Fact]
    public void counts_a_place_as_one_word() => new TextTemplate("Hi {{customer.first_name}}, by {{date order.promised_by}}.").WordCount.Should().Be(4);

    [Fact]
    public void without_words_renders_as_nothing() => new TextTemplate("").Render(Order).Should().BeOfType<TextResult.Rendered>().Which.Text.Should().BeEmpty();
}

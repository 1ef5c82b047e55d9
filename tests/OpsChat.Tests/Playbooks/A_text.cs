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
        new TextTemplate("{{order.number}}: {{ money order.total }}, {{date order.promised_by}}, {{order.number}}")
            .Render(Order)
            .Should()
            .BeEquivalentTo(
                new TextResult.Rendered("#1001: MYR 1,299.00, 3 Dec 2026, #1001", ["order.number", "order.total", "order.promised_by"])
            );

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
        new TextTemplate("Hi {{customer.first_name}}")
            .Render(Order)
            .Should()
            .BeOfType<TextResult.Rendered>()
            .Which.Text.Should()
            .Be("Hi {{order.total}}");

    [Theory]
    [InlineData("a {{order.number", 2, "`{{` is not closed.")]
    [InlineData("a }} b", 2, "`}}` is not a place for a fact.")]
    [InlineData("{{}}", 0, "`{{}}` is not a place for a fact.")]
    [InlineData("{{time order.number}}", 0, "`{{time order.number}}` is not a place for a fact.")]
    [InlineData("{{money order.number}}", 0, "`order.number` is not an amount (Text).")]
    [InlineData("{{order.numbr}}", 0, "There is no fact `order.numbr`.")]
    [InlineData("{{list order.number}}", 0, "`order.number` is not a list (Text).")]
    [InlineData("So {{ order.number | string.upcase }}", 3, "`{{ order.number | string.upcase }}` is not a place for a fact.")]
    [InlineData("{{ if order.late }}late{{ end }}", 0, "`{{ if order.late }}` is not a place for a fact.")]
    [InlineData("{{- order.number -}}", 0, "`{{- order.number -}}` is not a place for a fact.")]
    [InlineData("{{ include 'secrets' }}", 0, "`{{ include 'secrets' }}` is not a place for a fact.")]
    [InlineData("{{ order['number'] }}", 0, "`{{ order['number'] }}` is not a place for a fact.")]
    [InlineData("{{ order.number = 1 }}", 0, "`{{ order.number = 1 }}` is not a place for a fact.")]
    [InlineData("{{ order.number # why }}", 0, "`{{ order.number # why }}` is not a place for a fact.")]
    [InlineData("{{{order.number}}}", 0, "`{{{order.number}}}` is not a place for a fact.")]
    [InlineData("Hi. {{ 1 + }} {{ order.number }}", 4, "`{{ 1 + }}` is not a place for a fact.")]
    [InlineData("{{ order }}", 0, "There is no fact `order`.")]
    [InlineData("{%{ {{order.number}} }%}", 0, "`{{` is not closed.")]
    public void with_a_fault_is_reported_and_never_shown_to_a_customer(string source, int at, string problem)
    {
        var text = new TextTemplate(source);

        text.Check(FactVocabulary.Standard).Should().Contain(slip => slip.At == at && slip.Problem == problem);
        text.Render(Order).Should().BeOfType<TextResult.Missing>();
    }

    [Theory]
    [InlineData("en", "S, M and L")]
    [InlineData("ms-MY", "S, M dan L")]
    [InlineData("zh", "S、M和L")]
    public void writes_a_list_as_people_do(string language, string list) =>
        new TextTemplate("{{ list product.sizes }}").Render(A.Facts(("product.sizes", FactValue.Of(["S", "M", "L"]))), language)
            .Should().BeOfType<TextResult.Rendered>().Which.Text.Should().Be(list);

    [Theory]
    [InlineData("{{ store.email }}")]
    [InlineData("{{ 1 + 1 }}")]
    [InlineData("{%{ x }%}")]
    [InlineData("}} {{ include 'x' ")]
    public void sends_a_value_that_looks_like_a_template_as_it_was_typed(string title) =>
        new TextTemplate("About {{ product.name }}: yes.")
            .Render(A.Facts(("product.name", FactValue.Of(title)), ("store.email", FactValue.Of("owner@shop.example"))))
            .Should()
            .BeOfType<TextResult.Rendered>()
            .Which.Text.Should()
            .Be($"About {title}: yes.");

    [Fact]
    public void counts_a_place_as_one_word() =>
        new TextTemplate("Hi {{customer.first_name}}, by {{date order.promised_by}}.").WordCount.Should().Be(4);

    [Fact]
    public void without_words_renders_as_nothing() =>
        new TextTemplate("").Render(Order).Should().BeOfType<TextResult.Rendered>().Which.Text.Should().BeEmpty();
}

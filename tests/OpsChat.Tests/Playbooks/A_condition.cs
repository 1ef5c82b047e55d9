using OpsChat.Facts;
using OpsChat.Playbooks;

namespace OpsChat.Tests.Playbooks;

public class A_condition
{
    private static readonly FactSet Order = A.Facts(
        ("order.status", FactValue.Of("Partially refunded")),
        ("order.total", FactValue.Of(new Money(12_50, "MYR"))),
        ("order.refunded", FactValue.Of(new Money(2_50, "MYR"))),
        ("order.late", FactValue.Of(true)),
        ("order.is_paid", FactValue.Of(false)),
        ("order.age", FactValue.Of(8m)),
        ("order.placed_on", FactValue.Of(new DateOnly(2026, 11, 3))),
        ("order.items", FactValue.Of(["Blue mug", "Red plate"])),
        ("message.issues", FactValue.Of(["where-is-my-order", "refund"])));

    [Theory]
    [InlineData("order.late", true)]
    [InlineData("order.is_paid", false)]
    [InlineData("not order.is_paid", true)]
    [InlineData("order.late = yes", true)]
    [InlineData("order.status = partially refunded", true)]
    [InlineData("order.status = 'Partially Refunded' and order.late", true)]
    [InlineData("order.status != shipped", true)]
    [InlineData("order.total > 12", true)]
    [InlineData("order.total = 12.50", true)]
    [InlineData("order.total <= 12.49", false)]
    [InlineData("order.refunded < order.total", true)]
    [InlineData("order.age > 1 week", true)]
    [InlineData("order.age >= 192 hours", true)]
    [InlineData("order.age > 8 days", false)]
    [InlineData("order.placed_on < 2026-12-01", true)]
    [InlineData("order.items = blue mug", true)]
    [InlineData("order.items >= 2", true)]
    [InlineData("message.issues = where-is-my-order", true)]
    [InlineData("message.issues != refund", false)]
    [InlineData("order.is_paid and order.late or order.late", true)]
    [InlineData("order.is_paid and (order.late or order.late)", false)]
    [InlineData("NOT (order.is_paid OR order.late)", false)]
    public void on_facts_holds_or_not(string source, bool holds) =>
        new Condition.OnFacts(source).Evaluate(Order, NobodyAsked).Should().Be(holds ? Truth.Yes : Truth.No);

    [Theory]
    [InlineData("shipment.days_since_scan > 3")]
    [InlineData("not shipment.days_since_scan > 3")]
    [InlineData("order.is_cancelled")]
    [InlineData("not order.is_cancelled")]
    [InlineData("order.status != order.payment_method")]
    [InlineData("order.late and order.is_cancelled")]
    public void that_hangs_on_a_missing_fact_does_not_hold(string source) =>
        new Condition.OnFacts(source).Evaluate(Order, NobodyAsked).Should().Be(Truth.No);

    [Fact]
    public void that_holds_without_the_missing_fact_holds() =>
        new Condition.OnFacts("order.late or order.is_cancelled").Evaluate(Order, NobodyAsked).Should().Be(Truth.Yes);

    [Theory]
    [InlineData("shipment.missing", true)]
    [InlineData("shipment.missing = yes", true)]
    [InlineData("order.missing", false)]
    [InlineData("not order.missing", true)]
    public void on_missing_things_holds_when_nothing_is_known_of_them(string source, bool holds) =>
        new Condition.OnFacts(source).Evaluate(Order, NobodyAsked).Should().Be(holds ? Truth.Yes : Truth.No);

    [Theory]
    [InlineData(Truth.Yes, Truth.Yes)]
    [InlineData(Truth.Unsure, Truth.Unsure)]
    [InlineData(Truth.No, Truth.No)]
    public void in_prose_holds_as_the_message_says(Truth said, Truth holds)
    {
        new Condition.InProse("it is broken").Evaluate(Order, _ => said).Should().Be(holds);
        new Condition.All([new Condition.InProse("it is broken"), new Condition.OnFacts("order.late")]).Evaluate(Order, _ => said).Should().Be(holds);
    }

    [Fact]
    public void of_which_one_part_is_false_is_false_however_unsure_the_others_are() =>
        new Condition.All([new Condition.InProse("it is broken"), new Condition.OnFacts("order.is_paid")])
            .Evaluate(Order, NobodyAsked)
            .Should()
            .Be(Truth.No);

    [Theory]
    [InlineData("", 0, "The condition stops too early.")]
    [InlineData("order.late and", 14, "The condition stops too early.")]
    [InlineData("(order.late", 11, "A bracket is not closed.")]
    [InlineData("order.total >", 13, "The comparison has nothing to compare with.")]
    [InlineData("order.late order.is_paid", 11, "`order.is_paid` is not expected here.")]
    [InlineData("late", 0, "`late` is not the name of a fact.")]
    [InlineData("order.total > > 5", 14, "The comparison has nothing to compare with.")]
    public void that_cannot_be_read_says_where_and_why(string source, int at, string problem)
    {
        var (expression, slip) = FactExpressionParser.Parse(source);

        expression.Should().BeNull();
        slip.Should().BeEquivalentTo(new { At = at, Problem = problem });
    }

    [Theory]
    [InlineData("order.total", "`order.total` is not yes or no, so it cannot stand by itself.")]
    [InlineData("order.status > shipped", "`order.status` is a word, which is neither more nor less than another.")]
    [InlineData("product.stock > 3 days", "`product.stock` is not a number of days, so it cannot be compared with a duration.")]
    [InlineData("order.placed_on > 5", "`order.placed_on` is a day, and `5` is not a date like 2026-12-03.")]
    [InlineData("order.late = maybe", "`order.late` is yes or no, and `maybe` is neither.")]
    [InlineData("order.total > order.age", "`order.total` is an amount and `order.age` is a number; they cannot be compared.")]
    [InlineData("order.items > many", "`order.items` is several words; more or less asks how many they are, and `many` is not a number.")]
    public void that_compares_what_cannot_be_compared_is_told(string source, string problem) =>
        FactExpressionParser.Check(FactExpressionParser.Parse(source).Expression!, FactVocabulary.Standard)
            .Should().ContainSingle().Which.Problem.Should().Be(problem);

    [Fact]
    public void equals_one_with_the_same_words() =>
        new Condition.All([new Condition.OnFacts("order.late"), new Condition.InProse("a")])
            .Should().Be(new Condition.All([new Condition.OnFacts("order.late"), new Condition.InProse("a")]));

    private static Truth NobodyAsked(string phrase) => Truth.Unsure;
}

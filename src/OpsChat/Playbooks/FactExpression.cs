using OpsChat.Facts;

namespace OpsChat.Playbooks;

public enum Comparison { Equal, NotEqual, Less, LessOrEqual, Greater, GreaterOrEqual }

/// <summary>
/// A condition on facts, as a tree. Closed. It is evaluated in three-valued logic (Kleene): a comparison with a missing fact is
/// unsure, and so is its negation, so neither <c>order.late</c> nor <c>not order.late</c> holds when nobody knows.
/// <c>= unknown</c> and <c>!= unknown</c> ask whether a fact is there, and are never unsure.
/// Names that end in <c>.missing</c> are never unsure: without a fact of that name, they hold when no fact of their group is there.
/// </summary>
public abstract record FactExpression
{
    private FactExpression() { }

    /// <summary>A flag by itself.</summary>
    /// <param name="At">0-based offset in the source, for findings.</param>
    public sealed record Flag(string Name, int At) : FactExpression;

    /// <summary>A fact compared with a written value or with another fact.</summary>
    public sealed record Compare(string Name, Comparison How, Operand With, int At) : FactExpression;

    public sealed record Not(FactExpression Inner) : FactExpression;
    public sealed record And(FactExpression Left, FactExpression Right) : FactExpression;
    public sealed record Or(FactExpression Left, FactExpression Right) : FactExpression;

    /// <summary>What a fact is compared with. Closed.</summary>
    public abstract record Operand
    {
        private Operand() { }

        /// <summary>Written out: <c>50</c>, <c>shipped</c>, <c>"partially refunded"</c>, <c>2026-12-03</c>.</summary>
        public sealed record Written(string Text) : Operand;
        /// <summary>A duration, in days: <c>1 week</c> is 7, <c>12 hours</c> is 0.5.</summary>
        public sealed record Days(decimal Count) : Operand;
        public sealed record OtherFact(string Name, int At) : Operand;
    }

    /// <summary>The names that the expression looks at.</summary>
    public IEnumerable<string> Names => this switch
    {
        Flag f => [f.Name],
        Compare { With: Operand.OtherFact other } c => [c.Name, other.Name],
        Compare c => [c.Name],
        Not n => n.Inner.Names,
        And a => a.Left.Names.Concat(a.Right.Names),
        Or o => o.Left.Names.Concat(o.Right.Names),
        _ => throw new InvalidOperationException("FactExpression is closed."),
    };

    /// <summary>Whether the expression holds for these facts; unsure when that hangs on a missing one.</summary>
    public Truth Evaluate(FactSet facts) => this switch
    {
        Flag f => FlagOf(f.Name, facts),
        Compare c => FactComparison.Evaluate(c, facts),
        Not n => Opposite(n.Inner.Evaluate(facts)),
        And a => Lesser(a.Left.Evaluate(facts), a.Right.Evaluate(facts)),
        Or o => Greater(o.Left.Evaluate(facts), o.Right.Evaluate(facts)),
        _ => throw new InvalidOperationException("FactExpression is closed."),
    };

    internal static Truth FlagOf(string name, FactSet facts) => facts.Find(name)?.Value switch
    {
        FactValue.Flag flag => flag.Value ? Truth.Yes : Truth.No,
        null when name.EndsWith(".missing", StringComparison.Ordinal) => WholeGroupIsMissing(name, facts) ? Truth.Yes : Truth.No,
        _ => Truth.Unsure,
    };

    private static bool WholeGroupIsMissing(string name, FactSet facts)
    {
        var group = name[..^"missing".Length];
        return !facts.All.Any(fact => fact.Name.StartsWith(group, StringComparison.Ordinal));
    }

    // Truth is ordered No < Unsure < Yes, which makes "and" the lesser and "or" the greater of two.
    private static Truth Lesser(Truth a, Truth b) => a < b ? a : b;
    private static Truth Greater(Truth a, Truth b) => a > b ? a : b;
    private static Truth Opposite(Truth truth) => (Truth)((int)Truth.Yes - (int)truth);
}

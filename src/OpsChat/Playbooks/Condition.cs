using OpsChat.Facts;

namespace OpsChat.Playbooks;

/// <summary>When a rule applies. Closed: code spans on facts, prose matched against the message, or several of them joined by "and".</summary>
public abstract record Condition
{
    private Condition() { }

    /// <summary>A code span: <c>shipment.days_since_scan > 3</c>. See <see cref="FactExpressionParser"/> for the language.</summary>
    public sealed record OnFacts(string Source) : Condition
    {
        /// <summary>The parsed source, or null when it cannot be read (the parser of playbooks reports that as an error).</summary>
        public FactExpression? Expression { get; } = FactExpressionParser.Parse(Source).Expression;
    }

    /// <summary>Prose: <c>the parcel is damaged</c>. Matched against the message like an example phrase.</summary>
    public sealed record InProse(string Phrase) : Condition;

    public sealed record All(IReadOnlyList<Condition> Parts) : Condition
    {
        public bool Equals(All? other) => other is not null && Parts.SequenceEqual(other.Parts);
        public override int GetHashCode() => Parts.Aggregate(17, HashCode.Combine);
    }

    /// <summary>
    /// Whether the condition holds. A condition on facts that hangs on a missing fact does not hold; only prose can be unsure.
    /// Of several parts one No is enough for No, and prose is not asked once a fact has said No.
    /// </summary>
    /// <param name="prose">Whether a phrase fits the customer's message.</param>
    public Truth Evaluate(FactSet facts, Func<string, Truth> prose) => this switch
    {
        OnFacts on => on.Expression?.Evaluate(facts) == Truth.Yes ? Truth.Yes : Truth.No,
        InProse said => prose(said.Phrase),
        All all => EvaluateAll(all.Parts, facts, prose),
        _ => throw new InvalidOperationException("Condition is closed."),
    };

    /// <summary>The fact names that the condition looks at.</summary>
    public IEnumerable<string> FactNames => this switch
    {
        OnFacts on => on.Expression?.Names ?? [],
        All all => all.Parts.SelectMany(part => part.FactNames),
        _ => [],
    };

    /// <summary>The phrases in prose that the condition asks about.</summary>
    public IEnumerable<string> ProsePhrases => this switch
    {
        InProse said => [said.Phrase],
        All all => all.Parts.SelectMany(part => part.ProsePhrases),
        _ => [],
    };

    /// <summary>As written in the playbook: code spans in backticks, parts joined by "and".</summary>
    public string Shown => this switch
    {
        OnFacts on => $"`{on.Source}`",
        InProse said => said.Phrase,
        All all => string.Join(" and ", all.Parts.Select(part => part.Shown)),
        _ => throw new InvalidOperationException("Condition is closed."),
    };

    private static Truth EvaluateAll(IReadOnlyList<Condition> parts, FactSet facts, Func<string, Truth> prose)
    {
        var least = Truth.Yes;
        foreach (var part in parts.OrderBy(part => part is InProse))
        {
            var truth = part.Evaluate(facts, prose);
            least = truth < least ? truth : least;
            if (least == Truth.No)
            {
                break;
            }
        }

        return least;
    }
}


namespace OpsChat.Playbooks;

/// <summary>Whether something holds, when it may be impossible to tell.</summary>
public enum Truth { No, Unsure, Yes }

/// <summary>When a rule applies. Closed: code spans on facts, prose matched against the message, or several of them joined by "and".</summary>
public abstract record Condition
{
    private Condition() { }

    /// <summary>A code span: <c>shipment.days_since_scan > 3</c>.</summary>
    public sealed record OnFacts(string Source) : Condition;

    /// <summary>Prose: <c>the parcel is damaged</c>. Matched against the message like an example phrase.</summary>
    public sealed record InProse(string Phrase) : Condition;

    public sealed record All(IReadOnlyList<Condition> Parts) : Condition;
}

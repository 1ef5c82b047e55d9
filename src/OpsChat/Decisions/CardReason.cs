using System.Text.Json.Serialization;
using OpsChat.Canary;

namespace OpsChat.Decisions;

/// <summary>Why a card waits for a person, as it is stored: a code, and what its sentence is about. <see cref="GateReasonText"/> words it.
/// Closed: the cases below are all there are; their codes stand in stored rows, so a code is never given another meaning.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "code")]
[JsonDerivedType(typeof(OfGate), "gate")]
[JsonDerivedType(typeof(RuleNote), "rule-note")]
[JsonDerivedType(typeof(ModelWorded), "model-worded")]
[JsonDerivedType(typeof(ModelWrote), "model-wrote")]
[JsonDerivedType(typeof(ModelProposed), "model-proposed")]
[JsonDerivedType(typeof(Failed), "failed")]
[JsonDerivedType(typeof(TappedForPerson), "tapped-for-person")]
[JsonDerivedType(typeof(TakenOver), "taken-over")]
[JsonDerivedType(typeof(Rejected), "rejected")]
[JsonDerivedType(typeof(NotNeeded), "not-needed")]
[JsonDerivedType(typeof(NobodyDecided), "nobody-decided")]
[JsonDerivedType(typeof(NotSent), "not-sent")]
[JsonDerivedType(typeof(Said), "said")]
public abstract record CardReason
{
    private CardReason() { }

    /// <summary>One of the gate's own.</summary>
    public sealed record OfGate(GateReason Reason) : CardReason;

    /// <summary>What the owner's rule says to the person who answers.</summary>
    public sealed record RuleNote(string Note) : CardReason;

    /// <summary>A model put the playbook's answer into other words.</summary>
    public sealed record ModelWorded : CardReason;

    /// <summary>No playbook fits; a model wrote the suggestion from what it looked up.</summary>
    public sealed record ModelWrote : CardReason;

    /// <summary>A model asked for an action; nothing of it is done.</summary>
    public sealed record ModelProposed : CardReason;

    /// <summary>The message could not be decided on.</summary>
    public sealed record Failed : CardReason;

    /// <summary>The customer asked for a person with the button under an answer.</summary>
    public sealed record TappedForPerson : CardReason;

    public sealed record TakenOver(string Who) : CardReason;

    /// <param name="Words">What the approver wrote to it; empty for none.</param>
    public sealed record Rejected(
        string Who,
        [property: JsonConverter(typeof(JsonStringEnumConverter<ErrorKind>))] ErrorKind Kind,
        string Words
    ) : CardReason;

    /// <summary>An approver closed it since the customer does not want it any more.</summary>
    public sealed record NotNeeded(string Who) : CardReason;

    /// <summary>The time for an approval ended.</summary>
    public sealed record NobodyDecided : CardReason;

    /// <summary>Approved, and stopped before it left.</summary>
    /// <param name="Why">What stood against it, in a sentence.</param>
    /// <param name="MayHaveLeft">An earlier attempt to send it may have succeeded.</param>
    public sealed record NotSent(string Why, bool MayHaveLeft) : CardReason;

    /// <summary>A sentence, as older versions stored them.</summary>
    public sealed record Said(string Sentence) : CardReason;

    public static IEnumerable<CardReason> Of(TurnDecision decided) => decided.Decision.Reasons.Select(reason => new OfGate(reason));
}

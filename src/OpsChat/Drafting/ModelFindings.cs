using OpsChat.Facts;

namespace OpsChat.Drafting;

/// <summary>A note on a long conversation, with what it took.</summary>
/// <param name="Text">Null when the model failed.</param>
public sealed record HandOffSummary(string? Text, IReadOnlyList<ModelUse> Uses);

/// <summary>What came of asking a model to read.</summary>
/// <param name="Reading">Null when it failed.</param>
/// <param name="WhyNot">A sentence when it failed; else empty.</param>
public sealed record ModelRead(ModelReading? Reading, IReadOnlyList<ModelUse> Uses, string WhyNot)
{
    public string Note => Reading switch
    {
        null => $"The model read nothing. {WhyNot}",
        { Issue: null } => "The model read it as none of the playbooks.",
        { Issue: var issue, Quote: var quote } => $"The model read it as {issue}, by “{quote}”.",
    };
}

/// <summary>A model's suggestion for a person, with what it rests on.</summary>
/// <param name="Text">Null when the model failed or a guardrail stopped it.</param>
/// <param name="Facts">What the look-ups brought back, with sources.</param>
/// <param name="Proposals">Actions that it wants; at most one, and nothing of it is done.</param>
/// <param name="Calls">The functions that it called.</param>
public sealed record ModelSuggestion(
    string? Text, IReadOnlyList<Fact> Facts, IReadOnlyList<ActionProposal> Proposals, IReadOnlyList<string> Calls, IReadOnlyList<ModelUse> Uses);

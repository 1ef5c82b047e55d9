using System.Text.Json;
using OpsChat.Drafting.Prompts;

namespace OpsChat.Drafting;

/// <summary>
/// Asks the model to do a job. It asks once per different prompt, within the budget, and returns the answer's text or why there is none; nothing
/// that the model, its client or the network does comes out as an exception.
/// </summary>
public interface IModelJobs
{
    Task<ModelAnswer<string>> AskAsync(ModelQuestion question, CancellationToken cancellationToken);
}

/// <summary>What is asked.</summary>
/// <param name="Prompts">The prompts in force when the turn began.</param>
/// <param name="Conversation">The conversation that pays for it.</param>
/// <param name="Data">With private details still in it; they are hidden when the prompt is rendered.</param>
/// <param name="Schema">The shape of the answer.</param>
/// <param name="Hidden">What stands for the private details; the answer's are put back by whoever asked.</param>
public sealed record ModelQuestion(PromptSet Prompts, PromptJob Job, string Conversation, PromptData Data, JsonElement Schema, Placeholders Hidden)
{
    /// <summary>Looks at an answer and says why it cannot be taken, a sentence each; it is then asked once more with these as feedback. Null:
    /// taken as it is.</summary>
    public Func<string, IReadOnlyList<string>>? Review { get; init; }

    /// <summary>The look-ups that the model may make; null for a job without any.</summary>
    public IModelLookups? Lookups { get; init; }

    public override string ToString() => $"{Job} for conversation {Conversation}";
}

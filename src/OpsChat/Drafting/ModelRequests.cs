namespace OpsChat.Drafting;

/// <summary>One turn of a conversation, as a prompt shows it.</summary>
/// <param name="Text">Line breaks are flattened in the prompt, so that no turn can look like two.</param>
public sealed record DialogueLine(bool FromCustomer, string Text)
{
    public override string ToString() => FromCustomer ? "Customer's turn" : "Shop's turn";
}

/// <summary>What every job needs to know of the conversation.</summary>
/// <param name="Conversation">Its id, which the budget and the report count by.</param>
/// <param name="CustomersWords">The words of this turn.</param>
/// <param name="Turns">The last turns before it, oldest first.</param>
/// <param name="Known">Private details from the shop's records, to be hidden from the model.</param>
public sealed record ModelContext(string Conversation, string CustomersWords, IReadOnlyList<DialogueLine> Turns, IReadOnlyList<KnownDetail> Known)
{
    public override string ToString() => $"Conversation {Conversation}";
}

/// <summary>The chosen reply, to be worded for this customer.</summary>
/// <param name="OwnersReply">Rendered: what is sent when the model fails.</param>
/// <param name="Guards">What the draft may say; its <see cref="GuardInput.Draft"/> is ignored, and the reply and the prompts are added to it.</param>
public sealed record DraftRequest(ModelContext Context, string PlaybookTitle, string OwnersReply, GuardInput Guards);

/// <summary>What will be proposed: the model's wording, or the owner's reply as it is.</summary>
/// <param name="ByModel">False when <paramref name="Text"/> is the owner's reply.</param>
/// <param name="Why">When it is the owner's, why the model's was not taken; else empty.</param>
/// <param name="Caught">What the guardrails stopped on the way, over both attempts.</param>
public sealed record ModelDraft(string Text, bool ByModel, string Why, IReadOnlyList<GuardFailure> Caught, IReadOnlyList<ModelUse> Uses);

/// <summary>Whether a prose condition holds, with the customer's words that say so.</summary>
/// <param name="Quote">Really in the customer's words; empty when nothing speaks for the condition.</param>
public sealed record ConditionJudgement(Truth Holds, string Quote, string Reason)
{
    /// <summary>The model can make a judgement more careful and never less: where the two differ, nobody knows.</summary>
    public static Truth Joined(Truth own, Truth model) => own == model ? own : Truth.Unsure;
}

/// <summary>What a model read in a message: an owner's playbook and values, all of it checked against the customer's own words.</summary>
/// <param name="Issue">One of the playbooks that were offered; null for none.</param>
/// <param name="Quote">The customer's words that decided it; they stand in this turn.</param>
/// <param name="OrderNumbers">As the customer wrote them.</param>
public sealed record ModelReading(string? Issue, string Quote, IReadOnlyList<string> OrderNumbers)
{
    public override string ToString() => $"Read as {Issue ?? "none"}";
}

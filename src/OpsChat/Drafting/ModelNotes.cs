namespace OpsChat.Drafting;

/// <summary>What the model did in one turn, for its trace: sentences for people, and the calls for the budget and the report.</summary>
internal sealed class ModelNotes
{
    private readonly List<string> _sentences = [];
    private readonly List<ModelUse> _uses = [];

    public IReadOnlyList<string> Sentences => _sentences;
    public IReadOnlyList<ModelUse> Uses => _uses;

    public void Judged(string condition, Truth ours, ModelAnswer<ConditionJudgement> answer)
    {
        _uses.AddRange(answer.Uses);
        _sentences.Add(
            answer switch
            {
                ModelAnswer<ConditionJudgement>.Given { Value: var said } =>
                    $"Does “{condition}” hold? The matcher says {Word(ours)}, the model says {Word(said.Holds)}"
                        + $"{(ConditionJudgement.Joined(ours, said.Holds) == ours ? "" : ", so a person decides")}"
                        + $".{(said.Quote.Length > 0 ? $" It quotes “{said.Quote}”." : "")}",
                ModelAnswer<ConditionJudgement>.None none =>
                    $"Does “{condition}” hold? The matcher says {Word(ours)}; the model gave no answer. {none.Sentence}",
                _ => throw new InvalidOperationException("ModelAnswer is closed."),
            }
        );
    }

    public void Worded(ModelDraft draft)
    {
        _uses.AddRange(draft.Uses);
        _sentences.AddRange(draft.Caught.Select(f => $"Stopped by {f.Guardrail}: {f.Sentence}"));
        _sentences.Add(draft.ByModel ? "The model worded the reply." : $"The owner's words were kept. {draft.Why}");
    }

    public void Composed(ModelAnswer<ComposedReply> answer)
    {
        _uses.AddRange(answer.Uses);
        _sentences.Add(answer switch
        {
            ModelAnswer<ComposedReply>.Given { Value.Chosen: { Count: > 0 } chosen } => $"The model added the owner's {string.Join(", ", chosen)}.",
            ModelAnswer<ComposedReply>.None none => $"The owner's reply was left alone. {none.Sentence}",
            _ => "The model added nothing to the owner's reply.",
        });
    }

    public void Proposed(ModelAnswer<string> answer, string language, bool isUsable)
    {
        _uses.AddRange(answer.Uses);
        _sentences.Add(answer switch
        {
            ModelAnswer<string>.None none => $"No translation was proposed. {none.Sentence}",
            _ when isUsable => $"A translation into {language} was proposed to the owner; the reply left as the owner wrote it.",
            _ => "No translation was proposed: the model lost a place for a fact.",
        });
    }

    public void Translated(ModelAnswer<string> answer)
    {
        _uses.AddRange(answer.Uses);
        _sentences.Add(
            answer is ModelAnswer<string>.None none
                ? $"The owner's words were kept. {none.Sentence}"
                : "The model translated the owner's words."
        );
    }

    /// <summary>The last look turned the model's words down.</summary>
    public void Kept(string why) => _sentences.Add($"The owner's words were kept after all. {why}");

    private static string Word(Truth truth) => truth.ToString().ToLowerInvariant();
}

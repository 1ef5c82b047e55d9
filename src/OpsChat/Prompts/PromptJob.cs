namespace OpsChat.Prompts;

/// <summary>What the model is asked to do. One file of the prompts folder each.</summary>
public enum PromptJob
{
    /// <summary><c>draft.hbs</c>: word the chosen reply for this customer.</summary>
    Draft,
    /// <summary><c>judge-condition.hbs</c>: whether a prose condition holds.</summary>
    JudgeCondition,
    /// <summary><c>translate.hbs</c>: one text into another language.</summary>
    Translate,
    /// <summary><c>summarise.hbs</c>: a conversation for the card of whoever takes over.</summary>
    Summarise,
}

/// <summary>What a prompt may put into its places. Everything but <see cref="Language"/> and <see cref="MaxWords"/> is somebody's words.</summary>
public sealed record PromptData
{
    /// <summary>The words of this turn.</summary>
    public string CustomerWords { get; init; } = "";

    /// <summary>The last turns, a line each, oldest first; empty when this is the first.</summary>
    public string Conversation { get; init; } = "";

    public string PlaybookTitle { get; init; } = "";

    /// <summary>The owner's text, rendered: the whole of what may be said.</summary>
    public string PlaybookReply { get; init; } = "";

    /// <summary>Released facts by name, as shown.</summary>
    public IReadOnlyList<(string Name, string Value)> Facts { get; init; } = [];

    /// <summary>BCP 47 tag.</summary>
    public string Language { get; init; } = "";

    /// <summary>0 when the job has no limit.</summary>
    public int MaxWords { get; init; }

    public string Condition { get; init; } = "";

    public string Text { get; init; } = "";

    /// <summary>Why an earlier attempt was stopped, a sentence each.</summary>
    public IReadOnlyList<string> Failures { get; init; } = [];
}

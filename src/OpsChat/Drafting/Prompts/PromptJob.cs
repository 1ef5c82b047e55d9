namespace OpsChat.Drafting.Prompts;

/// <summary>What the model is asked to do. One file of the prompts folder each.</summary>
public enum PromptJob
{
    /// <summary><c>draft.scriban</c>: word the chosen reply for this customer.</summary>
    Draft,
    /// <summary><c>judge-condition.scriban</c>: whether a prose condition holds.</summary>
    JudgeCondition,
    /// <summary><c>translate.scriban</c>: one text into another language.</summary>
    Translate,
    /// <summary><c>summarise.scriban</c>: a conversation for the card of whoever takes over.</summary>
    Summarise,
    /// <summary><c>read.scriban</c>: which playbook a message is about, or none, and what it tells.</summary>
    Read,
    /// <summary><c>compose.scriban</c>: which of the owner's phrases go with a reply.</summary>
    Compose,
    /// <summary><c>suggest.scriban</c>: a reply for a person to send, from look-ups in the shop's data.</summary>
    Suggest,
    /// <summary><c>ask.scriban</c>: an owner's question, answered from look-ups.</summary>
    Ask,
}

/// <summary>A text that a prompt offers under a short name.</summary>
/// <param name="About">What it is for; empty where the text says it.</param>
public sealed record PromptChoice(string Id, string Text, string About = "");

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

    /// <summary>An owner's question to the assistant.</summary>
    public string Question { get; init; } = "";

    /// <summary>Why an earlier attempt was stopped, a sentence each.</summary>
    public IReadOnlyList<string> Failures { get; init; } = [];

    /// <summary>The playbooks to choose from.</summary>
    public IReadOnlyList<PromptChoice> Playbooks { get; init; } = [];

    /// <summary>The owner's phrases to choose from.</summary>
    public IReadOnlyList<PromptChoice> Phrases { get; init; } = [];

    /// <summary>Further texts of the playbook to choose from.</summary>
    public IReadOnlyList<PromptChoice> Additions { get; init; } = [];

    /// <summary>Names of the values that a reading may bring.</summary>
    public IReadOnlyList<string> Slots { get; init; } = [];

    /// <summary>The same with everything that may hold a customer's details put through <paramref name="hide"/>.</summary>
    public PromptData With(Func<string, string> hide) => this with
    {
        CustomerWords = hide(CustomerWords),
        Conversation = hide(Conversation),
        PlaybookReply = hide(PlaybookReply),
        Text = hide(Text),
        Question = hide(Question),
        Facts = [.. Facts.Select(fact => (fact.Name, hide(fact.Value)))],
        Failures = [.. Failures.Select(hide)],
        Additions = [.. Additions.Select(addition => addition with { Text = hide(addition.Text) })],
    };
}

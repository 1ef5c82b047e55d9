namespace OpsChat.Drafting;

/// <summary>Why there is no answer of the model.</summary>
public enum ModelFailure
{
    /// <summary>No model or no prompt is set up.</summary>
    Off,
    /// <summary>The day's or the conversation's tokens or money are spent.</summary>
    OutOfBudget,
    /// <summary>No connection, a server error, or the circuit is open after several of them.</summary>
    Unreachable,
    TooSlow,
    /// <summary>The provider asks to wait longer than an answer may take.</summary>
    Limited,
    /// <summary>The key or the request was turned down.</summary>
    Rejected,
    Empty,
    /// <summary>The answer reached the token limit, or ended without saying that it was complete.</summary>
    CutOff,
    /// <summary>The model or a filter of its provider declined.</summary>
    Refused,
    /// <summary>Not the JSON that was asked for.</summary>
    Malformed,
    /// <summary>The guardrails stopped it.</summary>
    Stopped,
}

/// <summary>One call of the model, for the trace, the budget and the report.</summary>
/// <param name="Job">File name of the prompt without <c>.scriban</c>.</param>
/// <param name="InputTokens">As the provider counts; estimated when it does not say.</param>
/// <param name="Cost">In the currency of the configured prices.</param>
/// <param name="Outcome"><c>answered</c>, <c>remembered</c> (an identical prompt was answered before, nothing was asked), or the failure's
/// name.</param>
public sealed record ModelUse(
    DateTimeOffset At,
    string Conversation,
    string Job,
    string Model,
    long InputTokens,
    long OutputTokens,
    decimal Cost,
    TimeSpan Took,
    string Outcome
)
{
    public const string Answered = "answered";
    public const string Remembered = "remembered";

    public long Tokens => InputTokens + OutputTokens;

    /// <summary>False when the answer to an identical prompt was at hand.</summary>
    public bool WasCalled => Outcome != Remembered;
}

/// <summary>What came of asking the model. Closed; a model's failure is a value and reaches the pipeline as one.</summary>
/// <typeparam name="T">The job's result.</typeparam>
public abstract record ModelAnswer<T>
{
    private ModelAnswer() { }

    /// <summary>The calls that it took, failed ones included; empty when nothing was asked.</summary>
    public IReadOnlyList<ModelUse> Uses { get; init; } = [];

    public sealed record Given(T Value) : ModelAnswer<T>;

    /// <param name="Sentence">For the trace and the owner; holds no customer's words.</param>
    public sealed record None(ModelFailure Failure, string Sentence) : ModelAnswer<T>;

    /// <summary>The value put through <paramref name="next"/>; a failure stays what it is.</summary>
    internal ModelAnswer<TNext> Then<TNext>(Func<T, ModelAnswer<TNext>> next) => this switch
    {
        Given given => next(given.Value) with { Uses = Uses },
        None none => new ModelAnswer<TNext>.None(none.Failure, none.Sentence) { Uses = Uses },
        _ => throw new InvalidOperationException("ModelAnswer is closed."),
    };
}

namespace OpsChat.Host.Web;

/// <summary>A field that the browser did not post is null, and the page to go back to is then the queue.</summary>
abstract record PostedForm
{
    public string? Return { get; init; }
}

sealed record DecisionForm : PostedForm
{
    public string? Id { get; init; }
    public string? Hash { get; init; }
    public string? Verb { get; init; }
    public string? Text { get; init; }
    public string? Kind { get; init; }
    public string? Reason { get; init; }

    /// <summary>The digest of what has to be confirmed, when it was looked at.</summary>
    public string? Confirm { get; init; }
}

sealed record AnswerForm : PostedForm
{
    public string? Id { get; init; }
    public string? Text { get; init; }

    /// <summary>As in <see cref="DecisionForm"/>.</summary>
    public string? Confirm { get; init; }
}

sealed record ItemForm : PostedForm
{
    public string? Id { get; init; }
}

sealed record TranslationForm : PostedForm
{
    public string? Id { get; init; }

    /// <summary><c>take</c>; anything else rejects.</summary>
    public string? Verb { get; init; }
    public string? Text { get; init; }
}

sealed record JudgementForm : PostedForm
{
    public string? Case { get; init; }
    public string? Answer { get; init; }

    /// <summary><c>right</c>, or a kind of error.</summary>
    public string? Found { get; init; }
}

sealed record RolloutForm : PostedForm
{
    /// <summary><c>set</c>, <c>promote</c>, <c>rollback</c>, <c>pause</c>, <c>resume</c>, or <c>yes</c> and <c>no</c> to a question.</summary>
    public string? Verb { get; init; }

    /// <summary>The id of the question that is answered.</summary>
    public string? Question { get; init; }

    /// <summary>Empty for the whole.</summary>
    public string? Playbook { get; init; }
    public decimal? Percentage { get; init; }
    public string? Why { get; init; }

    /// <summary>For <c>pause</c>: one of the reasons that are offered.</summary>
    public string? Reason { get; init; }
}

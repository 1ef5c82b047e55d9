namespace OpsChat.Decisions;

/// <summary>The words of a turn that are decided together.</summary>
/// <param name="Number">Counts the matters of a turn, from 0.</param>
public sealed record Matter(string Text, int Number)
{
    /// <summary>The goods that an earlier part of the message named, which "they" may mean here.</summary>
    public Facts.ProductFocus Named { get; init; } = Facts.ProductFocus.None;

    /// <summary>The id of the case that the matter opens, should it open one.</summary>
    public string CaseIdIn(Messages.Turn turn) => Number == 0 ? turn.NewCaseId : $"{turn.NewCaseId}-{Number}";
}

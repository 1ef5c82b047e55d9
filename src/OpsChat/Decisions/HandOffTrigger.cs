using OpsChat.Facts;
using OpsChat.Playbooks;

namespace OpsChat.Decisions;

/// <summary>A row of the owner's hand-off table that is about conversations: when it holds, a person answers. It can only make the agent more
/// careful.</summary>
/// <param name="Function">As the owner calls it; shown to the person.</param>
/// <param name="When">A condition on facts, in the playbooks' grammar. A fact that is not known makes nothing hold.</param>
public sealed record HandOffTrigger(string Function, string When)
{
    /// <summary>Rows for all conversations; a row may also be named for one playbook or one of their modules.</summary>
    private const string Conversations = "support";

    /// <summary>The rows of the table that are about conversations with these playbooks; the others are about what operations do.</summary>
    public static IReadOnlyList<HandOffTrigger> Of(IEnumerable<HandOffTrigger> table, PlaybookSet playbooks) =>
        [.. table.Where(row => IsOfConversations(row.Function, playbooks))];

    public bool Holds(Playbook? playbook, FactSet facts) =>
        (Function == Conversations || Function == playbook?.Issue || Function == playbook?.Settings.Module)
        && FactExpressionParser.Parse(When).Expression?.Evaluate(facts) == Truth.Yes;

    /// <summary>Whether rows of that function are about conversations with these playbooks.</summary>
    public static bool IsOfConversations(string function, PlaybookSet playbooks) =>
        function == Conversations || playbooks.Playbooks.Any(playbook => playbook.Issue == function || playbook.Settings.Module == function);
}

using OpsChat.Facts;
using OpsChat.Operations.Settings;

namespace OpsChat.Operations.Queue;

/// <summary>
/// The owner's hand-off table on alerts: where a row holds, the alert goes to a person, says so, and nothing about it is done by itself. A row
/// can only make the agent more careful.
/// </summary>
public static class AlertHandOffs
{
    /// <summary>Who gets what a row hands over, unless a route says otherwise.</summary>
    internal const string Person = "owner";

    private const string Source = "operations.config.json";
    private const string Words = "Your hand-off table asks for a person: ";

    /// <summary>The rows that hold for the alert.</summary>
    public static IReadOnlyList<HandOffRow> Of(Alert alert, OperationsSettings settings)
    {
        if (settings.HandOffs.Count == 0)
        {
            return [];
        }

        var facts = new Lazy<FactSet>(() => AlertRouting.FactsOf(alert, settings));
        return [.. settings.HandOffs.Where(row => HandOffFunctions.Includes(row.Function, alert.Monitor, alert.Actions.Select(a => a.Kind))
            && row.Condition.Evaluate(facts.Value) == Truth.Yes)];
    }

    /// <summary>The alert with a line of evidence for each row that holds, and without those of rows that hold no longer.</summary>
    internal static Alert Told(Alert alert, IReadOnlyList<HandOffRow> rows)
    {
        var others = alert.Evidence.Where(e => e.Source != Source || !e.Text.StartsWith(Words, StringComparison.Ordinal)).ToList();
        return rows.Count == 0 && others.Count == alert.Evidence.Count ? alert
            : alert with { Evidence = [.. others, .. rows.Select(r => new Monitors.EvidenceRow(Sentence(r), Source, null, alert.CheckedAt))] };
    }

    private static string Sentence(HandOffRow row) =>
        $"{Words}{row.Trigger}.{(row.Person.Length == 0 ? "" : $" A person {row.Person.TrimEnd('.')}.")}";
}

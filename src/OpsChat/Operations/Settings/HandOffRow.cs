using System.Collections.Immutable;
using OpsChat.Operations.Actions;
using OpsChat.Playbooks;

namespace OpsChat.Operations.Settings;

/// <summary>One row of the hand-off table: what the agent does, what a person does, and when the person is called.</summary>
public sealed record HandOffRow(string Function, string Agent, string Person, string Trigger, FactExpression Condition);

/// <summary>
/// The functions of the hand-off table that are about what operations do, and what their rows may ask. Rows of other functions are about
/// conversations: <c>support</c>, or a playbook or a module of theirs.
/// </summary>
public static class HandOffFunctions
{
    /// <summary>The function whose rows look at orders before they leave.</summary>
    public const string Orders = "orders";

    private static readonly ImmutableDictionary<string, ImmutableHashSet<ActionKind>> s_byAction =
        new Dictionary<string, ImmutableHashSet<ActionKind>>
        {
            ["purchases"] = [ActionKind.PurchaseOrder],
            ["refunds"] = [ActionKind.Refund],
            ["listings"] = [ActionKind.ListingEdit, ActionKind.SizeChartEdit, ActionKind.PageMessage],
            ["notices"] = [ActionKind.CustomerNotice],
        }.ToImmutableDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly ImmutableHashSet<string> s_areas = ImmutableHashSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "stock", "suppliers", "parcels", Orders, "returns", "ads", "fulfilment", "subscriptions", "data-quality", "support-volume");

    private static readonly ImmutableArray<string> s_orderFacts =
        ["order.total", "order.pieces", "order.risk", "order.address_mismatches"];

    /// <summary>Whether rows of that function are about what operations do.</summary>
    public static bool IsOurs(string function) => s_byAction.ContainsKey(function) || s_areas.Contains(function);

    /// <summary>The names that a row of that function may ask for; null where playbooks say which there are.</summary>
    /// <param name="alertFacts">What is known of every alert.</param>
    public static IReadOnlyList<string>? FactsOf(string function, IEnumerable<string> alertFacts) => !IsOurs(function) ? null
        : IsSame(function, Orders) ? [.. alertFacts, .. s_orderFacts]
        : IsSame(function, "purchases") ? [.. alertFacts, s_orderFacts[0]]
        : [.. alertFacts];

    /// <summary>Whether an alert of that monitor with these proposals belongs to the function.</summary>
    public static bool Includes(string function, string monitor, IEnumerable<ActionKind> proposed) =>
        s_byAction.TryGetValue(function, out var kinds) ? proposed.Any(kinds.Contains) : IsSame(function, OperationsSettings.AreaOf(monitor));

    internal static bool IsSame(string function, string other) => string.Equals(function, other, StringComparison.OrdinalIgnoreCase);
}

using OpsChat.Text;

namespace OpsChat.Playbooks;

/// <summary>What a playbook's answer depends on, and a customer may therefore tell: its conditions and texts name such facts, or its examples
/// name places.</summary>
[Flags]
public enum PlaybookNeeds
{
    None = 0,
    Product = 1,
    Order = 2,
    Place = 4,

    /// <summary>How many pieces are wanted.</summary>
    Quantity = 8,

    /// <summary>The day by which something is wanted.</summary>
    Day = 16,
}

/// <summary>Reads <see cref="PlaybookNeeds"/> off a playbook. Pure.</summary>
public static class NeedsOfPlaybook
{
    // One example may name a place by chance.
    private const int FewestPlaces = 2;

    public static PlaybookNeeds Of(Playbook playbook)
    {
        var names = playbook.FactNames();
        var groups = names.Select(name => name.Split('.')[0]).ToHashSet(StringComparer.Ordinal);
        return (groups.Contains("product") ? PlaybookNeeds.Product : PlaybookNeeds.None)
            | (groups.Overlaps(["order", "shipment", "return"]) ? PlaybookNeeds.Order : PlaybookNeeds.None)
            // A playbook that multiplies a price by it is one of prices, and none that answers how many are there.
            | (names.Contains("product.quantity") && !names.Contains("product.total") ? PlaybookNeeds.Quantity : PlaybookNeeds.None)
            | (names.Contains("told.date") ? PlaybookNeeds.Day : PlaybookNeeds.None)
            | (playbook.Examples.Count(example => Places.In(example).Count > 0) >= FewestPlaces ? PlaybookNeeds.Place : PlaybookNeeds.None);
    }
}

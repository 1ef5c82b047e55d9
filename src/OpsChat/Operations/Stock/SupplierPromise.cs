using OpsChat.Operations.History;

namespace OpsChat.Operations.Stock;

/// <summary>Whether a supplier kept its word, by the day: one rule for the suppliers' page, the assistant and the watch of what was agreed.</summary>
public static class SupplierPromise
{
    /// <summary>It came, or its day is over: whether it is late can be said. False without a promised day.</summary>
    public static bool IsDue(ShopMoment shop, SupplyOrder line) =>
        line.ExpectedAt is not null && (line.CompleteAt(shop.Now) is not null || IsLate(shop, line));

    /// <summary>It came after the promised day, or is still to come and that day is over.</summary>
    public static bool IsLate(ShopMoment shop, SupplyOrder line) =>
        line.ExpectedAt is { } promised && shop.Calendar.Day(line.CompleteAt(shop.Now) ?? shop.Now) > shop.Calendar.Day(promised);
}

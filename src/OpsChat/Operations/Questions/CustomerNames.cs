using OpsChat.Operations.History;

namespace OpsChat.Operations.Questions;

/// <summary>Customers by the name that the shop's orders have now, else by the beginning of the address; where the shop's system names nobody,
/// and beside a name that several have, by the newest order.</summary>
internal sealed class CustomerNames
{
    /// <summary>Stands for orders that name no customer.</summary>
    public const string NotSaid = "not said";

    private readonly Dictionary<string, string> _names;

    public CustomerNames(ShopMoment shop, OwnerRecords records)
    {
        var buyers = records.Buyers.SelectMany(b => b.Keys.Select(key => (Key: key, b.Name))).DistinctBy(b => b.Key)
            .ToDictionary(b => b.Key, b => b.Name, StringComparer.Ordinal);
        string? Known(string customer) => buyers.GetValueOrDefault(customer) ?? records.Addresses.GetValueOrDefault(customer);
        var customers = shop.OrdersSince(DateTimeOffset.MinValue).Where(o => o.Customer is not null)
            .GroupBy(o => o.Customer!, StringComparer.Ordinal).Select(g => (g.Key, Name: Known(g.Key), Newest: g.Last().Number)).ToList();
        HaveNames = customers.Exists(c => c.Name is not null);
        var shared = customers.GroupBy(c => c.Name, StringComparer.Ordinal).Where(g => g.Key is not null && g.Skip(1).Any())
            .Select(g => g.Key!).ToHashSet(StringComparer.Ordinal);
        _names = customers.ToDictionary(c => c.Key,
            c => c.Name is null ? $"of order {c.Newest}" : shared.Contains(c.Name) ? $"{c.Name} (order {c.Newest})" : c.Name, StringComparer.Ordinal);
    }

    /// <summary>Some customer is shown by a name or an address, of which no model is told.</summary>
    public bool HaveNames { get; }

    /// <param name="customer">The key that orders have; null where the order names nobody.</param>
    public string Of(string? customer) => customer is null ? NotSaid : _names.GetValueOrDefault(customer, NotSaid);
}

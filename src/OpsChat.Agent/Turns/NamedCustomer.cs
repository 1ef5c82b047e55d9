using OpsChat.Facts;

namespace OpsChat.Agent;

/// <summary>A customer of the shop's data, for whom something is tried as if the channel vouched for them.</summary>
/// <param name="Name">As the data have it; null when they do not.</param>
/// <param name="Email">Lower case.</param>
public sealed record NamedCustomer(string? Name, string Email)
{
    public IdentityState Identity => IdentityState.Nothing with { VouchedEmail = Email };

    /// <param name="who">An e-mail address, an order number, or a buyer's whole name that no other buyer has.</param>
    /// <returns>Null when the data know nobody so, or several.</returns>
    /// <exception cref="ShopUnavailableException">The source cannot be read now.</exception>
    public static async Task<NamedCustomer?> FindAsync(IShop shop, string who, CancellationToken cancellationToken)
    {
        var wanted = who.Trim();
        if (wanted.Contains('@', StringComparison.Ordinal))
        {
            var orders = await shop.OrdersOfAsync(wanted.ToLowerInvariant(), cancellationToken);
            var known = await shop.FindCustomerAsync(wanted.ToLowerInvariant(), cancellationToken);
            return orders.Count == 0 && known is null
                ? null
                : new(orders.Select(order => order.BuyerName).OfType<string>().FirstOrDefault(), wanted.ToLowerInvariant());
        }

        if (await shop.FindOrderAsync(wanted, cancellationToken) is { Email: { } email } one)
        {
            return new(one.BuyerName, email);
        }

        var emails = (await shop.RecentOrdersAsync(cancellationToken))
            .Where(order => string.Equals(order.BuyerName, wanted, StringComparison.OrdinalIgnoreCase))
            .Select(order => (order.BuyerName, order.Email))
            .Where(buyer => buyer.Email is not null)
            .Distinct()
            .ToList();
        return emails is [var buyer] ? new(buyer.BuyerName, buyer.Email!) : null;
    }

    /// <summary>Shows no personal data.</summary>
    public override string ToString() => "a customer of the shop's data";
}

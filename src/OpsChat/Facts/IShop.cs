using OpsChat.Text;
using OpsChat.Understanding;

namespace OpsChat.Facts;

/// <summary>
/// The shop's own data, read-only. Every answer is about exactly what was asked for: an implementation checks each record that
/// comes back and drops what does not match. An unknown order, product or customer is null, an empty list or
/// <see cref="ProductMatch.None"/>; only a source that cannot be read throws (<see cref="ShopUnavailableException"/>).
/// </summary>
public interface IShop
{
    /// <param name="number">In any spelling that <see cref="OrderNumber.Key"/> knows: <c>#1001</c>, <c>1001</c>.</param>
    Task<Order?> FindOrderAsync(string number, CancellationToken cancellationToken);

    /// <summary>The orders placed with this e-mail address, newest first where dates are known.</summary>
    Task<IReadOnlyList<Order>> OrdersOfAsync(string email, CancellationToken cancellationToken);

    /// <summary>The product that a message names, by its words or a SKU.</summary>
    Task<ProductMatch> FindProductAsync(string message, CancellationToken cancellationToken);

    /// <summary>A search over all products, or over those that these words may mean.</summary>
    Task<ProductSearch> CatalogueAsync(string words, CancellationToken cancellationToken);

    /// <summary>Stock of these articles; an unknown SKU has no entry.</summary>
    Task<IReadOnlyList<StockLevel>> StockAsync(IReadOnlyCollection<string> skus, CancellationToken cancellationToken);

    Task<IReadOnlyList<Shipment>> ShipmentsOfAsync(string orderNumber, CancellationToken cancellationToken);

    Task<IReadOnlyList<ReturnRequest>> ReturnsOfAsync(string orderNumber, CancellationToken cancellationToken);

    Task<Customer?> FindCustomerAsync(string email, CancellationToken cancellationToken);

    /// <summary>The titles of all products, so that a reply which names another one than it is about can be told; empty when the source lists
    /// none.</summary>
    Task<IReadOnlyList<string>> ProductTitlesAsync(CancellationToken cancellationToken);

    /// <summary>The shop's orders, newest first, for the owner to choose an example from; empty when the source lists none.</summary>
    /// <exception cref="ShopUnavailableException">The source cannot be read now.</exception>
    Task<IReadOnlyList<Order>> RecentOrdersAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<Order>>([]);

    /// <summary>False when no product is in force at all: then a product is not unknown, it cannot be looked up.</summary>
    bool HasProducts => true;

    /// <summary>What this shop's order numbers look like, so that customers can type them as printed.</summary>
    OrderNumberShapes OrderNumbers => OrderNumberShapes.None;
}

/// <summary>The shop's data cannot be read now. The message is one sentence that says what to do.</summary>
public sealed class ShopUnavailableException : Exception
{
    public ShopUnavailableException() { }
    public ShopUnavailableException(string message) : base(message) { }
    public ShopUnavailableException(string message, Exception innerException) : base(message, innerException) { }
}

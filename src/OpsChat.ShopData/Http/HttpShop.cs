using OpsChat.Facts;
using OpsChat.Text;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace OpsChat.ShopData.Http;

/// <summary>
/// A shop system behind HTTP. It answers GET requests with JSON in camelCase, or with 404 for what it does not know:
/// <list type="bullet">
/// <item><c>orders/{number}</c>: an order; <c>orders?email=</c>: an array of orders</item>
/// <item><c>orders/{number}/shipments</c>, <c>orders/{number}/returns</c>: arrays, each entry with its <c>order</c></item>
/// <item><c>products?words=</c>: an array of the products that a message may mean, better too many than too few</item>
/// <item><c>product-titles</c>: an array of words; may be left out</item>
/// <item><c>stock?sku=&amp;sku=</c>: an array; <c>customers?email=</c>: an array of at most one</item>
/// </list>
/// The members are those of the records in ShopJson.cs; numbers are keys as of <see cref="OrderNumber.Key"/>. What comes back for
/// another number, e-mail or SKU than was asked for is dropped.
/// </summary>
/// <param name="client">With the base address (ending in a slash), the credentials and a timeout of a few seconds.</param>
public sealed class HttpShop(HttpClient client, TimeProvider time) : IShop
{
    private const int MostWords = 400;

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { RespectNullableAnnotations = true };

    public async Task<Order?> FindOrderAsync(string number, CancellationToken cancellationToken)
    {
        var key = OrderNumber.Key(number);
        var path = $"orders/{Uri.EscapeDataString(key)}";
        var order = key.Length == 0 ? null : await GetAsync<OrderJson>(path, cancellationToken);
        return order is not null && OrderNumber.Key(order.Number) == key ? ToOrder(order, path) : null;
    }

    public async Task<IReadOnlyList<Order>> OrdersOfAsync(string email, CancellationToken cancellationToken)
    {
        var path = $"orders?email={Uri.EscapeDataString(email)}";
        var orders = await ListAsync<OrderJson>(path, cancellationToken);
        return [.. orders.Where(o => Same(o.Email, email)).Select(o => ToOrder(o, path)).OrderByDescending(o => o.Dates.Placed)];
    }

    public async Task<ProductMatch> FindProductAsync(string message, CancellationToken cancellationToken) =>
        (await CatalogueAsync(message, cancellationToken)).Find(message);

    public async Task<ProductSearch> CatalogueAsync(string words, CancellationToken cancellationToken)
    {
        // The end of a long message is where the latest words are.
        var latest = words.Length <= MostWords ? words : words[^MostWords..];
        var path = $"products?words={Uri.EscapeDataString(latest)}";
        var products = await ListAsync<ProductJson>(path, cancellationToken);
        return new([.. products.Where(p => p.Variants.Count > 0).Select(p => p.ToProduct(SourceOf("products")))]);
    }

    public async Task<IReadOnlyList<StockLevel>> StockAsync(IReadOnlyCollection<string> skus, CancellationToken cancellationToken)
    {
        if (skus.Count == 0)
        {
            return [];
        }

        var levels = await ListAsync<StockLevelJson>(
            "stock?" + string.Join('&', skus.Select(s => $"sku={Uri.EscapeDataString(s)}")),
            cancellationToken
        );
        return
        [
            .. levels
                .Where(l => skus.Contains(l.Sku))
                .Select(l => new StockLevel(l.Sku, l.OnHand, l.IsAvailable, l.SoldIn28Days, l.RestockOn, SourceOf("stock"))),
        ];
    }

    public async Task<IReadOnlyList<Shipment>> ShipmentsOfAsync(string orderNumber, CancellationToken cancellationToken)
    {
        var path = $"orders/{Uri.EscapeDataString(OrderNumber.Key(orderNumber))}/shipments";
        var shipments = await ListAsync<ShipmentJson>(path, cancellationToken);
        return [.. shipments.Where(s => SameNumber(s.Order, orderNumber)).Select(s => s.ToShipment(SourceOf(path)))];
    }

    public async Task<IReadOnlyList<ReturnRequest>> ReturnsOfAsync(string orderNumber, CancellationToken cancellationToken)
    {
        var path = $"orders/{Uri.EscapeDataString(OrderNumber.Key(orderNumber))}/returns";
        var returns = await ListAsync<ReturnJson>(path, cancellationToken);
        return [.. returns.Where(r => SameNumber(r.Order, orderNumber)).Select(r => r.ToReturn(SourceOf(path)))];
    }

    public async Task<Customer?> FindCustomerAsync(string email, CancellationToken cancellationToken)
    {
        var customers = await ListAsync<CustomerJson>($"customers?email={Uri.EscapeDataString(email)}", cancellationToken);
        return customers.FirstOrDefault(c => Same(c.Email, email))?.ToCustomer(SourceOf("customers"));
    }

    public async Task<IReadOnlyList<string>> ProductTitlesAsync(CancellationToken cancellationToken) =>
        await ListAsync<string>("product-titles", cancellationToken);

    private Order ToOrder(OrderJson order, string path) => order.ToOrder(SourceOf(path.Split('?')[0]))
        ?? throw Unusable(path, $"\"{order.Status}\" is not an order status that OpsChat knows");

    private async Task<IReadOnlyList<T>> ListAsync<T>(string path, CancellationToken cancellationToken) where T : class =>
        [.. (await GetAsync<List<T?>>(path, cancellationToken) ?? []).OfType<T>()];

    private async Task<T?> GetAsync<T>(string path, CancellationToken cancellationToken) where T : class
    {
        try
        {
            using var response = await client.GetAsync(new Uri(path, UriKind.Relative), cancellationToken);
            return response.StatusCode == HttpStatusCode.NotFound
                ? null
                : await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<T>(s_json, cancellationToken);
        }
        catch (HttpRequestException error)
        {
            throw new ShopUnavailableException(
                $"The shop system at {Address} does not answer ({error.Message}); check that it runs and that OpsChat__Shop is its address.",
                error
            );
        }
        catch (OperationCanceledException error) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ShopUnavailableException($"The shop system at {Address} did not answer within {client.Timeout.TotalSeconds:0} s.", error);
        }
        // Not JSON, or in a character set that nobody knows: a maintenance page, for one.
        catch (Exception error) when (error is JsonException or InvalidOperationException or NotSupportedException)
        {
            throw Unusable(path, error.Message, error);
        }
    }

    /// <summary>Without a name and a password, should there be any in it, and without the path, which may be a key.</summary>
    private string Address => client.BaseAddress is { } address ? $"{address.Scheme}://{address.Authority}" : "(no address)";

    // Without the query: it may hold the customer's words or address.
    private static ShopUnavailableException Unusable(string path, string why, Exception? error = null) =>
        new($"The shop system's answer to {path.Split('?')[0]} cannot be used: {why}.", error!);

    private Source SourceOf(string path) => new($"{client.BaseAddress?.Host} {path}", time.GetUtcNow());

    private static bool Same(string? theirs, string asked) => string.Equals(theirs?.Trim(), asked.Trim(), StringComparison.OrdinalIgnoreCase);

    private static bool SameNumber(string theirs, string asked) => OrderNumber.Key(theirs) == OrderNumber.Key(asked);
}

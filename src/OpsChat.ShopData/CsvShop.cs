using OpsChat.Facts;
using OpsChat.Text;
using OpsChat.Understanding;

namespace OpsChat.ShopData;

/// <summary>
/// The shop's data from a folder of CSV exports. Everything is held in memory with indexes; <see cref="Refresh"/> reads the folder
/// again when a file changed and swaps the whole set, or keeps the last good one when the new orders cannot be read.
/// </summary>
public sealed class CsvShop : IShop
{
    private readonly string _folder;
    private readonly ShopFolder _files;
    private readonly TimeProvider _time;
    private readonly Lock _refreshing = new();
    private volatile ShopSnapshot? _current;
    private volatile IReadOnlyList<Finding> _findings = [];
    private volatile IReadOnlyList<FileSummary> _summaries = [];
    private string? _stamp;

    /// <summary>Reads the folder once. Unreadable orders do not throw here: see <see cref="Findings"/>.</summary>
    public CsvShop(string folder, ShopFolderSettings settings, TimeProvider time)
    {
        (_folder, _files, _time) = (folder, new(folder, settings), time);
        Refresh();
    }

    /// <inheritdoc cref="CsvShop(string, ShopFolderSettings, TimeProvider)"/>
    /// <param name="zone">The shop's time zone: of dates without an offset, and of "today" for demo data.</param>
    /// <param name="currency">ISO 4217, of amounts that name none.</param>
    public CsvShop(string folder, TimeZoneInfo zone, string currency, TimeProvider time)
        : this(folder, new ShopFolderSettings(zone, currency), time) { }

    /// <summary>What is wrong in the files as they are now; errors mean that they are not in force.</summary>
    public IReadOnlyList<Finding> Findings => _findings;

    /// <summary>The files as they are now, each with what was read from it and what its missing columns cost.</summary>
    public IReadOnlyList<FileSummary> Files => _summaries;

    public OrderNumberShapes OrderNumbers => _current?.Numbers ?? OrderNumberShapes.None;

    /// <summary>Orders, products and customers in force; null when nothing could be read yet.</summary>
    public (int Orders, int Products, int Customers)? Counts =>
        _current is { } c ? (c.Orders.Count, c.Products.Count, c.CustomerCount) : null;

    /// <summary>Reads the folder when a file in it changed since the last look. True when there is something new to tell: other data, or other
    /// findings.</summary>
    public bool Refresh()
    {
        lock (_refreshing)
        {
            var stamp = _files.Stamp();
            if (stamp == _stamp)
            {
                return false;
            }

            try
            {
                var (snapshot, findings, files) = _files.Read(_time.GetUtcNow());
                _current = snapshot ?? _current;
                _summaries = files;
                _findings = findings;
                _stamp = stamp;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // A spreadsheet holds the file open while it saves; the stamp stays old, so the next look tries again.
                var finding = new Finding(
                    _folder,
                    1,
                    1,
                    $"The folder {_folder} cannot be read: {error.Message}",
                    "Close the file elsewhere, or allow reading it."
                );
                var isNews = !_findings.Contains(finding);
                _findings = [finding];
                return isNews;
            }

            return true;
        }
    }

    public bool HasProducts => Current.Products.Count > 0;

    public Task<Order?> FindOrderAsync(string number, CancellationToken cancellationToken) => Task.FromResult(CurrentOrders.Order(number));

    public Task<IReadOnlyList<Order>> OrdersOfAsync(string email, CancellationToken cancellationToken) =>
        Task.FromResult(CurrentOrders.OrdersOf(email));

    public Task<ProductSearch> CatalogueAsync(string words, CancellationToken cancellationToken) => Task.FromResult(Current.Search);

    public Task<ProductMatch> FindProductAsync(string message, CancellationToken cancellationToken) => Task.FromResult(Current.Search.Find(message));

    public Task<IReadOnlyList<StockLevel>> StockAsync(IReadOnlyCollection<string> skus, CancellationToken cancellationToken)
    {
        var (current, now) = (Current, _time.GetUtcNow());
        return Task.FromResult<IReadOnlyList<StockLevel>>([.. skus.Select(sku => current.Stock(sku, now)).OfType<StockLevel>()]);
    }

    public Task<IReadOnlyList<Shipment>> ShipmentsOfAsync(string orderNumber, CancellationToken cancellationToken) =>
        Task.FromResult(Current.ShipmentsOf(orderNumber));

    public Task<IReadOnlyList<ReturnRequest>> ReturnsOfAsync(string orderNumber, CancellationToken cancellationToken) =>
        Task.FromResult(Current.ReturnsOf(orderNumber));

    public Task<Customer?> FindCustomerAsync(string email, CancellationToken cancellationToken) => Task.FromResult(Current.Customer(email));

    public Task<IReadOnlyList<string>> ProductTitlesAsync(CancellationToken cancellationToken) => Task.FromResult(Current.ProductTitles);

    public Task<IReadOnlyList<Order>> RecentOrdersAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Order>>([.. CurrentOrders.Orders.Where(order => !order.IsTest).OrderByDescending(order => order.Dates.Placed)]);

    private ShopSnapshot CurrentOrders => Current is { HasOrders: true } current ? current
        : throw new ShopUnavailableException($"No file of orders in {_folder} can be read: {Findings.FirstOrDefault(finding => finding.IsError)}");

    private ShopSnapshot Current =>
        _current
        ?? throw new ShopUnavailableException(
            $"The shop data in {_folder} cannot be read: {(_findings is [var first, ..] ? first.ToString() : "no orders.csv")}"
        );
}

using OpsChat.Operations.History;
using OpsChat.Text;

namespace OpsChat.ShopData;

/// <summary>A folder of exports read for operations.</summary>
/// <param name="Findings">With file, line and column.</param>
public sealed record ShopHistoryReading(ShopRows Rows, IReadOnlyList<FileSummary> Files, IReadOnlyList<Finding> Findings)
{
    /// <summary>The rows of those kinds of file of which one was read just now, and of all that tell of the present.</summary>
    public ShopRows Fresh { get; init; } = Rows;

    /// <summary>Files that need not be read again while their rows are kept.</summary>
    public IReadOnlyList<KeptFile> Kept { get; init; } = [];
}

/// <summary>A shop's exports as rows of its history, read like those for the chat: by headers, whatever the files are called.</summary>
/// <param name="settings">With the shop's calendar.</param>
public sealed class ShopHistoryFolder(string folder, ShopFolderSettings settings)
{
    private readonly ShopFolder _files = new(folder, settings);

    /// <summary>Changes when any file of the folder does.</summary>
    public string Stamp() => _files.Stamp();

    /// <summary>The folder's dates are moved to today (demo data), so that its rows of yesterday are no history.</summary>
    public bool IsMoved => _files.IsMoved;

    /// <param name="now">Null replays a past, in which nothing is too late to have happened.</param>
    /// <param name="kept">Files whose rows the caller has: they are not read while they are the same, and their rows are not told.</param>
    /// <exception cref="IOException">A file cannot be read now.</exception>
    public ShopHistoryReading Read(DateTimeOffset? now, IReadOnlyList<KeptFile>? kept = null)
    {
        var read = _files.ReadHistory(now, kept ?? []);
        return new(read.Rows, [.. read.Files.Select(Summary)], read.Findings) { Fresh = Fresh(read.Rows, read.Read), Kept = read.Kept };
    }

    /// <summary>The rows of these files are kept by the caller from now on, and are not told again while they are the same.</summary>
    public void Release(IReadOnlyList<KeptFile> kept) => _files.Release(kept);

    private static ShopRows Fresh(ShopRows rows, IReadOnlySet<ExportKind> read)
    {
        IReadOnlyList<T> Of<T>(ExportKind kind, IReadOnlyList<T> all) => read.Contains(kind) ? all : [];

        return rows with
        {
            Orders = Of(ExportKind.Orders, rows.Orders),
            Parcels = Of(ExportKind.Shipments, rows.Parcels),
            SupplyOrders = Of(ExportKind.PurchaseOrders, rows.SupplyOrders),
            Ads = Of(ExportKind.Ads, rows.Ads),
            Picks = Of(ExportKind.Fulfilment, rows.Picks),
            StorefrontDays = Of(ExportKind.StorefrontEvents, rows.StorefrontDays),
            Charges = Of(ExportKind.Subscriptions, rows.Charges),
            EmailDays = Of(ExportKind.EmailStatistics, rows.EmailDays),
            Payments = Of(ExportKind.Payments, rows.Payments),
            // A catalogue may be the only one that counts.
            Stock = read.Contains(ExportKind.Products) ? rows.Stock : Of(ExportKind.Inventory, rows.Stock),
        };
    }

    private static FileSummary Summary(ReadFile file) =>
        FileSummary.Of(file, file is { IsUsable: true, Kind: not null } && (file.Rows == 0 || file.BrokenRows < file.Rows));
}

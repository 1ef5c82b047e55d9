using OpsChat.ShopData;

namespace OpsChat.Tests.Facts;

/// <summary>A shop's folder with real files, deleted afterwards.</summary>
internal sealed class ShopFolderOnDisk : IDisposable
{
    public const string Header =
        "Name,Email,Financial Status,Fulfillment Status,Currency,Total,Created at,Paid at,Lineitem quantity,Lineitem name,Lineitem sku,Phone";

    public static TimeZoneInfo KualaLumpur { get; } = TimeZoneInfo.CreateCustomTimeZone("Shop", TimeSpan.FromHours(8), "Shop", "Shop");

    public string Path { get; } = Directory.CreateTempSubdirectory("opschat-shop-").FullName;

    public AClock Clock { get; } = new(new DateTimeOffset(2026, 11, 21, 10, 0, 0, TimeSpan.FromHours(8)));

    public ShopFolderOnDisk Write(string file, params string[] lines)
    {
        File.WriteAllText(System.IO.Path.Combine(Path, file), string.Join('\n', lines) + "\n");
        return this;
    }

    public ShopFolderOnDisk WithOrders(params string[] rows) => Write("orders.csv", [Header, .. rows]);

    public CsvShop Open() => new(Path, KualaLumpur, "MYR", Clock);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

internal sealed class AClock(DateTimeOffset now) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = now;
    public override DateTimeOffset GetUtcNow() => Now.ToUniversalTime();
}

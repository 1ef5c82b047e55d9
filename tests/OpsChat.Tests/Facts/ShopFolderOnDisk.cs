using Microsoft.Extensions.Time.Testing;
using OpsChat.Decisions;
using OpsChat.Playbooks;
using OpsChat.ShopData;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Facts;

/// <summary>A shop's folder with real files, deleted afterwards.</summary>
internal sealed class ShopFolderOnDisk : IDisposable
{
    public const string Header =
        "Name,Email,Financial Status,Fulfillment Status,Currency,Total,Created at,Paid at,Lineitem quantity,Lineitem name,Lineitem sku,Phone";

    /// <summary>The shipped playbooks, understood by words and letters alone.</summary>
    public static PlaybookSnapshot Shipped => LearnedPlaybooks.Shipped;

    public static TimeZoneInfo KualaLumpur { get; } = TimeZoneInfo.CreateCustomTimeZone("Shop", TimeSpan.FromHours(8), "Shop", "Shop");

    public string Path { get; } = Directory.CreateTempSubdirectory("opschat-shop-").FullName;

    public FakeTimeProvider Clock { get; } = new(new(2026, 11, 21, 2, 0, 0, TimeSpan.Zero));

    public ShopFolderOnDisk Write(string file, params string[] lines)
    {
        File.WriteAllText(System.IO.Path.Combine(Path, file), string.Join('\n', lines) + "\n");
        return this;
    }

    public ShopFolderOnDisk WithOrders(params string[] rows) => Write("orders.csv", [Header, .. rows]);

    public CsvShop Open() => new(Path, KualaLumpur, "MYR", Clock);

    /// <summary>One conversation with this shop, decided by the shipped playbooks.</summary>
    public async Task<IReadOnlyList<TurnDecision>> SaysAsync(params string[] messages)
    {
        var trial = new Trial(Shipped, new ShopOnlyLookups(Open(), Shipped, Clock), Clock);
        var turns = new List<TurnDecision>();
        foreach (var message in messages)
        {
            turns.Add(await trial.SaysAsync(message, CancellationToken.None));
        }

        return turns;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

using System.Text;
using OpsChat.Operations.History;
using OpsChat.Operations.Monitors;
using OpsChat.Operations.Settings;
using OpsChat.Playbooks;
using OpsChat.ShopData;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Operations;

/// <summary>What is found depends on what a shop's files say, not on how they are written down.</summary>
public sealed class The_same_shop_written_otherwise : IDisposable
{
    private static readonly DateOnly s_last = new(2026, 3, 19);
    private static readonly DateTimeOffset s_now = new(2026, 3, 20, 9, 0, 0, TimeSpan.FromHours(8));
    private static readonly string[] s_files = ["orders.csv", "inventory.csv", "purchase_orders.csv"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("in another order")]
    [InlineData("with the line ends of Windows")]
    [InlineData("with semicolons")]
    [InlineData("with tabs")]
    [InlineData("in UTF-16")]
    [InlineData("under other names")]
    public void is_found_to_be_the_same(string how)
    {
        var (plain, otherwise) = (_folder.File("plain"), _folder.File("otherwise"));
        MugShop.Write(plain, s_last);
        MugShop.Write(otherwise, s_last);
        foreach (var path in s_files.Select(file => Path.Combine(otherwise, file)))
        {
            Rewrite(path, how);
        }

        var found = Found(otherwise);

        found.Should().Contain(f => f.StartsWith("stock-runout|sku=MUG", StringComparison.Ordinal));
        found.Should().Equal(Found(plain));
    }

    [Theory]
    [InlineData("Europe/Berlin", "2026-03-29", 23)]
    [InlineData("Europe/Berlin", "2026-10-25", 25)]
    [InlineData("America/New_York", "2026-03-08", 23)]
    [InlineData("America/New_York", "2026-11-01", 25)]
    [InlineData("Asia/Kuala_Lumpur", "2026-03-29", 24)]
    public void counts_each_sale_on_its_own_day_of_the_shops_zone(string zone, string changed, int hours)
    {
        var day = DateOnly.Parse(changed, System.Globalization.CultureInfo.InvariantCulture);
        var utc = new DateTimeOffset(day.AddDays(-3).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        // One order at each full hour of a week, written in universal time: midnight and the hour before it among them.
        File.WriteAllLines(
            _folder.File("orders.csv"),
            [
                "Name,Financial Status,Paid at,Currency,Total,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku",
                .. Enumerable.Range(0, 7 * 24).Select(hour =>
                    $"#{1001 + hour},paid,{utc.AddHours(hour):yyyy-MM-dd HH:mm:ss} +0000,EUR,9.00,{utc.AddHours(hour):yyyy-MM-dd HH:mm:ss} +0000,1,Mug,9.00,MUG"),
            ]);
        var calendar = new ShopCalendar(OpeningHours.Always(TimeZoneInfo.FindSystemTimeZoneById(zone)));

        var shop = History(Path.GetDirectoryName(_folder.File("orders.csv"))!, calendar, "EUR", now: null).AsOf(utc.AddDays(8));

        shop.PiecesSold("MUG", day, day).Should().Be(hours);
        shop.PiecesSold("MUG", day.AddDays(-1), day.AddDays(-1)).Should().Be(24);
        shop.PiecesSold("MUG", day.AddDays(1), day.AddDays(1)).Should().Be(24);
        shop.PiecesSold("MUG", day.AddDays(-5), day.AddDays(5)).Should().Be(7 * 24, "no sale is lost and none counts twice");
    }

    private static List<string> Found(string folder)
    {
        var calendar = new ShopCalendar(OpeningHours.Always(TimeZoneInfo.FindSystemTimeZoneById("Asia/Kuala_Lumpur")));
        var shop = History(folder, calendar, "MYR", s_now).AsOf(s_now);
        var settings = OperationsSettings.Default("MYR");
        return
        [
            .. MonitorSet.All.Where(monitor => monitor.Name != "data-quality")
                .SelectMany(monitor => monitor.Look(shop, settings).Findings.Select(f => (monitor.Name, Finding: f)))
                .Select(f => FormattableString.Invariant($"{f.Finding.Subject.KeyFor(f.Name)} {f.Finding.Strength:0.000000} {f.Finding.AtRisk} {f.Finding.Headline}"))
                .Order(StringComparer.Ordinal),
        ];
    }

    private static ShopHistory History(string folder, ShopCalendar calendar, string currency, DateTimeOffset? now)
    {
        var read = new ShopHistoryFolder(folder, new ShopFolderSettings(calendar.Zone, currency) { Calendar = calendar }).Read(now);
        return ShopHistory.Build(read.Rows, calendar, currency);
    }

    private static void Rewrite(string path, string how)
    {
        var lines = File.ReadAllLines(path);
        switch (how)
        {
            case "in another order":
                var random = new Random(5);
                File.WriteAllLines(path, [lines[0], .. lines.Skip(1).OrderBy(_ => random.Next())]);
                break;
            case "with the line ends of Windows":
                File.WriteAllText(path, string.Join("\r\n", lines) + "\r\n");
                break;
            case "with semicolons":
                File.WriteAllLines(path, lines.Select(line => line.Replace(',', ';')));
                break;
            case "with tabs":
                File.WriteAllLines(path, lines.Select(line => line.Replace(',', '\t')));
                break;
            case "in UTF-16":
                File.WriteAllLines(path, lines, Encoding.Unicode);
                break;
            default:
                File.Move(path, Path.Combine(Path.GetDirectoryName(path)!, $"export {lines[0].Length}.txt"));
                break;
        }
    }
}

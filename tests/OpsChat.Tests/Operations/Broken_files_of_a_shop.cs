using System.Text;
using OpsChat.Operations.History;
using OpsChat.Playbooks;
using OpsChat.ShopData;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Operations;

/// <summary>A file that was good and is broken now: a sentence says so, its last good version stays in force, and so do all others.</summary>
public sealed class Broken_files_of_a_shop : IDisposable
{
    private static readonly DateTimeOffset s_now = new(2026, 3, 20, 9, 0, 0, TimeSpan.FromHours(8));
    private static readonly string[] s_files = ["orders.csv", "inventory.csv", "purchase_orders.csv"];

    private static readonly Dictionary<string, Func<byte[], byte[]>> s_damages = new(StringComparer.Ordinal)
    {
        ["noughts"] = bytes => new byte[bytes.Length],
        ["noise"] = bytes => Noise(bytes.Length),
        ["an old workbook"] = _ => [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[512]],
        ["a workbook cut off"] = _ => [(byte)'P', (byte)'K', 3, 4, .. Noise(300)],
        ["noughts in the middle"] = bytes => [.. bytes[..(bytes.Length / 2)], 0, 0, 0, 0, .. bytes[(bytes.Length / 2)..]],
        ["an error page"] = _ => Encoding.UTF8.GetBytes("<!DOCTYPE html>\n<html><body><h1>502 Bad Gateway</h1></body></html>\n"),
        ["a header alone"] = bytes => Lines(bytes, lines => lines[..1]),
        ["no header"] = bytes => Lines(bytes, lines => lines[1..]),
        ["other headers"] = bytes => Lines(bytes, lines => [string.Join(',', lines[0].Split(',').Select((_, i) => $"Field {i}")), .. lines[1..]]),
        ["a third of its rows"] = bytes => Lines(bytes, lines => lines[..(lines.Length / 3)]),
        ["short rows"] = bytes => Lines(bytes, lines => [lines[0], .. lines[1..].Select((line, i) => i % 2 == 0 ? line[..(line.Length / 2)] : line)]),
        ["rows too long"] = bytes => Lines(bytes, lines => [lines[0], .. lines[1..].Select((line, i) => i % 3 == 0 ? line + ",x,y" : line)]),
        ["quotes left open"] = bytes => Lines(bytes, lines => [lines[0], .. lines[1..].Select((line, i) => i % 4 == 0 ? "\"" + line : line)]),
        ["sums of all kinds below"] = bytes => Lines(bytes, lines => [.. lines, "Total: all", "Grand total", "3 record(s) downloaded"]),
        ["a last line cut off"] = bytes => bytes[..^9],
        ["titles above"] = bytes => Lines(bytes, lines => ["My shop", "Export of 20 March 2026", .. lines]),
        ["the header twice"] = bytes => Lines(bytes, lines => [lines[0], .. lines[1..], lines[0], .. lines[1..]]),
        ["every row twice"] = bytes => Lines(bytes, lines => [lines[0], .. lines[1..].SelectMany(line => new[] { line, line })]),
        ["empty lines between"] = bytes => Lines(bytes, lines => [.. lines.SelectMany(line => new[] { line, "", " " })]),
        ["letters of another alphabet"] = bytes => Lines(bytes, lines => [lines[0] + ",Café", .. lines[1..].Select(line => line + ",é")], Encoding.Latin1),
    };

    /// <summary>What is no fault: the file is read as before, and nothing has to be said.</summary>
    private static readonly string[] s_harmless = ["sums of all kinds below", "titles above", "the header twice", "every row twice", "empty lines between"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void are_told_in_a_sentence_each_while_the_last_good_version_stays_in_force()
    {
        var wrong = new List<string>();
        foreach (var file in s_files)
        {
            foreach (var (damage, done) in s_damages)
            {
                var shop = _folder.File($"{file} {damage}");
                MugShop.Write(shop, new(2026, 3, 19));
                var folder = Folder(shop);
                var good = folder.Read(s_now);
                var path = Path.Combine(shop, file);
                File.WriteAllBytes(path, done(File.ReadAllBytes(path)));

                var now = folder.Read(s_now);

                var told = now.Findings.Where(finding => finding.File == file).ToList();
                if (told.Count == 0 && !s_harmless.Contains(damage) && damage != "a last line cut off")
                {
                    wrong.Add($"{file} with {damage}: nothing is said");
                }

                if (told.Exists(finding => finding.Problem.Length < 12))
                {
                    wrong.Add($"{file} with {damage}: {told.First(f => f.Problem.Length < 12).Problem} is no sentence");
                }

                // A row that was cut off is lost with its pieces, and up to two broken ones of a short file, each told by itself; nothing else is.
                var cutOff = damage == "a last line cut off" ? good.Rows.Orders.Max(order => order.Lines.Sum(line => line.Quantity)) : 0;
                var spare = told.Count > 0 ? Math.Max(2, cutOff) : cutOff;
                wrong.AddRange(Counts(good.Rows).Zip(Counts(now.Rows))
                    .Where(pair => pair.Second.Count < pair.First.Count - (pair.First.Kind == "purchases" ? spare : cutOff)
                        || pair.Second.Count > pair.First.Count)
                    .Select(pair => $"{file} with {damage}: {pair.First.Count} {pair.First.Kind} became {pair.Second.Count}"));
            }
        }

        wrong.Should().BeEmpty();
    }

    private static (string Kind, int Count)[] Counts(ShopRows rows) =>
    [
        ("orders", rows.Orders.Count),
        ("pieces", rows.Orders.Sum(order => order.Lines.Sum(line => line.Quantity))),
        ("counts", rows.Stock.Select(count => (count.Sku, count.At)).Distinct().Count()),
        ("purchases", rows.SupplyOrders.Count),
    ];

    private static ShopHistoryFolder Folder(string shop)
    {
        var calendar = new ShopCalendar(OpeningHours.Always(TimeZoneInfo.FindSystemTimeZoneById("Asia/Kuala_Lumpur")));
        return new(shop, new ShopFolderSettings(calendar.Zone, "MYR") { Calendar = calendar });
    }

    private static byte[] Lines(byte[] bytes, Func<string[], string[]> change, Encoding? encoding = null) =>
        (encoding ?? Encoding.UTF8).GetBytes(
            string.Join('\n', change(Encoding.UTF8.GetString(bytes).Split('\n', StringSplitOptions.RemoveEmptyEntries))) + "\n");

    private static byte[] Noise(int length)
    {
        var bytes = new byte[length];
        new Random(11).NextBytes(bytes);
        return bytes;
    }
}

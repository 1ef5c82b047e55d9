using System.Text.Json;
using OpsChat.Playbooks;

namespace OpsChat.Facts.Csv;

/// <summary>Reads a shop's folder whole: orders.csv, and beside it products, customers, shipments, returns and shop.json where they are.</summary>
internal static class ShopFolder
{
    private const string Settings = "shop.json";

    private static readonly string[] s_files = ["orders.csv", "products.csv", "customers.csv", "shipments.csv", "returns.csv", Settings];

    /// <summary>What changes when any of the files does: their lengths and times of writing.</summary>
    public static string Stamp(string folder) => string.Join('|', s_files
        .Select(f => new FileInfo(Path.Combine(folder, f)))
        .Where(f => f.Exists)
        .Select(f => $"{f.Name} {f.Length} {f.LastWriteTimeUtc.Ticks}"));

    /// <summary>The snapshot, or null when orders.csv is missing or has no usable columns; the findings say why.</summary>
    public static (ShopSnapshot? Snapshot, IReadOnlyList<Finding> Findings) Read(string folder, TimeZoneInfo zone, string currency, DateTimeOffset now)
    {
        var reading = new CsvReading(zone, currency, 0, now);
        if (ShiftDays(folder, reading) is not { } shift)
        {
            return (null, reading.Findings);
        }

        var shifted = new CsvReading(zone, currency, shift, now);
        var orders = Table(folder, "orders.csv", shifted, isNeeded: true) is { } table ? OrdersFile.Read(table, shifted) : null;
        var files = new ShopFiles(
            orders ?? [],
            Optional(folder, "products.csv", shifted, ProductsFile.Read),
            Optional(folder, "customers.csv", shifted, CustomersFile.Read),
            Optional(folder, "shipments.csv", shifted, ShipmentsFile.Read),
            Optional(folder, "returns.csv", shifted, ReturnsFile.Read));
        return (orders is null ? null : new ShopSnapshot(files, now, shifted.Findings), shifted.Findings);
    }

    private static IReadOnlyList<T> Optional<T>(string folder, string file, CsvReading reading, Func<CsvTable, CsvReading, IReadOnlyList<T>?> read) =>
        Table(folder, file, reading, isNeeded: false) is { } table ? read(table, reading) ?? [] : [];

    private static CsvTable? Table(string folder, string file, CsvReading reading, bool isNeeded)
    {
        var path = Path.Combine(folder, file);
        if (File.Exists(path))
        {
            return CsvTable.Read(file, File.ReadAllText(path), reading);
        }

        if (isNeeded)
        {
            reading.Error(file, 1, $"There is no {file} in {folder}.", "Export the orders of the shop as CSV into this folder.");
        }

        return null;
    }

    /// <summary>
    /// Demo data name the day they were made for; every date then moves by whole days so that this day is today in the shop's time
    /// zone. 0 without shop.json; null when it is wrong.
    /// </summary>
    private static int? ShiftDays(string folder, CsvReading reading)
    {
        var path = Path.Combine(folder, Settings);
        if (!File.Exists(path))
        {
            return 0;
        }

        try
        {
            var settings = JsonSerializer.Deserialize<ShopSettings>(File.ReadAllText(path), s_strict);
            var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(reading.ReadAt, reading.TimeZone).DateTime);
            return settings?.DatesAsOf is { } day ? today.DayNumber - day.DayNumber : 0;
        }
        catch (JsonException error)
        {
            reading.Error(Settings, (int)(error.LineNumber ?? 0) + 1, "The file cannot be read: " + error.Message, "Write {\"datesAsOf\": \"2026-11-20\"}, or delete it for real data.");
            return null;
        }
    }

    private static readonly JsonSerializerOptions s_strict = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
    };

    /// <param name="DatesAsOf">The day for which the dates in the files were written.</param>
    private sealed record ShopSettings(DateOnly? DatesAsOf);
}

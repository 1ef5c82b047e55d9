using System.Text.Json;
using OpsChat.Operations.History;
using OpsChat.ShopData.History;
using OpsChat.ShopData.Orders;
using OpsChat.ShopData.Products;
using OpsChat.ShopData.Tables;
using OpsChat.ShopData.Values;
using OpsChat.Text;

namespace OpsChat.ShopData;

/// <summary>What holds for every file of a shop's folder.</summary>
/// <param name="Zone">The shop's time zone.</param>
/// <param name="Currency">ISO 4217, of amounts that name none.</param>
/// <param name="DayFirst">The owner's word on dates such as 03/04/2026; null when there is none.</param>
/// <param name="Url">The shop's address on the web, or null.</param>
public sealed record ShopFolderSettings(TimeZoneInfo Zone, string Currency, bool? DayFirst = null, string? Url = null)
{
    /// <summary>A second folder, for what was posted; null without one.</summary>
    public string? Posted { get; init; }

    /// <summary>The shop's days; null where no history is wanted.</summary>
    public ShopCalendar? Calendar { get; init; }

    internal DateOrder Dates => DayFirst switch { true => DateOrder.DayFirst, false => DateOrder.MonthFirst, null => DateOrder.Unknown };
}

/// <summary>The files of a folder with the history that they tell.</summary>
/// <param name="Read">The kinds of file that were read just now; rows of the others are as they were.</param>
/// <param name="Kept">Files that need not be read again while their rows are kept.</param>
internal sealed record FolderHistory(
    IReadOnlyList<ReadFile> Files, ShopRows Rows, IReadOnlyList<Finding> Findings, IReadOnlySet<ExportKind> Read, IReadOnlyList<KeptFile> Kept);

/// <summary>
/// A folder of exports, whatever the files are called. Each file is read by itself: one that is not understood, or that suddenly holds far
/// less, leaves its last good version and the rest of the shop in force.
/// </summary>
internal sealed class ShopFolder(string folder, ShopFolderSettings settings)
{
    private const string SettingsFile = "shop.json";

    /// <summary>A file with fewer than this share of the rows it had is more likely cut off than true.</summary>
    private const double SharpestFall = 0.5;

    /// <summary>Days of counts that a look needs: sales of a day on which an article was out of stock stop counting long before.</summary>
    private const int DaysOfStock = 150;

    private static readonly string[] s_endings = [".csv", ".tsv", ".txt", ".xlsx"];

    private readonly Dictionary<string, ReadFile> _lastGood = new(StringComparer.Ordinal);

    /// <summary>The newest version of each file as it was read for its history, by path.</summary>
    private Dictionary<string, ReadAlready> _read = new(StringComparer.Ordinal);

    /// <summary>Why the newest version of a file is not in force, by file name.</summary>
    private readonly Dictionary<string, string> _refusals = new(StringComparer.Ordinal);

    /// <summary>What changes when any of the files does: their names, lengths and times of writing.</summary>
    public string Stamp() => string.Join('|', Files().Append(Path.Combine(folder, SettingsFile))
        .Select(path => new FileInfo(path)).Where(file => file.Exists).Select(file => $"{file.Name} {file.Length} {file.LastWriteTimeUtc.Ticks}"));

    /// <summary>Whether the folder says for which day its dates were written.</summary>
    public bool IsMoved => File.Exists(Path.Combine(folder, SettingsFile));

    /// <summary>The snapshot, or null when there is nothing to go by; the findings say why.</summary>
    public (ShopSnapshot? Snapshot, IReadOnlyList<Finding> Findings, IReadOnlyList<FileSummary> Files) Read(DateTimeOffset now)
    {
        var reading = new ShopReading(settings.Zone, settings.Currency, settings.Dates, settings.Url, 0, now);
        if (ShiftDays(reading) is not { } shift)
        {
            return (null, reading.Findings, []);
        }

        var files = ReadFiles(reading with { ShiftDays = shift }, reading);
        if (!files.Exists(file => file is { IsUsable: true, Kind: ExportKind.Orders }))
        {
            reading.Error(
                folder,
                1,
                $"There are no orders in {folder} that can be read.",
                "Export the orders of the shop as CSV or .xlsx into this folder."
            );
        }

        var findings = files.SelectMany(file => file.Findings).Concat(reading.Findings).ToList();
        return (files.Exists(file => file.IsUsable) ? Joined(files, findings, now) : null, findings, [.. files.Select(file => Summary(file, files))]);
    }

    private FileSummary Summary(ReadFile file, List<ReadFile> files)
    {
        var summary = FileSummary.Of(file, file is { IsUsable: true, Kind: not null } && !_refusals.ContainsKey(file.File));
        var (parcels, incoming) = (files.Exists(other => other.Shipments.Count > 0), files.Exists(other => other.Incoming.Count > 0));
        return summary with { Gaps = [.. summary.Gaps.Where(gap => !(gap.IsToldByParcels && parcels) && !(gap.IsToldByPurchaseOrders && incoming))] };
    }

    /// <summary>The files with the history that they tell. What has not changed since it was read is not read again.</summary>
    /// <param name="now">Null for a replay: nothing is too late to have happened.</param>
    /// <param name="kept">Files whose rows the caller has; they are not read unless another file of their kind is.</param>
    public FolderHistory ReadHistory(DateTimeOffset? now, IReadOnlyList<KeptFile> kept)
    {
        var readAt = now ?? DateTimeOffset.UnixEpoch;
        var reading = new ShopReading(settings.Zone, settings.Currency, settings.Dates, settings.Url, 0, readAt)
        {
            Calendar = settings.Calendar,
            Latest = now?.AddDays(1) ?? DateTimeOffset.MaxValue,
            StockFrom = now?.AddDays(-DaysOfStock) ?? DateTimeOffset.MinValue,
        };
        var shift = now is null ? 0 : ShiftDays(reading) ?? 0;
        var newest = Newest(reading with { ShiftDays = shift }, kept);
        var files = InForce(newest.Values.Select(read => read.File), reading);
        var history = new FolderHistory(
            files,
            HistoryJoin.Of(files, _refusals, readAt),
            [.. files.SelectMany(file => file.Findings), .. reading.Findings],
            newest.Values.Where(read => read.IsNew).Select(read => read.File.Kind).OfType<ExportKind>().ToHashSet(),
            [
                .. newest
                    .Values.Where(read => !_refusals.ContainsKey(read.File.File))
                    .Select(read => KeptFile.Of(read.File, read.Content, ReadBy()))
                    .OfType<KeptFile>(),
            ]
        );
        // Only now: what was read and not told would never be told.
        _read = newest.ToDictionary(read => read.Key, read => read.Value with { IsNew = false }, StringComparer.Ordinal);
        return history;
    }

    private List<ReadFile> ReadFiles(ShopReading reading, ShopReading told) => InForce(Files().Select(path => ReadFile.Of(path, reading)), told);

    /// <summary>
    /// The newest version of each file: 1. as it was read before; 2. as it was read before this program began, when its rows are kept; 3. read
    /// now. Rows that are kept may not yield to those of a file that is older than theirs, so beside such a one their file is read again.
    /// </summary>
    private Dictionary<string, ReadAlready> Newest(ShopReading reading, IReadOnlyList<KeptFile> kept)
    {
        var known = kept.Where(file => file.ReadBy == ReadBy()).ToLookup(file => (file.File, file.Content));
        var newest = Files().ToDictionary(path => path, path => ReadNow(path, reading, known), StringComparer.Ordinal);
        var oldest = newest.Values.Where(read => read.IsNew && read.File.Kind is not null)
            .GroupBy(read => read.File.Kind!.Value).ToDictionary(g => g.Key, g => g.Min(read => read.File.WrittenAt));
        bool IsBehind(ReadFile file) => file is { IsKept: true, Kind: { } kind } && oldest.TryGetValue(kind, out var at) && at <= file.WrittenAt;
        foreach (var path in newest.Keys.Where(path => IsBehind(newest[path].File)).ToList())
        {
            newest[path] = ReadNow(path, reading, null);
        }

        return newest;
    }

    private ReadAlready ReadNow(string path, ShopReading reading, ILookup<(string, string), KeptFile>? kept)
    {
        var state = StateOf(path);
        if (
            kept is not null
            && _read.TryGetValue(path, out var before)
            && before.State == state
            && before.ShiftDays == reading.ShiftDays
            && !before.File.HasLater
        )
        {
            return before;
        }

        var (name, bytes, written) = (Path.GetFileName(path), OwnersFile.Bytes(path), File.GetLastWriteTimeUtc(path));
        var content = KeptFile.ContentOf(bytes, written);
        return kept?[(name, content)].FirstOrDefault() is { } same
            ? new(same.AsRead(written), state, content, reading.ShiftDays, IsNew: false)
            : new(ReadFile.Of(name, bytes, written, reading), state, content, reading.ShiftDays, IsNew: true);
    }

    /// <summary>The rows of these files are kept by the caller, so that nobody has to hold them here.</summary>
    public void Release(IReadOnlyList<KeptFile> kept)
    {
        var known = kept.ToDictionary(file => (file.File, file.Content));
        foreach (var (path, read) in _read.ToList())
        {
            if (known.TryGetValue((read.File.File, read.Content), out var same))
            {
                _read[path] = read with { File = same.AsRead(read.File.WrittenAt) };
                _lastGood[read.File.File] = _read[path].File;
            }
        }
    }

    private static string StateOf(string path) => $"{OwnersFile.LengthOf(path)} {File.GetLastWriteTimeUtc(path).Ticks}";

    /// <summary>What else the rows of a file depend on: this program, and the shop's settings.</summary>
    private string ReadBy() => string.Join(
        ' ', typeof(ShopFolder).Module.ModuleVersionId, typeof(ShopRows).Module.ModuleVersionId,
        settings.Zone.Id, settings.Currency, settings.Dates, settings.Url);

    /// <summary>A file as it was read.</summary>
    /// <param name="State">Its length and time of writing.</param>
    /// <param name="Content">See <see cref="KeptFile.ContentOf"/>.</param>
    private sealed record ReadAlready(ReadFile File, string State, string Content, int ShiftDays, bool IsNew);

    /// <summary>Each file's newest version that can be trusted.</summary>
    private List<ReadFile> InForce(IEnumerable<ReadFile> newest, ShopReading told)
    {
        _refusals.Clear();
        var files = newest
            .Select(file => Kept(file, told))
            .OrderBy(file => file.WrittenAt)
            .ThenBy(file => file.File, StringComparer.Ordinal)
            .ToList();
        foreach (var gone in _lastGood.Keys.Except(files.Select(file => file.File)).ToList())
        {
            // A newer export of the same platform takes its place; another platform's orders do not.
            var before = _lastGood[gone];
            if (files.Exists(file =>
                file.IsUsable && file.Kind == before.Kind && file.Platform == before.Platform && file.WrittenAt >= before.WrittenAt))
            {
                _lastGood.Remove(gone);
                continue;
            }

            var kind = FeedRecognition.InWords(before.Kind!.Value);
            _refusals[gone] = "it is gone.";
            told.Error(gone, 1, $"The file is gone, and no newer one holds these {kind} of the shop.",
                "What it held stays in force until this host stops. Export it again into the folder, under any name.");
            files.Insert(0, before);
        }

        return files;
    }

    // A pipe or a device among the exports would never end.
    private IEnumerable<string> Files() => FilesIn(folder).Concat(settings.Posted is { } posted && posted != folder ? FilesIn(posted) : []);

    private static IEnumerable<string> FilesIn(string folder) =>
        Directory.Exists(folder)
            ? new DirectoryInfo(folder)
                .EnumerateFiles()
                .Where(file =>
                    s_endings.Contains(file.Extension, StringComparer.OrdinalIgnoreCase) && OwnersFile.LengthOf(file.FullName) > 0
                )
                .Select(file => file.FullName)
                .Order(StringComparer.Ordinal)
            : [];

    /// <summary>The file as it is now, or its last good version when the new one cannot be trusted.</summary>
    private ReadFile Kept(ReadFile now, ShopReading reading)
    {
        if (!now.IsUsable)
        {
            _refusals[now.File] = "it cannot be read.";
        }

        if (_lastGood.TryGetValue(now.File, out var before) && Distrust(now, before) is { } why)
        {
            _refusals[now.File] = why;
            reading.Warning(now.File, 1, why, "Its last good version stays in force until the file is mended or exported again.");
            return before with { Findings = [.. now.Findings] };
        }

        if (now.IsUsable && now.HasTooManyBrokenRows)
        {
            _refusals[now.File] = $"{now.BrokenRows} of {now.Rows} rows cannot be read.";
        }

        if (now is { IsUsable: true, Kind: not null })
        {
            _lastGood[now.File] = now;
        }

        return now;
    }

    private static string? Distrust(ReadFile now, ReadFile before) =>
        !now.IsUsable ? "The file can no longer be read."
        : now.HasTooManyBrokenRows ? $"{now.BrokenRows} of {now.Rows + now.BrokenRows} rows are broken."
        : now.Kind != before.Kind ? "The file suddenly holds something else."
        : before.Rows >= 4 && now.Rows < before.Rows * SharpestFall ? $"The file has {now.Rows} rows and had {before.Rows}."
        : null;

    private static ShopSnapshot Joined(List<ReadFile> files, List<Finding> findings, DateTimeOffset now)
    {
        var orders = new Dictionary<string, ReadOrder>(StringComparer.Ordinal);
        foreach (var read in files.SelectMany(file => file.Orders))
        {
            var key = OrderNumber.Key(read.Order.Number);
            orders[key] = orders.TryGetValue(key, out var older) ? Completed(read, older) : read;
        }

        TellStrays(files, orders, findings);
        var stock = new StockByArticle(
            [.. files.SelectMany(file => file.Stock)],
            files.SelectMany(file => file.Incoming),
            DateOnly.FromDateTime(now.Date)
        );
        var products = files
            .SelectMany(file => file.Products)
            .Reverse()
            .DistinctBy(product => product.Handle, StringComparer.OrdinalIgnoreCase)
            .Reverse()
            .Select(stock.Applied)
            .ToList();
        var parcels = files
            .SelectMany(file => file.Shipments)
            .Reverse()
            .DistinctBy(s => (OrderNumber.Key(s.OrderNumber), s.Tracking))
            .Reverse()
            .ToList();
        return new(
            new(
                [.. orders.Values],
                products,
                [.. files.SelectMany(file => file.Customers).Reverse().DistinctBy(c => c.Email, StringComparer.Ordinal)],
                parcels,
                [.. files.SelectMany(file => file.Returns)]
            ),
            now,
            findings
        )
        {
            HasOrders = files.Exists(file => file is { IsUsable: true, Kind: ExportKind.Orders }),
        };
    }

    /// <summary>The newer reading of an order, with what only the older one has: a platform's files may share an order's cells between
    /// them.</summary>
    private static ReadOrder Completed(ReadOrder newer, ReadOrder older)
    {
        var (order, other) = (newer.Order, older.Order);
        // A file without any column of payments, or of parcels, takes nothing back of what another one said of them.
        var (hasPayment, hasDispatch) = (newer.TellsOfPayment, newer.TellsOfDispatch);
        return newer with
        {
            TellsOfPayment = hasPayment || older.TellsOfPayment,
            TellsOfDispatch = hasDispatch || older.TellsOfDispatch,
            HasMoneyWords = newer.HasMoneyWords || (!hasPayment && older.HasMoneyWords),
            Signs =
                newer.Signs
                | (hasPayment ? OrderSigns.None : older.Signs & OfPayment)
                | (hasDispatch ? OrderSigns.None : older.Signs & OfDispatch),
            Order = order with
            {
                Email = order.Email ?? other.Email,
                PhoneEndings = order.PhoneEndings.Count > 0 ? order.PhoneEndings : other.PhoneEndings,
                BuyerName = order.BuyerName ?? other.BuyerName,
                Lines = order.Lines.Count > 0 ? order.Lines : other.Lines,
                Total = order.Total ?? other.Total,
                PromisedBy = order.PromisedBy ?? other.PromisedBy,
                Dates = order.Dates with
                {
                    Paid = order.Dates.Paid ?? (hasPayment ? null : other.Dates.Paid),
                    Shipped = order.Dates.Shipped ?? (hasDispatch ? null : other.Dates.Shipped),
                    Delivered = order.Dates.Delivered ?? (hasDispatch ? null : other.Dates.Delivered),
                },
            },
            Shipment = newer.Shipment ?? older.Shipment,
        };
    }

    private const OrderSigns OfPayment =
        OrderSigns.Paid | OrderSigns.Unpaid | OrderSigns.PartlyPaid | OrderSigns.Refunded | OrderSigns.PartlyRefunded;

    private const OrderSigns OfDispatch =
        OrderSigns.ToShip | OrderSigns.Packed | OrderSigns.Shipped | OrderSigns.PartlyShipped | OrderSigns.Delivered;

    private static void TellStrays(List<ReadFile> files, Dictionary<string, ReadOrder> orders, List<Finding> findings)
    {
        foreach (var file in files.Where(file => file.Shipments.Count + file.Returns.Count > 0 && orders.Count > 0))
        {
            var numbers = file
                .Shipments.Select(s => s.OrderNumber)
                .Concat(file.Returns.Select(r => r.OrderNumber))
                .Distinct(StringComparer.Ordinal)
                .ToList();
            var strays = numbers.Where(number => !orders.ContainsKey(OrderNumber.Key(number))).ToList();
            if (strays.Count > 0)
            {
                findings.Add(
                    new(
                        file.File,
                        1,
                        1,
                        $"{strays.Count} of {numbers.Count} order numbers in this file belong to no order, the first is {strays[0]}.",
                        "Look whether the column holds the shop's order numbers, and whether the orders file is as new as this one.",
                        IsError: false
                    )
                );
            }
        }
    }

    /// <summary>
    /// Demo data name the day they were made for; every date then moves by whole days so that this day is today in the shop's time
    /// zone. 0 without shop.json; null when it is wrong.
    /// </summary>
    private int? ShiftDays(ShopReading reading)
    {
        var path = Path.Combine(folder, SettingsFile);
        if (!File.Exists(path))
        {
            return 0;
        }

        try
        {
            var own = JsonSerializer.Deserialize<OwnSettings>(OwnersFile.Text(path), s_strict);
            var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(reading.ReadAt, reading.Zone).DateTime);
            return own?.DatesAsOf is { } day ? today.DayNumber - day.DayNumber : 0;
        }
        catch (JsonException error)
        {
            reading.Error(
                SettingsFile,
                (int)(error.LineNumber ?? 0) + 1,
                "The file cannot be read: " + error.Message,
                "Write {\"datesAsOf\": \"2026-11-20\"}, or delete it for real data."
            );
            return null;
        }
    }

    private static readonly JsonSerializerOptions s_strict = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
    };

    /// <param name="DatesAsOf">The day for which the dates in the files were written.</param>
    private sealed record OwnSettings(DateOnly? DatesAsOf);
}

using OpsChat.Operations.Actions;
using OpsChat.Playbooks;

namespace OpsChat.Operations.Settings;

/// <summary>What <c>operations.config.json</c> says, complete and checked. Immutable.</summary>
/// <param name="Time">When the briefing is due, in the shop's time.</param>
/// <param name="Currency">ISO 4217: the currency that alerts are ranked in.</param>
/// <param name="People">Whether packers are shown by their ids.</param>
/// <param name="Lanes">By <c>monitor/action</c> or <c>area/action</c>; a lane that is not named recommends.</param>
/// <param name="Routes">The first that matches wins.</param>
/// <param name="Quiet">When only urgent news goes out; null when never quiet.</param>
/// <param name="Version">The first 12 hexadecimal digits of the SHA-256 of the file, for traces.</param>
public sealed record OperationsSettings(
    TimeOnly Time, string Currency, bool People, PurchaseSettings Purchase, StockSettings Stock, OrderSettings Orders, AdSettings Ads,
    AlarmSettings Alarms, CostSettings Costs, IReadOnlyDictionary<string, LaneSettings> Lanes, IReadOnlyList<AlertRoute> Routes,
    IReadOnlyList<HandOffRow> HandOffs, QuietHours? Quiet, IReadOnlySet<string> Off, string Version)
{
    /// <summary>What the file says of a lane, by its own name or by its area's; null when it says nothing.</summary>
    public LaneSettings? LaneOf(string lane, ActionKind kind) =>
        Lanes.GetValueOrDefault(lane)
        ?? Lanes.GetValueOrDefault($"{AreaOf(lane[..Math.Max(0, lane.IndexOf('/', StringComparison.Ordinal))])}/{kind.Word()}");

    /// <summary>The part of operations that a monitor is of: <c>parcels</c>, <c>ads</c>.</summary>
    internal static string AreaOf(string monitor) => monitor switch
    {
        "reorder" or "oversold" or "demand-spike" or "promise-at-risk" or "new-sku" or "cart-rush" or "preorder-cancelled" => "stock",
        "carrier-late" => "parcels",
        "vendor-sla" or "contract-renewal" => "suppliers",
        "reviews" => "returns",
        "subscription-failed" => "subscriptions",
        _ when monitor.StartsWith("returns-", StringComparison.Ordinal) => "returns",
        _ when monitor.StartsWith("ad-", StringComparison.Ordinal) => "ads",
        _ when monitor.StartsWith("stock-", StringComparison.Ordinal) => "stock",
        _ when monitor.StartsWith("parcel-", StringComparison.Ordinal) => "parcels",
        _ when monitor.StartsWith("supplier-", StringComparison.Ordinal) => "suppliers",
        _ when monitor.StartsWith("order-", StringComparison.Ordinal) => "orders",
        _ => monitor,
    };

    /// <summary>What is in force without a file.</summary>
    public static OperationsSettings Default(string currency) => new(
        new(7, 30), currency, false, new(), new(), new(), new(), new(), new(), new Dictionary<string, LaneSettings>(), [], [],
        new(new(22, 0), new(7, 0)), new HashSet<string>(), "default");
}

/// <param name="ConfirmOver">A purchase over that amount (major units) needs a confirmation.</param>
/// <param name="Review">R: days between two looks at the order list, 0 to 30.</param>
/// <param name="Cover">Days that one order should last, 1 to 365.</param>
/// <param name="Fill">Share of asked units to be served, 0.5 to 0.999.</param>
/// <param name="NewSkuFill">The same for an item younger than 56 days.</param>
public sealed record PurchaseSettings(decimal ConfirmOver = 500, int Review = 1, int Cover = 28, double Fill = 0.95, double NewSkuFill = 0.90);

/// <param name="SafetyShare">Stock below that share of the reorder point is low, 0 to 1.</param>
/// <param name="HalfLife">After how many days a day of sales counts half, 3 to 180.</param>
public sealed record StockSettings(double SafetyShare = 0.30, int HalfLife = 21);

/// <param name="HighValue">An order from that total (major units) on is looked at by a person.</param>
/// <param name="ShipWithin">A paid order leaves within that time: whole days are open days to their end, hours are open hours.</param>
/// <param name="FirstScanWithin">The carrier shows a parcel within that time of open days.</param>
/// <param name="QuietScanDomestic">After that long without a scan a parcel counts as stalled, while its lane has no own figure.</param>
public sealed record OrderSettings(
    decimal HighValue = 800, TimeSpan? ShipWithin = null, TimeSpan? FirstScanWithin = null, TimeSpan? QuietScanDomestic = null,
    TimeSpan? QuietScanAbroad = null)
{
    public TimeSpan ShipWithinOrDefault => ShipWithin ?? TimeSpan.FromDays(2);
    public TimeSpan FirstScanWithinOrDefault => FirstScanWithin ?? TimeSpan.FromHours(48);
    public TimeSpan QuietScanDomesticOrDefault => QuietScanDomestic ?? TimeSpan.FromDays(3);
    public TimeSpan QuietScanAbroadOrDefault => QuietScanAbroad ?? TimeSpan.FromDays(5);
}

/// <param name="KeepOfMargin">Share of the margin that advertising may not take, 0 to 1.</param>
/// <param name="Confidence">From that chance on an ad group counts as too dear.</param>
/// <param name="Jump">Times the usual spend that count as a jump.</param>
/// <param name="FeeShare">Share of the price that payment and marketplace take, 0 to 0.5; 0 means not told.</param>
/// <param name="Sending">What packing and sending one order costs beyond what the customer pays for it, major units; 0 means not told.</param>
public sealed record AdSettings(double KeepOfMargin = 0.30, double Confidence = 0.90, double Jump = 2.5, double FeeShare = 0, decimal Sending = 0);

/// <summary>Alarm lines of the detectors: a false alarm in at most one of that many steps of one stream.</summary>
public sealed record AlarmSettings(
    double Returns = 5000,
    double ReturnsByReason = 12_500,
    double KnownChange = 20,
    double Station = 5000,
    double Carrier = 10_000
);

/// <summary>What trouble costs, in major units: the owner's own guesses, by which money at risk is reckoned.</summary>
/// <param name="Contact">Answering one customer.</param>
/// <param name="Reship">Sending one parcel again, freight only.</param>
/// <param name="LostParcelShare">Share of parcels without any scan, or stalled, that never come, 0 to 1.</param>
/// <param name="CancelShare">Share of stuck orders that are cancelled, 0 to 1.</param>
/// <param name="Minutes">How long you would have looked for what one alert tells, for the time saved; 0 means not told.</param>
public sealed record CostSettings(
    decimal Contact = 8,
    decimal Reship = 15,
    double LostParcelShare = 0.2,
    double CancelShare = 0.3,
    decimal Minutes = 0
);

/// <param name="Limits">Present exactly when <paramref name="Autonomy"/> is <see cref="LaneAutonomy.Act"/>.</param>
public sealed record LaneSettings(string Area, ActionKind Kind, LaneAutonomy Autonomy, LaneLimits? Limits);

/// <param name="PerAct">The most that one act may affect, major units.</param>
/// <param name="PerDay">The most that a day's acts may affect together.</param>
/// <param name="Acts">The most acts a day.</param>
/// <param name="From">From when in the day it may act.</param>
/// <param name="To">Until when; midnight means the day's end.</param>
public sealed record LaneLimits(decimal PerAct, decimal PerDay, int Acts, TimeOnly From, TimeOnly To);

/// <param name="When">A condition on facts: monitor, score, carrier, supplier, sku.</param>
/// <param name="To">Who gets it.</param>
public sealed record AlertRoute(string When, FactExpression Condition, string To);

/// <summary>A stretch of the night; it may pass midnight.</summary>
public sealed record QuietHours(TimeOnly From, TimeOnly To)
{
    public bool Holds(TimeOnly time) => From <= To ? From <= time && time < To : time >= From || time < To;
}

/// <summary>The settings of operations that are in force at this moment.</summary>
public delegate OperationsSettings CurrentOperations();

using System.Text.Json.Nodes;
using OpsChat.Text;

namespace OpsChat.Operations.Stock;

/// <summary>Stock and purchases as JSON, the same for the command line and HTTP.</summary>
public static class StockJson
{
    public static JsonObject Of(IEnumerable<StockLine> lines, DateTimeOffset asOf) => new()
    {
        ["asOf"] = asOf.ToString("yyyy-MM-ddTHH:mm:sszzz"), ["items"] = new JsonArray([.. lines.Select(l => (JsonNode)Item(l))]),
    };

    public static JsonObject Of(IEnumerable<SupplierPurchase> list, DateTimeOffset asOf) => new()
    {
        ["asOf"] = asOf.ToString("yyyy-MM-ddTHH:mm:sszzz"), ["purchases"] = new JsonArray([.. list.Select(p => (JsonNode)Purchase(p))]),
    };

    private static JsonObject Item(StockLine line) =>
        new()
        {
            ["sku"] = line.Sku,
            ["title"] = line.Title,
            ["available"] = line.Available,
            ["incoming"] = line.Incoming,
            ["approvedNotSent"] = line.NotSentYet,
            ["position"] = line.Position,
            ["ratePerDay"] = Math.Round(line.RatePerDay, 4),
            ["cover"] = new JsonObject
            {
                ["p10"] = line.Cover.P10,
                ["p50"] = line.Cover.P50,
                ["p90"] = line.Cover.P90,
            },
            ["reorderPoint"] = line.ReorderPoint,
            ["order"] = line.Order,
            ["supplier"] = line.Supplier,
            ["leadDays"] = new JsonObject
            {
                ["q10"] = line.LeadDays.Q10,
                ["q50"] = line.LeadDays.Q50,
                ["q90"] = line.LeadDays.Q90,
                ["quoted"] = line.QuotedDays,
            },
            ["runOut"] = Math.Round(line.RunOut, 4),
            ["lostUnits"] = Math.Round(line.LostUnits, 2),
            ["atRisk"] = Amount(line.AtRisk),
            ["substitutes"] = new JsonArray([.. line.Substitutes.Select(s => (JsonNode)s)]),
            ["because"] = new JsonArray([.. line.Because.Select(b => (JsonNode)b)]),
        };

    private static JsonObject Purchase(SupplierPurchase purchase) => new()
    {
        ["supplier"] = purchase.Supplier, ["total"] = purchase.Total is { } total ? Amount(total) : null,
            ["needsConfirmation"] = purchase.NeedsConfirmation,
        ["lines"] = new JsonArray([.. purchase.Lines.Select(line => (JsonNode)new JsonObject
        {
            ["sku"] = line.Sku, ["title"] = line.Title, ["available"] = line.Available, ["incoming"] = line.Incoming,
                ["ratePerDay"] = Math.Round(line.RatePerDay, 4),
            ["leadDays90"] = line.LeadDays90, ["reorderPoint"] = line.ReorderLevel, ["need"] = line.Need, ["order"] = line.Order,
            ["unitCost"] = line.UnitCost is { } cost ? Amount(cost) : null, ["total"] = line.Total is { } sum ? Amount(sum) : null,
                ["priceSource"] = line.PriceSource,
            ["simple"] = new JsonObject { ["soldIn7"] = line.SoldIn7, ["need"] = line.SimpleNeed, ["remark"] = line.SimpleRemark },
        })]),
    };

    private static JsonObject Amount(Money money) => new() { ["minor"] = money.Minor, ["currency"] = money.Currency };
}

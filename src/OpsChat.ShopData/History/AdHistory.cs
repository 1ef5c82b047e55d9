using OpsChat.Operations.History;
using OpsChat.ShopData.Tables;

namespace OpsChat.ShopData.History;

/// <summary>Advertising. Totals of several days are read and told: a monitor of days cannot use them.</summary>
internal static class AdHistory
{
    private static readonly Column s_day = new("day", "Day", "Date", "Reporting starts", "Jour", "Gregorian date", "Tag", "Dia", "Día", "Giorno");
    private static readonly Column s_until = new("last day", "Reporting ends");
    private static readonly Column s_campaign = new("campaign", "Campaign", "Campaign name", "Nom de la campagne", "Kampagne", "Campanha");
    private static readonly Column s_group = new("ad group", "Ad group", "Ad set name", "Anzeigengruppe");
    private static readonly Column s_keyword = new("keyword", "Keyword", "Search keyword");
    private static readonly Column s_cost = new("cost", "Cost", "Amount spent", "Spend", "Montant dépensé", "Kosten", "Custo");
    private static readonly Column s_currency = new("currency", "Currency code", "Currency");
    private static readonly Column s_purchases = new("purchases", "Purchases", "Conversions", "Achats");
    private static readonly Column s_results = new("results", "Results");
    private static readonly Column s_indicator = new("kind of result", "Result indicator", "Result type");
    private static readonly Column s_value = new("conversion value", "Conv. value", "Purchases conversion value", "Conversion value");
    private static readonly Column s_clicks = new("clicks", "Clicks", "Link clicks");
    private static readonly Column s_impressions = new("impressions", "Impr.", "Impressions");
    private static readonly Column s_sku = new("SKU", "SKU", "Item ID", "Product ID");

    public static IEnumerable<Column> Columns =>
        [
            s_day,
            s_until,
            s_campaign,
            s_group,
            s_keyword,
            s_cost,
            s_currency,
            s_purchases,
            s_results,
            s_indicator,
            s_value,
            s_clicks,
            s_impressions,
            s_sku,
        ];

    /// <summary>Languages whose reports put the day first: a header in one of them settles it.</summary>
    private static readonly Column s_dayFirst = new("day", "Jour", "Tag", "Dia", "Día", "Giorno", "Dag");

    public static IReadOnlyList<AdSpend> Spend(HistoryRows rows)
    {
        rows.Table.PlatformDates = rows.Table.Has(s_dayFirst) ? Values.DateOrder.DayFirst : rows.Table.PlatformDates;
        // Meta's sum of all campaigns is a row without a campaign.
        var spend = rows.Table.Rows.Where(row => row.Text(s_campaign) is not null).Select(row => Spend(row, rows)).OfType<AdSpend>().ToList();
        if (spend.Exists(ad => !ad.IsOneDay))
        {
            rows.Table.Reading.Warning(
                rows.Table.File,
                rows.Table.HeaderLine,
                $"{spend.Count(ad => !ad.IsOneDay)} rows are totals of several days, and what watches advertising needs single days.",
                "Export the report again, broken down by day."
            );
        }

        return spend;
    }

    private static AdSpend? Spend(FeedRow row, HistoryRows rows)
    {
        var currency = row.Text(s_currency) ?? rows.Currency;
        if (row.Day(s_day).Value is not { } day || row.Amount(s_cost, currency).Value is not { } cost)
        {
            rows.Table.LeaveOut(row, s_day, s_cost);
            return null;
        }

        return new(
            day,
            row.Day(s_until).Value ?? day,
            row.Text(s_campaign)!,
            row.Text(s_group),
            row.Text(s_keyword),
            cost,
            Purchases(row),
            row.Amount(s_value, cost.Currency).Value,
            row.Count(s_clicks).Value,
            row.Count(s_impressions).Value,
            row.Text(s_sku),
            HistoryRows.PlaceOf(row)
        );
    }

    /// <summary>Meta's results are of many kinds: page views are no purchases.</summary>
    private static double? Purchases(FeedRow row) =>
        row.Number(s_purchases).Value is { } counted ? (double)counted
        : row.Text(s_indicator)?.Contains("purchase", StringComparison.OrdinalIgnoreCase) == true ? (double?)row.Number(s_results).Value
        : null;
}

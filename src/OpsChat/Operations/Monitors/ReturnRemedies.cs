using OpsChat.Operations.Actions;
using OpsChat.Operations.History;

namespace OpsChat.Operations.Monitors;

/// <summary>
/// Which kind of change can explain a reason, and who mends it (OPERATIONS F6 and R29): a fit is a matter of supplier, listing and size chart;
/// damage one of packing and carrier; a wrong article one of the shelf; what is not as described one of listing, photo and supplier.
/// </summary>
internal static class ReturnRemedies
{
    /// <summary>What a reason is about. Closed.</summary>
    private enum Topic { Other, Fit, Damage, WrongArticle, Description, Late }

    /// <summary>Stems that a reason's words begin with; several languages, as return apps write them.</summary>
    private static readonly (Topic Topic, string[] Stems)[] s_topics =
    [
        (Topic.WrongArticle, ["wrong-item", "wrong-article", "wrong-product", "wrong-variant", "incorrect", "salah", "falscher"]),
        (Topic.Fit, ["size", "small", "large", "big", "fit", "tight", "loose", "short", "long", "kecil", "besar", "saiz", "ukuran", "gross", "groß",
            "klein"]),
        (Topic.Damage, ["damage", "broken", "defect", "faulty", "crack", "leak", "shatter", "rosak", "rusak", "pecah", "kaputt", "beschädigt"]),
        (Topic.Description, ["described", "description", "colour", "color", "quality", "material", "expect", "photo", "picture", "look", "kualiti",
            "warna"]),
        (Topic.Late, ["late", "arrival", "delay", "lambat", "lewat"]),
    ];

    /// <summary>Whether a change of that kind can be why the reason is named more often. Without a reason any can.</summary>
    public static bool Explains(ChangeKind kind, string? reason) => reason is null || TopicOf(reason) switch
    {
        Topic.Fit => kind is ChangeKind.Supplier or ChangeKind.Listing or ChangeKind.SizeChart,
        Topic.Damage => kind is ChangeKind.Packing or ChangeKind.Carrier,
        Topic.WrongArticle => false,
        Topic.Description => kind is ChangeKind.Listing or ChangeKind.Photo or ChangeKind.Supplier,
        Topic.Late => kind is ChangeKind.Carrier,
        _ => true,
    };

    /// <summary>Drafts that a person may carry out, the nearest first.</summary>
    public static IReadOnlyList<ProposedAction> Of(ShopMoment shop, string sku, ReturnRise rise)
    {
        var supplier = shop.SupplierOf(sku);
        return [.. Kinds(rise.Reason is { } reason ? TopicOf(reason) : Topic.Other, rise, supplier).Distinct().Select(kind =>
            Draft(shop, sku, rise, kind, supplier))];
    }

    private static IEnumerable<ActionKind> Kinds(Topic topic, ReturnRise rise, string? supplier)
    {
        var hasNewSupplier = rise.Causes is [{ Change.Kind: ChangeKind.Supplier, Share: >= 0.2 }, ..];
        if (hasNewSupplier && supplier is not null)
        {
            yield return ActionKind.SupplierNote;
        }

        foreach (var kind in topic switch
        {
            Topic.Fit => new[] { ActionKind.SizeChartEdit, ActionKind.ListingEdit },
            Topic.Damage => [ActionKind.PackingNote],
            Topic.WrongArticle => [ActionKind.BinMove, ActionKind.Relabel],
            Topic.Description or Topic.Late => [ActionKind.ListingEdit],
            _ => [ActionKind.InspectReturn],
        })
        {
            yield return kind;
        }

        if (!hasNewSupplier && supplier is not null && topic is Topic.Fit or Topic.Description)
        {
            yield return ActionKind.SupplierNote;
        }
    }

    private static ProposedAction Draft(ShopMoment shop, string sku, ReturnRise rise, ActionKind kind, string? supplier)
    {
        var (title, why) = (shop.Product(sku)?.Title ?? sku, rise.Reason is { } reason ? ReturnRise.Words(reason) : "different reasons");
        var (text, draft) = kind switch
        {
            ActionKind.SizeChartEdit => (
                $"Correct the size chart of {sku}",
                $"{title}: measure one piece of the present delivery and replace the size chart. Customers who sent it back said: {why}."
            ),
            ActionKind.ListingEdit => (
                $"Say on the page of {sku} what customers find out at home: {why}",
                $"{title}: customers who sent it back said: {why}. Say so where the description speaks of it."
            ),
            ActionKind.PackingNote => (
                $"Pack {sku} safer",
                $"{title}: {rise.Returned:0} pieces came back ({why}) where {rise.Expected:0.#} are usual. Add padding, and note from which day on."
            ),
            ActionKind.SupplierNote => (
                $"Ask {supplier} about the quality of {sku}",
                $"Of {title} ({sku}) sold since {rise.Begin:d MMM}, {rise.Returned:0} pieces came back where {rise.Expected:0.#} are usual "
                    + $"({why}). Please check the batch and tell what has changed."
            ),
            ActionKind.BinMove => (
                $"Move {sku} away from what it is mistaken for",
                $"{title}: {rise.Returned:0} customers got another article. Look at its neighbours on the shelf."
            ),
            ActionKind.Relabel => (
                $"Mark {sku} so that it is not mistaken",
                $"{title}: {rise.Returned:0} customers got another article. Put a mark on its bin."
            ),
            _ => (
                $"Look at the pieces of {sku} that came back",
                $"{title}: {rise.Returned:0} pieces came back where {rise.Expected:0.#} are usual, for {why}."
            ),
        };
        return new(kind, sku, new Dictionary<string, string>(StringComparer.Ordinal) { ["draft"] = draft, ["supplier"] = supplier ?? "" }, null, text,
            shop.Now.AddDays(14));
    }

    /// <summary>The topic whose stem a word of the reason, or the whole of it, begins with.</summary>
    private static Topic TopicOf(string reason)
    {
        var words = reason.Split('-');
        return s_topics.Where(t => t.Stems.Any(stem => reason.Contains(stem, StringComparison.Ordinal)
            && (stem.Contains('-') || words.Any(w => w.StartsWith(stem, StringComparison.Ordinal)))))
            .Select(t => t.Topic).FirstOrDefault();
    }
}

using OpsChat.Facts;

namespace OpsChat.ShopData.Products;

/// <summary>Stock by place and open purchase orders, summed by article. What customers see in the storefront is compared with the warehouse,
/// never added to it.</summary>
internal sealed class StockByArticle
{
    private readonly Dictionary<string, int?> _available;
    private readonly Dictionary<string, DateOnly> _expected;

    private readonly Dictionary<string, string> _skus;

    public StockByArticle(IReadOnlyList<StockAtPlace> stock, IEnumerable<IncomingStock> incoming, DateOnly today)
    {
        _skus = stock.Where(s => s.Article is not null).DistinctBy(s => s.Article).ToDictionary(s => s.Article!, s => s.Sku, StringComparer.Ordinal);
        _available = stock
            .Where(s => s.Place?.Contains("storefront", StringComparison.OrdinalIgnoreCase) != true)
            .GroupBy(s => (Sku: s.Sku.ToUpperInvariant(), s.Place))
            .Select(readings => readings.MaxBy(reading => reading.At)!)
            .GroupBy(s => s.Sku, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(
                places => places.Key,
                places => places.Any(p => p.Available is null) ? null : (int?)places.Sum(p => p.Available!.Value),
                StringComparer.OrdinalIgnoreCase
            );
        _expected = incoming
            .Where(i => i.ExpectedOn >= today)
            .GroupBy(i => i.Sku, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(i => i.Key, i => i.Min(o => o.ExpectedOn!.Value), StringComparer.OrdinalIgnoreCase);
    }

    public Product Applied(Product product) =>
        product with
        {
            Variants = [.. product.Variants.Select(variant => Applied(WithSku(product, variant)))],
        };

    /// <summary>A catalogue without SKUs takes them from the file of stock, which names the same product and options.</summary>
    private ProductVariant WithSku(Product product, ProductVariant variant)
    {
        string?[] options = [variant.Size, .. variant.Options];
        return
            !variant.HasOwnSku
            && (
                _skus.TryGetValue(ArticleKey.Of(product.Handle, options), out var sku)
                || _skus.TryGetValue(ArticleKey.Of(product.Handle, options.Reverse()), out sku)
            )
            ? variant with
            {
                Sku = sku,
                HasOwnSku = true,
            }
            : variant;
    }

    private ProductVariant Applied(ProductVariant variant)
    {
        var counted = _available.TryGetValue(variant.Sku, out var pieces)
            ? variant with
            {
                OnHand = pieces is { } known ? Math.Max(0, known) : null,
                IsAvailable = pieces is null ? null : pieces > 0 || variant is { IsAvailable: true, OnHand: 0 },
            }
            : variant;
        return counted.RestockOn is null && _expected.TryGetValue(variant.Sku, out var day) ? counted with { RestockOn = day } : counted;
    }
}

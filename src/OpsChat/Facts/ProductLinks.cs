using System.Text.RegularExpressions;

namespace OpsChat.Facts;

/// <summary>Reads links to product pages as the names of their products. Pure.</summary>
internal static partial class ProductLinks
{
    private const int ShortestHandle = 3;

    /// <summary>The message with the product's title for each link to a product of the catalogue: by its page, by its handle as the last part of the
    /// path, else by the words of that part where they name it. Other links stay.</summary>
    public static string AsNames(string message, ProductSearch search) =>
        Link().Replace(message, link => ProductOf(link.Value, search)?.Title is { } title ? title + " " : link.Value).TrimEnd();

    private static Product? ProductOf(string link, ProductSearch search)
    {
        // Some shops tell their products apart by the query alone: "index.php?product_id=42".
        Product[] Having(Func<string, string> part) =>
            [.. search.Products.Where(product => product.Url is { } url && part(url).Equals(part(link), StringComparison.OrdinalIgnoreCase))];
        var page = PageOf(link);
        var parts = page.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (Having(AddressOf) is [var exact, ..])
        {
            return exact;
        }

        if (parts.Length > 1 && Having(PageOf) is { Length: > 0 } own)
        {
            return own is [var one] ? one : null;
        }

        if (parts.Length < 2 || PageExtension().Replace(Uri.UnescapeDataString(parts[^1]), "") is not { Length: >= ShortestHandle } handle)
        {
            return null;
        }

        var words = handle.Replace('-', ' ').Replace('_', ' ');
        return search.Products.FirstOrDefault(product => product.Handle.Equals(handle, StringComparison.OrdinalIgnoreCase))
            ?? (search.Find(words) is ProductMatch.Found found && search.IsNamedBy(found.Product, words) ? found.Product : null);
    }

    /// <summary>Without scheme, "www.", fragment and last slash.</summary>
    private static string AddressOf(string link) => Around().Replace(link, "").TrimEnd('/', '.', ',', '!', '?');

    /// <summary>The same without its query.</summary>
    private static string PageOf(string link) => AddressOf(link).Split('?')[0].TrimEnd('/');

    [GeneratedRegex(@"(?:https?://|\bwww\.)[^\s<>""）)，。！？]{4,500}|\b[a-z0-9-]{2,60}(?:\.[a-z0-9-]{2,60}){1,3}/[^\s<>""）)，。！？]{2,500}",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Link();

    [GeneratedRegex(@"^https?://|^www\.|(?<=^https?://)www\.|#.*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Around();

    [GeneratedRegex(@"\.(?:html?|php|aspx?)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex PageExtension();
}

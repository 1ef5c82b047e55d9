namespace OpsChat.Facts;

/// <summary>Which product a message names. Closed: the cases below are all there are.</summary>
public abstract record ProductMatch
{
    private ProductMatch() { }

    /// <summary>One product.</summary>
    /// <param name="Variants">The articles that are meant: all of them, or those of the size, colour or SKU named. Empty when the size named is not made.</param>
    /// <param name="Size">The size named, as the catalogue writes it, or as the customer does when it is not made; null when none was named.</param>
    public sealed record Found(Product Product, IReadOnlyList<ProductVariant> Variants, string? Size) : ProductMatch;

    /// <summary>The words fit several products equally well, at most five are kept.</summary>
    public sealed record Ambiguous(IReadOnlyList<Product> Candidates) : ProductMatch;

    public sealed record None : ProductMatch;
}

namespace OpsChat.Facts;

/// <summary>Which product a message names. Closed: the cases below are all there are.</summary>
public abstract record ProductMatch
{
    private ProductMatch() { }

    /// <summary>One product.</summary>
    /// <param name="Variants">The articles that are meant: all of them, or those of the size, colour or SKU named. Empty when the size named is
    /// not made.</param>
    /// <param name="Size">The size named, as the catalogue writes it, or as the customer does when it is not made; null when none was
    /// named.</param>
    public sealed record Found(Product Product, IReadOnlyList<ProductVariant> Variants, string? Size) : ProductMatch
    {
        /// <summary>The values named, by the option's name.</summary>
        public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>();

        /// <summary>What was asked for and is not made, in the customer's words.</summary>
        public IReadOnlyList<string> NotMade { get; init; } = [];

        /// <summary>What is asked for and was chosen before, and is not made together; null where it is.</summary>
        public string? NotTogether { get; init; }

        /// <summary>How many are asked for; null when that was not said.</summary>
        public int? Quantity { get; init; }
    }

    /// <summary>The words fit several products equally well, at most five are kept.</summary>
    public sealed record Ambiguous(IReadOnlyList<Product> Candidates) : ProductMatch;

    public sealed record None : ProductMatch;
}

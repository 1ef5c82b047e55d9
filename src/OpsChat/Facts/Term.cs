namespace OpsChat.Facts;

/// <summary>How well a term speaks for a product.</summary>
/// <param name="Score">What it counts; a word that stands in the title itself counts most.</param>
/// <param name="TitleWords">The words of the title that it says.</param>
internal readonly record struct TermFit(double Score, IReadOnlyList<string> TitleWords)
{
    /// <summary>It is only a general word for what the product is: "clothes" of a shirt.</summary>
    public bool IsGeneral { get; init; }
}

/// <summary>A word or phrase of a text that may name goods, with the products that it speaks for.</summary>
/// <param name="Start">Where it begins in the text.</param>
/// <param name="Length">In the text.</param>
internal sealed record Term(int Start, int Length, IReadOnlyDictionary<Product, TermFit> Fits)
{
    /// <summary>It says what a thing is, of what it is known to mean: a chair, also where no product is one.</summary>
    public bool IsThing { get; init; }

    /// <summary>It only tells things of one kind apart: a material, a flavour.</summary>
    public bool IsModifier { get; init; }

    /// <summary>A colour or material in another language counts only for what another word speaks for: "is it cotton" names no product.</summary>
    public bool IsOnlyBeside { get; init; }

    public bool IsColour { get; init; }

    public int End => Start + Length;
}

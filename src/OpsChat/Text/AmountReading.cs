namespace OpsChat.Text;

/// <summary>The amounts of money in a text, and whether they are all of it.</summary>
/// <param name="Amounts">Each that was read with certainty, in the order of the text; one named twice is there twice.</param>
/// <param name="Factor">What the text multiplies them by: <c>3</c> for "RM 199 three times". 1 when it says nothing of the kind.</param>
/// <param name="Doubts">What may be an amount and could not be read with certainty, in the text's words. Never empty when a figure is left
/// unexplained.</param>
/// <param name="NamesMoney">Whether a currency stands anywhere in the text, with a figure or without.</param>
public sealed record AmountReading(IReadOnlyList<Money> Amounts, decimal Factor, IReadOnlyList<string> Doubts, bool NamesMoney)
{
    public bool IsCertain => Doubts.Count == 0;

    /// <summary>All amounts together, times the factor: at least what the text moves. Null when there is none, or one is in doubt.</summary>
    public Money? Sum => IsCertain && Amounts.Count > 0 && Total is <= long.MaxValue ? new Money((long)Total, Amounts[0].Currency) : null;

    private decimal Total => decimal.Ceiling(Amounts.Sum(amount => (decimal)amount.Minor) * Factor);
}

using System.Text.RegularExpressions;

namespace OpsChat.Operations.Questions;

/// <summary>Something that shops' files may have and of which nothing is kept: a sum of everything would be taken for it.</summary>
internal sealed partial record NotKept(string Sentence)
{
    /// <summary>Null when the question asks for nothing of the kind.</summary>
    /// <param name="english">In the words of the grammar, in lower case with a space before and after, without names of articles.</param>
    /// <param name="isOfArticle">Whether a word is one of an article that is asked about: a shop may sell gift vouchers.</param>
    public static NotKept? In(string english, Predicate<string> isOfArticle)
    {
        Match? First(Regex what) => what.Matches(english).FirstOrDefault(match => !match.Value.Split(' ').Any(word => isOfArticle(word)));

        return First(Tax()) is { } tax
                ? new($"I cannot answer that for “{tax.Value}”: what is kept of an order is what it comes to, and not the tax in it.")
            : First(Fees()) is { } fees
                ? new($"I cannot answer that for “{fees.Value}”: no file that is kept tells what platforms and payment services took.")
            : First(Discounts()) is { } discount
                ? new($"I cannot answer that for “{discount.Value}”: what is kept of an order is what it comes to, and not what was taken off its "
                    + "prices.")
            : null;
    }

    [GeneratedRegex("(?<= )(?:(?:sales |service |income )?tax(?:es)?|sst|gst|vat)(?= )")]
    private static partial Regex Tax();

    [GeneratedRegex("(?<= )(?:commissions?|(?:platform|marketplace|transaction|payment|gateway|processing|seller) fees?)(?= )")]
    private static partial Regex Fees();

    [GeneratedRegex("(?<= )(?:(?:discount|voucher|coupon|promo) codes?|vouchers?|coupons?|(?<=how (?:much|many) )discounts?"
        + "|discounts? (?:given|granted|used))(?= )")]
    private static partial Regex Discounts();
}

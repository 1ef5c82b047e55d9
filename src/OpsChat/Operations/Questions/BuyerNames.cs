using System.Text.RegularExpressions;

namespace OpsChat.Operations.Questions;

/// <summary>A customer as the shop's own system names one. The name is only compared with a question, and never kept by operations.</summary>
/// <param name="Keys">What tells the customer's orders apart in the rows; several where one name has several addresses.</param>
public sealed record NamedBuyer(string Name, IReadOnlyList<string> Keys)
{
    /// <summary>Shows no personal data.</summary>
    public override string ToString() => "a customer of the shop's data";
}

/// <summary>Finds the customer whom a question names.</summary>
internal static class BuyerNames
{
    private const int MostNamesakes = 5;

    /// <summary>The one whose whole name of several words stands in the question; a single word may be anything.</summary>
    public static NamedBuyer? Whole(string question, IReadOnlyList<NamedBuyer> buyers)
    {
        var text = $" {QuestionNames.Plain(question)} ";
        return buyers.Where(b => QuestionNames.Plain(b.Name) is var name && name.Contains(' ', StringComparison.Ordinal)
            && text.Contains($" {name} ", StringComparison.Ordinal)).MaxBy(b => b.Name.Length);
    }

    public static string Without(string question, NamedBuyer? buyer) => buyer is null ? question
        : Regex.Replace(question, string.Join(@"\s+", buyer.Name.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Regex.Escape)), " ",
            RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    /// <summary>Words that nothing else understands name the customer who alone has all of them in the name.</summary>
    public static QuestionScope In(QuestionScope scope, NamedBuyer? whole, IReadOnlyList<NamedBuyer> buyers)
    {
        if (whole is not null || scope.NotUnderstood.Count == 0)
        {
            return whole is null ? scope : Of(scope, whole);
        }

        var named = buyers.Where(b => QuestionNames.Plain(b.Name).Split(' ') is var parts && scope.NotUnderstood.All(parts.Contains)).ToList();
        return named switch
        {
            [] => scope,
            [var one] => Of(scope with { NotUnderstood = [] }, one),
            _ => scope with { Namesakes = [.. named.Select(b => b.Name).Order(StringComparer.Ordinal).Take(MostNamesakes)] },
        };
    }

    private static QuestionScope Of(QuestionScope scope, NamedBuyer buyer) => scope with
    {
        Customer = buyer, Label = scope.Label.Length == 0 ? buyer.Name : $"{buyer.Name}, {scope.Label}",
    };
}

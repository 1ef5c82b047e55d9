using System.Text.RegularExpressions;
using OpsChat.Operations.History;

namespace OpsChat.Operations.Questions;

/// <summary>What a question leaves out: "sales excluding linen shirts", "orders without a discount".</summary>
/// <param name="Articles">The articles that are left out; empty where the words name none, and then nobody can leave them out.</param>
/// <param name="Words">As they were written, with the word that leaves them out.</param>
/// <param name="Label">What is left out, for before the answer.</param>
internal sealed partial record LeftOut(IReadOnlyList<string> Articles, string Words, string Label)
{
    /// <summary>Null when it leaves out nothing.</summary>
    public static LeftOut? In(string question, ShopMoment shop)
    {
        if (Marker().Match(question) is not { Success: true } marker)
        {
            return null;
        }

        var tail = Tail(question, marker);
        var (names, scope) = (new QuestionNames(tail, shop), OwnerQuestion.ScopeOf(tail, shop));
        var articles = scope.NotUnderstood.Count > 0 ? [] : scope.Articles.Count > 0 ? scope.Articles : names.Skus;
        if (articles.Count == 0 && marker.Value.StartsWith("but", StringComparison.OrdinalIgnoreCase))
        {
            // "Approved but not paid yet" says how it stands, and leaves nothing out.
            return null;
        }

        var label = scope.Label.Length > 0 ? scope.Label : articles.Count == 1 ? shop.NameOf(articles[0]) : $"{tail} ({articles.Count} articles)";
        return new(articles, $"{marker.Value.Trim()} {tail}".Trim(), label);
    }

    /// <summary>The question without it.</summary>
    public string Without(string question) => question.Replace(Words, " ", StringComparison.OrdinalIgnoreCase);

    /// <summary>The articles that are named, or all, without those.</summary>
    public IReadOnlyList<string> Rest(IReadOnlyList<string> named, ShopMoment shop) =>
        [.. (named.Count > 0 ? named : shop.Skus).Except(Articles, StringComparer.Ordinal)];

    /// <summary>Up to the days, a verb, or a mark.</summary>
    private static string Tail(string question, Match marker)
    {
        var rest = question[(marker.Index + marker.Length)..];
        return End().Match(rest) is { Success: true } end ? rest[..end.Index].Trim() : rest.Trim();
    }

    [GeneratedRegex(@"\b(?:excluding|exclude|except(?:\s+for)?|without|other\s+than|apart\s+from|leaving\s+out"
        + @"|but\s+(?:not|no)|(?<=\b(?:all|every\w*|any\w*)\b[^,.?!]*)but|not\s+counting"
        + @"|not\s+including)\s+(?:(?:the|any|all|our|my|a|an)\s+)*(?=\S)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Marker();

    [GeneratedRegex(@"[?!,.;|]|\s+(?:in|on|during|since|from|to|last|this|yesterday|today|between|before|after|were|was|are|is|did|do|have|has"
        + @"|by|per)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex End();
}

using System.Text.RegularExpressions;
using OpsChat.Canary;
using OpsChat.Facts;
using OpsChat.Playbooks;

namespace OpsChat.Learning;

/// <summary>Turns what a person wrote about one order back into a text for every order: the values of facts become places again.</summary>
internal static partial class TurnedBack
{
    /// <param name="language">In which days and lists are written.</param>
    public static string Of(string text, IReadOnlyList<Fact> facts, string language)
    {
        var set = new FactSet(facts);
        var values = facts.Where(IsTelling).SelectMany(fact => Forms(fact).Select(form => (Form: form, Written: Written(form, set, language))))
            .Where(place => place.Written.Length > 1).OrderByDescending(place => place.Written.Length).ToList();
        // In two steps, so that the name of one place is never taken for the value of another.
        var marked = Safe(text);
        for (var i = 0; i < values.Count; i++)
        {
            marked = Regex.Replace(
                marked,
                $@"(?<![\p{{L}}\d]){Regex.Escape(values[i].Written)}(?![\p{{L}}\d])",
                $"\u0001{i}\u0002",
                RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
            );
        }

        return Marked().Replace(marked, match => values[int.Parse(match.Groups[1].Value)].Form);
    }

    /// <summary>The text without a greeting at its beginning or a signature: the conversation's own Greeting stands there.</summary>
    public static string WithoutCourtesy(string text)
    {
        var bare = EditLexicon.Courtesy.Aggregate(text.Trim(), (left, phrase) =>
            phrase.Replace(left, match => match.Index == 0 || match.Index + match.Length >= left.Length - 1 ? " " : match.Value)
        );
        return Spaces().Replace(bare, " ").Trim(' ', ',', '!', '-');
    }

    /// <summary>Sentences with their ends.</summary>
    public static IReadOnlyList<string> Sentences(string text) =>
        [.. SentenceEnd().Split(text).Select(sentence => sentence.Trim()).Where(sentence => sentence.Length > 0)];

    /// <summary>Only what can be told from a common word: with a digit or a capital, and no bare number, which many facts may have.</summary>
    private static bool IsTelling(Fact fact) =>
        !fact.Name.StartsWith("message.", StringComparison.Ordinal)
        && !fact.Name.StartsWith("store.", StringComparison.Ordinal)
        && fact.Value switch
        {
            FactValue.Amount or FactValue.Day => true,
            FactValue.Text text => text.Value.Any(c => char.IsDigit(c) || char.IsUpper(c)),
            FactValue.Words words => words.Values.Any(word => word.Any(char.IsUpper)),
            _ => false,
        };

    private static IEnumerable<string> Forms(Fact fact) => fact.Value switch
    {
        FactValue.Amount => [$"{{{{ money {fact.Name} }}}}", $"{{{{ {fact.Name} }}}}"],
        FactValue.Day => [$"{{{{ date {fact.Name} }}}}", $"{{{{ {fact.Name} }}}}"],
        FactValue.Words => [$"{{{{ list {fact.Name} }}}}", $"{{{{ {fact.Name} }}}}"],
        _ => [$"{{{{ {fact.Name} }}}}"],
    };

    private static string Written(string form, FactSet facts, string language) =>
        new TextTemplate(form).Render(facts, language) is TextResult.Rendered rendered ? rendered.Text : "";

    /// <summary>Without signs that mean something in Markdown or in a template.</summary>
    private static string Safe(string text) => Spaces().Replace(MarkupSigns().Replace(text, " "), " ").Trim();

    [GeneratedRegex(@"[{}<>*`\[\]|\u0001\u0002]")]
    private static partial Regex MarkupSigns();

    [GeneratedRegex(@"\u0001(\d+)\u0002")]
    private static partial Regex Marked();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"(?<=[.!?…。！？])\s+|(?<=[。！？])")]
    private static partial Regex SentenceEnd();
}

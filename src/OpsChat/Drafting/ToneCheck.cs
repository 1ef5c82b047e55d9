using OpsChat.Text;
using System.Text.RegularExpressions;

namespace OpsChat.Drafting;

/// <summary>The manners that can be checked: the owner's avoided words, no shouting, no flood of signs.</summary>
internal static partial class ToneCheck
{
    public static IEnumerable<GuardFailure> Failures(string draft, GuardInput input)
    {
        var folded = PlainText.NormaliseLower(draft);
        foreach (var avoided in input.AvoidedWords.Where(w => IsIn(folded, PlainText.NormaliseLower(w))))
        {
            yield return new(Guardrail.Tone, avoided, $"The shop's style avoids “{avoided}”.");
        }
        if (Shouting().Match(draft) is { Success: true } shout)
        {
            yield return new(Guardrail.Tone, shout.Value, "The draft shouts in capitals.");
        }
        if (Flood().Match(draft) is { Success: true } flood)
        {
            yield return new(Guardrail.Tone, flood.Value, "The draft repeats signs or letters.");
        }
    }

    private static bool IsIn(string text, string words) =>
        words.Length > 0 && Regex.IsMatch(text, $@"(?<!\p{{L}}){Regex.Escape(words)}(?!\p{{L}})", RegexOptions.CultureInvariant);

    [GeneratedRegex(@"\b\p{Lu}{2,}(?:[\s,]+\p{Lu}{2,}){3,}\b", RegexOptions.CultureInvariant)]
    private static partial Regex Shouting();

    [GeneratedRegex(@"[!?]{2,}|(\p{L})\1{4,}", RegexOptions.CultureInvariant)]
    private static partial Regex Flood();
}

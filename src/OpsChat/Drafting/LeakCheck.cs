using OpsChat.Facts;
using OpsChat.Text;
using System.Text;
using System.Text.RegularExpressions;

namespace OpsChat.Drafting;

/// <summary>Keeps prompts, rules and the names of internal facts out of replies.</summary>
internal static partial class LeakCheck
{
    // Letters and digits in a row, spaces not counted: some seven English words.
    private const int Passage = 36;

    public static IEnumerable<GuardFailure> Failures(string draft, GuardInput input)
    {
        var owners = input.OwnersTexts.Select(PlainText.NormaliseLower).ToList();
        foreach (var words in Telltale().Matches(PlainText.NormaliseLower(draft)).Select(m => m.Value).Distinct()
            .Where(words => !owners.Exists(text => text.Contains(words, StringComparison.Ordinal))))
        {
            yield return new(Guardrail.LeakedInstructions, words, $"“{words}” speaks about instructions instead of the customer's question.");
        }
        foreach (var name in DottedName().Matches(draft).Select(m => m.Value).Where(FactNames.All.ContainsKey).Distinct())
        {
            yield return new(Guardrail.LeakedInstructions, name, $"“{name}” is the name of a fact, not its value.");
        }
        if (SharedPassage(draft, input) is { } passage)
        {
            yield return new(Guardrail.LeakedInstructions, passage, $"“{passage}” is taken from the instructions or a rule.");
        }
    }

    /// <summary>The first passage that the draft shares with an instruction and with no text of the owner, or null.</summary>
    private static string? SharedPassage(string draft, GuardInput input)
    {
        var letters = Letters(draft);
        if (letters.Length < Passage || input.Instructions.Count == 0)
        {
            return null;
        }
        var instructions = string.Join('\n', input.Instructions.Select(Letters));
        var allowed = string.Join('\n', input.OwnersTexts.Select(Letters));
        for (var at = 0; at + Passage <= letters.Length; at++)
        {
            var passage = letters.AsSpan(at, Passage);
            if (instructions.AsSpan().Contains(passage, StringComparison.Ordinal) && !allowed.AsSpan().Contains(passage, StringComparison.Ordinal))
            {
                return passage.ToString();
            }
        }
        return null;
    }

    private static string Letters(string text)
    {
        var letters = new StringBuilder(text.Length);
        foreach (var c in PlainText.NormaliseLower(text).Where(char.IsLetterOrDigit))
        {
            letters.Append(c);
        }
        return letters.ToString();
    }

    [GeneratedRegex(
        @"system prompt|my instructions|my prompt|the prompt|(?:i was|i am|i'm|been) (?:instructed|programmed|told) to|ignore (?:all |the "
            + @")?previous|language model|as an ai\b|an ai assistant"
            + @"|customer_words|\bguardrails?\b|\bplaybooks?\b|exception handling|## (?:context|constraints|action|validation)|\{\{|\}\}"
            + @"|</?[a-z_]+>|\[[a-z]+_\d+\]|⟦|⟧"
            + @"|arahan sistem|instruksi sistem|lời nhắc hệ thống|คำสั่งระบบ|系统提示|系統提示|提示词",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Telltale();

    [GeneratedRegex(@"[a-z]+\.[a-z_]+", RegexOptions.CultureInvariant)]
    private static partial Regex DottedName();
}

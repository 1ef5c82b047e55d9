using System.Collections.Frozen;
using System.Text.RegularExpressions;
using OpsChat.Messages;
using OpsChat.Playbooks;
using OpsChat.Text;
using OpsChat.Understanding;

namespace OpsChat.Drafting;

/// <summary>
/// What answers a narrower question when the whole answer stands in the chat already: after the return policy, "who pays the postage" gets the
/// sentence about postage, and not the same paragraph once more. Only of what is written for everybody, and only where one sentence has what is new
/// in the question; else the whole is said again. Pure.
/// </summary>
static partial class NarrowerReply
{
    /// <summary>Such a sentence goes on with the one before.</summary>
    private static readonly FrozenSet<string> s_goesOn =
        "it they this that these those then otherwise also there he she such ia ini itu mereka selepas kemudian jika 这 那 它 否则 此外"
            .Split(' ')
            .ToFrozenSet(StringComparer.Ordinal);

    private const int ShortestWord = 3;

    public static Draft Of(Draft draft, DraftBrief brief)
    {
        if (
            draft is not { Text: { } text, IsWrittenTerms: true, Asks: false, HandsOff: false }
            || brief.Playbook is not { Settings: { LinkRequired: false, Financial: not FinancialUse.Action } }
            || !brief.Said.Contains(Turn.DigestOf(text))
        )
        {
            return draft;
        }

        string[] sentences = [.. SentenceEnd().Split(text).Select(sentence => sentence.Trim()).Where(sentence => sentence.Length > 0)];
        var asked = MeaningsOf(brief.Text).Except(MeaningsOf(Before(brief))).ToHashSet(StringComparer.Ordinal);
        var told = sentences.Select(sentence => MeaningsOf(sentence).Count(asked.Contains)).ToList();
        var most = told.DefaultIfEmpty(0).Max();
        if (sentences.Length < 2 || most == 0 || told.Count(count => count == most) > 1)
        {
            return draft;
        }

        var at = told.IndexOf(most);
        var from = at > 0 && Tokens.Of(sentences[at]) is [var first, ..] && s_goesOn.Contains(first) ? at - 1 : at;
        return draft with { Text = string.Join(' ', sentences[from..(at + 1)]), IsPart = true };
    }

    /// <summary>What the customer had written of the matter before.</summary>
    private static string Before(DraftBrief brief)
    {
        var words = brief.SupportCase.Words;
        return words.EndsWith(brief.Text, StringComparison.Ordinal) ? words[..^brief.Text.Length] : words;
    }

    private static HashSet<string> MeaningsOf(string text)
    {
        var words = Tokens.Of(text);
        var meanings = new HashSet<string>(StringComparer.Ordinal);
        for (var at = 0; at < words.Count;)
        {
            var (meaning, length) = SynonymGroups.Meaning(words, at);
            if (Scripts.IsUnspaced(words[at][0]) || (words[at].Length >= ShortestWord && !TextFeatures.Fillers.Contains(words[at])))
            {
                meanings.Add(meaning);
            }

            at += Math.Max(1, length);
        }

        return meanings;
    }

    [GeneratedRegex(@"(?<=[.!?…])\s+(?=[\p{Lu}\d])|(?<=[。！？])")]
    private static partial Regex SentenceEnd();
}

using System.Collections.Frozen;
using System.Text.RegularExpressions;
using OpsChat.Messages;
using OpsChat.Playbooks;
using OpsChat.Text;
using OpsChat.Understanding;

namespace OpsChat.Drafting;

/// <summary>
/// What answers a narrower question when the whole answer stands in the chat already: after the return policy, "who pays the postage" gets the
/// sentence about postage, and not the same paragraph once more. Only of what is written for everybody, and only where one sentence has everything
/// that is new in the question; else the whole is said again. Pure.
/// </summary>
static partial class NarrowerReply
{
    /// <summary>Such a sentence goes on with the one before.</summary>
    private static readonly FrozenSet<string> s_goesOn =
        "it they this that these those then otherwise also there he she such ia ini itu mereka selepas kemudian jika 这 那 它 否则 此外"
            .Split(' ')
            .ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Such a sentence limits the one before, which is not said without it.</summary>
    private static readonly FrozenSet<string> s_limits =
        "but however except only unless still kecuali tetapi tapi namun hanya cuma 但 但是 不过 除 除了 仅 只有"
            .Split(' ')
            .Concat(s_goesOn)
            .ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Words that make a question, and are answered by other ones.</summary>
    private static readonly FrozenSet<string> s_asks =
        "who whom whose what which when how long much many soon take takes also even still then about berapa lama siapa bila apa juga pun macam mana"
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
        int[] answering = [.. sentences.Index().Where(one => asked.IsSubsetOf(MeaningsOf(one.Item))).Select(one => one.Index)];
        if (sentences.Length < 2 || asked.Count == 0 || answering is not [var at])
        {
            return draft;
        }

        var from = at > 0 && BeginsWith(s_goesOn, sentences[at]) ? at - 1 : at;
        var to = at + 1 < sentences.Length && BeginsWith(s_limits, sentences[at + 1]) ? at + 1 : at;
        return draft with { Text = string.Join(' ', sentences[from..(to + 1)]), IsPart = true };
    }

    private static bool BeginsWith(FrozenSet<string> words, string sentence) => Tokens.Of(sentence) is [var first, ..] && words.Contains(first);

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
            if (Scripts.IsUnspaced(words[at][0]) || (words[at].Length >= ShortestWord && !TextFeatures.Fillers.Contains(words[at])
                && !s_asks.Contains(words[at])))
            {
                meanings.Add(meaning);
            }

            at += Math.Max(1, length);
        }

        return meanings;
    }

    // "Approx. 3 days" is one sentence.
    [GeneratedRegex(@"(?<=[.!?…])\s+(?=\p{Lu})|(?<=[。！？])")]
    private static partial Regex SentenceEnd();
}

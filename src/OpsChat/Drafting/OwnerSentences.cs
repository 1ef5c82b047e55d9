using OpsChat.Text;
namespace OpsChat.Drafting;

/// <summary>Takes the owner's own sentences out of a draft, so that they are never doubted and cost no checking.</summary>
internal static class OwnerSentences
{
    // A shorter text could be the half of a longer claim: the owner's "RM" must not be cut out of "RM 50".
    private const int FewestWords = 4;

    /// <summary>The draft without the texts that stand in it whole and verbatim (white space aside); a line break marks each cut.</summary>
    public static string RemovedFrom(string draft, IReadOnlyList<string> texts)
    {
        var rest = OneLine(draft);
        foreach (var text in texts.Select(OneLine).OrderByDescending(t => t.Length))
        {
            rest = Scripts.CountWords(text) >= FewestWords || text == rest ? Cut(rest, text) : rest;
        }
        return rest.Trim();
    }

    private static string Cut(string draft, string text)
    {
        for (
            var at = draft.IndexOf(text, StringComparison.Ordinal);
            at >= 0 && text.Length > 0;
            at = draft.IndexOf(text, at, StringComparison.Ordinal)
        )
        {
            var end = at + text.Length;
            if (IsJoined(draft, at) || IsJoined(draft, end))
            {
                at++;
                continue;
            }
            draft = $"{draft[..at]}\n{draft[end..]}";
        }
        return draft;
    }

    private static bool IsJoined(string text, int at) =>
        at > 0 && at < text.Length && !char.IsWhiteSpace(text[at - 1]) && !char.IsWhiteSpace(text[at]);

    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}

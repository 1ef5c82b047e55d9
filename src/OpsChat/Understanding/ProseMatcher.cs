using OpsChat.Playbooks;

namespace OpsChat.Understanding;

/// <summary>Matches a playbook's condition in prose against a message by the words that carry the condition's meaning.</summary>
internal sealed class ProseMatcher
{
    private static readonly HashSet<string> Empty =
        [.. "the a an is are was were be it its this that to of in on at for and or customer wants want would like asks ask says say has have had my his her their they i".Split(' ')];

    private readonly Dictionary<string, string[]> conditions;

    public ProseMatcher(IReadOnlyList<string> phrases) =>
        conditions = phrases.Distinct().ToDictionary(phrase => phrase, Meanings);

    public Truth Holds(string phrase, string message)
    {
        var wanted = conditions.GetValueOrDefault(phrase) ?? Meanings(phrase);
        var said = Meanings(message).ToHashSet();
        var met = wanted.Length == 0 ? 0 : (double)wanted.Count(said.Contains) / wanted.Length;
        return met > 0.8 ? Truth.Yes : met >= 0.5 ? Truth.Unsure : Truth.No;
    }

    private static string[] Meanings(string text) =>
        [.. Tokens.Of(text).Where(word => !Empty.Contains(word)).Select(word => ShopWords.Meaning(word) ?? word).Distinct()];
}

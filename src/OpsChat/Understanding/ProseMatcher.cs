using System.Runtime.InteropServices;

namespace OpsChat.Understanding;

/// <summary>
/// Matches a playbook's condition in prose ("the parcel is damaged") against a message without a model: by the meanings that carry the condition
/// (<see cref="SynonymGroups"/>), whether they are denied, and whether the message only supposes them. The sentence encoder takes no part: its
/// cosine with "somebody else took the parcel" is higher for "where is my parcel" (.65) than for "a stranger picked up my package" (.56).
/// </summary>
internal sealed class ProseMatcher
{
    // From this share of the condition's meanings it holds, or may hold. "My box arrived broken" has all of "the parcel is damaged";
    // "it came broken" lacks the parcel, which counts little; "where is my parcel" has nothing but the parcel.
    private const double Holding = 0.7, Possible = 0.45;

    // What customers say of anything ("it", "the thing"): alone it shows nothing.
    private const double CommonWeight = 0.3;

    // How far a "not" reaches.
    private const int DenialReach = 3;

    private static readonly HashSet<string> Common =
        [.. "parcel product item order store buy get come arrive thing deliver".Split(' ').Select(SynonymGroups.Meaning)];

    private static readonly HashSet<string> Empty =
    [
        .. (
            "customer client buyer shopper person someone they them their want wants wanted like ask asks asked asking say says said "
                + "saying write writes mention mentions report reports "
            + "about or but if when that there which who any some just very really too"
        )
            .Split(' ')
            .SelectMany(word => new[] { word, SynonymGroups.Stem(word) }),
    ];

    private static readonly HashSet<string> Supposing = [.. "if whether suppose case kalau jika kalo sekiranya kung neu si caso".Split(' ')];

    private readonly Dictionary<string, Said[]> conditions;

    public ProseMatcher(IReadOnlyList<string> phrases) => conditions = phrases.Distinct().ToDictionary(phrase => phrase, Meanings);

    /// <summary>Whether <paramref name="phrase"/> holds for <paramref name="message"/>; in doubt unsure, so that a person looks.</summary>
    public Truth Holds(string phrase, string message)
    {
        var wanted = conditions.GetValueOrDefault(phrase) ?? Meanings(phrase);
        if (wanted.Length == 0)
        {
            return Truth.Unsure;
        }

        var said = Meanings(message);
        double met = 0, whole = 0;
        foreach (var (meaning, isDenied) in wanted)
        {
            var weight = Common.Contains(meaning) ? CommonWeight : 1;
            whole += weight;
            met += Array.Exists(said, other => other.Meaning == meaning && other.IsDenied == isDenied) ? weight : 0;
        }

        var share = met / whole;
        return share < Possible ? Truth.No
            : share < Holding || Tokens.Of(message).Exists(Supposing.Contains) ? Truth.Unsure
            : Truth.Yes;
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Said(string Meaning, bool IsDenied);

    private static Said[] Meanings(string text)
    {
        var tokens = Tokens.Of(text);
        var said = new List<Said>();
        var deniedUntil = -1;
        for (var at = 0; at < tokens.Count;)
        {
            var (meaning, length) = SynonymGroups.Meaning(tokens, at);
            if (length == 1 && TextFeatures.Negations.Contains(tokens[at]))
            {
                deniedUntil = at + DenialReach;
            }
            else if (!TextFeatures.Fillers.Contains(meaning) && !Empty.Contains(meaning))
            {
                said.Add(new Said(meaning, at <= deniedUntil));
            }

            at += length;
        }

        return [.. said.Distinct()];
    }
}

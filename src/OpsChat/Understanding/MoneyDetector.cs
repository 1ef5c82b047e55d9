using System.Text.RegularExpressions;
using OpsChat.Text;

namespace OpsChat.Understanding;

/// <summary>
/// Says whether a text is about money that moves. It reads words only, never which playbook was chosen, so that it stays a
/// second opinion. The vocabulary, with its rules in the heads, is <c>Words/money.txt</c>, <c>Words/wishes.txt</c> and <c>Words/drafts.txt</c>. Pure,
/// thread-safe, linear in the text.
/// </summary>
public static partial class MoneyDetector
{
    /// <summary>From these log-odds on (<see cref="WishModel"/>) a message counts as a wish though no list has its words.</summary>
    internal const double LikelyWish = 1.35;

    /// <summary>Below these log-odds words of the lists are taken for something said in passing; in English, where the lists know most words, and
    /// of payments, whose trouble customers seldom put as a wish, more is asked.</summary>
    private const double Unlikely = -2, MostUnlikely = -4.5;

    /// <summary>The same of the few words around one of them: many friendly words beside a wish do not hide it.</summary>
    private const double UnlikelyAround = -2;

    /// <summary>Words before and after what may be a wish that tell whether it is one.</summary>
    private const int WordsAround = 3;

    /// <summary>Words of a message: a longer one could hide a wish, and a shorter one says too little for a doubt in a language of which the lists
    /// know most words.</summary>
    private const int LongestDoubtful = 40, ShortestDoubtfulInEnglish = 6;

    /// <summary>Words of "berapa?" and "how much?".</summary>
    private const int MostOfABareQuestion = 2;

    /// <summary>More words explain nothing more.</summary>
    private const int MostWords = 12;

    /// <summary>What customers say; <see cref="RequestDetector"/> reads it too.</summary>
    internal static readonly Lexicon Messages = Lexicon.Load("money.txt", "wishes.txt");
    private static readonly Lexicon Drafts = Lexicon.Load("money.txt", "drafts.txt");
    private static readonly RecentReadings<MoneyReading> RecentDrafts = new(ReadDraftAnew);

    /// <summary>
    /// Reads a customer's message: <see cref="MoneySense.Moves"/> when it wants money or goods to move or is about a payment,
    /// <see cref="MoneySense.Asks"/> when it only asks about prices, fees or what is written.
    /// </summary>
    public static MoneyReading Read(string text)
    {
        if (ArrivalNews.IsIn(text))
        {
            return MoneyReading.Nothing;
        }

        var findings = Messages.Find(VietnameseTones.WithoutOtherWords(text));
        var moves = Wishes(findings);
        if (moves.Count > 0 && !AreSaidInPassing(moves, text))
        {
            return Found(MoneySense.Moves, findings, moves) with
            {
                LogOdds = WishModel.Shipped.LogOdds(text, KindsOf(findings)),
                Kinds = [.. moves.Select(wish => wish.Section).Distinct()],
            };
        }

        // What the lists know nothing of may still be a wish in other words.
        var likely = WishModel.Shipped.LogOdds(text, KindsOf(findings));
        // What is doubted is held by a question about money all the same: a model makes the gate more careful, and never less.
        List<PhraseMatch> asks = [.. findings.All.Where(Asks), .. moves];
        return likely >= LikelyWish && !IsBareQuestion(findings, text)
            ? new(MoneySense.Moves, 1 / (1 + Math.Exp(-likely)), []) { LogOdds = likely, AsksToo = asks.Count > 0 }
            : asks.Count > 0 ? Found(MoneySense.Asks, findings, asks)
            : MoneyReading.Nothing;
    }

    /// <summary>The kinds of phrases that the lists find in a message, each once; what the learned model is told of them.</summary>
    internal static IReadOnlyList<string> Kinds(string message) => KindsOf(Messages.Find(VietnameseTones.WithoutOtherWords(message)));

    /// <summary>The log-odds by which the learned model takes a message for a wish.</summary>
    internal static double LikelinessOf(string message) => WishModel.Shipped.LogOdds(message, Kinds(message));

    /// <summary>
    /// Reads a text that the shop would send: <see cref="MoneySense.Moves"/> when a sentence promises, confirms, offers or arranges
    /// that money or goods move; <see cref="MoneySense.Asks"/> when it only states prices, fees or written terms.
    /// </summary>
    public static MoneyReading ReadDraft(string text) => RecentDrafts.Of(text);

    private static MoneyReading ReadDraftAnew(string text)
    {
        var findings = Drafts.Find(Link().Replace(text, " "));
        var promises = findings.All.GroupBy(findings.SentenceOf).SelectMany(PromisesIn).ToList();
        if (promises.Count > 0)
            return Found(MoneySense.Moves, findings, promises);
        var states = findings.All.Where(f => Asks(f) || Moves(f)).ToList();
        return states.Count > 0 ? Found(MoneySense.Asks, findings, states) : MoneyReading.Nothing;
    }

    /// <summary>Whether a text that the shop would send may move money: it promises some, or it names an amount without only telling a price or what
    /// is written.</summary>
    public static bool IsAboutMoney(string draft) => ReadDraft(draft).Sense switch
    {
        MoneySense.Moves => true,
        MoneySense.Asks => false,
        // Whether money is named does not depend on the shop's currency.
        _ => AmountReader.Read(draft, "").NamesMoney,
    };

    /// <summary>What one sentence of a draft promises; nothing when it only states terms or only speaks of a remedy.</summary>
    private static List<PhraseMatch> PromisesIn(IEnumerable<PhraseMatch> sentence)
    {
        var findings = sentence.ToList();
        var confirms = findings.Exists(f => f.Section == "confirms");
        var explained = PhraseMatches.PositionsOf(findings, f => f.Section == "harmless" || (f.Section == "speaks-of" && !confirms));
        var promises = findings.FindAll(f => Promises(f) && !f.IsWithin(explained));
        return promises.Count > 0 && OnlyStatesTerms(findings) ? [] : promises;
    }

    private static bool OnlyStatesTerms(List<PhraseMatch> sentence)
    {
        var general = PhraseMatches.PositionsOf(sentence, f => f.Section == "not-a-commitment");
        return sentence.Exists(f => f.Section == "terms") && !sentence.Exists(f => f.Section == "commits" && !f.IsWithin(general));
    }

    // "I" is never whom something is done to; "saya" may be.
    private static readonly HashSet<string> s_whoSpeaks = ["i", "im", "ive", "we"], s_whoSpeaksInMalay = ["saya", "sy", "aku"];

    /// <summary>"I don't want a refund, I only ask": whoever speaks wants nothing by that alone.</summary>
    private static List<PhraseMatch> Wishes(PhraseMatches findings)
    {
        var explained = findings.PositionsOf(IsHarmless);
        // Only what is harmless: "can I get" in a question of terms stays a wish.
        var harmless = findings.PositionsOf(f => f.Section == "harmless");
        bool IsOne(int position, HashSet<string> speakers) => speakers.Contains(findings.Words[position].Text);
        // Who stands behind it has it coming: "tak nak refund saya" is a shop that does not want to refund me.
        bool IsOfSpeaker(int position, int first) =>
            harmless.Contains(position) || IsOne(position, s_whoSpeaks) || (position < first && IsOne(position, s_whoSpeaksInMalay));
        bool IsOfHarmless(int[] positions) =>
            Array.FindIndex(positions, harmless.Contains) is >= 0 and var at
            && Array.TrueForAll(positions, position => IsOfSpeaker(position, positions[at]));
        return [.. findings.All.Where(f => Moves(f) && !f.IsWithin(explained) && !IsOfHarmless(f.Positions))];
    }

    /// <summary>What the lists find, as the model learned it.</summary>
    private static List<string> KindsOf(PhraseMatches findings)
    {
        var explained = findings.PositionsOf(IsHarmless);
        return
        [
            .. findings.All.Where(f => Moves(f) && !f.IsWithin(explained)).Concat(findings.All.Where(f => Says(f) && !Moves(f)))
                .Select(f => f.Section).Distinct(),
        ];
    }

    private static bool IsHarmless(PhraseMatch finding) => finding.Section == "harmless" || Asks(finding);

    /// <summary>Whether neither the message nor the words around any of these read like a wish: "no need to cancel the order, he was
    /// joking".</summary>
    private static bool AreSaidInPassing(List<PhraseMatch> all, string text)
    {
        var said = Addresses.Without(text);
        var findings = Messages.Find(VietnameseTones.WithoutOtherWords(said));
        var wishes = Wishes(findings);
        var (isEnglish, words) = (IsEnglish(said), findings.Words.Count);
        var least = isEnglish || wishes.Exists(wish => IsOf(wish, "-payment")) ? MostUnlikely : Unlikely;
        return wishes.Count > 0
            // None is lost with an address that it stands beside.
            && wishes.Count == all.Count
            // Where a parcel goes, a person looks at.
            && !wishes.Exists(wish => IsOf(wish, "-delivery"))
            && words <= LongestDoubtful
            && !(isEnglish && words < ShortestDoubtfulInEnglish)
            && LikelinessOf(said) < least
            && wishes.TrueForAll(wish => LikelinessOf(Around(findings, wish)) < UnlikelyAround);
    }

    private static bool IsOf(PhraseMatch wish, string kind) => wish.Section.EndsWith(kind, StringComparison.Ordinal);

    /// <summary>The words near it, of its own sentence, as they are written.</summary>
    private static string Around(PhraseMatches findings, PhraseMatch wish)
    {
        var sentence = findings.SentenceOf(wish);
        var from = Math.Max(0, wish.Positions[0] - WordsAround);
        List<string> words =
        [
            .. findings.Words.Take(wish.End + WordsAround).Skip(from).Where(word => word.Sentence == sentence).Select(word => word.Text),
        ];
        return string.Join(words.Exists(word => word.Any(Scripts.IsUnspaced)) ? "" : " ", words);
    }

    private static bool IsBareQuestion(PhraseMatches findings, string text) =>
        findings.Words.Count <= MostOfABareQuestion && !text.Any(Scripts.IsUnspaced) && QuestionDetector.AskedFor(text).Count > 0;

    private static bool IsEnglish(string text) => LanguageDetector.Detect(text).Tag is "en" or LanguageDetector.Undetermined;

    private static bool Says(PhraseMatch finding) => Moves(finding) || Asks(finding) || finding.Section == "harmless";

    private static bool Asks(PhraseMatch finding) => finding.Section.StartsWith("asks-", StringComparison.Ordinal);

    private static bool Moves(PhraseMatch finding) => finding.Section.StartsWith("moves-", StringComparison.Ordinal);

    private static bool Promises(PhraseMatch finding) =>
        finding.Section == "remedy" || finding.Section.StartsWith("promises-", StringComparison.Ordinal);

    /// <summary>One phrase is right nine times in ten on real messages; each further one halves the doubt.</summary>
    private static MoneyReading Found(MoneySense sense, PhraseMatches findings, List<PhraseMatch> evidence)
    {
        var words = evidence.Select(findings.Written).Distinct().Take(MostWords).ToList();
        return new(sense, 1 - 0.1 * Math.Pow(0.5, words.Count - 1), words);
    }

    /// <summary>The words of an address are the web's, not the shop's.</summary>
    [GeneratedRegex(@"https?://\S+", RegexOptions.IgnoreCase)]
    private static partial Regex Link();
}

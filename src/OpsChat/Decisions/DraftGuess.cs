using System.Runtime.CompilerServices;
using OpsChat.Drafting;
using OpsChat.Messages;
using OpsChat.Playbooks;
using OpsChat.Understanding;

namespace OpsChat.Decisions;

/// <summary>What a playbook would say that comes near and was not chosen; for a person, never sent by itself.</summary>
/// <param name="Confidence">0 to 1.</param>
/// <param name="Text">Its draft, or the question that it would ask; null when neither can be rendered.</param>
public sealed record DraftGuess(Playbook Playbook, double Confidence, string? Text)
{
    /// <summary>Below this confidence a draft is about another thing, more likely than not.</summary>
    public const double FarOff = 0.1;

    private const int Most = 3;

    /// <summary>The playbooks that come nearest, best first; none where one was chosen, or where nothing is asked.</summary>
    /// <param name="sentences">Those of the text: the one that says what is wanted may be lost in the story around it.</param>
    public static IReadOnlyList<DraftGuess> Of(
        PlaybookChoice choice, string text, Reading reading, IReadOnlyList<Reading> sentences, ToldSlots told, Turn turn, PlaybookSnapshot known)
    {
        if (!MayBeNeeded(choice, reading))
        {
            return [];
        }

        DraftGuess[] near =
        [
            .. sentences.SelectMany(sentence => sentence.Issues).Concat(reading.Issues)
                .GroupBy(issue => issue.Issue, StringComparer.Ordinal)
                .Select(of => of.MaxBy(issue => issue.Confidence)!)
                .OrderByDescending(issue => ContextReading.Weighed(issue, text, reading, told, turn, known))
                .Select(issue => Guess(issue.Issue, issue.Confidence, known))
                .OfType<DraftGuess>(),
        ];
        var open = turn
            .Cases.Select(matter =>
                Guess(matter.Playbook, near.FirstOrDefault(guess => guess.Playbook.Issue == matter.Playbook)?.Confidence ?? 0, known)
            )
            .FirstOrDefault(guess => guess is not null);
        if (MoodDetector.OnlyWantsPerson(reading, text))
        {
            return open is null ? [] : [open];
        }

        // What is wished for by name comes nearest, whatever story stands around it.
        if (
            Remedies.Of(reading.Money, known) is { } remedy
            && near is not [{ Confidence: >= LeastOfARemedy, Playbook.Settings.Financial: not FinancialUse.No }, ..])
        {
            var confidence = near.Select(guess => guess.Confidence).Append(LeastOfARemedy).Max();
            near = [new(remedy, confidence, null), .. near.Where(guess => guess.Playbook != remedy)];
        }

        // Who is angry, or wants something put right, is answered as one who is, where nothing else comes near.
        var wantsHelp = IsUnhappy(reading.Mood) || (reading.Money.Sense == MoneySense.Moves && told.HasWholeProof);
        if (wantsHelp && near is not [{ Confidence: >= FarOff }, ..] && OfComplaints(known) is { } complaint)
        {
            near = [new(complaint, FarOff, null), .. near];
        }

        // Who has told an order, and wants no money, most likely asks for its news.
        if (
            told.HasWholeProof && reading.Money.Sense != MoneySense.Moves
            && near is [{ Confidence: < FarOff, Playbook: { Settings.Financial: FinancialUse.No } ofOrder } likely, .. var others]
            && known.NeedsOf(ofOrder.Issue).HasFlag(PlaybookNeeds.Order))
        {
            near = [likely with { Confidence = FarOff }, .. others];
        }

        // Where the words say little, they are most likely about what was talked about.
        IEnumerable<DraftGuess> ordered =
            open is null ? near
            : near is [{ Confidence: >= SaysEnough }, ..] || (near is [{ Confidence: >= SaysLittle }, ..] && !ContextReading.GoesOn(text))
                ? near.Take(Most - 1).Append(open)
            : near.Prepend(open);
        return [.. ordered.DistinctBy(guess => guess.Playbook.Issue).Take(Most)];
    }

    public static bool MayBeNeeded(PlaybookChoice choice, Reading reading) =>
        choice is { Playbook: null, AsksOn: false } && reading.SmallTalk == SmallTalk.None && reading.Withdrawal != Withdrawal.Wholly;

    /// <summary>The playbook whose examples complain most often; null where no fifth of any playbook's does.</summary>
    private static Playbook? OfComplaints(PlaybookSnapshot known) => s_complaints.GetValue(known, shop => new(shop.Playbooks.Playbooks
        .Where(playbook => playbook.Settings.Financial != FinancialUse.Action && playbook.Examples.Count > 0)
        .Select(playbook => (Playbook: playbook, Share: playbook.Examples.Average(text => IsUnhappy(MoodDetector.Read(text)) ? 1.0 : 0)))
        .Where(each => each.Share >= LeastComplain)
        .OrderByDescending(each => each.Share)
        .Select(each => each.Playbook)
        .FirstOrDefault())).Value;

    private static bool IsUnhappy(MoodReading mood) => mood is { IsComplaint: true } or { Tone: Tone.Angry } or { Threat: not Threat.None };

    private const double LeastComplain = 0.2;

    private static readonly ConditionalWeakTable<PlaybookSnapshot, StrongBox<Playbook?>> s_complaints = [];

    /// <summary>What tells most of a product beside its stock and its price, for a question that the stock does not answer: "is it ground already";
    /// none where the shop has no such playbook.</summary>
    public static IReadOnlyList<DraftGuess> OfGoods(Reading reading, PlaybookSnapshot known) =>
    [
        .. known.Playbooks.Playbooks
            .Where(playbook => playbook.Settings.Financial != FinancialUse.Action && IsOnlyOfGoods(playbook, known))
            .Select(playbook =>
                (Playbook: playbook, Confidence: reading.Issues.FirstOrDefault(issue => issue.Issue == playbook.Issue)?.Confidence ?? 0))
            .OrderByDescending(near => near.Confidence)
            .Take(1)
            .Select(near => new DraftGuess(near.Playbook, Math.Max(near.Confidence, FarOff), null)),
    ];

    private static bool IsOnlyOfGoods(Playbook playbook, PlaybookSnapshot known) =>
        (known.NeedsOf(playbook.Issue) & (PlaybookNeeds.Product | PlaybookNeeds.Quantity | PlaybookNeeds.Order)) == PlaybookNeeds.Product
        && playbook.FactNames() is var facts
        && facts.Contains("product.options")
        && !facts.Any(name => name.StartsWith("product.price", StringComparison.Ordinal));

    private const double SaysLittle = 0.3, SaysEnough = 0.6;

    private static DraftGuess? Guess(string issue, double confidence, PlaybookSnapshot known) =>
        known.Playbooks.Find(issue) is { } playbook ? new(playbook, confidence, null) : null;

    /// <summary>The same with their drafts. Where none can be made, the greeting stands for them: a person asks what is wanted.</summary>
    public static IReadOnlyList<DraftGuess> Drafted(IReadOnlyList<DraftGuess> guesses, DraftBrief brief, Turn turn) =>
        [
            .. guesses.Select((guess, at) => guess with
            {
                Text = TextOf(guess, DraftWriter.Write(brief with { Playbook = guess.Playbook }), brief, turn,
                    isFarAhead: at == 0 && guess.Confidence >= Math.Max(LeastOfARemedy, Alone * Next(guesses))),
            }),
        ];

    private static double Next(IReadOnlyList<DraftGuess> guesses) => guesses.Skip(1).Select(guess => guess.Confidence).FirstOrDefault();

    /// <summary>From here on a playbook that only asks for what it needs may do so: the question does no harm, should the guess be wrong.</summary>
    private const double MayAsk = 0.4;

    /// <summary>The same where nothing else comes near: three times as likely as the next.</summary>
    private const double MayAskAlone = 0.3, Alone = 3;

    /// <summary>The best guess, where it is likely and its next step is a question; null else. For the sake of money nobody is asked anything but
    /// who they are, which a person has to know in any case.</summary>
    public static DraftGuess? ThatAsks(IReadOnlyList<DraftGuess> guesses, DraftBrief brief)
    {
        if (guesses is not [var best, ..] || DraftWriter.Write(brief with { Playbook = best.Playbook }) is not { Question: not null } made)
        {
            return null;
        }

        var next = Next(guesses);
        return (brief.Reading.Money.Sense == MoneySense.Moves, best.Playbook.Settings.Financial == FinancialUse.Action) switch
        {
            (true, true) => best.Confidence >= Math.Max(LeastOfAWish, ClearerThanTheNext * next) && AsksWhoWrites(best.Playbook, brief),
            (false, false) => (best.Confidence >= Math.Max(MayAskWhoWrites, Alone * next) && AsksWhoWrites(best.Playbook, brief))
                || best.Confidence >= (best.Confidence >= Alone * next ? MayAskAlone : MayAsk)
                && (made.Draft.Asks || made.Draft.Text is null),
            _ => false,
        }
            ? best
            : null;
    }

    /// <summary>What every matter of an order needs, whichever it is.</summary>
    private const double MayAskWhoWrites = 0.2;

    /// <summary>The playbook whose remedy is wished for, of whoever has told all that it needs; null where it is not clear which. Among those
    /// that move money: that it is a wish is known. What it drafts goes to the owner alone.</summary>
    public static DraftGuess? ThatIsWished(IReadOnlyList<DraftGuess> guesses, DraftBrief brief, ToldSlots told)
    {
        if (brief.Reading.Money.Sense != MoneySense.Moves)
        {
            return null;
        }

        DraftGuess[] remedies = [.. guesses.Where(guess => guess.Playbook.Settings.Financial == FinancialUse.Action)];
        return remedies is [var best, ..]
            && best.Confidence >= Math.Max(LeastOfARemedy, MuchClearer * remedies.Skip(1).Select(next => next.Confidence).FirstOrDefault())
            && guesses.All(guess => guess.Confidence <= best.Confidence)
            && (told.HasWholeProof || !brief.PlaybookSnapshot.NeedsOf(best.Playbook.Issue).HasFlag(PlaybookNeeds.Order))
            && brief.Gathered.ItemsFor(best.Playbook.FactNames()).Count == 0
            && DraftWriter.Write(brief with { Playbook = best.Playbook }) is { Question: null, Draft: { Text: not null, Asks: false } }
            ? best
            : null;
    }

    private const double LeastOfARemedy = 0.1, MuchClearer = 2;

    private static bool AsksWhoWrites(Playbook playbook, DraftBrief brief) =>
        brief.Gathered.ItemsFor(playbook.FactNames()) is { Count: > 0 } items && items.All(DraftWriter.IsIdentity);

    /// <summary>From here on the playbook that a wish for money comes nearest to asks who writes.</summary>
    private const double LeastOfAWish = 0.05;

    /// <summary>What was asked for has to be clearer than any other wish: its draft is what the owner is shown once the order is proven.</summary>
    private const double ClearerThanTheNext = 1.5;

    // What moves money is laid before nobody for a message that hardly is about it: one tap would send it on its way to the owner. Of what was not
    // talked about, neither a
    // far-off draft helps nor one that the customer has read already. What was said of the open matter has the facts that a person needs.
    private static string? TextOf(DraftGuess guess, GuardedDraft made, DraftBrief brief, Turn turn, bool isFarAhead)
    {
        var text = made.Draft.Text ?? made.Question;
        var mayMislead = made.DraftMoney.Sense == MoneySense.Moves && !isFarAhead
            && (guess.Confidence < MayAsk || brief.Reading.Money.Sense != MoneySense.Moves);
        var helpsNobody = !IsOpen(guess, turn) && (guess.Confidence < FarOff || (text is not null && turn.Said.Contains(Turn.DigestOf(text))));
        return mayMislead || helpsNobody ? null : text;
    }

    private static bool IsOpen(DraftGuess guess, Turn turn) => turn.Cases is [{ Playbook: var open }, ..] && open == guess.Playbook.Issue;
}

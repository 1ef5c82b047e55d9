using System.Collections.Frozen;
using OpsChat.Messages;
using OpsChat.Playbooks;
using OpsChat.Understanding;

namespace OpsChat.Decisions;

/// <summary>
/// Understands a message from what it tells and from what was said before, where its words alone are not enough: "in olive?", "and to
/// Singapore?", "when will it be here". Pure.
/// </summary>
/// <remarks>
/// The classifier's confidence says how likely an issue is by the words. Evidence that does not come from them is added to the logarithm of its
/// odds: that the message names a product, a place or an order and the playbook's answer depends on one, and that this matter is open. What
/// moves money is laid before the owner all the same.
/// </remarks>
public static class ContextReading
{
    private const double ProductNamed = 2.5,
        OptionNamed = 1.25,
        PlaceNamed = 2,
        DayNamed = 1,
        OrderTold = 1.5,
        OrderProven = 1.5,
        SameMatter = 1.5,
        ShortInMatter = 1,
        Carried = 1,
        PointsBack = 1;

    private const double Corrected = 2, OrderBefore = 0.75, OwnFactNamed = 1.5, MovesMoney = 1.5, AsksOfMoney = 0.75;

    private const double Agreed = 0.8;

    /// <summary>Below this an issue is no more likely than any other, whatever speaks for it.</summary>
    private const double LeastConfidence = 0.04;

    /// <summary>From here on a message has a topic of its own, and is no bare slot value for another.</summary>
    private const double OwnTopic = 0.5, AnyTopic = 0.25, HardlyATopic = 0.1;

    internal const int FewWords = 8;

    public static (Playbook Playbook, string Because)? Choose(string text, Reading reading, ToldSlots told, Turn turn, PlaybookSnapshot knowledge) =>
        OneOfThem(text, reading, told, turn, knowledge)
        ?? PutRight(text, reading, told, turn, knowledge)
        ?? TermsReading.RefundTerms(text, reading, told, turn, knowledge)
        ?? (GoesOn(text) && told.Product.IsAllThatIsSaid && HasNoTopicOfItsOwn(reading) ? Continued(text, reading, told, turn, knowledge) : null)
        ?? MostLikely(text, reading, told, turn, knowledge)
        ?? Continued(text, reading, told, turn, knowledge)
        ?? WhatItIs(text, reading, told, turn, knowledge)
        ?? NamedFact(text, reading, told, turn, knowledge)
        ?? Named(text, reading, told, turn, knowledge)
        ?? OrderGiven(text, reading, told, turn, knowledge);

    /// <summary>"And for the terracotta one?" says nothing that one issue has rather than another.</summary>
    private static bool HasNoTopicOfItsOwn(Reading reading) => reading.Issues is not [{ Confidence: >= AnyTopic }, ..];

    public static int WordsIn(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;

    /// <summary>The likeliest issue once the context is weighed in; null when none has any likelihood.</summary>
    public static (string Issue, double Confidence, double Weighed)? BestOf(
        string text,
        Reading reading,
        ToldSlots told,
        Turn turn,
        PlaybookSnapshot knowledge
    ) =>
        reading
            .Issues.Where(issue => issue.Confidence >= LeastConfidence)
            .Select(issue =>
                ((string, double, double)?)(issue.Issue, issue.Confidence, Weighed(issue, text, reading, told, turn, knowledge))
            )
            .MaxBy(issue => issue!.Value.Item3);

    /// <summary>The issue that is sure enough once the context is weighed in.</summary>
    private static (Playbook, string)? MostLikely(string text, Reading reading, ToldSlots told, Turn turn, PlaybookSnapshot knowledge)
    {
        // What two kinds of evidence agree on may be a little less sure by each.
        return
            BestOf(text, reading, told, turn, knowledge) is { } best
            && best.Weighed >= Agreed
            && best.Weighed > best.Confidence
            && knowledge.Playbooks.Find(best.Issue) is { } playbook
            ? (
                playbook,
                $"Confidence {best.Confidence:0.00} by its words, {best.Weighed:0.00} with what it tells and what was said before."
            )
            : null;
    }

    /// <summary>The confidence by the words with what the context adds or takes, 0 to 1.</summary>
    public static double Weighed(IssueScore issue, string text, Reading reading, ToldSlots told, Turn turn, PlaybookSnapshot knowledge)
    {
        var needs = knowledge.NeedsOf(issue.Issue);
        var isOpen = turn.Cases.Count > 0 && turn.Cases[0].Playbook == issue.Issue;
        var odds = Math.Log(issue.Confidence / Math.Max(1e-6, 1 - issue.Confidence))
            + (told.Product.NamesAnything && needs.HasFlag(PlaybookNeeds.Product) ? ProductNamed : 0)
            + (told.Places.Count > 0 && needs.HasFlag(PlaybookNeeds.Place) ? PlaceNamed : 0)
            + (told.Product is { IsNamed: true, NamesOption: true } && needs.HasFlag(PlaybookNeeds.Product) ? OptionNamed : 0)
            + (told.HasOrderDetail && needs.HasFlag(PlaybookNeeds.Order) ? OrderTold + (told.HasWholeProof ? OrderProven : 0) : 0)
            + (Carries(turn, needs) ? Carried + (TellsNothing(told) && PointsBackIn(text) ? PointsBack : 0) : 0)
            + (told.Day is not null && needs.HasFlag(PlaybookNeeds.Day) ? DayNamed : 0)
            + (needs.HasFlag(PlaybookNeeds.Order) && turn.Conversation.Identity.Proven.Count > 0
                && turn.Cases.Skip(1).Any(open => open.Slots.Order is not null) ? OrderBefore : 0)
            + (knowledge.NamesFactOf(issue.Issue, text) ? OwnFactNamed : 0)
            + (
                isOpen
                    ? SameMatter
                        + (WordsIn(text) <= FewWords ? ShortInMatter : 0)
                        + (!TellsNothing(told) && Tokens.Of(text).Exists(s_corrects.Contains) ? Corrected : 0)
                    : 0
            )
            + OfMoney(reading, knowledge.Playbooks.Find(issue.Issue));
        return 1 / (1 + Math.Exp(-odds));
    }

    /// <summary>Who wants money or goods to move hardly asks for news alone.</summary>
    private static double OfMoney(Reading reading, Playbook? playbook) => (reading.Money.Sense, playbook?.Settings.Financial) switch
    {
        (MoneySense.Moves, FinancialUse.No) => -MovesMoney,
        (MoneySense.Asks, FinancialUse.Information) => AsksOfMoney,
        _ => 0,
    };

    internal static bool TellsNothing(ToldSlots told) => !told.HasOrderDetail && !told.Product.NamesAnything && told.Places.Count == 0;

    /// <summary>A short message that begins like the continuation of another.</summary>
    public static bool GoesOn(string text) => Tokens.Of(text) is [var first, ..] && WordsIn(text) <= FewWords && s_goesOn.Contains(first);

    /// <summary>Whether a message points back to what was talked about, or is hardly more than a question word.</summary>
    public static bool HasNoTopic(string text) => PointsBackIn(text) || WordsIn(text) <= WordsOfAQuestion || TermsReading.AsksForHowLong(text);

    private const int WordsOfAQuestion = 3;

    /// <summary>A short message that begins like a continuation, or has a word for what was talked about.</summary>
    private static bool PointsBackIn(string text)
    {
        var words = Tokens.Of(text);
        return words.Count is > 0 && WordsIn(text) <= FewWords && (s_goesOn.Contains(words[0]) || words.Exists(s_pointsBack.Contains));
    }

    private static readonly FrozenSet<string> s_goesOn =
        "and then so ok okay even also dan lepas habis terus jadi kalau kalo abis 那 那么 แล้ว còn at tapos"
            .Split(' ')
            .ToFrozenSet(StringComparer.Ordinal);
    private static readonly FrozenSet<string> s_corrects = "meant mean oops typo correction maksud maksudnya silap"
        .Split(' ')
        .ToFrozenSet(StringComparer.Ordinal);
    private static readonly FrozenSet<string> s_pointsBack =
        "that it this those them there here sini sana situ tu itu ni ini tersebut nya dia tadi 这个 那个 它 อันนี้ อันนั้น cái này yun iyon ito"
            .Split(' ')
            .ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The matter that was talked about last holds a slot that the answer depends on: "how many days?" after "postage to Sabah".</summary>
    private static bool Carries(Turn turn, PlaybookNeeds needs) =>
        turn.Cases is [{ Slots: var slots }, ..]
        && (
            (slots.Focus().Titles.Count > 0 && needs.HasFlag(PlaybookNeeds.Product))
            || (slots.Place is not null && needs.HasFlag(PlaybookNeeds.Place))
            || (slots.Order is not null && needs.HasFlag(PlaybookNeeds.Order))
        );

    /// <summary>"No wait, I meant the blue one" asks of another thing what was asked of the one before.</summary>
    private static (Playbook, string)? PutRight(string text, Reading reading, ToldSlots told, Turn turn, PlaybookSnapshot knowledge) =>
        reading.Money.Sense != MoneySense.Moves
        && reading.Issues is not [{ Confidence: >= OwnTopic }, ..]
        && Tokens.Of(text).Exists(s_corrects.Contains)
        && turn.Cases is [{ Playbook: var before }, ..]
        && (knowledge.NeedsOf(before) & Brings(told)) != PlaybookNeeds.None
        && knowledge.Playbooks.Find(before) is { } playbook
            ? (playbook, "It puts right what was told for the matter that was talked about.")
            : null;

    private static PlaybookNeeds Brings(ToldSlots told) =>
        (told.Product.NamesAnything ? PlaybookNeeds.Product : PlaybookNeeds.None) | (told.Places.Count > 0 ? PlaybookNeeds.Place : PlaybookNeeds.None)
        | (told.HasOrderDetail ? PlaybookNeeds.Order : PlaybookNeeds.None) | (told.Day is not null ? PlaybookNeeds.Day : PlaybookNeeds.None);

    /// <summary>"And to Singapore?" asks of another place what was asked of the one before, whatever the words alone are nearest to.</summary>
    public static Playbook? AnotherPlace(string text, ToldSlots told, Turn turn, PlaybookSnapshot knowledge) =>
        told is { Places.Count: 1, HasOrderDetail: false }
        && Tokens.Of(text) is { Count: <= MostWordsOfAPlace } words
        && words.Exists(s_toPlace.Contains)
        && words.Count(word => !s_toPlace.Contains(word)) <= WordsOfAName
        && turn.Cases is [{ Slots.Place: not null } open, ..]
        && !SameQuestion.AsksAnother(open, text)
        && knowledge.NeedsOf(open.Playbook).HasFlag(PlaybookNeeds.Place)
            ? knowledge.Playbooks.Find(open.Playbook)
            : null;

    /// <summary>"Still nothing" is said of what was answered last, whatever else the words could be about: an order or goods that nobody talked
    /// about are not meant.</summary>
    public static Playbook? StillSo(string text, Reading reading, ToldSlots told, Turn turn, PlaybookSnapshot knowledge) =>
        SameQuestion.OnlySaysStillSo(text)
        && TellsNothing(told)
        && reading.Money.Sense != MoneySense.Moves
        && turn.Cases is [{ Awaiting.Count: 0, Slots: var slots, Playbook: var before }, ..]
        && reading.Issues is [var best, ..]
        && best.Issue != before
        && IsOfNothingTold(knowledge.NeedsOf(best.Issue), slots)
            ? knowledge.Playbooks.Find(before)
            : null;

    private static bool IsOfNothingTold(PlaybookNeeds needs, Slots slots) =>
        (needs.HasFlag(PlaybookNeeds.Order) && slots.Order is null)
        || (needs.HasFlag(PlaybookNeeds.Product) && slots.Focus().Titles.Count == 0);

    private const int MostWordsOfAPlace = 5, WordsOfAName = 2;

    private static readonly FrozenSet<string> s_toPlace = "and to ke for then what about how kalau pula dan"
        .Split(' ')
        .ToFrozenSet(StringComparer.Ordinal);

    /// <summary>A message that hardly does more than tell a slot's value continues the newest matter that has such a slot.</summary>
    private static (Playbook, string)? Continued(string text, Reading reading, ToldSlots told, Turn turn, PlaybookSnapshot knowledge)
    {
        if (reading.Money.Sense == MoneySense.Moves || (reading.Issues is [{ Confidence: >= OwnTopic }, ..] && WordsIn(text) > FewWords))
        {
            return null;
        }

        var brings = Brings(told);
        if (told.Product.NamesQuantity && Carries(turn, PlaybookNeeds.Product) && knowledge.Needing(PlaybookNeeds.Quantity) is { } counts
            && !QuestionDetector.AskedFor(text).Contains("how-much"))
        {
            return (counts, "It tells how many of the product that was talked about.");
        }

        return
            turn
                .Cases.Select(open => knowledge.Playbooks.Find(open.Playbook))
                .FirstOrDefault(playbook => playbook is not null && (knowledge.NeedsOf(playbook.Issue) & brings) != PlaybookNeeds.None)
                is { } continued
            ? (continued, $"It tells {brings.ToString().ToLowerInvariant()} for the matter that was talked about.")
            : null;
    }

    /// <summary>"Roughly when?" after an order's news is asked of that order, whatever other times the shop has written of.</summary>
    public static (Playbook Playbook, string Because)? NewsOfTheOrder(
        string text,
        Reading reading,
        ToldSlots told,
        Turn turn,
        PlaybookSnapshot knowledge
    ) =>
        TellsNothing(told)
        && reading.Money.Sense != MoneySense.Moves
        && WordsIn(text) <= FewWords + FewWords
        && turn.Cases is [{ Slots.Order: not null, Playbook: var before }, ..]
        && turn.Conversation.Identity.Proven.Count > 0
        && knowledge.NeedsOf(before).HasFlag(PlaybookNeeds.Order)
        && knowledge.Playbooks.Find(before) is { Settings.Financial: FinancialUse.No } last
        && (TellsWhenItComes(last) ? last : OfOrders(knowledge)) is { } playbook
        && QuestionDetector.AskedFor(text).Any(IsNewsOfAnOrder)
        && !Tokens.Of(text).Exists(s_ofAnotherTime.Contains)
        && (reading.Issues is not [{ Confidence: >= OwnTopic } best, ..] || knowledge.NeedsOf(best.Issue).HasFlag(PlaybookNeeds.Place))
            ? (playbook, "It asks about the order that was talked about.")
            : null;

    /// <summary>Whether the news of every order answer it. "Where" may also be the shop.</summary>
    internal static bool IsNewsOfAnOrder(string asked) => asked is "when" or "how-long" or "carrier" or "tracking";

    /// <summary>Whether the playbook tells when an order comes.</summary>
    internal static bool TellsWhenItComes(Playbook playbook) => playbook.FactNames().Contains("order.promised_by");

    /// <summary>"How many days does it usually take if I order again" is asked of no order that there is.</summary>
    private static readonly FrozenSet<string> s_ofAnotherTime =
        "if usually normally generally next again another keep decide kalau kalo jika biasanya selalunya 如果 一般 通常 ถ้า nếu kung si wenn"
            .Split(' ')
            .ToFrozenSet(StringComparer.Ordinal);

    /// <summary>"How much for one?" after a shirt is asked of the shirt, where the words come nearest to a question about goods.</summary>
    private static (Playbook, string)? WhatItIs(string text, Reading reading, ToldSlots told, Turn turn, PlaybookSnapshot knowledge) =>
        TellsNothing(told)
        && reading.Money.Sense != MoneySense.Moves
        && WordsIn(text) <= FewWords
        && turn.Cases is [{ Slots: var slots }, ..]
        && slots.Focus().Titles.Count == 1
        && QuestionDetector.AskedFor(text).Any(s_ofGoods.Contains)
        && reading.Issues is [{ Confidence: >= HardlyATopic } best, ..]
        && knowledge.NeedsOf(best.Issue) is var needs
        && needs.HasFlag(PlaybookNeeds.Product)
        && !needs.HasFlag(PlaybookNeeds.Order)
        && knowledge.Playbooks.Find(best.Issue) is { Settings.Financial: not FinancialUse.Action } playbook
            ? (playbook, "It asks something about the product that was talked about.")
            : null;

    /// <summary>"Fpx can?", "Grab can or not": a name that an answer has, and hardly a word more. Of several answers the one that was given last is
    /// meant, or the only one that states no order's.</summary>
    private static (Playbook, string)? NamedFact(string text, Reading reading, ToldSlots told, Turn turn, PlaybookSnapshot knowledge) =>
        TellsNothing(told)
        && reading.Money.Sense != MoneySense.Moves
        && WordsIn(text) <= WordsAroundAName
        && RequestDetector.MayAsk(text)
        && Facts.Negation.Split(text).Refused.Count == 0
        && reading.Issues is not [{ Confidence: >= OwnTopic }, ..]
        && knowledge.Playbooks.Playbooks.Where(playbook => knowledge.NamesFactOf(playbook.Issue, text)).ToList() is { Count: > 0 } naming
        && (naming.Find(playbook => turn.Cases is [{ Playbook: var before }, ..] && playbook.Issue == before)
            ?? (naming.FindAll(playbook => knowledge.NeedsOf(playbook.Issue) == PlaybookNeeds.None) is [var only] ? only : null))
            is { Settings.Financial: not FinancialUse.Action } meant
            ? (meant, "It names what the answer tells of.")
            : null;

    private const int WordsAroundAName = 4;

    private static readonly FrozenSet<string> s_ofGoods = FrozenSet.Create(
        StringComparer.Ordinal, "how-much", "how-many", "size", "colour", "material");

    /// <summary>The order, or what proves it, of a matter that was talked about and has none yet: "order 1291, a@b.com" after "you sent me the wrong
    /// thing" and a word in between asks for no parcel.</summary>
    public static Case? OrderOf(string text, ToldSlots told, Turn turn, PlaybookSnapshot knowledge) =>
        told.HasOrderDetail && OnlyGivesOrder(text, told)
            ? turn.Cases.FirstOrDefault(open =>
                open.Slots.Order is null
                && knowledge.Playbooks.Find(open.Playbook) is { } playbook
                && knowledge.NeedsOf(playbook.Issue).HasFlag(PlaybookNeeds.Order)
            )
            : null;

    /// <summary>"Order #1161, aina@example.com" after "I need a bigger size", which a person has: it belongs to that.</summary>
    public static Case? WaitsForOrder(string text, ToldSlots told, Turn turn) =>
        told.HasOrderDetail && OnlyGivesOrder(text, told) && turn.Cases is [{ Playbook: "", Slots.Order: null } latest, ..]
            && turn.CasesWithCard.Contains(latest.Id)
            ? latest
            : null;

    /// <summary>Numbers, and words that stand around them.</summary>
    internal static bool OnlyGivesNumbers(string text) =>
        Tokens.Of(IssueText.Of(text)).TrueForAll(word => !char.IsLetter(word[0]) || s_aroundNumbers.Contains(word));

    private static bool OnlyGivesOrder(string text, ToldSlots told) =>
        Tokens
            .Of(IssueText.Of(text))
            .TrueForAll(word =>
                !char.IsLetter(word[0])
                || s_aroundNumbers.Contains(word)
                || told.Details.Emails.Any(mail => mail.Contains(word, StringComparison.Ordinal))
            );

    /// <summary>"I mean #4106" after the customer's orders were listed asks for that one's news.</summary>
    private static (Playbook, string)? OneOfThem(string text, Reading reading, ToldSlots told, Turn turn, PlaybookSnapshot knowledge) =>
        told.Details.OrderNumbers.Count == 1
        && reading.Money.Sense != MoneySense.Moves
        && reading.Issues is not [{ Confidence: >= OwnTopic }, ..]
        && WordsIn(text) <= FewWords
        && turn.Cases is [{ Playbook: var before }, ..]
        && knowledge.Playbooks.Find(before)?.FactNames().Contains(OtherOrders) == true
        && OfOrders(knowledge) is { } playbook
            ? (playbook, "It says which of the orders that were listed.")
            : null;

    private const string OtherOrders = "order.others";

    private static Playbook? OfOrders(PlaybookSnapshot knowledge) =>
        knowledge.Playbooks.Playbooks.FirstOrDefault(playbook => playbook.Examples.Contains("order"));

    /// <summary>A message that gives an order's number, or what proves it, and says nothing else asks what the owner's example <c>order
    /// </c> asks. Where a
    /// person has a matter, it belongs to that.</summary>
    private static (Playbook, string)? OrderGiven(string text, Reading reading, ToldSlots told, Turn turn, PlaybookSnapshot knowledge) =>
        turn.CasesWithCard.Count == 0
        && told.HasOrderDetail
        && reading.Money.Sense != MoneySense.Moves
        && (OnlyGivesOrder(text, told) || ProvesOrderAndAsksNothing(text, reading, told))
        && OfOrders(knowledge) is { } playbook
            ? (playbook, "It gives an order's number and says nothing else.")
            : null;

    /// <summary>"Forgot the number, is it #4055? me@example.com": what else can be wanted than the order's news.</summary>
    private static bool ProvesOrderAndAsksNothing(string text, Reading reading, ToldSlots told) =>
        told is { HasWholeProof: true, Product.NamesAnything: false }
        && WordsIn(text) <= WordsOfAProof
        && reading.Issues is not [{ Confidence: >= OwnTopic }, ..]
        && reading.Mood is { IsComplaint: false, WantsPerson: false }
        && !RequestDetector.BeginsLikeAQuestion(text)
        && Clauses.All(text).DefaultIfEmpty(text).All(clause =>
            !RequestDetector.MayAsk(clause) || (clause.Any(char.IsAsciiDigit) && WordsIn(clause) <= WordsOfAGuess));

    /// <summary>"Is it #4055? me@example.com".</summary>
    private const int WordsOfAGuess = 7;

    private const int WordsOfAProof = 16;

    private static readonly FrozenSet<string> s_aroundNumbers =
        (
            "order orders pesanan no number nombor nomor my it is its the phone hp tel email mail emel hi hello hey ok and dan n for please ya "
            + "here this ini saya"
        )
        .Split(' ')
        .ToFrozenSet(StringComparer.Ordinal);

    /// <summary>A message that names goods and says nothing else asks what the owner's example <c>it</c> asks.</summary>
    private static (Playbook, string)? Named(string text, Reading reading, ToldSlots told, Turn turn, PlaybookSnapshot knowledge) =>
        // Beside what waits for a person it says which goods that is about, unless it asks.
        told.Product.IsAllThatIsSaid && reading.Money.Sense != MoneySense.Moves
            && (turn.CasesWithCard.Count == 0 || text.AsSpan().IndexOfAny('?', '？') >= 0)
            && knowledge.Playbooks.Playbooks.FirstOrDefault(playbook => playbook.Examples.Contains("it")) is { } playbook
            ? (playbook, "It names goods and says nothing else.")
            : null;

    /// <summary>The playbook that comes nearest by the words, with some likelihood; null when none does.</summary>
    public static Playbook? Guess(Reading reading, PlaybookSnapshot knowledge) =>
        reading.Issues is [{ Confidence: >= AnyTopic } best, ..] ? knowledge.Playbooks.Find(best.Issue) : null;
}

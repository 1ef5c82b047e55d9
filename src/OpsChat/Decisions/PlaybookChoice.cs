using OpsChat.Canary;
using OpsChat.Drafting;
using OpsChat.Messages;
using OpsChat.Playbooks;
using OpsChat.Understanding;

namespace OpsChat.Decisions;

/// <summary>Which playbook answers a matter, which case it belongs to, and why. Pure.</summary>
/// <param name="Playbook">Null: none, and nobody guesses.</param>
/// <param name="Case">The open case that the matter joins; null when it opens a new one.</param>
public sealed record PlaybookChoice(Playbook? Playbook, Case? Case, string Because)
{
    /// <summary>Who chose. What a model chose is a stratum of its own in the canary.</summary>
    public ReadBy ReadBy { get; init; }

    /// <summary>Whether it asks on about a matter that a person has before them: nothing is guessed, and no earlier words are filled in.</summary>
    public bool AsksOn { get; init; }

    // Longer texts with a detail in them are messages of their own, not answers to our question.
    private const int MostWordsOfAnAnswer = 15;

    /// <summary>From here on a playbook that moves nothing is meant beside a wish all the same: to deny it, or to explain.</summary>
    private const double SureBesideAWish = 0.6;

    /// <summary>The choice that a model made where the classifier made none. It begins a case of its own, so that its evidence stays apart.</summary>
    public PlaybookChoice ByModel(ModelReading reading, PlaybookSnapshot knowledge) =>
        reading.Issue is { } issue && knowledge.Playbooks.Find(issue) is { } playbook
            ? new(playbook, null, $"The classifier was not sure, and the model read “{reading.Quote}”.") { ReadBy = ReadBy.Model }
            : this;

    /// <summary>The same choice at another autonomy than the playbook's own; null leaves it.</summary>
    public PlaybookChoice With(Autonomy? autonomy) =>
        autonomy is { } other && Playbook is { } playbook
            ? this with
            {
                Playbook = playbook with { Settings = playbook.Settings with { Autonomy = other } },
            }
            : this;

    /// <summary>A likely playbook that would only ask.</summary>
    public static PlaybookChoice Asking(DraftGuess guess, ToldSlots told, Turn turn) =>
        new(guess.Playbook, OpenCaseOf(guess.Playbook, told, turn), $"Confidence {guess.Confidence:0.00} suffices for a question.");

    /// <param name="text">The matter's words.</param>
    /// <param name="told">What they tell.</param>
    public static PlaybookChoice Make(string text, Reading reading, ToldSlots told, Turn turn, PlaybookSnapshot knowledge)
    {
        if (reading.Withdrawal == Withdrawal.Wholly)
        {
            return new(null, Withdrawals.TakenBack(turn), "It takes back what waits, which a person has to see.");
        }

        var latest = turn.Cases.Count > 0 ? turn.Cases[0] : null;
        if (MoodDetector.OnlyWantsPerson(reading, text))
        {
            return new(null, CaseWithCard(turn) ?? latest, "It asks for a person and says nothing else.");
        }

        if (
            AnswersOurQuestion(text, reading, told, turn)
            && !(
                told.Product is { IsNamed: true, IsAllThatIsSaid: false }
                && knowledge.Reader.Choose(reading) is { } other
                && other != latest!.Playbook
            )
        )
        {
            return new(knowledge.Playbooks.Find(latest!.Playbook), latest, "It answers the question of the open case.");
        }

        if (ContextReading.OrderOf(text, told, turn, knowledge) is { } meant)
        {
            return new(knowledge.Playbooks.Find(meant.Playbook), meant, "It gives the order of a matter that was talked about.");
        }

        if (ContextReading.WaitsForOrder(text, told, turn) is { } held)
        {
            return new(null, held, "It gives the order of what a person has.") { AsksOn = true };
        }

        if (ContextReading.AnotherPlace(text, told, turn, knowledge) is { } again)
        {
            return new(again, OpenCaseOf(again, told, turn), "It names another place for the matter that was talked about.");
        }

        if (ContextReading.HasNoTopic(text) && TermsReading.RefundTerms(text, reading, told, turn, knowledge) is { } terms)
        {
            return new(terms.Playbook, OpenCaseOf(terms.Playbook, told, turn), terms.Because);
        }

        if (MatterThatWaits.AskedAbout(text, reading, told, turn, knowledge) is { } waiting)
        {
            return new(null, waiting, "It asks on about what waits for a person.") { AsksOn = true };
        }

        if (ContextReading.StillSo(text, reading, told, turn, knowledge) is { } unhelped)
        {
            return new(unhelped, OpenCaseOf(unhelped, told, turn), "It says that what was told did not help.");
        }

        if (ContextReading.NewsOfTheOrder(text, reading, told, turn, knowledge) is { } news)
        {
            return new(news.Playbook, OpenCaseOf(news.Playbook, told, turn), news.Because);
        }

        var byWords = knowledge.Reader.Choose(reading) is { } issue ? knowledge.Playbooks.Find(issue) : null;
        if (byWords is null && reading.SmallTalk != SmallTalk.None)
        {
            return new(
                null,
                reading.SmallTalk is SmallTalk.Nudge or SmallTalk.Acknowledgement ? CaseWithCard(turn) ?? latest : latest,
                $"{reading.SmallTalk}: it belongs to the open case and needs no playbook."
            );
        }

        var found = byWords is not null
            ? (Playbook: byWords, Because: $"Confidence {reading.Issues[0].Confidence:0.00} is above the threshold.")
            : ContextReading.Choose(text, reading, told, turn, knowledge);
        // "If I take five, is there a special price?" asks for less beside what it asks of the goods.
        if (
            found is { Playbook: { Settings.Financial: FinancialUse.No } free }
            && Remedies.Of(reading.Money, knowledge) is { } remedy
            && reading.Issues.Any(issue => issue.Issue == free.Issue && issue.Confidence < SureBesideAWish)
        )
        {
            return new(remedy, OpenCaseOf(remedy, told, turn), "It names what is wished for.");
        }

        // What is too unsure to be answered may still be sure enough not to be meant.
        var guess = found?.Playbook ?? ContextReading.Guess(reading, knowledge);
        if (guess is not null && TermsReading.OfTerms(text, reading, guess, byWords is not null, told, turn, knowledge) is { } meantTerms)
        {
            return new(meantTerms.Playbook, OpenCaseOf(meantTerms.Playbook, told, turn), meantTerms.Because);
        }

        if (found is not { } likely)
        {
            return new(null, CaseWithCard(turn), reading.Issues.Count > 0
                ? $"The best guess, {reading.Issues[0].Issue}, has confidence {reading.Issues[0].Confidence:0.00}: below the threshold."
                : "No playbook is near.");
        }

        var isPlain = IsPlainQuestion(text, likely.Playbook, byWords, turn, knowledge);
        return new(likely.Playbook, OpenCaseOf(likely.Playbook, told, turn, isPlain), likely.Because);
    }

    /// <summary>The open case of that playbook. One that waits for a person is about its own product or order, and another one opens a case of
    /// its own.</summary>
    /// <param name="isPlain">It asks for something that concerns neither an order nor money, in other words than before: what waits for a person does
    /// not hold it up.</param>
    private static Case? OpenCaseOf(Playbook playbook, ToldSlots told, Turn turn, bool isPlain = false) =>
        turn.Cases.FirstOrDefault(c =>
            c.Playbook == playbook.Issue
            && c.Version == playbook.Version
            && !(turn.CasesWithCard.Contains(c.Id) && (isPlain || IsAboutAnother(told, c.Slots)))
        );

    /// <summary>"Are you open now" after "are you open on Christmas" was handed over, or "what colours do you have" after "is it
    /// rechargeable".</summary>
    private static bool IsPlainQuestion(string text, Playbook playbook, Playbook? byWords, Turn turn, PlaybookSnapshot knowledge) =>
        byWords == playbook
        && playbook.Settings.Financial == FinancialUse.No
        && !knowledge.NeedsOf(playbook.Issue).HasFlag(PlaybookNeeds.Order)
        && RequestDetector.MayAsk(text)
        && turn.Cases.FirstOrDefault(c => c.Playbook == playbook.Issue) is var before
        && (knowledge.NeedsOf(playbook.Issue).HasFlag(PlaybookNeeds.Product)
            ? before is not null && SameQuestion.AsksAnother(before, text)
            : !SameQuestion.InSameWords(before, text));

    private static bool IsAboutAnother(ToldSlots told, Slots slots) =>
        (told.Product is { IsNamed: true, Titles: [var title] } && slots.Product is { } product && product.Value != title)
        || (
            told.Details.OrderNumbers is [.., var number]
            && slots.Order is { } order
            && !string.Equals(order.Value, number, StringComparison.OrdinalIgnoreCase)
        );

    private static Case? CaseWithCard(Turn turn) => turn.Cases.FirstOrDefault(c => turn.CasesWithCard.Contains(c.Id));

    /// <summary>A detail that we asked for, in a short message that does not start a money matter of its own.</summary>
    public static bool AnswersOurQuestion(string text, Reading reading, ToldSlots told, Turn turn)
    {
        if (turn.Cases is not [{ Awaiting.Count: > 0 } asked, ..])
        {
            return false;
        }

        var newMoney = reading.Money.Sense == MoneySense.Moves && !asked.MovesMoney;
        var words = ContextReading.WordsIn(text);
        var givesDetail =
            told.HasOrderDetail
            || told.Details.Skus.Count > 0
            || (told.Product.NamesAnything && asked.Awaiting.Contains(Facts.SuppliedItem.Product));
        var isOnlyADetail = reading.SmallTalk == SmallTalk.None && words <= 4 && !asked.Awaiting.Any(Drafting.DraftWriter.IsIdentity);
        return !newMoney && words <= MostWordsOfAnAnswer && (givesDetail || isOnlyADetail);
    }
}

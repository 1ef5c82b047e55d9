using OpsChat.Messages;
using OpsChat.Playbooks;
using OpsChat.Text;
using OpsChat.Understanding;

namespace OpsChat.Decisions;

/// <summary>
/// Reads a question that leaves out what it is about together with the one before it: "how much?" after "do you wrap gifts?", "does that include sale
/// items?" after "what is your return policy?". Pure.
/// </summary>
static class LeftOutWords
{
    private const int MostLines = 3;

    /// <summary>A script without spaces writes a whole sentence as one word: more letters than these have a topic.</summary>
    private const int MostLettersUnspaced = 6;

    /// <summary>
    /// The choice for the question as it was meant, with what was read of it and what it tells; null where it stands by itself. Where what was said
    /// before makes it no clearer, the choice stays.
    /// </summary>
    /// <param name="choice">What the words alone lead to.</param>
    public static (PlaybookChoice Choice, Reading Reading, ToldSlots Told)? Filled(
        ReadClause asked,
        PlaybookChoice choice,
        TurnInput input,
        PlaybookSnapshot known,
        RecordedEncoder? encoder
    )
    {
        var (text, reading, told) = asked;
        var turn = input.Turn;
        if (input.Schema < TurnInput.WordsOfBefore || !LeavesOut(asked, choice, input, known))
        {
            return null;
        }

        var (before, filled) = (turn.Cases[0], reading);
        var isOfNoOrder = (choice.Playbook ?? ContextReading.Guess(reading, known)) is { } near && IsOfNoOrder(text, near, turn, known);
        foreach (var (question, meantTo, needs) in Fillings(before, asked))
        {
            var whole = known.Reader.Read(question, turn.KnownLanguage, encoder);
            // What the encoder was asked stays recorded, whether it helps or not.
            filled = (filled with { Issues = whole.Issues, Threshold = whole.Threshold, Evidence = whole.Evidence }).WithAnswersOf(whole);
            if (PlaybookChoice.Make(text, filled, meantTo, turn, known) is { Playbook: { } meant } made
                && known.NeedsOf(meant.Issue).HasFlag(needs)
                && !AsksForGoods(meant, turn, known)
                && (choice.Playbook is not null || Speaks(meant, of: text, not: before.Words)))
            {
                if (!IsOfNoOrder(text, meant, turn, known))
                {
                    return (made with { Because = $"With what was asked before: {made.Because}" }, filled, meantTo);
                }

                isOfNoOrder = true;
            }
        }

        var unfilled = reading with { Encoder = filled.Encoder };
        return isOfNoOrder && known.Playbooks.Find(before.Playbook) is { } same
            ? (new(same, before, "It asks when, of what was talked about."), unfilled, told)
            : (choice, unfilled, told);
    }

    /// <summary>"How much?" after "do you send to Singapore?" asks how much to Singapore; else it is read with the whole question.</summary>
    private static IEnumerable<(string Question, ToldSlots Told, PlaybookNeeds Needs)> Fillings(Case before, ReadClause asked)
    {
        if (before.Slots.Place is not { } place)
        {
            yield return ($"{QuestionOf(before)}\n{asked.Text}", asked.Told, PlaybookNeeds.None);
            yield break;
        }

        var there = asked.Told with { Places = [place.Value] };
        yield return ($"{asked.Text} {place.Value}", there, PlaybookNeeds.Place);
        yield return ($"{QuestionOf(before)}\n{asked.Text}", there, PlaybookNeeds.None);
    }

    private static bool LeavesOut(ReadClause asked, PlaybookChoice choice, TurnInput input, PlaybookSnapshot known) =>
        !choice.AsksOn
        && input.Turn is var turn
        && turn.Cases is [{ Words.Length: > 0 }, ..]
        && asked.Reading is { SmallTalk: SmallTalk.None, Withdrawal: Withdrawal.None, Money.Sense: not MoneySense.Moves, Mood.WantsPerson: false }
        && ContextReading.TellsNothing(asked.Told)
        // "Ok how do I order" goes on with nothing.
        && ContextReading.HasNoTopic(IssueText.Of(asked.Text))
        && asked.Text.Count(Scripts.IsUnspaced) <= MostLettersUnspaced
        && (RequestDetector.MayAsk(asked.Text) || QuestionDetector.AskedFor(asked.Text).Count > 0)
        && (
            choice.Playbook is null
            || AsksForGoods(choice.Playbook, turn, known)
            || (input.Schema >= TurnInput.QuestionBehindGoods && IsOfNoOrder(asked.Text, choice.Playbook, turn, known))
        );

    /// <summary>"When?" after "is it coming back in stock" asks for no order, where none was talked about.</summary>
    private static bool IsOfNoOrder(string text, Playbook playbook, Turn turn, PlaybookSnapshot known) =>
        TermsReading.AsksOnlyTheTime(text)
        && known.NeedsOf(playbook.Issue).HasFlag(PlaybookNeeds.Order)
        && turn.Cases[0].Playbook is { Length: > 0 } before
        && (known.NeedsOf(before) & (PlaybookNeeds.Product | PlaybookNeeds.Place)) != PlaybookNeeds.None
        && !known.NeedsOf(before).HasFlag(PlaybookNeeds.Order)
        && turn.Conversation.Identity.Proven.Count == 0
        && turn.Cases.All(open => open.Slots.Order is null);

    /// <summary>The answer depends on goods, and none were talked about.</summary>
    private static bool AsksForGoods(Playbook playbook, Turn turn, PlaybookSnapshot known) =>
        known.NeedsOf(playbook.Issue).HasFlag(PlaybookNeeds.Product) && turn.Cases[0].Slots.Focus().Titles.Count == 0;

    /// <summary>The last words of a matter back to those that have a topic.</summary>
    private static string QuestionOf(Case before)
    {
        var lines = before.Words.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var from = Math.Max(0, lines.Length - MostLines);
        for (var at = lines.Length - 1; at > from; at--)
        {
            if (!ContextReading.HasNoTopic(lines[at]))
            {
                from = at;
            }
        }

        return string.Join('\n', lines[from..]);
    }

    /// <summary>Whether the owner's texts speak of something that the follow-up asks and the question before did not.</summary>
    private static bool Speaks(Playbook playbook, string of, string not)
    {
        var asked = Content(of).Except(Content(not)).Concat(QuestionDetector.AskedFor(of).SelectMany(AnswersTo)).ToHashSet(StringComparer.Ordinal);
        return playbook
            .Rules.SelectMany(rule => rule.Reply.All)
            .Concat(playbook.StandardReply.All)
            .Any(text => asked.Overlaps(Content(text.WrittenWords)));
    }

    /// <summary>Words by which an answer to such a question is known.</summary>
    private static IEnumerable<string> AnswersTo(string asked) => asked switch
    {
        "how-long" or "when" => s_times,
        "how-much" => s_costs,
        _ => [],
    };

    private static readonly string[] s_times =
        [.. "day hour minute week month year hari jam minit minggu bulan tahun".Split(' ').Select(SynonymGroups.Stem)];

    private static readonly string[] s_costs = [.. "cost fee price free charge kos harga caj percuma".Split(' ').Select(SynonymGroups.Stem)];

    private static IEnumerable<string> Content(string text) =>
        Tokens
            .Of(text)
            .Where(word => (word.Length > 2 || Scripts.IsUnspaced(word[0])) && !TextFeatures.Fillers.Contains(word))
            .Select(SynonymGroups.Stem);
}

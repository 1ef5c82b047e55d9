using OpsChat.Drafting;
using OpsChat.Facts;
using OpsChat.Messages;
using OpsChat.Playbooks;
using OpsChat.Text;
using OpsChat.Understanding;

namespace OpsChat.Decisions;

/// <summary>What a customer hears while a matter waits for a person: that it does, once; later who has it and until when, now and then; and of
/// each further question that it was passed on too. Pure.</summary>
public static class WaitingWords
{
    /// <summary>The least time between two lines that say that a person still works on it.</summary>
    public static readonly TimeSpan BetweenReminders = TimeSpan.FromHours(4);

    /// <summary>Within this time what a customer adds to what waits is one telling, however many messages it takes.</summary>
    public static readonly TimeSpan OfOneTelling = TimeSpan.FromMinutes(15);

    /// <summary>Whether some matter waits, and the customer may be told so again.</summary>
    public static bool MayRemind(Turn turn, DateTimeOffset now) => turn.CasesWithCard.Count > 0 && !WasReminded(turn, now);

    /// <summary>The text, and whether it is a reminder; null when the customer was told enough.</summary>
    public static (string Text, bool IsReminder)? For(
        Turn turn,
        Case supportCase,
        ShopProfile shop,
        FactSet facts,
        string language,
        DateTimeOffset now
    )
    {
        // Whoever took the conversation over speaks for the shop now.
        if (turn.Conversation.TakenOverUntil > now)
        {
            return null;
        }

        return OfMatter(turn, supportCase, shop, facts, language, now)
            ?? (
                Drafter.Standing(shop.Texts.Noted, facts, language).Text is { } noted
                && (AsksOneMore(turn) || (TellsDetail(turn) && !turn.Said.Contains(Turn.DigestOf(noted))))
                    ? (noted, false)
                    : null
            );
    }

    private static (string Text, bool IsReminder)? OfMatter(
        Turn turn,
        Case supportCase,
        ShopProfile shop,
        FactSet facts,
        string language,
        DateTimeOffset now
    )
    {
        var texts = shop.Texts;
        if (Withdrawals.TakenBack(turn) is not null && WithdrawalDetector.Read(turn.Text) == Withdrawal.Wholly)
        {
            return Text(texts.Withdrawn, isReminder: false);
        }

        var waits = Waits(turn, supportCase);
        // Who wants again what was taken back is heard, whatever the words.
        if (waits && TookBack(turn, supportCase) && MayWantItAgain(turn))
        {
            return WasReminded(turn, now, OfOneTelling) ? null : Text(texts.StillWorking, isReminder: true);
        }

        // The same words again would tell nothing new.
        if (waits && !IsNew(turn))
        {
            // Who is angry hears once that it is heard.
            if (IsUnhappy(turn.Text) && Text(texts.Apology, isReminder: true) is { } apology && !turn.Said.Contains(Turn.DigestOf(apology.Item1)))
            {
                return apology;
            }

            return Asks(turn.Text) && !WasReminded(turn, now) ? Text(texts.StillWorking, isReminder: true) : null;
        }

        // What is new in a matter that waits is heard once, and not for each message that tells of it.
        if (waits && WasReminded(turn, now, OfOneTelling))
        {
            return null;
        }

        // Another matter is heard too; what was told for one that waits already is said otherwise.
        var someWait = turn.Cases.Any(open => Waits(turn, open));
        if (someWait && !waits && !WasReminded(turn, now))
        {
            return Text(texts.StillWorking, isReminder: true);
        }

        return Text(
            turn.Attachments.Count > 0 ? texts.Attachment
                : IsUnhappy(turn.Text) ? texts.Apology
                : someWait || waits ? texts.Noted
                : facts.IsTrue("store.open_now") ? texts.Holding
                : texts.OutOfHours,
            isReminder: waits
        );

        (string, bool)? Text(ReplyText text, bool isReminder) =>
            Drafter.Standing(text, facts, language).Text is { } words ? (words, isReminder) : null;
    }

    private static bool Waits(Turn turn, Case open) =>
        open.HoldingSent && (turn.CasesWithCard.Contains(open.Id) || turn.CasesWithApproval.Contains(open.Id));

    private static bool TookBack(Turn turn, Case supportCase) =>
        turn.Cases.FirstOrDefault(open => open.Id == supportCase.Id)?.Words.Split('\n').LastOrDefault(IsNoCourtesy) is { } last
        && WithdrawalDetector.Read(last) == Withdrawal.Wholly;

    private static bool IsNoCourtesy(string line) => SmallTalkDetector.Of(line) is SmallTalk.None or SmallTalk.Nudge;

    /// <summary>A few words; a picture, a threat or a longer text says what it is.</summary>
    private static bool MayWantItAgain(Turn turn) =>
        turn.Attachments.Count == 0 && IsNoCourtesy(turn.Text) && !IsUnhappy(turn.Text) && Scripts.CountWords(turn.Text) <= FewWords;

    private const int FewWords = 8;

    private static bool WasReminded(Turn turn, DateTimeOffset now) => WasReminded(turn, now, BetweenReminders);

    private static bool WasReminded(Turn turn, DateTimeOffset now, TimeSpan within) =>
        turn.Cases.Any(open => open.RemindedAt is { } at && now - at < within);

    /// <summary>Whoever only tells more is heard; whoever asks, or asks for a person, gets the line.</summary>
    private static bool Asks(string text) =>
        RequestDetector.MayAsk(text)
        || MoneyDetector.Read(text).Sense != MoneySense.None
        || SmallTalkDetector.Of(text) == SmallTalk.Nudge
        || MoodDetector.Read(text) is { WantsPerson: true } or { Tone: not Tone.Calm };

    /// <summary>Several words that say something, none of which the customer wrote in an open matter: what is asked or threatened now is another
    /// thing.</summary>
    private static bool IsNew(Turn turn)
    {
        if (!Asks(turn.Text) || SmallTalkDetector.Of(turn.Text) != SmallTalk.None || MoodDetector.Read(turn.Text).WantsPerson)
        {
            return false;
        }

        var before = turn.Cases.SelectMany(open => Tokens.Of(open.Words)).Select(SynonymGroups.Stem).ToHashSet(StringComparer.Ordinal);
        var said = Tokens.Of(turn.Text).Where(word => word.Length > 2 && !TextFeatures.Fillers.Contains(word)).Select(SynonymGroups.Stem).ToList();
        return said.Count >= FewestOfAMatter && !said.Exists(before.Contains);
    }

    private const int FewestOfAMatter = 3;

    /// <summary>A question that was not put in these words before; whoever only says "hello??" again has heard enough.</summary>
    private static bool AsksOneMore(Turn turn)
    {
        var text = turn.Text;
        if (
            SmallTalkDetector.Of(text) != SmallTalk.None
            || !(Wants(text) || (!IsUnhappy(text) && (RequestDetector.MayAsk(text) || MoneyDetector.Read(text).Sense != MoneySense.None)))
        )
        {
            return false;
        }

        var before = turn.Cases.SelectMany(open => LinesOf(open.Words)).ToHashSet(StringComparer.Ordinal);
        return !LinesOf(text).All(before.Contains);
    }

    /// <summary>A wish is heard in whatever mood: "then just cancel it, you are too slow".</summary>
    private static bool Wants(string text) => MoneyDetector.Read(text).Sense == MoneySense.Moves || MoodDetector.Read(text).WantsPerson;

    /// <summary>An order number, an address or a phone number that was not told before: whoever looked it up hears once that it came.</summary>
    private static bool TellsDetail(Turn turn) =>
        !IsUnhappy(turn.Text)
        && EntityExtractor.Read(turn.Text) is var told
        && told.OrderNumbers.Count + told.Emails.Count + told.PhoneEndings.Count > 0
        && !LinesOf(turn.Text).All(turn.Cases.SelectMany(open => LinesOf(open.Words)).ToHashSet(StringComparer.Ordinal).Contains);

    private static IEnumerable<string> LinesOf(string text) =>
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(PlainText.NormaliseLower);

    private static bool IsUnhappy(string text) => MoodDetector.Read(text) is { IsComplaint: true } or { Tone: not Tone.Calm } || IsShouted(text);

    /// <summary>Several words, nearly all of them in capitals.</summary>
    private static bool IsShouted(string text)
    {
        var letters = text.Where(c => char.IsUpper(c) || char.IsLower(c)).ToList();
        return letters.Count >= FewestShouted && letters.Count(char.IsUpper) >= 0.9 * letters.Count;
    }

    private const int FewestShouted = 12;
}

using OpsChat.Drafting;
using OpsChat.Facts;
using OpsChat.Messages;
using OpsChat.Playbooks;
using OpsChat.Understanding;

namespace OpsChat.Decisions;

/// <summary>What a customer hears while a matter waits for a person: that it does, once; later who has it and until when, now and then.
/// Pure.</summary>
public static class WaitingWords
{
    /// <summary>The least time between two lines that say that a person still works on it.</summary>
    public static readonly TimeSpan BetweenReminders = TimeSpan.FromHours(4);

    /// <summary>Whether some matter waits, and the customer may be told so again.</summary>
    public static bool MayRemind(Turn turn, DateTimeOffset now) =>
        turn.CasesWithCard.Count > 0 && !turn.Cases.Any(open => open.RemindedAt is { } at && now - at < BetweenReminders);

    /// <summary>Whoever only tells more is heard; whoever asks, or asks for a person, gets the line.</summary>
    private static bool Asks(string text) =>
        RequestDetector.MayAsk(text) || MoneyDetector.Read(text).Sense != MoneySense.None || SmallTalkDetector.Of(text) == SmallTalk.Nudge || MoodDetector.Read(text) is { WantsPerson: true } or { Tone: not Tone.Calm };

    /// <summary>The text, and whether it is a reminder; null when the customer was told enough.</summary>
    public static (string Text, bool IsReminder)? For(Turn turn, Case supportCase, ShopProfile shop, FactSet facts, string language, DateTimeOffset now)
    {
        // Whoever took the conversation over speaks for the shop now.
        if (turn.Conversation.TakenOverUntil > now)
        {
            return null;
        }

        var texts = shop.Texts;
        if (supportCase.HoldingSent && turn.CasesWithCard.Contains(supportCase.Id))
        {
            return Asks(turn.Text) && MayRemind(turn, now) && Drafter.Standing(texts.StillWorking, facts, language).Text is { } reminder ? (reminder, true) : null;
        }

        var first = turn.Attachments.Count > 0 ? texts.Attachment
            : facts.IsTrue("store.open_now") ? texts.Holding : texts.OutOfHours;
        return Drafter.Standing(first, facts, language).Text is { } holding ? (holding, false) : null;
    }
}

using OpsChat.Facts;
using OpsChat.Messages;
using OpsChat.Understanding;

namespace OpsChat.Decisions;

/// <summary>What the customer told, as facts for texts and conditions: <c>told.order</c>, <c>told.place</c>, <c>message.matters</c>. Pure.</summary>
static class SlotFacts
{
    /// <param name="text">The matter's words.</param>
    public static IEnumerable<Fact> Of(Case matter, string text, int matters, Turn turn, DateTimeOffset now)
    {
        (string Name, Slot? Slot)[] told = [("told.order", matter.Slots.Order), ("told.place", matter.Slots.Place)];
        return told.Where(one => one.Slot is not null).Select(one => new Fact(one.Name, FactValue.Of(one.Slot!.Value), "the message", now))
            .Append(new("message.matters", FactValue.Of(matters), "the message", now))
            .Append(new("message.asks", FactValue.Of(QuestionDetector.AskedFor(text)), "the message", now))
            .Append(new("message.is_follow_up", FactValue.Of(IsFollowUp(matter, turn)), "the message", now));
    }

    private static bool IsFollowUp(Case matter, Turn turn) => turn.Said.Count > 0 && turn.Cases.Any(open => open.Id == matter.Id && open is { Playbook.Length: > 0, Awaiting.Count: 0 });
}

using OpsChat.Facts;
using OpsChat.Messages;

namespace OpsChat.Decisions;

/// <summary>What the customer told, as facts for texts and conditions: <c>told.order</c>, <c>told.place</c>, <c>message.matters</c>. Pure.</summary>
static class SlotFacts
{
    public static IEnumerable<Fact> Of(Slots slots, int matters, DateTimeOffset now)
    {
        (string Name, Slot? Slot)[] told = [("told.order", slots.Order), ("told.place", slots.Place)];
        return told.Where(one => one.Slot is not null).Select(one => new Fact(one.Name, FactValue.Of(one.Slot!.Value), "the message", now))
            .Append(new("message.matters", FactValue.Of(matters), "the message", now));
    }
}

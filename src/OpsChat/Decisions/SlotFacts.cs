using System.Globalization;
using OpsChat.Facts;
using OpsChat.Messages;
using OpsChat.Playbooks;
using OpsChat.Text;
using OpsChat.Understanding;

namespace OpsChat.Decisions;

/// <summary>What the customer told, as facts for texts and conditions: <c>told.order</c>, <c>told.place</c>, <c>message.matters</c>. Pure.</summary>
static class SlotFacts
{
    /// <param name="text">The matter's words.</param>
    /// <param name="shop">Its words on sending say where it sends to.</param>
    public static IEnumerable<Fact> Of(Case matter, string text, int matters, Turn turn, ShopProfile shop, DateTimeOffset now)
    {
        (string Name, FactValue? Value)[] told =
        [
            ("told.order", matter.Slots.Order is { } order ? FactValue.Of(order.Value) : null),
            ("told.place", matter.Slots.Place is { } place ? FactValue.Of(place.Value) : null),
            (
                "told.place_served",
                matter.Slots.Place is { } to && Places.IsServed(to.Value, shop.OnSending) is { } served ? FactValue.Of(served) : null
            ),
            ("told.date", matter.Slots.Date is { } day ? FactValue.Of(DateOnly.Parse(day.Value, CultureInfo.InvariantCulture)) : null),
        ];
        return told.Where(one => one.Value is not null).Select(one => new Fact(one.Name, one.Value!, "the message", now))
            .Append(new("message.matters", FactValue.Of(matters), "the message", now))
            .Append(new("message.asks", FactValue.Of(QuestionDetector.AskedFor(text)), "the message", now))
            .Append(new("message.is_follow_up", FactValue.Of(IsFollowUp(matter, turn)), "the message", now));
    }

    private static bool IsFollowUp(Case matter, Turn turn) =>
        turn.Said.Count > 0 && turn.Cases.Any(open => open.Id == matter.Id && open is { Playbook.Length: > 0, Awaiting.Count: 0 });
}

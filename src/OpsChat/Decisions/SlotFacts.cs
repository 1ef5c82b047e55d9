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
        var today = shop.Hours.LocalDay(now);
        var holiday = Holidays.Read(text);
        var closedOn =
            holiday is { On: { } on } && Holidays.Next(on, today) is var fixedDay && !shop.Hours.IsOpenDay(fixedDay)
                ? fixedDay
                : (DateOnly?)null;
        var day = closedOn ?? (matter.Slots.Date is { } date ? DateOnly.Parse(date.Value, CultureInfo.InvariantCulture) : null);
        (string Name, FactValue? Value)[] told =
        [
            ("told.order", matter.Slots.Order is { } order ? FactValue.Of(order.Value) : null),
            ("told.place", matter.Slots.Place is { } place ? FactValue.Of(place.Value) : null),
            (
                "told.place_served",
                matter.Slots.Place is { } to && Places.IsServed(to.Value, shop.OnSending) is { } served ? FactValue.Of(served) : null
            ),
            // Who goes on without naming the place again may ask of the rest: "and if my order is over 200?"; "how much?" alone does not.
            .. matter.Slots.Place is { } there && (Places.In(text).Contains(there.Value) || IsBareQuestion(text))
                ? shop.ShippingFeesTo(there.Value).Select(fees => (fees.Key, (FactValue?)FactValue.Of(fees.Value)))
                : [],
            ("told.date", day is { } named ? FactValue.Of(named) : null),
            ("told.open", day is { } when ? FactValue.Of(shop.Hours.IsOpenDay(when)) : null),
            ("told.hours", day is { } then && shop.Hours.ShownOn(then) is { } hours ? FactValue.Of(hours) : null),
            ("told.matters", FactValue.Of(Matters(matter, turn))),
            ("told.holiday", closedOn is null && (holiday?.Name ?? HolidayOn(day, shop)) is { } unknown ? FactValue.Of(unknown) : null),
        ];
        return told.Where(one => one.Value is not null).Select(one => new Fact(one.Name, one.Value!, "the message", now))
            .Append(new("message.matters", FactValue.Of(matters), "the message", now))
            .Append(new("message.asks", FactValue.Of(QuestionDetector.AskedFor(text)), "the message", now))
            .Append(new("message.asks_now", FactValue.Of(DayReader.SaysNow(text)), "the message", now))
            .Append(new("message.is_follow_up", FactValue.Of(IsFollowUp(matter, turn)), "the message", now));
    }

    /// <summary>The weekday's hours do not say whether the shop is open on a holiday.</summary>
    private static string? HolidayOn(DateOnly? day, ShopProfile shop) =>
        day is { } date && shop.Hours.IsOpenDay(date) ? Holidays.On(date) : null;

    private static bool IsBareQuestion(string text) =>
        ContextReading.HasNoTopic(text) && QuestionDetector.AskedFor(text) is ["how-much"] && !text.Any(char.IsDigit);

    /// <summary>What this conversation was about before, as far as it may be about the same order.</summary>
    private static string[] Matters(Case matter, Turn turn) =>
    [
        .. turn.Cases.Where(open => open.Playbook.Length > 0 && IsOfOneOrder(open.Slots.Order?.Value, matter.Slots.Order?.Value))
            .Select(open => open.Playbook)
            .Distinct(StringComparer.Ordinal),
    ];

    private static bool IsOfOneOrder(string? before, string? now) => before is null || now is null || OrderNumber.Key(before) == OrderNumber.Key(now);

    private static bool IsFollowUp(Case matter, Turn turn) =>
        turn.Said.Count > 0 && turn.Cases.Any(open => open.Id == matter.Id && open is { Playbook.Length: > 0, Awaiting.Count: 0 });
}

namespace OpsChat.Operations.Questions;

/// <summary>The day with which a file begins that a topic's answer is counted from. Of orders that is told beside their days; files of single events,
/// such as returns, begin with the orders at the latest.</summary>
internal static class KnownFile
{
    /// <summary>Null where the topic is not counted by days, or orders alone tell it.</summary>
    public static (DateOnly? First, string File)? Of(QuestionTopic topic, AskedOfShop asked)
    {
        var shop = asked.Shop;
        DateOnly? FirstOf(IEnumerable<DateTimeOffset> moments) => moments.Select(at => (DateOnly?)shop.Calendar.Day(at)).Min();
        DateOnly? OrdersOr(IEnumerable<DateTimeOffset> moments) =>
            FirstOf(shop.OrdersSince(DateTimeOffset.MinValue).Select(o => o.PlacedAt).Concat(moments));
        return topic switch
        {
            QuestionTopic.AdSpend => (shop.AdsSince(DateOnly.MinValue).Select(ad => (DateOnly?)ad.From).Min(), "ads"),
            QuestionTopic.Packing => (FirstOf(shop.PicksSince(DateTimeOffset.MinValue).Select(p => p.PackedAt)), "what was packed"),
            QuestionTopic.Returns or QuestionTopic.WhyReturns =>
                (OrdersOr(shop.ReturnsSince(DateTimeOffset.MinValue).Select(r => r.RequestedAt)), "returns"),
            QuestionTopic.Subscriptions => (OrdersOr(shop.ChargesSince(DateTimeOffset.MinValue).Select(c => c.ChargeAt)), "subscriptions"),
            QuestionTopic.Reviews => (OrdersOr(shop.Reviews.Select(r => r.At).OfType<DateTimeOffset>()), "reviews"),
            _ => null,
        };
    }
}

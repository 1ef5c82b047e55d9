using OpsChat.Operations.History;
using OpsChat.Operations.Monitors;
using OpsChat.Text;
using static OpsChat.Operations.Questions.AnswerTable;

namespace OpsChat.Operations.Questions;

/// <summary>Answers about orders that a person should look at: facts beside one another, never added up to a verdict (OPERATIONS F11).</summary>
internal sealed class OrderCheckAnswers(AskedOfShop asked)
{
    public OwnerAnswer Orders()
    {
        if (asked.Question.Order is { } number)
        {
            return asked.OrderOf(number) is { } one ? Of(one) : Table($"No order {number} is known.", [], [], "orders");
        }

        return asked.Question.Period is { IsAhead: false } ? OfDays() : Now();
    }

    /// <summary>Orders that have not left, however old they are.</summary>
    private OwnerAnswer Now()
    {
        if (!asked.Shop.OrdersSince(DateTimeOffset.MinValue).Any())
        {
            return Lacks(QuestionTopic.OrderChecks, "No order is known.");
        }

        var all = asked.Shop.OrdersSince(DateTimeOffset.MinValue).Where(o => o.IsToShip(asked.Shop.Now) && asked.IsAbout(o)).ToList();
        var found = Found(all).OrderByDescending(o => o.Order.Total.Minor).ThenBy(o => o.Order.Number, StringComparer.Ordinal).ToList();
        return Table($"{Plural.Of(found.Count, "order")} that {Verb(found.Count, "has", "have")} not left {Verb(found.Count, "has", "have")} "
            + $"{What} to look at{Untold(all)}.{NotTold(all)}", ["", "total", "why"],
            found.Select(o => new[] { o.Order.Number, o.Order.Total.ToString(), InWords(o.Signs) }), "orders") with { Figure = found.Count };
    }

    /// <summary>Orders that were placed on the days that are asked about, whether or not they have left.</summary>
    private OwnerAnswer OfDays()
    {
        var orders = asked.OrdersOfPeriod.ToList();
        var found = Found(orders).OrderByDescending(o => o.Order.PlacedAt).ToList();
        return new(true, $"{found.Count} of {Plural.Of(orders.Count, "order")} {Verb(found.Count, "has", "have")} "
                + $"{What} to look at{Untold(orders)}: {asked.Period.Words}.{NotTold(orders)}", ["", "placed", "total", "why"],
            Cut(found, o => new[]
                {
                    o.Order.Number, $"{asked.Shop.Calendar.Day(o.Order.PlacedAt):d MMM}", o.Order.Total.ToString(), InWords(o.Signs),
                },
                rest => ["", asked.SumsOf("", rest.Select(o => o.Order)).Revenue.ToString()]), ["orders"], [])
        {
            Figure = found.Count,
        };
    }

    private IEnumerable<(OrderRow Order, List<OrderSign> Signs)> Found(IEnumerable<OrderRow> orders) =>
        orders.Select(o => (Order: o, Signs: SignsOf(o).ToList())).Where(o => o.Signs.Count > 0);

    private static string InWords(IEnumerable<OrderSign> signs) => string.Join("; ", signs.Select(s => s.Words));

    /// <summary>Which reasons for a look alerts tell and this answer does not; empty where it is about one kind alone.</summary>
    private string NotTold(List<OrderRow> orders) => Kind is not null ? ""
        : (orders.Exists(o => !OrderCheck.IsRecent(o, asked.Shop))
            ? $" Many orders of one customer in a day are looked for among those of the last {OrderCheck.Days} days." : "")
            + " Labels of a carrier that never goes there are told as alerts alone.";

    private OwnerAnswer Of(OrderRow order)
    {
        var signs = SignsOf(order).Select(s => s.Words).ToList();
        var risk = order.Check?.Risk is { } told ? $" The platform calls its risk {told}." : "";
        var missing = order.Check?.Missing ?? ["its risk and addresses"];
        return Table($"Order {order.Number} has {(signs.Count == 0 ? $"{(Kind is null ? "nothing" : $"no {What}")} to look at"
                : $"{What} to look at: {string.Join("; ", signs)}")}.{risk}"
            + $"{(missing.Count == 0 ? "" : $" Not known: {string.Join(", ", missing)}.")}", [], [], "orders") with { Figure = signs.Count };
    }

    private IEnumerable<OrderSign> SignsOf(OrderRow order) =>
        OrderCheck.SignsOf(order, asked.Settings, asked.Shop.Now, Repeats).Where(sign => Kind is null || sign.Kind == Kind);

    private Func<OrderRow, IEnumerable<OrderSign>>? _repeats;

    private Func<OrderRow, IEnumerable<OrderSign>> Repeats => _repeats ??= OrderCheck.RepeatsOf(asked.Shop);

    /// <summary>The only kind of sign that is asked about; null for all.</summary>
    private OrderSignKind? Kind => asked.Question.Asks("high value") || asked.Question.Asks("high-value") ? OrderSignKind.Value
        : asked.Question.Asks("address") || asked.Question.Asks("billing") || asked.Question.Asks("forwarder") || asked.Question.Asks("post box")
            ? OrderSignKind.Address
        : asked.Question.Asks("platform") || asked.Question.Asks("high risk") || asked.Question.Asks("high-risk") || asked.Question.Asks("risk level")
            ? OrderSignKind.Risk
        : null;

    private string What => Kind switch
    {
        OrderSignKind.Value => "a high value",
        OrderSignKind.Address => "an odd address",
        OrderSignKind.Risk => "a high risk by the platform's word",
        _ => "something",
    };

    /// <summary>Of how many orders no file tells what is asked; empty for none.</summary>
    private string Untold(List<OrderRow> orders)
    {
        var (risk, addresses) = (orders.Count(o => o.Check?.Risk is null), orders.Count(o => o.Check is null));
        return Kind switch
        {
            OrderSignKind.Value => "",
            OrderSignKind.Address when addresses > 0 => $" (of {addresses} of {orders.Count} no file tells the addresses)",
            OrderSignKind.Address => "",
            _ when risk > 0 => $" (of {risk} of {orders.Count} no file tells the platform's risk)",
            _ => "",
        };
    }
}

using OpsChat.Understanding;

namespace OpsChat.Messages;

/// <summary>One thing that the customer told.</summary>
/// <param name="Value">As it was read: <c>#1293</c>, <c>M</c>, <c>2</c>.</param>
/// <param name="Message">The message that it came with.</param>
public sealed record Slot(string Value, string Message);

/// <summary>What the customer has told about one matter so far; the newest of each kind. Lives and expires with its case.</summary>
public sealed record Slots
{
    public static Slots None { get; } = new();

    public Slot? Order { get; init; }

    /// <summary>E-mail address, or the last four digits of a phone number.</summary>
    public Slot? SecondDetail { get; init; }

    /// <summary>A SKU, or the product's words.</summary>
    public Slot? Product { get; init; }

    /// <summary>By the option's name: <c>size</c>, <c>colour</c>.</summary>
    public IReadOnlyDictionary<string, Slot> Options { get; init; } = new Dictionary<string, Slot>();
    public Slot? Quantity { get; init; }
    public Slot? Place { get; init; }
    public Slot? Date { get; init; }

    /// <summary>With what one more turn brings: a new value takes the old one's place.</summary>
    public Slots With(EntityReading turn, string message) => this with
    {
        Order = Latest(turn.OrderNumbers, message) ?? Order,
        SecondDetail = Latest(turn.Emails, message) ?? Latest(turn.PhoneEndings, message) ?? SecondDetail,
        Product = Latest(turn.Skus, message) ?? Product,
    };

    /// <summary>Name and value of everything told, for people and programs.</summary>
    public IReadOnlyDictionary<string, string> Shown()
    {
        (string Name, Slot? Slot)[] all =
        [
            ("order", Order), ("secondDetail", SecondDetail), ("product", Product), ("quantity", Quantity), ("place", Place), ("date", Date),
            .. Options.Select(option => (option.Key, (Slot?)option.Value)),
        ];
        return all.Where(one => one.Slot is not null).ToDictionary(one => one.Name, one => one.Slot!.Value, StringComparer.Ordinal);
    }

    private static Slot? Latest(IReadOnlyList<string> values, string message) => values.Count > 0 ? new(values[^1], message) : null;
}

using System.Globalization;
using OpsChat.Facts;
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

    /// <summary>The product's title, once it is clear which one is meant.</summary>
    public Slot? Product { get; init; }

    /// <summary>Titles that the customer's words fit equally, while it is not clear which is meant.</summary>
    public IReadOnlyList<string> Candidates { get; init; } = [];

    /// <summary>Titles that the matter was about before, the latest first; at most three.</summary>
    public IReadOnlyList<string> Earlier { get; init; } = [];

    /// <summary>By the option's name: <c>size</c>, <c>colour</c>.</summary>
    public IReadOnlyDictionary<string, Slot> Options { get; init; } = new Dictionary<string, Slot>();
    public Slot? Quantity { get; init; }
    public Slot? Place { get; init; }
    public Slot? Date { get; init; }

    /// <summary>With what one more turn brings: a new value takes the old one's place.</summary>
    public Slots With(ToldSlots told, string message) =>
        (
            this with
            {
                Order = Latest(told.Details.OrderNumbers, message) ?? Order,
                SecondDetail = Latest(told.Details.Emails, message) ?? Latest(told.Details.PhoneEndings, message) ?? SecondDetail,
                Place = Latest(told.Places, message) ?? Place,
                Date = told.Day is { } day ? new(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), message) : Date,
            }
        ).With(told.Product, message);

    /// <summary>The product that the matter is about, for reading the next message; none when nothing is known of one.</summary>
    public ProductFocus Focus() =>
        new(
            Product is { } product ? [product.Value] : Candidates,
            Options.ToDictionary(option => option.Key, option => option.Value.Value),
            Quantity is { } quantity && int.TryParse(quantity.Value, out var pieces) ? pieces : null
        );

    /// <summary>Name and value of everything told, for people and programs.</summary>
    public IReadOnlyDictionary<string, string> Shown()
    {
        (string Name, Slot? Slot)[] all =
        [
            ("order", Order),
            ("secondDetail", SecondDetail),
            ("product", Product),
            ("quantity", Quantity),
            ("place", Place),
            ("date", Date),
            .. Options.Select(option => (option.Key, (Slot?)option.Value)),
        ];
        return all.Where(one => one.Slot is not null).ToDictionary(one => one.Name, one => one.Slot!.Value, StringComparer.Ordinal);
    }

    private Slots With(ProductMention mention, string message) =>
        mention.Titles switch
        {
            [] => this,
            [var title] => this with
            {
                Product = Kept(Product, title, message),
                Earlier =
                    Product is { } before && before.Value != title
                        ? [.. Earlier.Prepend(before.Value).Where(one => one != title).Distinct().Take(MostEarlier)]
                        : Earlier,
                Candidates = [],
                Options = mention.Options.ToDictionary(
                    option => option.Key,
                    option => Kept(Options.GetValueOrDefault(option.Key), option.Value, message)
                ),
                Quantity = mention.Quantity is { } pieces ? Kept(Quantity, $"{pieces}", message) : null,
            },
            _ => this with
            {
                Product = null,
                Candidates = mention.Titles,
                Options = mention.Options.ToDictionary(
                    option => option.Key,
                    option => Kept(Options.GetValueOrDefault(option.Key), option.Value, message)
                ),
                Quantity = mention.Quantity is { } pieces ? Kept(Quantity, $"{pieces}", message) : null,
            },
        };

    private const int MostEarlier = 3;

    /// <summary>A value that was told before keeps the message that it came with.</summary>
    private static Slot Kept(Slot? before, string value, string message) => before?.Value == value ? before : new(value, message);

    private static Slot? Latest(IReadOnlyList<string> values, string message) => values.Count > 0 ? new(values[^1], message) : null;
}

/// <summary>What the words of one matter of a turn tell.</summary>
public sealed record ToldSlots(ProductMention Product, IReadOnlyList<string> Places, EntityReading Details)
{
    public static ToldSlots Nothing { get; } = new(ProductMention.Nothing, [], EntityReading.Nothing);

    /// <summary>The day that is named for something to come; null when none is.</summary>
    public DateOnly? Day { get; init; }

    /// <summary>An order's number and what proves it, together.</summary>
    public bool HasWholeProof => Details.OrderNumbers.Count > 0 && Details.Emails.Count + Details.PhoneEndings.Count > 0;

    public bool HasOrderDetail => Details.OrderNumbers.Count + Details.Emails.Count + Details.PhoneEndings.Count > 0;
}

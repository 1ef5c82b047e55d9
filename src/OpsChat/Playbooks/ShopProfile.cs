using OpsChat.Facts;
using OpsChat.Text;

namespace OpsChat.Playbooks;

/// <summary>The standing texts of <c>_shop.md</c>, each with its language variants.</summary>
/// <param name="Greeting">The first sentence of the first answer.</param>
/// <param name="Identify">Asks for order number and second detail together.</param>
/// <param name="Holding">A person looks at this, while the shop is open.</param>
/// <param name="OutOfHours">Replaces <paramref name="Holding"/> while the shop is closed.</param>
/// <param name="NotUnderstood">No playbook fits.</param>
/// <param name="Thanks">Answers thanks.</param>
/// <param name="Update">After an approval was rejected or expired.</param>
/// <param name="Attachment">A photo, file or voice note arrived and a person will look at it.</param>
public sealed record StandingTexts(
    ReplyText Greeting, ReplyText Identify, ReplyText Holding, ReplyText OutOfHours,
    ReplyText NotUnderstood, ReplyText Thanks, ReplyText Update, ReplyText Attachment)
{
    /// <summary>Asks for the second detail alone, once the order number came.</summary>
    public required ReplyText SecondDetail { get; init; }

    /// <summary>Asks for both details, when one alone is no proof today because somebody guessed.</summary>
    public required ReplyText BothDetails { get; init; }

    /// <summary>Asks for the order number alone, once the second detail came.</summary>
    public required ReplyText OrderNumber { get; init; }

    /// <summary>Number and detail do not go together. The same whether the number is wrong or unknown.</summary>
    public required ReplyText NoMatch { get; init; }

    /// <summary>Answers a nudge, and more words on a matter, while it waits for a person: who has it, and until when.</summary>
    public required ReplyText StillWorking { get; init; }

    /// <summary>What is asked besides, while a person has a matter already, was passed on too.</summary>
    public required ReplyText Noted { get; init; }

    /// <summary>Replaces <c>Holding</c> for whoever is angry or complains.</summary>
    public required ReplyText Apology { get; init; }

    /// <summary>Stands before <c>Identify</c> for whoever is angry, complains, or tells of what the playbook's own reply is sorry for.</summary>
    public required ReplyText Sorry { get; init; }

    /// <summary>Answers whoever takes a wish back that waits for a person.</summary>
    public required ReplyText Withdrawn { get; init; }

    /// <summary>Answers whoever greets again and has not said yet what it is about; the greeting itself where the shop has no words for it.</summary>
    public required ReplyText Here { get; init; }

    /// <summary>To the customers of parcels that come later than promised, when a person approved it for all of them.</summary>
    public ReplyText ParcelLate { get; init; } = DefaultTexts.ParcelLate;

    /// <summary>The same for orders that have not left in time.</summary>
    public ReplyText OrderLate { get; init; } = DefaultTexts.OrderLate;
}

/// <summary>What is true for the whole shop: <c>playbooks/_shop.md</c>.</summary>
/// <param name="Name">The shop's name.</param>
/// <param name="Url">The shop's address on the web, or null.</param>
/// <param name="Currency">ISO 4217, upper case.</param>
/// <param name="Hours">Opening hours in the shop's time zone.</param>
/// <param name="AnswerWithin">Opening time within which a person answers; from 15 minutes to 7 days, default 4 h.</param>
/// <param name="ReturnWindow">Days after delivery, or null when the owner has not said.</param>
/// <param name="HandlingDays">Working days from payment to dispatch, or null.</param>
/// <param name="ShippingFees">In words, or null.</param>
/// <param name="Vip">When a customer is one, or null when nobody is.</param>
/// <param name="Extra">The owner's own keys, by full fact name: <c>store.warranty</c>.</param>
public sealed record ShopProfile(
    string Name,
    string? Url,
    string Currency,
    OpeningHours Hours,
    TimeSpan AnswerWithin,
    int? ReturnWindow,
    int? HandlingDays,
    IReadOnlyList<string> Carriers,
    string? ShippingFees,
    FactExpression? Vip,
    IReadOnlyDictionary<string, FactValue> Extra,
    StandingTexts Texts)
{
    /// <summary>How the shop's exports write dates such as 03/04/2026, where they do not show it themselves; null when the owner has not
    /// said.</summary>
    public bool? DayFirst { get; init; }

    /// <summary>Whether customers are told how many pieces are left: <c>stock_wording</c>.</summary>
    public StockWording Stock { get; init; } = StockWording.Low;

    /// <summary>The owner's words on what sending costs and how long it takes, in the default language.</summary>
    public IEnumerable<string> OnSending =>
        new[] { ShippingFees, Extra.GetValueOrDefault("store.delivery_times")?.Shown }.OfType<string>();

    /// <summary>What the owner's words on fees say of one place, by fact name: <c>told.shipping_fees</c>, and <c>told.shipping_fees_ms</c> from
    /// the line <c>shipping_fees_ms</c>. What does not tell places apart is left out.</summary>
    public IEnumerable<KeyValuePair<string, string>> ShippingFeesTo(string place) =>
        Extra
            .Where(extra => extra.Key.StartsWith(FeesIn, StringComparison.Ordinal))
            .Select(extra => (Name: $"{ToldFees}_{extra.Key[FeesIn.Length..]}", extra.Value.Shown))
            .Append((Name: ToldFees, Shown: ShippingFees ?? ""))
            .Select(fees => (fees.Name, Words: Places.PartsAbout(place, fees.Shown)))
            .Where(fees => fees.Words is not null)
            .Select(fees => KeyValuePair.Create(fees.Name, fees.Words!));

    private const string FeesIn = "store.shipping_fees_", ToldFees = "told.shipping_fees";

    /// <summary>Used when there is no <c>_shop.md</c>: open around the clock in UTC, with plain English texts.</summary>
    public static ShopProfile Default { get; } = new(
        "our shop", null, "USD", OpeningHours.Always(TimeZoneInfo.Utc), TimeSpan.FromHours(4), null, null, [], null, null,
        new Dictionary<string, FactValue>(), DefaultTexts.All);

    /// <summary>Standard names and the owner's own keys.</summary>
    public FactVocabulary Vocabulary =>
        FactVocabulary.Standard.With(
            Extra
                .Select(extra => KeyValuePair.Create(extra.Key, KindOf(extra.Value)))
                .Concat(
                    Extra
                        .Keys.Where(key => key.StartsWith(FeesIn, StringComparison.Ordinal))
                        .Select(key => KeyValuePair.Create($"{ToldFees}_{key[FeesIn.Length..]}", FactKind.Text))
                )
        );

    /// <summary>Whether the VIP rule holds for this customer; never when the facts it needs are missing.</summary>
    public bool IsVip(FactSet facts) => Vip?.Evaluate(facts) == Truth.Yes;

    /// <summary>The <c>store.*</c> facts at an instant. What the owner has not said is missing.</summary>
    /// <param name="language">For the words of <c>store.answer_by</c>: "hari ini 18:00".</param>
    public IReadOnlyList<Fact> Facts(DateTimeOffset now, string language = "en")
    {
        List<(string Name, FactValue? Value)> values =
        [
            ("store.name", FactValue.Of(Name)),
            ("store.url", Url is null ? null : FactValue.Of(Url)),
            ("store.currency", FactValue.Of(Currency)),
            ("store.time_zone", FactValue.Of(Hours.Zone.Id)),
            ("store.opening_hours", FactValue.Of(Hours.InWords())),
            ("store.open_now", FactValue.Of(Hours.IsOpen(now))),
            ("store.answer_by", FactValue.Of(Hours.AnswerBy(now, AnswerWithin, language))),
            ("store.return_window", ReturnWindow is { } window ? FactValue.Of((decimal)window) : null),
            ("store.handling_days", HandlingDays is { } days ? FactValue.Of((decimal)days) : null),
            ("store.carriers", Carriers.Count > 0 ? FactValue.Of(Carriers) : null),
            ("store.shipping_fees", ShippingFees is null ? null : FactValue.Of(ShippingFees)),
            .. Extra.Select(extra => (extra.Key, (FactValue?)extra.Value)),
        ];
        return [.. values.Where(value => value.Value is not null).Select(value => new Fact(value.Name, value.Value!, ShopFile, now))];
    }

    /// <summary>By when a text promises that a person answers; null when it names no such time.</summary>
    /// <param name="facts">Those that the text was filled with.</param>
    /// <param name="language">The customer's; a text that is not written in it stands in the shop's own.</param>
    public DateTimeOffset? PromisedBy(string text, FactSet facts, string language) =>
        new[] { language, Texts.Holding.DefaultLanguage }
            .Distinct()
            .Select(spoken => facts.FindIn(spoken, "store.answer_by"))
            .FirstOrDefault(promise => promise is not null && text.Contains(promise.Value.Shown, StringComparison.Ordinal))
            is { } promised
            ? Hours.AnswerTime(promised.At, AnswerWithin)
            : null;

    /// <summary>The file's name in the playbooks folder, which is also the source of its facts.</summary>
    public const string ShopFile = "_shop.md";

    private static FactKind KindOf(FactValue value) => value switch
    {
        FactValue.Number => FactKind.Number,
        FactValue.Amount => FactKind.Amount,
        FactValue.Day => FactKind.Day,
        FactValue.Flag => FactKind.Flag,
        FactValue.Words => FactKind.Words,
        _ => FactKind.Text,
    };
}

/// <summary>Standing texts for shops that have not written their own.</summary>
public static class DefaultTexts
{
    public static StandingTexts All { get; } =
        new(
            Greeting: Plain("Hello!"),
            Identify: Plain(
                "Could you send me your order number (it looks like #1001) and the e-mail address or the last four digits of the phone "
                    + "number on the order, please?"
            ),
            Holding: Plain("Thank you. A colleague is looking at this and will answer by {{store.answer_by}}."),
            OutOfHours: Plain("Thank you. We are closed right now; a colleague will answer by {{store.answer_by}}."),
            NotUnderstood: Plain("I am not sure that I understood you, so I am asking a colleague to have a look."),
            Thanks: Plain("You are welcome!"),
            Update: Plain("Thank you for waiting. A colleague will write to you about this by {{store.answer_by}}."),
            Attachment: Plain("Thank you for sending this. A colleague will look at it and answer by {{store.answer_by}}.")
        )
        {
            SecondDetail = Plain(
                "Thank you, I have your order number. To look it up safely I also need the e-mail address or the last four digits of the "
                    + "phone number on the order, please."
            ),
            BothDetails = Plain(
                "Thank you. To keep orders safe, today I need both the e-mail address and the last four digits of the phone number on the "
                    + "order, please. Without one of them a colleague can help."
            ),
            OrderNumber = Plain("Thank you. Could you also send me the order number, please? It looks like #1001."),
            NoMatch = Plain(
                "I could not find an order with these details. Could you check the order number and the e-mail address or the last four "
                    + "digits of the phone number, please?"
            ),
            StillWorking = Plain(
                "A colleague of mine is working on this and will answer you here by {{store.answer_by}}. I have passed on what you wrote."
            ),
            Noted = Plain("I have passed that on as well, and my colleague answers it together with the rest."),
            Apology = Plain("I am sorry about this. A colleague is looking at it and will answer you here by {{store.answer_by}}."),
            Sorry = Plain("I am sorry to hear that."),
            Here = Plain("Hello!"),
            Withdrawn = Plain("I have told my colleague that you changed your mind. They will answer you here by {{store.answer_by}}."),
        };

    public static ReplyText ParcelLate =>
        Plain(
            "About your order {{order.number}}: the parcel with {{shipment.carrier}} is taking longer than planned. We are asking the "
                + "carrier, and will write here as soon as it moves."
        );

    public static ReplyText OrderLate =>
        Plain(
            "About your order {{order.number}}: it has not left us yet, and we are sorry. We are looking into it, and will write here when "
                + "it is on its way."
        );

    private static ReplyText Plain(string text) => new(new(text), new Dictionary<string, TextTemplate>());
}

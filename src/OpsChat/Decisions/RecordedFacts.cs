using OpsChat.Facts;
using OpsChat.Understanding;

namespace OpsChat.Decisions;

/// <summary>
/// What the shop's data said for one matter. Only what was released to the chat is kept: the facts, and of the order no more than
/// <see cref="ProvenOrder"/>. An order that the chat did not prove leaves no trace here.
/// </summary>
public sealed record RecordedFacts
{
    private static readonly string[] s_ofOrder = ["order", "shipment", "return", "customer"];
    private const string Watch = "watch";
    private static readonly string[] s_looksUp = [.. s_ofOrder, "product", Watch];

    /// <summary>The matter's words (<see cref="TextKey"/>).</summary>
    public required string About { get; init; }

    /// <summary>First parts of the names that were needed: <c>order</c>, <c>shipment</c>, <c>return</c>, <c>customer</c>, <c>product</c>; and
    /// <c>watch</c> for what watching the shop tells of an order or a product, which is looked up only for who needs it.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>Without <c>message.*</c>, which is read anew.</summary>
    public IReadOnlyList<Fact> Facts { get; init; } = [];
    public IReadOnlyList<UnknownFact> Unknown { get; init; } = [];
    public RecordedOutcome Outcome { get; init; }
    public IdentityState Next { get; init; } = IdentityState.Nothing;
    public IReadOnlyList<string> TriedKeys { get; init; } = [];
    public ProvenOrder? Proven { get; init; }
    public string? ProductItem { get; init; }

    /// <summary>The product that was found, by its names and options: the gate explains the customer's words by them.</summary>
    public Product? Product { get; init; }
    public bool SeveralOrders { get; init; }
    public bool ShopUnavailable { get; init; }

    public static RecordedFacts Of(FactQuestion question, GatheredFacts gathered) => new()
    {
        About = TextKey.Of(question.Text),
        Groups = GroupsOf(question),
        Facts = [.. gathered.Facts.All.Where(f => FirstPart(f.Name) != "message")],
        Unknown = gathered.Unknown,
        Outcome = OutcomeOf(gathered.Identity),
        Next = gathered.NextIdentity,
        TriedKeys = gathered.TriedKeys,
        Proven = gathered.Proven,
        ProductItem = gathered.ProductItem,
        Product = gathered.Product is ProductMatch.Found found ? Named(found.Product) : null,
        SeveralOrders = gathered.SeveralOrders,
        ShopUnavailable = gathered.ShopUnavailable,
    };

    /// <summary>Null when the question needs more than was looked up.</summary>
    public GatheredFacts? Answer(FactQuestion question, DateTimeOffset now)
    {
        var needs = GroupsOf(question);
        var aboutOrder = needs.Any(s_ofOrder.Contains);
        // A chat that proved no order gets no fact of one, whichever is asked for.
        var covers = Outcome is not (RecordedOutcome.NotAsked or RecordedOutcome.Proven) ? [.. Groups, .. s_ofOrder] : Groups;
        if (About != TextKey.Of(question.Text) || (needs.Except(covers).Any() && !(ShopUnavailable && Groups.Count > 0)))
        {
            return null;
        }

        var facts = Facts.Where(f => FactNames.OfWatch.Contains(f.Name)
            ? needs.Contains(Watch)
            : needs.Contains(FirstPart(f.Name)) || (aboutOrder && FirstPart(f.Name) == "order"));
        var untouched = question.Identity.With(question.Reading.Entities);
        return new(
            new FactSet([.. FactGatherer.OfMessage(question, now), .. facts]), aboutOrder ? IdentityOf(Outcome) : null, aboutOrder ? Next : untouched,
            aboutOrder ? TriedKeys : [],
            needs.Contains("product") && Product is { } product ? new ProductMatch.Found(product, product.Variants, null) : null,
            null,
            aboutOrder && SeveralOrders)
        {
            Proven = aboutOrder ? Proven : null,
            Unknown = aboutOrder ? Unknown : [],
            ProductItem = needs.Contains("product") ? ProductItem : null,
            ShopUnavailable = needs.Count > 0 && ShopUnavailable,
        };
    }

    /// <summary>What a question needs, in words for a person.</summary>
    public static string Needs(FactQuestion question) =>
        $"facts about {string.Join(", ", GroupsOf(question))}, which were not looked up for these words";

    private static List<string> GroupsOf(FactQuestion question) =>
        [.. s_looksUp.Intersect(question.Needed.Select(FirstPart).Concat(question.Needed.Overlaps(FactNames.OfWatch) ? [Watch] : []))];

    /// <summary>Without what it costs and how many there are, which stands in the facts where it was told.</summary>
    private static Product Named(Product product) => product with
    {
        Url = null,
        Variants =
        [
            .. product
                .Variants.Select(variant => variant with { Sku = "", Price = null, OnHand = null, IsAvailable = null, RestockOn = null })
                .DistinctBy(variant => string.Join('\n', variant.Named.Select(named => $"{named.Name}={named.Value}"))),
        ],
    };

    private static string FirstPart(string fact) => fact.Split('.')[0];

    private static RecordedOutcome OutcomeOf(IdentityOutcome? outcome) => outcome switch
    {
        null => RecordedOutcome.NotAsked,
        IdentityOutcome.Proven => RecordedOutcome.Proven,
        IdentityOutcome.NeedsNumber { SecondDetailToo: true } => RecordedOutcome.NeedsBoth,
        IdentityOutcome.NeedsNumber => RecordedOutcome.NeedsNumber,
        IdentityOutcome.NeedsSecondDetail => RecordedOutcome.NeedsSecondDetail,
        IdentityOutcome.NoMatch => RecordedOutcome.NoMatch,
        IdentityOutcome.NeedsBothDetails => RecordedOutcome.NeedsBothDetails,
        IdentityOutcome.TooManyTries => RecordedOutcome.TooManyTries,
        _ => throw new InvalidOperationException("IdentityOutcome is closed."),
    };

    private static IdentityOutcome? IdentityOf(RecordedOutcome outcome) => outcome switch
    {
        RecordedOutcome.NotAsked => null,
        RecordedOutcome.Proven => new IdentityOutcome.Proven([]),
        RecordedOutcome.NeedsBoth => new IdentityOutcome.NeedsNumber(true),
        RecordedOutcome.NeedsNumber => new IdentityOutcome.NeedsNumber(false),
        RecordedOutcome.NeedsSecondDetail => new IdentityOutcome.NeedsSecondDetail(),
        RecordedOutcome.NoMatch => new IdentityOutcome.NoMatch(),
        RecordedOutcome.NeedsBothDetails => new IdentityOutcome.NeedsBothDetails(),
        RecordedOutcome.TooManyTries => new IdentityOutcome.TooManyTries(),
        _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
    };
}

/// <summary>An <see cref="IdentityOutcome"/> as it is stored; never renamed.</summary>
public enum RecordedOutcome { NotAsked, Proven, NeedsBoth, NeedsNumber, NeedsSecondDetail, NoMatch, TooManyTries, NeedsBothDetails }

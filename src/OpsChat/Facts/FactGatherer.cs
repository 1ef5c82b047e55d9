using OpsChat.Understanding;

namespace OpsChat.Facts;

/// <summary>One turn of a chat, as facts are gathered for it.</summary>
/// <param name="Needed">Names of the facts that the playbook's conditions and texts use; only these are looked up.</param>
/// <param name="Text">The customer's words of this turn.</param>
/// <param name="Mention">Which product is meant, from <see cref="FactGatherer.MentionAsync"/>.</param>
/// <param name="Language">Of the conversation; null takes the turn's own.</param>
/// <param name="Attachments">How many photos, files or voice notes came with the turn.</param>
/// <param name="Identity">What the chat claimed and proved before this turn.</param>
public sealed record FactQuestion(
    IReadOnlySet<string> Needed,
    Reading Reading,
    string Text,
    ProductMention Mention,
    string? Language,
    int Attachments,
    IdentityState Identity)
{
    /// <summary>Where this chat comes from, too many chats guessed at orders today.</summary>
    public bool IsSuspect { get; init; }
}

/// <summary>What was found, and what the customer could add.</summary>
/// <param name="Facts"><c>message.*</c> always; the others as needed and known.</param>
/// <param name="Identity">Null when nothing about an order was needed.</param>
/// <param name="NextIdentity">To be stored with the conversation, in every case.</param>
/// <param name="TriedKeys">What new failed tries count against today (<see cref="IdentityDecision.TriedKeys"/>).</param>
/// <param name="Product">Which product the message names; null when nothing about a product was needed.</param>
/// <param name="Order">The proven order that the facts are about, or null.</param>
/// <param name="SeveralOrders">The turn is about more than one order, while the facts are about one: a person should look.</param>
public sealed record GatheredFacts(
    FactSet Facts,
    IdentityOutcome? Identity,
    IdentityState NextIdentity,
    IReadOnlyList<string> TriedKeys,
    ProductMatch? Product,
    Order? Order,
    bool SeveralOrders)
{
    /// <summary>The shop's data was needed and could not be read, so nothing of it is known; a person has to answer.</summary>
    public bool ShopUnavailable { get; init; }

    /// <summary>Facts of the proven order that cannot be read, each with its reason.</summary>
    public IReadOnlyList<UnknownFact> Unknown { get; init; } = [];

    /// <summary>Who placed the proven order; null when none is proven.</summary>
    public ProvenOrder? Proven { get; init; } = Order is null ? null : new(Order.Number, Order.BuyerName, Order.Email);

    /// <summary>Which of <see cref="SuppliedItem"/> would tell the product; null when none would.</summary>
    public string? ProductItem { get; init; } = ItemFor(Product);

    /// <summary>
    /// Which of these facts the data hold and nobody can read, or follow from such a one. Whoever decides by them would decide by their absence,
    /// so nothing is said.
    /// </summary>
    public IReadOnlyList<string> UnknownOf(IEnumerable<string> names)
    {
        var unknown = Unknown.SelectMany(fact => DerivedFacts.FollowingFrom(fact.Name).Prepend(fact.Name)).ToHashSet(StringComparer.Ordinal);
        return [.. names.Where(unknown.Contains).Order(StringComparer.Ordinal)];
    }

    /// <summary>Which of <see cref="SuppliedItem"/> would help with these missing facts, in the order in which to ask; empty when nothing that
    /// the customer knows would.</summary>
    public IReadOnlyList<string> ItemsFor(IEnumerable<string> missing)
    {
        var groups = missing.Select(name => name.Split('.')[0]).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. groups.Overlaps(["order", "shipment", "return", "customer"]) && Proven is null ? ItemsForOrder() : [],
            .. groups.Contains("product") && ProductItem is { } item ? [item] : Array.Empty<string>(),
        ];
    }

    private string[] ItemsForOrder() => Identity switch
    {
        IdentityOutcome.NeedsNumber { SecondDetailToo: false } => [SuppliedItem.OrderNumber],
        IdentityOutcome.NeedsNumber or IdentityOutcome.NoMatch => [SuppliedItem.OrderNumber, SuppliedItem.SecondDetail],
        IdentityOutcome.NeedsSecondDetail => [SuppliedItem.SecondDetail],
        IdentityOutcome.NeedsBothDetails => [SuppliedItem.BothDetails],
        _ => [],
    };

    // A fact of a known product is missing either because it depends on the size, or because the shop does not know it.
    private static string? ItemFor(ProductMatch? product) => product switch
    {
        ProductMatch.Found { Size: null, Variants.Count: > 1 } found when found.Product.Sizes.Skip(1).Any() => SuppliedItem.Size,
        ProductMatch.None or ProductMatch.Ambiguous => SuppliedItem.Product,
        _ => null,
    };
}

/// <summary>What is remembered of an order that its chat proved.</summary>
public sealed record ProvenOrder(string Number, string? BuyerName, string? Email)
{
    /// <summary>Shows no personal data.</summary>
    public override string ToString() => Number;
}

/// <summary>What only the customer knows.</summary>
public static class SuppliedItem
{
    public const string OrderNumber = "order number";
    public const string SecondDetail = "second detail";

    /// <summary>The e-mail address and the phone's last digits together.</summary>
    public const string BothDetails = "both details";
    public const string Product = "product";
    public const string Size = "size";
}

/// <summary>Gathers the facts of one turn, read-only. Order facts only after <see cref="Facts.Identity"/> has proven the order.</summary>
/// <param name="triesToday">Failed tries today, over all chats, by a key of <see cref="Facts.Identity.Counted"/>.</param>
/// <param name="approvedHere">What was approved here for an order; null where nobody approves anything.</param>
/// <param name="described">Finds products that are described and not named; null where nobody does.</param>
public sealed class FactGatherer(
    IShop shop,
    TimeProvider time,
    Func<string, CancellationToken, Task<int>> triesToday,
    Func<string, CancellationToken, Task<IReadOnlyList<ApprovedAmount>>>? approvedHere = null,
    DescribedProducts? described = null
)
{
    /// <summary>More orders than this are not listed to a customer.</summary>
    private const int MostOthers = 20;

    private static readonly HashSet<string> s_forStaff = ["order", "shipment", "return", "customer"];

    /// <summary>Which product a message is about, read after what was said before; nothing while the shop's data cannot be read.</summary>
    public async Task<ProductMention> MentionAsync(string text, ProductFocus focus, CancellationToken cancellationToken)
    {
        try
        {
            return ProductMentionReader.Read(await shop.CatalogueAsync(string.Join('\n', [.. focus.Titles, text]), cancellationToken), text, focus);
        }
        catch (ShopUnavailableException)
        {
            return ProductMention.Nothing;
        }
    }

    /// <summary>Without the shop's data there is still what the message says; the chat proves its order when the shop is back.</summary>
    public async Task<GatheredFacts> GatherAsync(FactQuestion question, ShopPolicy policy, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var entities = shop.OrderNumbers.Named(question.Reading.Entities, question.Text);
        // "I wrote to help@shop.example from ann@…": the shop's own address is nobody's detail.
        entities = entities with { Emails = [.. entities.Emails.Where(email => !policy.IsOwnAddress(email))] };
        question = question with { Reading = question.Reading with { Entities = entities } };
        try
        {
            return await GatherAsync(question, policy, now, cancellationToken);
        }
        catch (ShopUnavailableException)
        {
            return new GatheredFacts(
                new FactSet(OfMessage(question, now)),
                null,
                question.Identity.With(question.Reading.Entities),
                [],
                null,
                null,
                false
            )
            {
                ShopUnavailable = true,
            };
        }
    }

    /// <summary>What a playbook would know of an order once its customer has proven it, with the order's first product; nothing for an unknown
    /// order, or while the shop's data cannot be read. For the owner's eyes: nothing is proven here.</summary>
    public async Task<IReadOnlyList<Fact>> OfKnownOrderAsync(string number, ShopPolicy policy, CancellationToken cancellationToken)
    {
        try
        {
            if (await shop.FindOrderAsync(number, cancellationToken) is not { } order)
            {
                return [];
            }

            var now = time.GetUtcNow();
            var facts = await OfOrderAsync(order, ["order", "shipment", "return", "customer"], policy, now, cancellationToken);
            return order.Lines.Count == 0
                ? facts
                :
                [
                    .. facts,
                    .. await OfProductAsync(
                        await shop.FindProductAsync(order.Lines[0].Name, cancellationToken),
                        policy,
                        now,
                        cancellationToken
                    ),
                ];
        }
        catch (ShopUnavailableException)
        {
            return [];
        }
    }

    private async Task<GatheredFacts> GatherAsync(FactQuestion question, ShopPolicy policy, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var facts = new List<Fact>(OfMessage(question, now));
        var needs = question.Needed.Select(n => n.Split('.')[0]).ToHashSet(StringComparer.Ordinal);
        var identity = question.Identity.With(question.Reading.Entities);

        var decision = needs.Overlaps(["order", "shipment", "return", "customer"])
            ? await IdentifyAsync(identity, question, cancellationToken)
            : null;
        var orders = decision?.Outcome is IdentityOutcome.Proven proven ? proven.Orders : [];
        if (decision is not null)
        {
            facts.AddRange(orders.Count > 0 ? await OfOrderAsync(orders[0], needs, policy, now, cancellationToken) : NoOrder(now));
        }

        var match = needs.Contains("product") ? await FindProductAsync(question, cancellationToken) : null;
        if (match is not null)
        {
            facts.AddRange(await OfProductAsync(match, policy, now, cancellationToken));
        }

        return new GatheredFacts(
            new FactSet(facts),
            decision?.Outcome,
            decision?.Next ?? identity,
            decision?.TriedKeys ?? [],
            match,
            orders.Count > 0 ? orders[0] : null,
            orders.Count > 1)
        {
            Unknown = orders.Count > 0 ? [.. DerivedFacts.Unknown(orders[0])] : [],
        };
    }

    /// <summary>What a person who answers is shown of an order, whoever named it; null when there is no such order, or the shop's data cannot be
    /// read.</summary>
    public async Task<(string Number, IReadOnlyList<Fact> Facts)?> OfOrderForStaffAsync(
        string number,
        ShopPolicy policy,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await shop.FindOrderAsync(number, cancellationToken) is { } order
                ? (order.Number, await OfOrderAsync(order, s_forStaff, policy, time.GetUtcNow(), cancellationToken))
                : null;
        }
        catch (ShopUnavailableException)
        {
            return null;
        }
    }

    private async Task<IdentityDecision> IdentifyAsync(IdentityState state, FactQuestion question, CancellationToken cancellationToken)
    {
        var asked = Identity.Asked(state, question.Reading.Entities);
        var found = new Dictionary<string, Order?>(StringComparer.Ordinal);
        var tries = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var key in asked)
        {
            found[key] = await shop.FindOrderAsync(key, cancellationToken);
        }

        foreach (var key in asked.Count > 0 ? Identity.Counted(state, asked) : [])
        {
            tries[key] = await triesToday(key, cancellationToken);
        }

        var proven = state.Proven.Count > 0 ? await shop.FindOrderAsync(state.Proven[^1], cancellationToken) : null;
        return Identity.Decide(state, asked, found, tries, proven?.Email, question.IsSuspect);
    }

    private async Task<IReadOnlyList<Fact>> OfOrderAsync(
        Order order, HashSet<string> needs, ShopPolicy policy, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var approved = approvedHere is null ? [] : await approvedHere(order.Number, cancellationToken);
        var facts = new List<Fact>(DerivedFacts.OfOrder(order with { ApprovedHere = approved }, policy, now));
        if (needs.Contains("shipment"))
        {
            facts.AddRange(DerivedFacts.OfShipments(order, await shop.ShipmentsOfAsync(order.Number, cancellationToken), policy, now));
        }

        if (needs.Contains("return"))
        {
            facts.AddRange(DerivedFacts.OfReturns(order, await shop.ReturnsOfAsync(order.Number, cancellationToken), policy, now));
        }

        var others = order.Email is { } own
            ? (await shop.OrdersOfAsync(own, cancellationToken))
                .Where(other => other.Number != order.Number && !other.IsTest)
                .Take(MostOthers)
                .ToList()
            : [];
        facts.Add(new Fact("order.others", FactValue.Of(others.Select(other => other.Number)), order.Source.Place, order.Source.ReadAt));
        if (needs.Contains("customer"))
        {
            var customer = order.Email is { } email ? await shop.FindCustomerAsync(email, cancellationToken) : null;
            var orders = order.Email is { } buyer ? await shop.OrdersOfAsync(buyer, cancellationToken) : [order];
            facts.AddRange(DerivedFacts.OfCustomer(order, customer, orders, now));
            if (policy.IsVip is { } isVip)
            {
                facts.Add(new Fact("customer.vip", FactValue.Of(isVip(new FactSet(facts))), "computed", now));
            }
        }

        return facts;
    }

    private async Task<ProductMatch> FindProductAsync(FactQuestion question, CancellationToken cancellationToken)
    {
        var mention = question.Mention;
        if (!shop.HasProducts)
        {
            throw new ShopUnavailableException("The shop's data hold no product.");
        }

        var search = mention.Titles.Count > 0 ? await shop.CatalogueAsync(string.Join('\n', mention.Titles), cancellationToken) : null;
        Product[] meant = [.. mention.Titles.Select(title => search!.ByTitle(title)).OfType<Product>()];
        return meant switch
        {
            [] when described is not null && mention.Titles.Count == 0 =>
                described.Of(question.Text, await shop.CatalogueAsync(question.Text, cancellationToken)) is { Count: > 0 } offered
                    ? new ProductMatch.Ambiguous(offered) : new ProductMatch.None(),
            [] => new ProductMatch.None(),
            [var one] when mention.IsDoubtful => new ProductMatch.Ambiguous([one]),
            [var one] => new ProductMatch.Found(one, one.VariantsWith(mention.Options), mention.Options.GetValueOrDefault("size"))
            {
                Options = mention.Options, NotMade = mention.NotMade, NotTogether = mention.NotTogether, Quantity = mention.Quantity,
            },
            _ => new ProductMatch.Ambiguous(meant),
        };
    }

    private async Task<IEnumerable<Fact>> OfProductAsync(
        ProductMatch match,
        ShopPolicy policy,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        match switch
        {
            ProductMatch.Found found => DerivedFacts.OfProduct(
                found,
                await shop.StockAsync([.. found.Product.Variants.Select(v => v.Sku)], cancellationToken),
                policy.Stock
            ),
            ProductMatch.Ambiguous several =>
            [
                new Fact("product.missing", FactValue.Of(true), "the message", now),
                new Fact("product.candidates", FactValue.Of(several.Candidates.Select(candidate => candidate.Title)), "the message", now),
            ],
            _ => [new Fact("product.missing", FactValue.Of(true), "the message", now)],
        };

    /// <summary>What the message itself says.</summary>
    internal static FactList OfMessage(FactQuestion question, DateTimeOffset now)
    {
        var reading = question.Reading;
        string[] issues = reading.SeveralIssues.Count > 0 ? [.. reading.SeveralIssues] : [.. reading.Issues.Take(1).Select(i => i.Issue)];
        var facts = new FactList(new Source("the message", now));
        facts.Add("message.words", question.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length);
        facts.Add("message.language", question.Language ?? reading.Language);
        facts.Add("message.sentiment", reading.Mood.Tone.ToString().ToLowerInvariant());
        facts.Add("message.asks_for_human", reading.Mood.WantsPerson);
        facts.Add("message.names_order", reading.Entities.OrderNumbers.Count > 0);
        facts.Add("message.issues", issues);
        facts.Add("message.attachments", question.Attachments);
        return facts;
    }

    private static IEnumerable<Fact> NoOrder(DateTimeOffset now) => [new Fact("order.missing", FactValue.Of(true), "the message", now)];
}

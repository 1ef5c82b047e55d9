using System.Collections.Frozen;
using OpsChat.Understanding;

namespace OpsChat.Facts;

/// <summary>One turn of a chat, as facts are gathered for it.</summary>
/// <param name="Needed">Names of the facts that the playbook's conditions and texts use; only these are looked up.</param>
/// <param name="Text">The customer's words of this turn.</param>
/// <param name="EarlierText">The customer's earlier words of the open case; asked for a product when this turn names none.</param>
/// <param name="Language">Of the conversation; null takes the turn's own.</param>
/// <param name="Attachments">How many photos, files or voice notes came with the turn.</param>
/// <param name="Identity">What the chat claimed and proved before this turn.</param>
public sealed record FactQuestion(
    IReadOnlySet<string> Needed,
    Reading Reading,
    string Text,
    string EarlierText,
    string? Language,
    int Attachments,
    IdentityState Identity);

/// <summary>What was found, and what the customer could add.</summary>
/// <param name="Facts"><c>message.*</c> always; the others as needed and known.</param>
/// <param name="Identity">Null when nothing about an order was needed.</param>
/// <param name="NextIdentity">To be stored with the conversation, in every case.</param>
/// <param name="FailedOrders">Order keys, once for each new failed try; to be counted against the order's day.</param>
/// <param name="CustomerCanSupply">Of <see cref="SuppliedItem"/>, in the order in which to ask; empty when nothing that is needed is missing for it.</param>
/// <param name="Candidates">Products that the words fit equally well.</param>
/// <param name="Order">The proven order that the facts are about, or null.</param>
/// <param name="SeveralOrders">The turn is about more than one order, while the facts are about one: a person should look.</param>
public sealed record GatheredFacts(
    FactSet Facts,
    IdentityOutcome? Identity,
    IdentityState NextIdentity,
    IReadOnlyList<string> FailedOrders,
    IReadOnlyList<string> CustomerCanSupply,
    IReadOnlyList<Product> Candidates,
    Order? Order,
    bool SeveralOrders);

/// <summary>What only the customer knows.</summary>
public static class SuppliedItem
{
    public const string OrderNumber = "order number";
    public const string SecondDetail = "second detail";
    public const string Product = "product";
    public const string Size = "size";
}

/// <summary>Gathers the facts of one turn, read-only. Order facts only after <see cref="Facts.Identity"/> has proven the order.</summary>
/// <param name="triesToday">Failed tries on an order key today, over all chats.</param>
public sealed class FactGatherer(IShop shop, TimeProvider time, Func<string, CancellationToken, Task<int>> triesToday)
{
    // Their values depend on which article is meant, so a size is worth asking for.
    private static readonly FrozenSet<string> s_ofOneArticle =
        new[] { "product.sku", "product.price", "product.size" }.ToFrozenSet(StringComparer.Ordinal);

    public async Task<GatheredFacts> GatherAsync(FactQuestion question, ShopPolicy policy, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var facts = new List<Fact>(OfMessage(question, now));
        var needs = question.Needed.Select(n => n.Split('.')[0]).ToHashSet(StringComparer.Ordinal);
        var identity = question.Identity.With(question.Reading.Entities);

        var decision = needs.Overlaps(["order", "shipment", "return", "customer"]) ? await IdentifyAsync(identity, question, cancellation) : null;
        var orders = decision?.Outcome is IdentityOutcome.Proven proven ? proven.Orders : [];
        if (decision is not null)
        {
            facts.AddRange(orders.Count > 0 ? await OfOrderAsync(orders[0], needs, policy, now, cancellation) : NoOrder(now));
        }

        var match = needs.Contains("product") ? await FindProductAsync(question, cancellation) : null;
        if (match is not null)
        {
            facts.AddRange(await OfProductAsync(match, now, cancellation));
        }

        var set = new FactSet(facts);
        return new GatheredFacts(
            set,
            decision?.Outcome,
            decision?.Next ?? identity,
            decision?.FailedOrders ?? [],
            [.. AskableOfOrder(decision?.Outcome), .. AskableOfProduct(match, question.Needed, set)],
            match is ProductMatch.Ambiguous ambiguous ? ambiguous.Candidates : [],
            orders.Count > 0 ? orders[0] : null,
            orders.Count > 1);
    }

    private async Task<IdentityDecision> IdentifyAsync(IdentityState state, FactQuestion question, CancellationToken cancellation)
    {
        var asked = Identity.Asked(state, question.Reading.Entities);
        var found = new Dictionary<string, Order?>(StringComparer.Ordinal);
        var tries = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var key in asked)
        {
            found[key] = await shop.FindOrderAsync(key, cancellation);
            tries[key] = await triesToday(key, cancellation);
        }

        return Identity.Decide(state, asked, found, tries);
    }

    private async Task<IReadOnlyList<Fact>> OfOrderAsync(
        Order order, HashSet<string> needs, ShopPolicy policy, DateTimeOffset now, CancellationToken cancellation)
    {
        var facts = new List<Fact>(DerivedFacts.OfOrder(order, policy, now));
        if (needs.Contains("shipment"))
        {
            facts.AddRange(DerivedFacts.OfShipments(order, await shop.ShipmentsOfAsync(order.Number, cancellation), policy, now));
        }

        if (needs.Contains("return"))
        {
            facts.AddRange(DerivedFacts.OfReturns(order, await shop.ReturnsOfAsync(order.Number, cancellation), policy, now));
        }

        if (needs.Contains("customer"))
        {
            var customer = order.Email is { } email ? await shop.FindCustomerAsync(email, cancellation) : null;
            var orders = order.Email is { } buyer ? await shop.OrdersOfAsync(buyer, cancellation) : [order];
            facts.AddRange(DerivedFacts.OfCustomer(order, customer, orders, now));
            if (policy.IsVip is { } isVip)
            {
                facts.Add(new Fact("customer.vip", FactValue.Of(isVip(new FactSet(facts))), "computed", now));
            }
        }

        return facts;
    }

    private async Task<ProductMatch> FindProductAsync(FactQuestion question, CancellationToken cancellation)
    {
        var match = await shop.FindProductAsync(question.Text, cancellation);
        return match is ProductMatch.None && question.EarlierText.Length > 0
            ? await shop.FindProductAsync($"{question.EarlierText}\n{question.Text}", cancellation)
            : match;
    }

    private async Task<IEnumerable<Fact>> OfProductAsync(ProductMatch match, DateTimeOffset now, CancellationToken cancellation) =>
        match is ProductMatch.Found found
            ? DerivedFacts.OfProduct(found, await shop.StockAsync([.. found.Product.Variants.Select(v => v.Sku)], cancellation))
            : [new Fact("product.missing", FactValue.Of(true), "the message", now)];

    private static FactList OfMessage(FactQuestion question, DateTimeOffset now)
    {
        var reading = question.Reading;
        string[] issues = reading.SeveralIssues.Count > 0 ? [.. reading.SeveralIssues] : [.. reading.Issues.Take(1).Select(i => i.Issue)];
        var facts = new FactList(new Source("the message", now));
        facts.Add("message.words", question.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length);
        facts.Add("message.language", question.Language ?? reading.Language);
        facts.Add("message.sentiment", reading.Mood.Tone.ToString().ToLowerInvariant());
        facts.Add("message.asks_for_human", reading.Mood.WantsPerson);
        facts.Add("message.issues", issues);
        facts.Add("message.attachments", question.Attachments);
        return facts;
    }

    private static IEnumerable<Fact> NoOrder(DateTimeOffset now) => [new Fact("order.missing", FactValue.Of(true), "the message", now)];

    private static IReadOnlyList<string> AskableOfOrder(IdentityOutcome? outcome) => outcome switch
    {
        IdentityOutcome.NeedsNumber { SecondDetailToo: false } => [SuppliedItem.OrderNumber],
        IdentityOutcome.NeedsNumber or IdentityOutcome.NoMatch => [SuppliedItem.OrderNumber, SuppliedItem.SecondDetail],
        IdentityOutcome.NeedsSecondDetail => [SuppliedItem.SecondDetail],
        _ => [],
    };

    private static IReadOnlyList<string> AskableOfProduct(ProductMatch? match, IReadOnlySet<string> needed, FactSet facts) => match switch
    {
        null => [],
        ProductMatch.Found { Size: null } found =>
            found.Product.Sizes.Skip(1).Any() && needed.Any(n => s_ofOneArticle.Contains(n) && facts.Find(n) is null) ? [SuppliedItem.Size] : [],
        ProductMatch.Found => [],
        _ => [SuppliedItem.Product],
    };
}

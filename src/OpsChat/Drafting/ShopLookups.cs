using OpsChat.Facts;
using OpsChat.Playbooks;

namespace OpsChat.Drafting;

/// <summary>What a model may look up in one conversation, and what it found or proposed there.</summary>
/// <param name="shop">Read-only.</param>
/// <param name="known">The playbooks and the profile in force.</param>
/// <param name="proven">The order that this chat proved, or null. A look-up is bound to it and never to an argument.</param>
/// <param name="now">The time of the turn.</param>
/// <param name="approvedHere">What was approved here for an order, as for <see cref="FactGatherer"/>.</param>
public sealed class ShopLookups(
    IShop shop,
    PlaybookSnapshot known,
    Order? proven,
    DateTimeOffset now,
    Func<string, CancellationToken, Task<IReadOnlyList<ApprovedAmount>>>? approvedHere = null
) : IModelLookups
{
    private const int MostLookups = 8, MostOrders = 5, MostTexts = 3;

    private readonly List<Fact> _facts = [];
    private readonly List<ActionProposal> _proposals = [];
    private readonly List<string> _calls = [];
    private readonly Lock _lock = new();

    /// <summary>Everything that the look-ups brought back, each with its source; an answer may state nothing else.</summary>
    public IReadOnlyList<Fact> Facts => _facts;

    /// <summary>What the model wants done. Nothing of it has been done.</summary>
    public IReadOnlyList<ActionProposal> Proposals => _proposals;

    /// <summary>The functions called, in order, for the trace; without their arguments, which may quote the customer.</summary>
    public IReadOnlyList<string> Calls => _calls;

    public async Task<string> ProductAsync(string query, CancellationToken cancellationToken) =>
        await shop.FindProductAsync(query, cancellationToken) switch
        {
            ProductMatch.Found found => Told(
                "product",
                DerivedFacts.OfProduct(found, await StockOfAsync(found.Product, cancellationToken))
            ),
            ProductMatch.Ambiguous several => Told(
                "products",
                [
                    new Fact(
                        "product.candidates",
                        FactValue.Of(several.Candidates.Select(p => p.Title)),
                        several.Candidates[0].Source.Place,
                        now
                    ),
                ]
            ),
            _ => "The shop has no product of that name.",
        };

    /// <summary>Delivery times and shipping fees as the owner wrote them.</summary>
    public string DeliveryTimes() => Told("store", known.Shop.Facts(now)
        .Where(fact => fact.Name is "store.delivery_times" or "store.handling_days" or "store.shipping_fees" or "store.carriers"));

    /// <summary>The owner's own texts about a topic: replies of the nearest playbooks that need no order.</summary>
    public string PolicyText(string topic)
    {
        var facts = new FactSet(known.Shop.Facts(now));
        var texts = known.Reader.Read(topic).Issues.Take(MostTexts)
            .Select(issue => known.Playbooks.Find(issue.Issue))
            .OfType<Playbook>()
            .Select(playbook => (playbook.Issue, Text: playbook.StandardReply.Default.Render(facts) as TextResult.Rendered))
            .Where(found => found.Text is not null)
            .Select(found => new Fact("policy.text", FactValue.Of(found.Text!.Text), $"{found.Issue}.md", now));
        return Told("policy", texts);
    }

    /// <summary>The orders of the customer whom this chat proved to be.</summary>
    public async Task<string> MyOrdersAsync(CancellationToken cancellationToken)
    {
        if (proven is null)
        {
            return "This chat has not proved an order yet. Ask for the order number and the e-mail address of the order.";
        }

        var orders = proven.Email is { } email ? await shop.OrdersOfAsync(email, cancellationToken) : [proven];
        var told = new List<string>();
        foreach (var order in orders.Take(MostOrders))
        {
            var approved = approvedHere is null ? [] : await approvedHere(order.Number, cancellationToken);
            told.Add(Told("order", DerivedFacts.OfOrder(order with { ApprovedHere = approved }, known.Policy, now)));
        }

        return string.Join('\n', told);
    }

    /// <summary>The shipments of the proven order.</summary>
    public async Task<string> MyShipmentsAsync(CancellationToken cancellationToken) => proven is null
        ? "This chat has not proved an order yet. Ask for the order number and the e-mail address of the order."
        : Told("shipment", DerivedFacts.OfShipments(proven, await shop.ShipmentsOfAsync(proven.Number, cancellationToken), known.Policy, now));

    /// <summary>Notes what the model wants done for the owner to decide. Only about the proven order.</summary>
    /// <returns>What the model is told.</returns>
    public string Propose(string action, string reason)
    {
        if (proven is null)
        {
            return "Nothing was proposed: this chat has not proved an order.";
        }

        lock (_lock)
        {
            if (_proposals.Count == 0)
            {
                _proposals.Add(new(action, proven.Number, reason));
            }
        }

        return "The owner was asked and decides. Nothing has been done, so say only that a colleague looks at it.";
    }

    string IModelLookups.Propose(string action, Func<string, string> argument) => Propose(action, argument("reason"));

    public int Refusals => Math.Max(0, _calls.Count - MostLookups);

    public bool Admit(string function)
    {
        lock (_lock)
        {
            _calls.Add(function);
            return _calls.Count <= MostLookups;
        }
    }

    private Task<IReadOnlyList<StockLevel>> StockOfAsync(Product product, CancellationToken cancellationToken) =>
        shop.StockAsync([.. product.Variants.Select(v => v.Sku)], cancellationToken);

    /// <summary>A second result of a kind does not replace the first: its names get a number.</summary>
    private string Told(string kind, IEnumerable<Fact> found)
    {
        lock (_lock)
        {
            var number = 1;
            while (_facts.Any(fact => fact.Name.StartsWith($"{kind}{number}.", StringComparison.Ordinal)))
            {
                number++;
            }

            List<Fact> facts = [.. found.Select(fact => fact with { Name = $"{kind}{number}.{fact.Name[(fact.Name.IndexOf('.') + 1)..]}" })];
            _facts.AddRange(facts);
            return facts.Count == 0
                ? "Nothing is known about that."
                : string.Join('\n', facts.Select(fact => $"{fact.Name}: {fact.Value.Shown} ({fact.Source})"));
        }
    }
}

/// <summary>An action that a model asked for. It is never carried out by OpsChat; the owner sees it as an approval.</summary>
/// <param name="Action">What the shop would have to do: <c>refund</c>, <c>cancel</c>, <c>replacement</c>.</param>
/// <param name="Order">The proven order's number, as printed.</param>
/// <param name="Reason">The model's words, which ground nothing.</param>
public sealed record ActionProposal(string Action, string Order, string Reason)
{
    public override string ToString() => $"{Action} of {Order}";
}

using OpsChat.Facts;

namespace OpsChat.Decisions;

/// <summary>Looks up the shop's data and nothing else: for <c>try</c> and the playbooks' own tests, where no answer was given before and no model
/// takes part.</summary>
/// <param name="described">Finds products that are described and not named; null where nobody does.</param>
public sealed class ShopOnlyLookups(IShop shop, TimeProvider time, DescribedProducts? described = null) : LookupsWithoutModel
{
    private readonly FactGatherer gatherer = new(shop, time, (_, _) => Task.FromResult(0), described: described);

    public override Task<ProductMention> MentionAsync(string text, ProductFocus focus, CancellationToken cancellationToken) =>
        gatherer.MentionAsync(text, focus, cancellationToken);

    public override Task<GatheredFacts> FactsAsync(FactQuestion question, ShopPolicy policy, CancellationToken cancellationToken) =>
        gatherer.GatherAsync(question, policy, cancellationToken);
}

using OpsChat.Facts;
using OpsChat.Playbooks;

namespace OpsChat.Decisions;

/// <summary>Looks up the shop's data and nothing else: for <c>try</c> and the playbooks' own tests, where no answer was given before and no model
/// takes part.</summary>
/// <param name="known">Its encoder finds products that are described and not named, as it does for a message that is answered.</param>
public sealed class ShopOnlyLookups(IShop shop, PlaybookSnapshot known, TimeProvider time) : LookupsWithoutModel
{
    private readonly FactGatherer gatherer = new(shop, time, (_, _) => Task.FromResult(0), described: new(() => known.Encoder));

    public override Task<ProductMention> MentionAsync(string text, ProductFocus focus, CancellationToken cancellationToken) =>
        gatherer.MentionAsync(text, focus, cancellationToken);

    public override Task<GatheredFacts> FactsAsync(FactQuestion question, ShopPolicy policy, CancellationToken cancellationToken) =>
        gatherer.GatherAsync(question, policy, cancellationToken);
}

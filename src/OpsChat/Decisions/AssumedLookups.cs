using OpsChat.Facts;
using OpsChat.Text;

namespace OpsChat.Decisions;

/// <summary>For <c>eval</c>: every fact that is needed is assumed to be there, and no model takes part.</summary>
public sealed class AssumedLookups : LookupsWithoutModel
{
    public override Task<ProductMention> MentionAsync(string text, ProductFocus focus, CancellationToken cancellationToken) =>
        Task.FromResult(ProductMention.Nothing);

    public override Task<GatheredFacts> FactsAsync(FactQuestion question, ShopPolicy policy, CancellationToken cancellationToken) =>
        Task.FromResult(new GatheredFacts(new(question.Needed.Select(Assumed)), null, IdentityState.Nothing, [], null, null, false));

    private static Fact Assumed(string name) => new(name, FactNames.All.TryGetValue(name, out var known) ? known.Kind switch
    {
        FactKind.Number => FactValue.Of(1m),
        FactKind.Amount => FactValue.Of(new Money(1000, "USD")),
        FactKind.Day => FactValue.Of(new DateOnly(2026, 1, 1)),
        FactKind.Flag => FactValue.Of(false),
        FactKind.Words => FactValue.Of(["one"]),
        _ => FactValue.Of("known"),
    } : FactValue.Of("known"), "assumed", DateTimeOffset.UnixEpoch);
}

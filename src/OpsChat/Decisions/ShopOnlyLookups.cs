using OpsChat.Drafting;
using OpsChat.Facts;
using OpsChat.Messages;
using OpsChat.Playbooks;
using OpsChat.Understanding;

namespace OpsChat.Decisions;

/// <summary>Looks up the shop's data and nothing else: for <c>try</c> and the playbooks' own tests, where no answer was given before and no model
/// takes part.</summary>
/// <param name="described">Finds products that are described and not named; null where nobody does.</param>
public sealed class ShopOnlyLookups(IShop shop, TimeProvider time, DescribedProducts? described = null) : ILookups
{
    private readonly FactGatherer gatherer = new(shop, time, (_, _) => Task.FromResult(0), described: described);

    public RecordedEncoder? Encoder => null;

    public bool HasModel => false;

    public Task<ProductMention> MentionAsync(string text, ProductFocus focus, CancellationToken cancellationToken) =>
        gatherer.MentionAsync(text, focus, cancellationToken);

    public Task<GatheredFacts> FactsAsync(FactQuestion question, ShopPolicy policy, CancellationToken cancellationToken) =>
        gatherer.GatherAsync(question, policy, cancellationToken);

    public Task<int> AnsweredAsync(string playbook, string version, int most, CancellationToken cancellationToken) => Task.FromResult(most);

    public Task<ModelRead> ReadAsync(PlaybookSnapshot known, Turn turn, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("No model takes part.");

    public Task<GuardedDraft> RevisedAsync(
        GuardedDraft owners,
        DraftBrief brief,
        Turn turn,
        bool leaves,
        CancellationToken cancellationToken
    ) => Task.FromResult(owners);

    public Task<ModelSuggestion> SuggestedAsync(DraftBrief brief, Turn turn, DateTimeOffset now, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("No model takes part.");
}

using OpsChat.Drafting;
using OpsChat.Facts;
using OpsChat.Messages;
using OpsChat.Playbooks;
using OpsChat.Understanding;

namespace OpsChat.Decisions;

/// <summary>Look-ups in which no model takes part and no playbook version counts as new.</summary>
public abstract class LookupsWithoutModel : ILookups
{
    public RecordedEncoder? Encoder => null;

    public bool HasModel => false;

    public abstract Task<ProductMention> MentionAsync(string text, ProductFocus focus, CancellationToken cancellationToken);

    public abstract Task<GatheredFacts> FactsAsync(FactQuestion question, ShopPolicy policy, CancellationToken cancellationToken);

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

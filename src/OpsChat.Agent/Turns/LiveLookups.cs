using System.Collections.Concurrent;
using OpsChat.Decisions;
using OpsChat.Drafting;
using OpsChat.Facts;
using OpsChat.Messages;
using OpsChat.Playbooks;
using OpsChat.Storage;
using OpsChat.Text;
using OpsChat.Understanding;

namespace OpsChat.Agent;

/// <summary>Asks the shop's data, the store and the model. One for the host; safe for many turns at once.</summary>
/// <param name="model">Null while none is configured.</param>
/// <param name="origins">Null where nobody comes over a network.</param>
public sealed class LiveLookups(
    FactGatherer gatherer,
    IStore store,
    TimeProvider time,
    ModelReviser? model = null,
    GuessOrigins? origins = null
) : ILookups
{
    // A version that has given its first answers has given them for ever: it need not be counted again.
    private readonly ConcurrentDictionary<(string Version, int Most), bool> _enough = new();

    public RecordedEncoder? Encoder => null;

    public bool HasModel => model is not null;

    /// <summary>Whether wrong order details came from where this chat comes from, too often today.</summary>
    public async ValueTask<bool> IsSuspectAsync(ConversationId conversation, CancellationToken cancellationToken) =>
        origins is not null && await origins.IsSuspectAsync(conversation, cancellationToken);

    /// <summary>The chat gave wrong order details.</summary>
    public Task GuessedAsync(ConversationId conversation, CancellationToken cancellationToken) =>
        origins?.GuessedAsync(conversation, cancellationToken) ?? Task.CompletedTask;

    public Task<ProductMention> MentionAsync(string text, ProductFocus focus, CancellationToken cancellationToken) =>
        gatherer.MentionAsync(text, focus, cancellationToken);

    public async Task<GatheredFacts> FactsAsync(FactQuestion question, ShopPolicy policy, CancellationToken cancellationToken)
    {
        var gathered = await gatherer.GatherAsync(question, policy, cancellationToken);
        return WatchFacts.AreNeeded(question.Needed, gathered)
            ? await store.ReadAsync(
                session => gathered with { Facts = WatchFacts.Added(session, gathered, time.GetUtcNow(), policy.TimeZone) },
                cancellationToken
            )
            : gathered;
    }

    public async Task<int> AnsweredAsync(string playbook, string version, int most, CancellationToken cancellationToken)
    {
        var key = (LookupRecord.KeyOf(playbook, version), most);
        if (_enough.ContainsKey(key))
        {
            return most;
        }

        var count = await store.ReadAsync(session => session.Outcomes.Answered(playbook, version, most), cancellationToken);
        if (count >= most)
        {
            _enough.TryAdd(key, true);
        }

        return count;
    }

    public Task<ModelRead> ReadAsync(PlaybookSnapshot known, Turn turn, CancellationToken cancellationToken) =>
        Model.ReadAsync(known, turn, cancellationToken);

    public Task<GuardedDraft> RevisedAsync(GuardedDraft owners, DraftBrief brief, Turn turn, bool leaves, CancellationToken cancellationToken) =>
        model is null ? Task.FromResult(owners) : model.ReviseAsync(owners, brief, turn, leaves, cancellationToken);

    public Task<ModelSuggestion> SuggestedAsync(DraftBrief brief, Turn turn, DateTimeOffset now, CancellationToken cancellationToken) =>
        Model.SuggestAsync(brief, turn, now, cancellationToken);

    private ModelReviser Model => model ?? throw new InvalidOperationException("No model is configured.");

    /// <summary>For whoever answers a matter that is handed off: the order that the chat proved or named. Looked up aside from the
    /// decision, which must
    /// not know of an order that is not proven.</summary>
    public async Task<TurnDecision> WithOrdersAsync(TurnDecision decided, CancellationToken cancellationToken)
    {
        var others = new List<TurnDecision>();
        foreach (var other in decided.Others)
        {
            others.Add(await WithOrderAsync(other, decided, cancellationToken));
        }

        return await WithOrderAsync(decided, decided, cancellationToken) with { Others = others };
    }

    private async Task<TurnDecision> WithOrderAsync(TurnDecision matter, TurnDecision turn, CancellationToken cancellationToken)
    {
        var number = matter.OrderNamed ?? turn.OrderNamed;
        return matter.Decision.Verdict is Verdict.HandOff or Verdict.Silent && number is not null
            && await gatherer.OfOrderForStaffAsync(number, matter.PlaybookSnapshot.Policy, cancellationToken) is { } found
            ? matter with
            {
                Order = new(
                    found.Number,
                    turn.NextIdentity.Proven.Contains(OrderNumber.Key(found.Number)),
                    [.. found.Facts.Select(ShownFact.From)]
                ),
            }
            : matter;
    }

    /// <summary>A note for whoever takes the conversation over; null without a model, for a short conversation, or for any other ending.</summary>
    public async Task<HandOffSummary?> SummaryAsync(TurnDecision decided, CancellationToken cancellationToken) =>
        model is not null && decided.Decision.Verdict is Verdict.HandOff
            ? await model.SummariseAsync(decided.PlaybookSnapshot, decided.Gathered, decided.Turn, cancellationToken)
            : null;
}

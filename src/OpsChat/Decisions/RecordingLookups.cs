using OpsChat.Drafting;
using OpsChat.Facts;
using OpsChat.Messages;
using OpsChat.Playbooks;
using OpsChat.Understanding;

namespace OpsChat.Decisions;

/// <summary>Asks another kind of look-ups, and writes down what it answers. For one turn.</summary>
public sealed class RecordingLookups(ILookups asked) : ILookups
{
    private LookupRecord record = new() { HasModel = asked.HasModel };

    public RecordedEncoder? Encoder => asked.Encoder;

    public bool HasModel => asked.HasModel;

    /// <summary>The decision with all of its look-ups in its input.</summary>
    public TurnDecision Kept(TurnDecision decision) =>
        decision with { Input = decision.Input with { Lookups = record with { Encoder = decision.Encoder } } };

    public async Task<ProductMention> MentionAsync(string text, ProductFocus focus, CancellationToken cancellationToken)
    {
        var mention = await asked.MentionAsync(text, focus, cancellationToken);
        record = record with { Mentions = [.. record.Mentions, new(RecordedMention.KeyOf(text, focus), mention)] };
        return mention;
    }

    public async Task<GatheredFacts> FactsAsync(FactQuestion question, ShopPolicy policy, CancellationToken cancellationToken)
    {
        var gathered = await asked.FactsAsync(question, policy, cancellationToken);
        record = record with { Facts = [.. record.Facts, RecordedFacts.Of(question, gathered)] };
        return gathered;
    }

    public async Task<int> AnsweredAsync(string playbook, string version, int most, CancellationToken cancellationToken)
    {
        var count = await asked.AnsweredAsync(playbook, version, most, cancellationToken);
        record = record with { Answered = new Dictionary<string, int>(record.Answered) { [LookupRecord.KeyOf(playbook, version)] = count } };
        return count;
    }

    public async Task<ModelRead> ReadAsync(PlaybookSnapshot known, Turn turn, CancellationToken cancellationToken)
    {
        var read = await asked.ReadAsync(known, turn, cancellationToken);
        record = record with { Read = new(RecordedRead.KeyOf(known), read) };
        return read;
    }

    public async Task<GuardedDraft> RevisedAsync(GuardedDraft owners, DraftBrief brief, Turn turn, bool leaves, CancellationToken cancellationToken)
    {
        var revised = await asked.RevisedAsync(owners, brief, turn, leaves, cancellationToken);
        record = record with { Revisions = [.. record.Revisions, RecordedRevision.Of(owners, brief, leaves, revised)] };
        return revised;
    }

    public async Task<ModelSuggestion> SuggestedAsync(DraftBrief brief, Turn turn, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var suggestion = await asked.SuggestedAsync(brief, turn, now, cancellationToken);
        record = record with { Suggestions = [.. record.Suggestions, RecordedSuggestion.Of(brief, suggestion)] };
        return suggestion;
    }
}

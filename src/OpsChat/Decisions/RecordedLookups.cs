using OpsChat.Drafting;
using OpsChat.Facts;
using OpsChat.Messages;
using OpsChat.Playbooks;
using OpsChat.Understanding;

namespace OpsChat.Decisions;

/// <summary>Answers from a turn's record. Used for one turn on one thread; every task that it returns is complete.</summary>
public sealed class RecordedLookups(LookupRecord record, DateTimeOffset now) : ILookups
{
    private readonly RecordedEncoder encoder = new(record.Encoder);

    public RecordedEncoder Encoder => encoder;

    public bool HasModel => record.HasModel;

    /// <summary>Before mentions were recorded, a turn's facts were about the product that its own words named, and nothing more was read from
    /// it.</summary>
    public Task<ProductMention> MentionAsync(string text, ProductFocus focus, CancellationToken cancellationToken) =>
        Task.FromResult(
            record.Mentions.FirstOrDefault(recorded => recorded.About == RecordedMention.KeyOf(text, focus))?.Mention
                ?? ProductMention.Nothing
        );

    public Task<GatheredFacts> FactsAsync(FactQuestion question, ShopPolicy policy, CancellationToken cancellationToken) =>
        Task.FromResult(record.Facts.Select(facts => facts.Answer(question, now)).FirstOrDefault(found => found is not null)
            ?? throw new NotRecordedException(RecordedFacts.Needs(question)));

    public Task<int> AnsweredAsync(string playbook, string version, int most, CancellationToken cancellationToken) =>
        // An edited playbook has answered nothing yet.
        Task.FromResult(record.Answered.GetValueOrDefault(LookupRecord.KeyOf(playbook, version)));

    public Task<ModelRead> ReadAsync(PlaybookSnapshot known, Turn turn, CancellationToken cancellationToken) =>
        Task.FromResult(record.Read is { } read && read.Offered == RecordedRead.KeyOf(known)
            ? read.Answer
            : throw new NotRecordedException("what a model reads in these words, given these playbooks to choose from"));

    public Task<ModelSuggestion> SuggestedAsync(DraftBrief brief, Turn turn, DateTimeOffset now, CancellationToken cancellationToken) =>
        Task.FromResult(
            record.Suggestions.FirstOrDefault(suggestion => suggestion.About == RecordedSuggestion.KeyOf(brief))?.Suggestion()
                ?? throw new NotRecordedException("what a model suggests where it was not asked")
        );

    public Task<GuardedDraft> RevisedAsync(GuardedDraft owners, DraftBrief brief, Turn turn, bool leaves, CancellationToken cancellationToken)
    {
        var key = RecordedRevision.KeyOf(owners, brief, leaves);
        return Task.FromResult(record.Revisions.FirstOrDefault(revision => revision.About == key)?.Draft(brief)
            ?? throw new NotRecordedException("what the model says of another draft than it was asked about"));
    }
}

using OpsChat.Drafting;
using OpsChat.Facts;
using OpsChat.Messages;
using OpsChat.Understanding;

namespace OpsChat.Decisions;

/// <summary>Answers from a turn's record. Used for one turn on one thread; every task that it returns is complete.</summary>
public sealed class RecordedLookups(LookupRecord record, DateTimeOffset now) : ILookups
{
    private readonly RecordedEncoder encoder = new(record.Encoder);

    public RecordedEncoder Encoder => encoder;

    public bool HasModel => record.HasModel;

    public Task<GatheredFacts> FactsAsync(FactQuestion question, ShopPolicy policy, CancellationToken cancellationToken) =>
        Task.FromResult(record.Facts.Select(facts => facts.Answer(question, now)).FirstOrDefault(found => found is not null)
            ?? throw new NotRecordedException(RecordedFacts.Needs(question)));

    public Task<int> AnsweredAsync(string playbook, string version, int most, CancellationToken cancellationToken) =>
        // An edited playbook has answered nothing yet.
        Task.FromResult(record.Answered.GetValueOrDefault(LookupRecord.KeyOf(playbook, version)));

    public Task<GuardedDraft> RevisedAsync(GuardedDraft owners, DraftBrief brief, Turn turn, CancellationToken cancellationToken)
    {
        var key = RecordedRevision.KeyOf(owners, brief);
        return Task.FromResult(record.Revisions.FirstOrDefault(revision => revision.About == key)?.Draft(brief)
            ?? throw new NotRecordedException("what the model says of another draft than it was asked about"));
    }
}

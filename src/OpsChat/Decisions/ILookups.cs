using OpsChat.Drafting;
using OpsChat.Facts;
using OpsChat.Messages;
using OpsChat.Playbooks;
using OpsChat.Understanding;

namespace OpsChat.Decisions;

/// <summary>
/// What a decision may ask the world while it is taken: everything whose answer may be another one later or elsewhere. Two kinds exist. One asks and
/// writes the answers down (<see cref="RecordingLookups"/>); the other reads what was written down (<see cref="RecordedLookups"/>), does no I/O, and
/// throws <see cref="NotRecordedException"/> for what is not there. <see cref="AssumedLookups"/> answers for <c>eval</c>.
/// </summary>
public interface ILookups
{
    /// <summary>The sentence encoder's recorded answers; null: the encoder itself is asked, where there is one.</summary>
    RecordedEncoder? Encoder { get; }

    /// <summary>False when no model is configured, or none was then.</summary>
    bool HasModel { get; }

    /// <summary>Which product a matter is about, in words that are read after what was said before.</summary>
    Task<ProductMention> MentionAsync(string text, ProductFocus focus, CancellationToken cancellationToken);

    /// <summary>The facts that a matter needs, from the shop's data. Asked once for each matter of a turn.</summary>
    Task<GatheredFacts> FactsAsync(FactQuestion question, ShopPolicy policy, CancellationToken cancellationToken);

    /// <summary>Cases that this version of a playbook has answered; more than <paramref name="most"/> need not be counted.</summary>
    Task<int> AnsweredAsync(string playbook, string version, int most, CancellationToken cancellationToken);

    /// <summary>What a model reads in a turn of which the classifier is not sure.</summary>
    Task<ModelRead> ReadAsync(PlaybookSnapshot known, Turn turn, CancellationToken cancellationToken);

    /// <summary>What a model makes of the owner's draft: doubted, composed or worded, or the same draft again.</summary>
    /// <param name="leaves">The words will reach the customer by themselves, or would but for the customer's arm.</param>
    Task<GuardedDraft> RevisedAsync(GuardedDraft owners, DraftBrief brief, Turn turn, bool leaves, CancellationToken cancellationToken);

    /// <summary>What a model suggests to a person where no playbook fits.</summary>
    Task<ModelSuggestion> SuggestedAsync(DraftBrief brief, Turn turn, DateTimeOffset now, CancellationToken cancellationToken);
}

/// <summary>A turn that is decided again needs something that was not looked up then.</summary>
public sealed class NotRecordedException : Exception
{
    public NotRecordedException() { }
    public NotRecordedException(string message) : base(message) { }
    public NotRecordedException(string message, Exception innerException) : base(message, innerException) { }
}

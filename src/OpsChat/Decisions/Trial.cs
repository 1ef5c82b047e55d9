using OpsChat.Facts;
using OpsChat.Messages;
using OpsChat.Playbooks;

namespace OpsChat.Decisions;

/// <summary>
/// A conversation that takes place nowhere: each message is decided as it would be if the ones before had been said and answered. For <c>try</c>, the
/// playbooks' own tests and <c>eval</c>. Nothing is stored and nothing leaves.
/// </summary>
public sealed class Trial(PlaybookSnapshot known, ILookups lookups, TimeProvider time)
{
    private static readonly ConversationId s_nobody = new("trial", "nobody");

    private Conversation? conversation;
    private IReadOnlyList<Case> cases = [];
    private IReadOnlyList<string> withCard = [];
    private IReadOnlyList<string> withApproval = [];
    private IReadOnlyList<string> replies = [];
    private long said;

    public ConversationId Customer { get; init; } = s_nobody;
    /// <summary>As the channel knows the customer; null when it does not.</summary>
    public string? Name { get; init; }

    /// <summary>What the chat has claimed or proved before its first message; a channel may vouch for an e-mail address.</summary>
    public IdentityState Identity { get; init; } = IdentityState.Nothing;
    public Func<string, CanaryView> Rollout { get; init; } = _ => CanaryView.Everyone;
    public bool AsksWhoFirst { get; init; } = true;
    public Autonomy? Autonomy { get; init; }

    /// <summary>The decision on the next message of the customer.</summary>
    public async Task<TurnDecision> SaysAsync(string text, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var thread = conversation
            ?? new()
            {
                Id = Customer,
                Name = Name,
                Identity = Identity,
                CreatedAt = now,
                LastAt = now,
            };
        var turn = new Turn($"t{++said}", thread, [new($"m{said}", Customer, said, new(text), [], now)], cases, withCard, IsPaused: false)
        {
            CasesWithApproval = withApproval,
            Said = replies,
        };
        var input = new TurnInput
        {
            Turn = turn,
            At = now,
            Rollout = Rollout(turn.Id),
            Playbooks = known.Playbooks.Fingerprint,
            AsksWhoFirst = AsksWhoFirst,
            Autonomy = Autonomy,
        };
        var decision = await TurnDecider.DecideAsync(input, known, lookups, cancellationToken);
        Remember(decision, thread, now);
        return decision;
    }

    private void Remember(TurnDecision decision, Conversation thread, DateTimeOffset now)
    {
        conversation = thread with
        {
            Identity = decision.NextIdentity,
            Language = decision.Reading.Language is "und" ? thread.Language : decision.Reading.Language,
            LastAt = now,
        };
        foreach (var matter in decision.Matters)
        {
            var after = matter.CaseAfter();
            cases = [after, .. cases.Where(c => c.Id != after.Id)];
            replies =
                matter is { Decision.Verdict: Verdict.Send, Draft.Text: { } answer } && !matter.Gate.IsSmallTalk
                    ? [.. replies, Turn.DigestOf(answer)]
                    : replies;
            withCard = matter.Decision.Verdict is Verdict.AskOwner or Verdict.HandOff ? [.. withCard.Union([after.Id])] : withCard;
            withApproval = matter.Decision.Verdict is Verdict.AskOwner ? [.. withApproval.Union([after.Id])] : withApproval;
        }
    }
}

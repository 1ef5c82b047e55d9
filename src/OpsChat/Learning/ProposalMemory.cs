namespace OpsChat.Learning;

/// <summary>What somebody decided about a proposal.</summary>
/// <param name="IsRefused">Else it was taken, as it was or changed.</param>
/// <param name="Evidence">How many conversations spoke for it then.</param>
/// <param name="Turns">The turns that did.</param>
public sealed record DecidedProposal(ProposalKind Kind, string Playbook, bool IsRefused, int Evidence, IReadOnlySet<string> Turns);

/// <summary>Keeps decided proposals from coming back.</summary>
public static class ProposalMemory
{
    /// <summary>A refused one returns with so many times its evidence.</summary>
    public const int Returns = 2;

    /// <summary>Whether two proposals are about the same: of one kind, with at least half of the smaller one's turns in common.</summary>
    public static bool AreTheSame(ProposalKind kind, IReadOnlySet<string> turns, ProposalKind otherKind, IReadOnlySet<string> otherTurns) =>
        kind == otherKind && Math.Min(turns.Count, otherTurns.Count) is > 0 and var smaller && 2 * turns.Count(otherTurns.Contains) >= smaller;

    /// <summary>Whether it may be shown: nobody decided about the same, or refused it when half as many spoke for it.</summary>
    public static bool MayCome(Proposal proposal, IEnumerable<DecidedProposal> decided)
    {
        var turns = proposal.Cases.Select(c => c.Turn).ToHashSet(StringComparer.Ordinal);
        return decided.Where(before => AreTheSame(proposal.Kind, turns, before.Kind, before.Turns))
            .All(before => before.IsRefused && proposal.Evidence >= Returns * before.Evidence);
    }
}

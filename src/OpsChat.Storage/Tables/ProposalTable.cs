using System.Data.Common;
using Dapper;
using OpsChat.Learning;

namespace OpsChat.Storage.Tables;

/// <summary>Where a proposal is in its life. <see cref="Taking"/>: somebody takes it right now, and nobody else may decide. <see
/// cref="Changed"/>: taken
/// into the editor, to be changed before it is saved.</summary>
public enum ProposalState { Open, Taking, Taken, Changed, Refused }

/// <summary>A proposal with what became of it.</summary>
/// <param name="Proposal">Null when a customer who spoke for it was forgotten since.</param>
/// <param name="Reason">Why it was refused; null when nobody said.</param>
public sealed record StoredProposal(
    string Id,
    Proposal? Proposal,
    ProposalKind Kind,
    string Playbook,
    int Evidence,
    ProposalState State,
    DateTimeOffset MadeAt,
    string? Who,
    string? Reason,
    DateTimeOffset? DecidedAt
);

/// <summary>What is proposed, and what was decided about it. The words are masked; they go all the same when a customer who spoke for it is
/// forgotten.</summary>
public sealed class ProposalTable(DbConnection db)
{
    private const int MostDecided = 500;

    private const string Select = "select *, nullif(content, '') as proposal from proposals";

    /// <summary>Whoever takes one is done long before; a host that was killed meanwhile never is.</summary>
    private static readonly TimeSpan s_longestTaking = TimeSpan.FromHours(1);

    /// <summary>Puts these in the place of all open ones.</summary>
    /// <param name="proposals">Each with its id, best first.</param>
    /// <param name="conversationOf">The conversation of each turn.</param>
    public void Replace(IReadOnlyList<(string Id, Proposal It)> proposals, IReadOnlyDictionary<string, string> conversationOf, DateTimeOffset now)
    {
        db.Run("delete from proposal_cases where proposal in (select id from proposals where state = 'Open')");
        db.Run("delete from proposals where state = 'Open'");
        for (var i = 0; i < proposals.Count; i++)
        {
            var (id, it) = proposals[i];
            // In this order they are listed: a millisecond apart.
            db.RunUnheard(
                "insert into proposals (id, kind, playbook, content, evidence, state, made_at) values (@id, @kind, @Playbook, @content, "
                    + "@Evidence, 'Open', @at)",
                new
                {
                    id,
                    kind = it.Kind.ToString(),
                    it.Playbook,
                    content = Columns.Json(it),
                    it.Evidence,
                    at = now.Ms() + i,
                }
            );
            foreach (var turn in it.Cases.Select(c => c.Turn).Distinct())
            {
                db.RunUnheard(
                    "insert into proposal_cases (proposal, conversation, turn) values (@id, @conversation, @turn)",
                    new
                    {
                        id,
                        conversation = conversationOf[turn],
                        turn,
                    }
                );
            }
        }
    }

    /// <summary>Best first.</summary>
    public IReadOnlyList<StoredProposal> Open() =>
        [.. db.Query<StoredProposal>($"{Select} where state = 'Open' order by made_at, id")];

    /// <summary>Newest first.</summary>
    public IReadOnlyList<StoredProposal> Decided() =>
        [
            .. db.Query<StoredProposal>(
                $"{Select} where state <> 'Open' order by decided_at desc, id limit @most",
                new { most = MostDecided }
            ),
        ];

    public int OpenCount() => db.ExecuteScalar<int>("select count(*) from proposals where state = 'Open' and kind <> 'Gap'");

    public StoredProposal? Find(string id) => db.QuerySingleOrDefault<StoredProposal>($"{Select} where id = @id", new { id });

    /// <summary>The turns that speak for a proposal, each with its conversation.</summary>
    public IReadOnlyDictionary<string, string> CasesOf(string id) =>
        db.Query<(string Turn, string Conversation)>("select turn, conversation from proposal_cases where proposal = @id", new { id })
            .ToDictionary(row => row.Turn, row => row.Conversation, StringComparer.Ordinal);

    /// <summary>Holds it for one person, so that nobody else decides while its text is being written.</summary>
    /// <returns>False when it is not open any more.</returns>
    public bool Claim(string id, string who, DateTimeOffset now) =>
        db.Affected(
            "update proposals set state = 'Taking', who = @who, decided_at = @now where id = @id and state = 'Open'",
            new { id, who, now = now.Ms() }
        ) > 0;

    /// <summary>It waits again: it could not be taken.</summary>
    public void Release(string id, string who) =>
        db.RunUnheard(
            "update proposals set state = 'Open', who = null, decided_at = null where id = @id and state = 'Taking' and who = @who",
            new { id, who }
        );

    /// <summary>Those that somebody began to take and never did wait again.</summary>
    public void ReleaseForgotten(DateTimeOffset now) =>
        db.RunUnheard(
            "update proposals set state = 'Open', who = null, decided_at = null where state = 'Taking' and decided_at < @before",
            new { before = (now - s_longestTaking).Ms() }
        );

    /// <param name="from">Where it must be: open, or held by <see cref="Claim"/> for the same person.</param>
    /// <returns>False when it is not there any more.</returns>
    public bool Decide(string id, ProposalState to, string who, string? reason, DateTimeOffset now, ProposalState from = ProposalState.Open) =>
        db.Affected(
            """
            update proposals set state = @to, who = @who, reason = @reason, decided_at = @now
            where id = @id and state = @from and (state = 'Open' or who = @who)
            """,
            new
            {
                id,
                from = from.ToString(),
                to = to.ToString(),
                who,
                reason,
                now = now.Ms(),
            }
        ) > 0;
}

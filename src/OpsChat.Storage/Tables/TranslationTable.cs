using System.Data.Common;
using Dapper;
using OpsChat.Drafting;

namespace OpsChat.Storage.Tables;

/// <summary>What became of a proposed translation. <see cref="Taking"/>: somebody takes it right now, and nobody else may decide.</summary>
public enum TranslationState { Proposed, Taking, Taken, Rejected }

/// <summary>A proposed translation with its number and what became of it.</summary>
public sealed record TranslationRow(
    string Id,
    ProposedTranslation It,
    TranslationState State,
    DateTimeOffset At,
    string? DecidedBy,
    DateTimeOffset? DecidedAt
);

/// <summary>Translations of playbook texts that a model proposed: one for each version of a text and language, whatever became of it.</summary>
public sealed class TranslationTable(DbConnection db)
{
    private const int MostRows = 200;

    private const string Select =
        "select id, state, at, decided_by, decided_at, playbook, version, language, original, text from translations";

    /// <summary>Whoever takes one is done long before; a host that was killed meanwhile never is.</summary>
    private static readonly TimeSpan s_longestTaking = TimeSpan.FromHours(1);

    public bool Knows(string playbook, string version, string language) =>
        db.ExecuteScalar<long>(
            "select count(*) from translations where playbook = @playbook and version = @version and language = @language",
            new
            {
                playbook,
                version,
                language,
            }
        ) > 0;

    /// <summary>Keeps the proposal. False when there was one already.</summary>
    public bool Propose(string id, ProposedTranslation it, DateTimeOffset now) => db.Affected(
        """
        insert into translations (id, playbook, version, language, original, text, state, at)
        values (@id, @Playbook, @Version, @Language, @Original, @Text, @state, @at)
        on conflict (playbook, version, language) do nothing
        """,
        new { id, it.Playbook, it.Version, it.Language, it.Original, it.Text, state = nameof(TranslationState.Proposed), at = now.Ms() }) > 0;

    public TranslationRow? Find(string id) => Read($"{Select} where id = @id", new { id }).SingleOrDefault();

    /// <summary>What waits for a person, oldest first.</summary>
    public IReadOnlyList<TranslationRow> Waiting() =>
        [.. Read($"{Select} where state in ('Proposed', 'Taking') order by at limit @MostRows", new { MostRows })];

    /// <summary>Holds it for one person, so that nobody else decides while its text is being written.</summary>
    /// <returns>False when somebody decided before, or takes it right now.</returns>
    public bool Claim(string id, string who, DateTimeOffset now) => db.Affected(
        """
        update translations set state = 'Taking', decided_by = @who, decided_at = @at
        where id = @id and (state = 'Proposed' or (state = 'Taking' and decided_at < @before))
        """,
        new { id, who, at = now.Ms(), before = (now - s_longestTaking).Ms() }) > 0;

    /// <summary>It waits again: it could not be taken.</summary>
    public void Release(string id, string who) => db.RunUnheard(
        "update translations set state = 'Proposed', decided_by = null, decided_at = null where id = @id and state = 'Taking' and decided_by = @who",
        new { id, who });

    /// <param name="from">Where it must be: proposed, or held by <see cref="Claim"/> for the same person.</param>
    /// <returns>False when somebody decided before.</returns>
    public bool Decide(
        string id,
        TranslationState state,
        string who,
        DateTimeOffset now,
        TranslationState from = TranslationState.Proposed
    ) =>
        db.Affected(
            """
            update translations set state = @state, decided_by = @who, decided_at = @at
            where id = @id and state = @from and (state = 'Proposed' or decided_by = @who)
            """,
            new
            {
                id,
                state = state.ToString(),
                from = from.ToString(),
                who,
                at = now.Ms(),
            }
        ) > 0;

    private IEnumerable<TranslationRow> Read(string sql, object values) => db.Query<TranslationRow, ProposedTranslation, TranslationRow>(
        sql, (row, it) => row with { It = it }, values, splitOn: "playbook");
}

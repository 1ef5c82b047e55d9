using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Dapper;
using OpsChat.Audit;
using OpsChat.Messages;

namespace OpsChat.Storage.Tables;

/// <summary>Which rows the audit log vouches for: what was decided and by whom, what was said, and why.</summary>
public enum AuditedKind
{
    Approval,

    /// <summary>A message to a customer: its words and whose they are, not how far its delivery has come.</summary>
    Message,

    /// <summary>A decision: its explanation, what it started from, and the customer's messages that it decided.</summary>
    Turn,

    HandOff,
}

/// <summary>
/// Rows of other tables for which the audit log vouches. Whoever writes one says so here; when the transaction's work is done, one audit row
/// records what all of them say now. So a row that was changed past the program does not say what the log recorded last.
/// </summary>
public sealed class AuditedRowsTable(DbConnection db, AuditTable audit)
{
    private static readonly Source[] s_sources =
    [
        new(AuditedKind.Approval, "approvals", "coalesce(decided_at, created_at)", "text",
            """
            id, revision, hash, state, case_id, turn, customer_words, text, suggested, playbook, version, action, order_number,
                amount_minor, currency, reasons, unusual, facts,
            created_at, expires_at, decided_by, decided_at, reason, confirmed, unconfirmed, refunded_minor, refunded_currency, goes_over
            """
        ),
        new(
            AuditedKind.Message,
            "outbox",
            "created_at",
            "text",
            "id, sender, kind, text, turn, case_id, also_cases, approval, approval_hash, order_number, created_at"
        ),
        new(AuditedKind.Turn, "turns", "at", "input", "id, case_id, verdict, trace, at, input"),
        new(
            AuditedKind.HandOff,
            "handoffs",
            "at",
            "customer_words",
            "id, case_id, turn, customer_words, suggestion, reasons, owner, arm, would_send, state, created_at, at, closed_by, closed_at, "
                + "outcome, summary"
        ),
    ];

    private readonly List<(AuditedKind Kind, string Id)> _written = [];

    /// <summary>A row was written in this transaction; what it says at the end of it is recorded.</summary>
    public void Wrote(AuditedKind kind, string id)
    {
        if (!_written.Contains((kind, id)))
        {
            _written.Add((kind, id));
        }
    }

    /// <summary>Appends the digests of what was written; nothing when nothing was.</summary>
    internal void Record()
    {
        var (digests, at) = (new Dictionary<string, string>(), 0L);
        foreach (var (kind, id) in _written)
        {
            if (Read(s_sources[(int)kind], id) is { IsForgotten: false } row)
            {
                digests[Name(kind, id)] = RowDigest.Of(Key(row.Conversation) ?? NewKey(row.Conversation), row.Columns);
                at = Math.Max(at, row.At);
            }
        }

        _written.Clear();
        if (digests.Count > 0)
        {
            audit.Append(RowDigests.Kind, "opschat", "rows", new RowDigests(digests, TakeOlder()), Later(at.Time(), audit.Head()?.At));
        }
    }

    /// <summary>How many rows of each kind a conversation has.</summary>
    public IReadOnlyDictionary<string, long> Count(ConversationId conversation) =>
        s_sources.ToDictionary(
            source => Word(source.Kind),
            source =>
                db.ExecuteScalar<long>(
                    $"select count(*) from {source.Table} where conversation = @id",
                    new { id = conversation.ToString() }
                )
        );

    /// <summary>Recomputes the log, and compares the rows for which it vouches with what it recorded last.</summary>
    /// <param name="announced">What the owner was told; a null is none.</param>
    /// <returns>The first difference, by the row of the log that it contradicts.</returns>
    public AuditVerdict Verify(params IReadOnlyList<AnnouncedHead?> announced)
    {
        var recorded = new Recorded();
        var chain = AuditChain.Verify(audit.All().Select(recorded.Read), announced);
        return chain is AuditVerdict.Whole whole
            ? FirstDifference(whole, recorded, out var rows) ?? (AuditVerdict)(whole with { Rows = rows })
            : chain;
    }

    /// <summary>Null when all rows say what was recorded.</summary>
    private AuditVerdict.Broken? FirstDifference(AuditVerdict.Whole whole, Recorded recorded, out ComparedRows rows)
    {
        var (compared, differences) = (new ComparedRows(0, 0, 0), new List<AuditVerdict.Broken>());
        foreach (var source in s_sources)
        {
            var older = 0L;
            foreach (var row in All(source))
            {
                var name = Name(source.Kind, row.Id);
                var known = recorded.Take(name);
                if (row.IsForgotten)
                {
                    compared = compared with { Erased = compared.Erased + 1 };
                    AddIf(recorded.WhyNotForgotten(row, Word(source.Kind)), known?.Seq ?? whole.Entries);
                }
                else if (known is not { } it)
                {
                    older++;
                }
                else if (Key(row.Conversation) is not { } key)
                {
                    AddIf(
                        $"What it says of {name} cannot be compared: the key of its conversation was deleted, and nobody asked to be "
                            + "forgotten there.",
                        it.Seq
                    );
                }
                else if (Recorded.Number(RowDigest.Of(key, row.Columns)) == it.Digest)
                {
                    compared = compared with { Same = compared.Same + 1 };
                }
                else
                {
                    AddIf($"{name} does not say what was recorded: it was changed in the database afterwards.", it.Seq);
                }
            }

            compared = compared with { Older = compared.Older + older };
            var before = recorded.Before?.GetValueOrDefault(Word(source.Kind)) ?? AllOlder(source);
            AddIf(
                older > before
                    ? $"{older - before} rows of {source.Table} stand in the database without any row of the log that tells of them."
                    : null,
                whole.Entries
            );
        }

        differences.AddRange(recorded.Missing(audit.All));
        rows = compared;
        return differences.MinBy(difference => difference.Seq);

        void AddIf(string? why, long seq)
        {
            if (why is not null)
            {
                differences.Add(new(seq, why));
            }
        }
    }

    /// <summary>Until the first digests are written, every row of an older database is one that nothing vouches for.</summary>
    private long AllOlder(Source source) => Older()?.GetValueOrDefault(Word(source.Kind)) ?? 0;

    private Dictionary<string, long>? Older() =>
        new SettingsTable(db).Get(SettingNames.AuditOlder)?.Split(',') is { } counts && counts.Length == s_sources.Length
            ? s_sources.Zip(counts).ToDictionary(it => Word(it.First.Kind), it => long.Parse(it.Second, CultureInfo.InvariantCulture))
            : null;

    private Dictionary<string, long>? TakeOlder()
    {
        var older = Older();
        if (older is not null)
        {
            new SettingsTable(db).Remove(SettingNames.AuditOlder);
        }

        return older;
    }

    private AuditedRow? Read(Source source, string id) => Rows(source, "where id = @id", id).SingleOrDefault();

    private IEnumerable<AuditedRow> All(Source source) => Rows(source, "order by id", null);

    private IEnumerable<AuditedRow> Rows(Source source, string which, string? id)
    {
        using var reader = db.ExecuteReader(
            $"select id, conversation, {source.At}, {source.Words}, {source.Columns} from {source.Table} {which}",
            new { id }
        );
        while (reader.Read())
        {
            var columns = Enumerable.Range(4, reader.FieldCount - 4).Select(i => Text(reader.GetValue(i))).ToList();
            if (source.Kind == AuditedKind.Turn)
            {
                columns.AddRange(MessagesOf(reader.GetString(0)));
            }

            yield return new(reader.GetString(0), reader.GetString(1), reader.GetInt64(2), Text(reader.GetValue(3)), columns);
        }
    }

    private List<string?> MessagesOf(string turn)
    {
        var columns = new List<string?>();
        using var reader = db.ExecuteReader(
            "select id, seq, channel_id, text, attachments, received_at from inbox where turn = @turn order by seq",
            new { turn }
        );
        while (reader.Read())
        {
            columns.AddRange(Enumerable.Range(0, reader.FieldCount).Select(i => Text(reader.GetValue(i))));
        }

        return columns;
    }

    private byte[]? Key(string conversation) =>
        db.QuerySingleOrDefault<string?>("select key from audit_keys where conversation = @conversation", new { conversation }) is { } hex
            ? Encoding.ASCII.GetBytes(hex)
            : null;

    private byte[] NewKey(string conversation)
    {
        var key = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(RowDigest.KeyBytes));
        db.RunUnheard("insert into audit_keys (conversation, key) values (@conversation, @key)", new { conversation, key });
        return Encoding.ASCII.GetBytes(key);
    }

    private static DateTimeOffset Later(DateTimeOffset at, DateTimeOffset? other) => other > at ? other.Value : at;

    private static string? Text(object value) => value is DBNull ? null : Convert.ToString(value, CultureInfo.InvariantCulture);

    private static string Word(AuditedKind kind) => kind.ToString().ToLowerInvariant();

    private static string Name(AuditedKind kind, string id) => $"{Word(kind)}:{id}";

    /// <summary>Where the rows of a kind are.</summary>
    /// <param name="At">When the row was written last.</param>
    /// <param name="Words">A column that is empty once its conversation is forgotten.</param>
    /// <param name="Columns">What the log vouches for, besides whose conversation it is.</param>
    private sealed record Source(AuditedKind Kind, string Table, string At, string Words, string Columns);

    private sealed record AuditedRow(string Id, string Conversation, long At, string? Words, IReadOnlyList<string?> Columns)
    {
        public bool IsForgotten => Conversation.StartsWith(PrivacyTable.Forgotten + ":", StringComparison.Ordinal);
    }

    /// <summary>What the log says of the rows. Names and digests are kept as numbers: a shop has hundreds of thousands.</summary>
    private sealed class Recorded
    {
        private readonly Dictionary<UInt128, (long Seq, UInt128 Digest)> _latest = [];
        private readonly Dictionary<string, (long Seq, Dictionary<string, long> Left)> _forgotten = [];

        public IReadOnlyDictionary<string, long>? Before { get; private set; }

        public AuditEntry Read(AuditEntry entry)
        {
            if (entry.Kind == RowDigests.Kind && Value<RowDigests>(entry) is { Rows: not null } content)
            {
                Before ??= content.Before;
                foreach (var (name, digest) in content.Rows)
                {
                    _latest[Number(Encoding.UTF8.GetBytes(name))] = (entry.Seq, Number(digest));
                }
            }
            else if (entry.Kind == "privacy" && Value<Forgetting>(entry) is { } forgetting)
            {
                _forgotten[entry.Subject] = (entry.Seq, forgetting.Rows ?? []);
            }

            return entry;
        }

        /// <summary>What was recorded of a row last; null for one that was never recorded.</summary>
        public (long Seq, UInt128 Digest)? Take(string name) => _latest.Remove(Number(Encoding.UTF8.GetBytes(name)), out var it) ? it : null;

        public string? WhyNotForgotten(AuditedRow row, string kind)
        {
            if (!_forgotten.TryGetValue(row.Conversation, out var forgetting))
            {
                return $"{kind}:{row.Id} stands under {row.Conversation}, but nobody was forgotten under that name.";
            }

            if (forgetting.Left.TryGetValue(kind, out var left))
            {
                forgetting.Left[kind] = left - 1;
            }

            return string.IsNullOrEmpty(row.Words) ? null : $"{kind}:{row.Id} has words, but its conversation was forgotten.";
        }

        /// <summary>Rows that were recorded and are gone, once every row that there is was taken.</summary>
        public IEnumerable<AuditVerdict.Broken> Missing(Func<IEnumerable<AuditEntry>> log)
        {
            foreach (var (conversation, (seq, left)) in _forgotten)
            {
                if (left.FirstOrDefault(it => it.Value != 0) is { Key: { } kind, Value: var rows })
                {
                    yield return new(
                        seq,
                        $"{Math.Abs(rows)} {kind} rows too {(rows > 0 ? "few" : "many")} stand under {conversation}, who was forgotten."
                    );
                }
            }

            if (_latest.Count > 0)
            {
                var first = _latest.MinBy(it => it.Value.Seq);
                var name = log().Where(entry => entry.Seq == first.Value.Seq).SelectMany(entry => Value<RowDigests>(entry)!.Rows.Keys)
                    .First(name => Number(Encoding.UTF8.GetBytes(name)) == first.Key);
                yield return new(first.Value.Seq, $"{name} was deleted from the database.");
            }
        }

        /// <summary>0 for what is no digest, which no row has.</summary>
        public static UInt128 Number(string digest) =>
            UInt128.TryParse(digest, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number) ? number : 0;

        private static UInt128 Number(byte[] name) => Number(Convert.ToHexStringLower(SHA256.HashData(name).AsSpan(0, 16)));

        private static T? Value<T>(AuditEntry entry) where T : class
        {
            try
            {
                return JsonSerializer.Deserialize<T>(entry.Data, JsonSerializerOptions.Web);
            }
            catch (JsonException)
            {
                return null;
            }
        }

        private sealed record Forgetting(Dictionary<string, long>? Rows);
    }
}

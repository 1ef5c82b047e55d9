using System.Data.Common;
using System.Text.Json;
using Dapper;
using OpsChat.Canary;

namespace OpsChat.Storage.Tables;

/// <summary>
/// How each case turned out: its state, and the events that made it, from which the state can be recomputed. What evidence sees of a
/// case stands in columns, so that a fold over many cases reads no JSON.
/// </summary>
public sealed class OutcomeTable(DbConnection db, CounterTable counters, EvidenceTable evidence)
{
    public CaseOutcome? Find(string caseId) =>
        db.QuerySingleOrDefault<string>("select state from outcomes where case_id = @caseId", new { caseId }) is { } json ? Read(json) : null;

    /// <summary>Opens the outcome of a case; nothing happens when it is open already.</summary>
    /// <param name="shop">The shop's time zone: a case is counted on the day there on which it began.</param>
    public void Begin(CaseOutcome begun, TimeZoneInfo shop)
    {
        if (Find(begun.Id) is null)
        {
            var key = CounterKey.Of(begun, shop);
            Save(begun, key.Day);
            evidence.DropAfter(begun.Playbook, begun.Version, begun.OrderedAt);
            counters.Add(key, DayCounters.Of(begun), begun.StartedAt);
        }
    }

    /// <summary>Applies an event; false when the case has no outcome to apply it to.</summary>
    /// <param name="more">What else is counted with it.</param>
    public bool Apply(string caseId, OutcomeEvent news, DayCounters? more = null)
    {
        if (Row(caseId) is not { } row)
        {
            return false;
        }

        var before = Read(row.State);
        var after = Scoring.After(before, news);
        db.RunUnheard("insert into outcome_events (case_id, at, event) values (@caseId, @at, @json)",
            new { caseId, at = news.At.Ms(), json = JsonSerializer.Serialize(news, ReportJson.Options) });
        Save(after, row.KeyOf(after).Day);
        if (EvidenceCase.Of(before) != EvidenceCase.Of(after))
        {
            evidence.DropAfter(after.Playbook, after.Version, before.OrderedAt < after.OrderedAt ? before.OrderedAt : after.OrderedAt);
        }

        Count(row, before, after, news, more ?? DayCounters.Zero);
        return true;
    }

    /// <summary>A first answer may show that the case belongs to another stratum; what it added then moves there.</summary>
    private void Count(StateRow row, CaseOutcome before, CaseOutcome after, OutcomeEvent news, DayCounters more)
    {
        var (from, to, entry) = (row.KeyOf(before), row.KeyOf(after), ScoredEntry.Of(before, after, news));
        if (from == to)
        {
            counters.Add(to, DayCounters.Change(before, after) + more, news.At, entry);
            return;
        }

        counters.Add(from, -DayCounters.Of(before), news.At);
        counters.Add(to, DayCounters.Of(after) + more, news.At, entry);
    }

    /// <summary>Takes the customer and people's notes out of the customer's cases. No figure changes by it.</summary>
    public void Rename(string conversation, string pseudonym)
    {
        foreach (
            var (id, json) in db.Query<(string Id, string State)>(
                    "select case_id, state from outcomes where conversation = @conversation",
                    new { conversation }
                )
                .ToList()
        )
        {
            var it = Read(json);
            var bare = it with
            {
                Conversation = pseudonym,
                Answers = [.. it.Answers.Select(a => a.Judged is { } judged ? a with { Judged = judged with { Why = "" } } : a)],
            };
            db.RunUnheard(
                "update outcomes set conversation = @pseudonym, state = @state where case_id = @id",
                new
                {
                    id,
                    pseudonym,
                    state = JsonSerializer.Serialize(bare, ReportJson.Options),
                }
            );
            foreach (
                var (row, news) in db.Query<(long Id, string Event)>("select id, event from outcome_events where case_id = @id", new { id })
                    .ToList()
            )
            {
                db.RunUnheard(
                    "update outcome_events set event = @bare where id = @row",
                    new
                    {
                        row,
                        bare = JsonSerializer.Serialize(
                            JsonSerializer.Deserialize<OutcomeEvent>(news, ReportJson.Options)!.WithoutNotes(),
                            ReportJson.Options
                        ),
                    }
                );
            }
        }
    }

    /// <summary>Counts something else that happened in a case: a hand-off, an approval, how long an answer took. Nothing without an
    /// outcome.</summary>
    public void Count(string caseId, DayCounters more, DateTimeOffset at)
    {
        if (more != DayCounters.Zero && Row(caseId) is { } row)
        {
            counters.Add(row.KeyOf(Read(row.State)), more, at);
        }
    }

    /// <summary>The case as its events alone make it; equal to <see cref="Find"/>.</summary>
    public CaseOutcome? Replayed(string caseId) => Find(caseId) is { } found
        ? Scoring.Replay(found.Begun, EventsOf(caseId))
        : null;

    /// <summary>What happened in a case, in order.</summary>
    public IEnumerable<OutcomeEvent> EventsOf(string caseId) =>
        db.Query<string>("select event from outcome_events where case_id = @caseId order by id", new { caseId })
            .Select(json => JsonSerializer.Deserialize<OutcomeEvent>(json, ReportJson.Options)!);

    /// <summary>Counts up with every event: the same number means that nothing has happened.</summary>
    public long LatestEvent() => db.ExecuteScalar<long?>("select max(id) from outcome_events") ?? 0;

    /// <summary>Playbooks with a case that an event after this one is about.</summary>
    public IReadOnlyList<string> PlaybooksWithNews(long after) =>
        [
            .. db.Query<string>(
                "select distinct it.playbook from outcome_events news join outcomes it on it.case_id = news.case_id where news.id > @after",
                new { after }
            ),
        ];

    public bool HasAny(string playbook, string version) =>
        db.ExecuteScalar<long>(
            "select count(*) from (select 1 from outcomes where playbook = @playbook and version = @version limit 1) one",
            new { playbook, version }
        ) > 0;

    /// <summary>How many cases a version has answered, counted up to <paramref name="most"/>.</summary>
    public int Answered(string playbook, string version, int most) =>
        db.ExecuteScalar<int>(
            "select count(*) from (select 1 from outcomes where playbook = @playbook and version = @version and sent = 1 limit @most) answered",
            new
            {
                playbook,
                version,
                most,
            }
        );

    /// <summary>Whether the customer has had a case while this share was in force.</summary>
    public bool HasMet(string conversation, double share) =>
        db.ExecuteScalar<long>(
            "select count(*) from (select 1 from outcomes where conversation = @conversation and share = @share limit 1) one",
            new { conversation, share }
        ) > 0;

    /// <summary>What evidence sees of the subject's cases, in its order.</summary>
    /// <param name="from">Inclusive; null for the beginning.</param>
    /// <param name="to">Exclusive; null for no end.</param>
    public IEnumerable<EvidenceCase> For(EvidenceSubject subject, DateTimeOffset? from, DateTimeOffset? to)
    {
        var whose = subject.Playbook is null ? "playbook || '@' || version in @Members" : "playbook = @Playbook and version = @Version";
        return db.Query<EvidenceCase>(
            $"""
            select arm, share, first, started_at, ordered_at, sent as was_sent, wrong, drawn_right, held_right as held_back_right, comparable_at,
                unhappy
            from outcomes where {whose} and ordered_at >= @from and ordered_at < @to order by ordered_at, case_id
            """,
            new
            {
                Members = subject.Members.AsEnumerable(), subject.Playbook, subject.Version, from = from?.Ms() ?? long.MinValue,
                to = to?.Ms() ?? long.MaxValue,
            },
            buffered: false);
    }

    /// <summary>The drawn answers of a subject that a person has had time for.</summary>
    /// <param name="since">Drawn then or later.</param>
    /// <param name="before">Drawn then or earlier.</param>
    public SpotCheckBacklog Backlog(EvidenceSubject subject, DateTimeOffset since, DateTimeOffset before) => subject.Members
        .Select(member => db.QuerySingle<SpotCheckBacklog>(
            """
            select count(*) as drawn, count(*) - count(drawn_right) as unjudged from outcomes
            where playbook = @playbook and version = @version and drawn_at >= @since and drawn_at <= @before
            """,
            new { playbook = member[..member.LastIndexOf('@')], version = member[(member.LastIndexOf('@') + 1)..], since = since.Ms(),
                before = before.Ms() }))
        .Aggregate(SpotCheckBacklog.None, (sum, more) => sum + more);

    /// <summary>Cases in which the customer received a wrong answer, the latest first.</summary>
    public IReadOnlyList<CaseOutcome> Wrong(EvidenceSubject subject, int most) =>
    [
        .. subject.Members.SelectMany(member => db.Query<string>(
                """
                select state from outcomes where playbook = @playbook and version = @version and wrong = 1 order by ordered_at desc limit @most
                """,
                new { playbook = member[..member.LastIndexOf('@')], version = member[(member.LastIndexOf('@') + 1)..], most }))
            .Select(Read).OrderByDescending(c => c.OrderedAt).Take(most),
    ];

    /// <summary>All cases of a version, in the order of evidence.</summary>
    public IReadOnlyList<CaseOutcome> Of(string playbook, string version) =>
        [
            .. db.Query<string>(
                    "select state from outcomes where playbook = @playbook and version = @version order by ordered_at, case_id",
                    new { playbook, version }
                )
                .Select(Read),
        ];

    /// <summary>Cases that began then or later, the newest first. Each is read when it is looked at, so that the first hundred of many cost
    /// little.</summary>
    /// <param name="playbook">Null for all.</param>
    public IEnumerable<CaseOutcome> Newest(DateTimeOffset since, CaseColumn only, string? playbook = null) => db.Query<string>(
        $"""
        select state from outcomes where ordered_at >= @since and started_at >= @since and (@playbook is null or playbook = @playbook) and {Condition(only)}
        order by ordered_at desc, case_id desc
        """,
        new { since = since.Ms(), playbook }, buffered: false).Select(Read);

    /// <summary>Cases with an answer drawn since then that no person has judged and nothing else has shown to be wrong; drawn first, listed
    /// first.</summary>
    public IEnumerable<CaseOutcome> ToJudge(DateTimeOffset since) =>
        db.Query<string>(
                "select state from outcomes where drawn_at >= @since and drawn_right is null order by drawn_at",
                new { since = since.Ms() },
                buffered: false
            )
            .Select(Read);

    /// <summary>Open cases in which nothing has happened since <paramref name="before"/>.</summary>
    public IReadOnlyList<CaseOutcome> GoneQuiet(DateTimeOffset before, int most) =>
        [
            .. db.Query<string>(
                    "select state from outcomes where is_open = 1 and last_at <= @before order by last_at limit @most",
                    new { before = before.Ms(), most }
                )
                .Select(Read),
        ];

    private StateRow? Row(string caseId) =>
        db.QuerySingleOrDefault<StateRow>("select day, state from outcomes where case_id = @caseId", new { caseId });

    private static CaseOutcome Read(string json) => JsonSerializer.Deserialize<CaseOutcome>(json, ReportJson.Options)!;

    /// <summary>Stores a case as it stands, without an event and without counting it.</summary>
    internal void Save(CaseOutcome it, DateOnly day)
    {
        var seen = EvidenceCase.Of(it);
        db.RunUnheard(
            """
            insert into outcomes (case_id, day, conversation, playbook, version, arm, share, first, started_at, ordered_at, last_at, sent, wrong, drawn_at, drawn_right, held_right,
                comparable_at, unhappy, is_open, state)
            values (@Id, @day, @Conversation, @Playbook, @Version, @arm, @Share, @first, @started, @ordered, @last, @sent, @wrong, @drawn, @drawnRight, @heldRight,
                @comparable, @unhappy, @open, @state)
            on conflict (case_id) do update set ordered_at = excluded.ordered_at, last_at = excluded.last_at, sent = excluded.sent, wrong = excluded.wrong, drawn_at = excluded.drawn_at,
                drawn_right = excluded.drawn_right, held_right = excluded.held_right, comparable_at = excluded.comparable_at, unhappy = excluded.unhappy,
                is_open = excluded.is_open, state = excluded.state
            """,
            new
            {
                it.Id,
                day = day.ToString("yyyy-MM-dd"),
                it.Conversation,
                it.Playbook,
                it.Version,
                arm = it.Arm.ToString(),
                it.Share,
                first = Flag(it.FirstOfCustomer),
                started = it.StartedAt.Ms(),
                ordered = it.OrderedAt.Ms(),
                last = it.LastAt.Ms(),
                sent = Flag(seen.WasSent),
                wrong = Flag(seen.Wrong),
                drawn = it.DrawnAt.Ms(),
                drawnRight = Flag(seen.DrawnRight),
                heldRight = Flag(seen.HeldBackRight),
                comparable = seen.ComparableAt.Ms(),
                unhappy = Flag(seen.Unhappy),
                open = Flag(it.QuietAt is null),
                state = JsonSerializer.Serialize(it, ReportJson.Options),
            }
        );
    }

    private static string Condition(CaseColumn only) => only switch
    {
        CaseColumn.Sent => "sent = 1",
        CaseColumn.Wrong => "wrong = 1",
        CaseColumn.Drawn => "drawn_at is not null",
        CaseColumn.Unjudged => "drawn_at is not null and drawn_right is null",
        CaseColumn.Unhappy => "unhappy = 1",
        _ => "true",
    };

    private static int Flag(bool holds) => holds ? 1 : 0;

    private static int? Flag(bool? holds) => holds is { } known ? Flag(known) : null;

    private sealed record StateRow(DateOnly Day, string State)
    {
        public CounterKey KeyOf(CaseOutcome it) => new(Day, it.Playbook, it.Version, it.Arm, it.ReadBy);
    }
}

/// <summary>What can be seen of a case without reading it.</summary>
public enum CaseColumn { Any, Sent, Wrong, Drawn, Unjudged, Unhappy }

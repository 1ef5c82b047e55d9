using System.Data.Common;
using System.Text.Json;
using Dapper;
using OpsChat.Canary;

namespace OpsChat.Storage.Tables;

/// <summary>How each case turned out: its state, and the events that made it, from which the state can be recomputed.</summary>
public sealed class OutcomeTable(DbConnection db, CounterTable counters)
{
    public CaseOutcome? Find(string caseId) =>
        db.QuerySingleOrDefault<string>("select state from outcomes where case_id = @caseId", new { caseId }) is { } json ? Columns.Value<CaseOutcome>(json) : null;

    /// <summary>Opens the outcome of a case; nothing happens when it is open already.</summary>
    /// <param name="shop">The shop's time zone: a case is counted on the day there on which it began.</param>
    public void Begin(CaseOutcome begun, TimeZoneInfo shop)
    {
        if (Find(begun.Id) is null)
        {
            Save(begun, CounterKey.Of(begun, shop).Day);
            counters.Add(CounterKey.Of(begun, shop), DayCounters.Of(begun));
        }
    }

    /// <summary>Applies an event; false when the case has no outcome to apply it to.</summary>
    public bool Apply(string caseId, OutcomeEvent news)
    {
        if (db.QuerySingleOrDefault<Row>("select day, state from outcomes where case_id = @caseId", new { caseId }) is not { } row)
        {
            return false;
        }

        var before = Columns.Value<CaseOutcome>(row.State);
        var after = Scoring.After(before, news);
        var day = DateOnly.Parse(row.Day);

        db.Run("insert into outcome_events (case_id, at, event) values (@caseId, @at, @json)",
            new { caseId, at = news.At.Ms(), json = JsonSerializer.Serialize(new StoredEvent(news.GetType().Name, JsonSerializer.SerializeToElement(news, news.GetType())), JsonSerializerOptions.Web) });
        Save(after, day);
        counters.Add(new(day, after.Playbook, after.Version, after.Arm), DayCounters.Change(before, after));
        return true;
    }

    /// <summary>Outcomes of cases with a sent answer or a judged draft, in the order of evidence.</summary>
    public IReadOnlyList<CaseOutcome> Of(string playbook, string version) =>
    [
        .. db.Query<string>("select state from outcomes where playbook = @playbook and version = @version order by ordered_at, case_id", new { playbook, version })
            .Select(Columns.Value<CaseOutcome>),
    ];

    public IReadOnlyList<CaseOutcome> Since(DateTimeOffset since) =>
        [.. db.Query<string>("select state from outcomes where last_at >= @since order by ordered_at, case_id", new { since = since.Ms() }).Select(Columns.Value<CaseOutcome>)];

    /// <summary>Open cases in which nothing has happened since <paramref name="before"/>.</summary>
    public IReadOnlyList<CaseOutcome> GoneQuiet(DateTimeOffset before, int most) =>
    [
        .. db.Query<string>("select state from outcomes where is_open = 1 and last_at <= @before order by last_at limit @most", new { before = before.Ms(), most })
            .Select(Columns.Value<CaseOutcome>),
    ];

    private void Save(CaseOutcome it, DateOnly day) => db.Run(
        """
        insert into outcomes (case_id, day, conversation, playbook, version, ordered_at, last_at, is_open, state)
        values (@Id, @day, @Conversation, @Playbook, @Version, @ordered, @last, @open, @state)
        on conflict (case_id) do update set ordered_at = excluded.ordered_at, last_at = excluded.last_at, is_open = excluded.is_open, state = excluded.state
        """,
        new { it.Id, day = day.ToString("yyyy-MM-dd"), it.Conversation, it.Playbook, it.Version, ordered = it.OrderedAt.Ms(), last = it.LastAt.Ms(), open = it.QuietAt is null ? 1 : 0, state = Columns.Json(it) });

    private sealed record Row
    {
        public string Day { get; init; } = "";
        public string State { get; init; } = "";
    }

    private sealed record StoredEvent(string Kind, JsonElement Event);
}

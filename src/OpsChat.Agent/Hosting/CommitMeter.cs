using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using OpsChat.Messages;
using OpsChat.Storage;
using OpsChat.Storage.Postgres;
using OpsChat.Storage.Tables;

namespace OpsChat.Agent;

/// <summary>
/// Measures what was committed, read from the change feed after it is durable: so it counts what happened and not what was tried, and costs the
/// way of a message nothing. Nobody's words, ids or names are in it. What was committed before this host began is not counted.
/// </summary>
public sealed class CommitMeter : ResilientBackgroundService
{
    /// <summary>The name of the meter and of the source of traces.</summary>
    public const string Name = "OpsChat";

    private const int MostAtOnce = 500;
    private static readonly TimeSpan s_lookEvery = TimeSpan.FromSeconds(15);
    private static readonly ActivitySource s_source = new(Name);

    private readonly IStore _store;
    private readonly ChangeFeed _feed;
    private readonly Counter<long> _admitted, _left, _decided, _lost;
    private readonly Histogram<double> _wait, _model, _lag;
    private readonly CancellationTokenRegistration _leaseLost;
    private long _seen, _behind, _approvals, _handOffs;

    public CommitMeter(IStore store, ChangeFeed feed, IMeterFactory meters, TimeProvider time, ILogger<CommitMeter> log)
        : base(time, log)
    {
        (_store, _feed) = (store, feed);
        var meter = meters.Create(Name);
        _admitted = meter.CreateCounter<long>("opschat.messages.admitted", "{message}", "Messages of customers that were stored");
        _left = meter.CreateCounter<long>("opschat.messages.sent", "{message}", "Messages to customers that left");
        _decided = meter.CreateCounter<long>("opschat.turns.decided", "{turn}", "Decisions, by verdict and playbook");
        _lost = meter.CreateCounter<long>("opschat.lease.lost", "{lease}", "Times that other hosts took over from this one while it ran");
        _wait = meter.CreateHistogram<double>("opschat.turns.wait", "s", "From the first message of a turn to its decision");
        _model = meter.CreateHistogram<double>("opschat.model.duration", "s", "Calls of the model that belong to a decision");
        _lag = meter.CreateHistogram<double>("opschat.feed.lag", "s", "From a decision to the moment when this host saw it on the change feed");
        meter.CreateObservableGauge("opschat.feed.behind", () => Volatile.Read(ref _behind), "{change}", "Changes that this host has not seen yet");
        meter.CreateObservableGauge("opschat.approvals.pending", () => Volatile.Read(ref _approvals), "{approval}", "Approvals that wait");
        meter.CreateObservableGauge("opschat.handoffs.open", () => Volatile.Read(ref _handOffs), "{handoff}", "Hand-offs that wait for a person");
        _leaseLost = store is PostgresStore shared ? shared.Lost.Register(() => _lost.Add(1)) : default;
    }

    /// <summary>The last change that was measured.</summary>
    public long Seen => Volatile.Read(ref _seen);

    protected override string WhenItFails => "What was committed could not be measured";

    public override void Dispose()
    {
        _leaseLost.Dispose();
        base.Dispose();
    }

    protected override async Task BeginAsync(CancellationToken cancellationToken) =>
        _seen = await _store.ReadAsync(session => session.Changes.Latest(), cancellationToken);

    protected override async Task<TimeSpan?> RoundAsync(CancellationToken cancellationToken)
    {
        var changes = await _feed.AfterAsync(_seen, MostAtOnce, s_lookEvery, Time, cancellationToken);
        var sights = await _store.ReadAsync(session =>
        {
            Volatile.Write(ref _behind, session.Changes.Latest() - (changes.Count == 0 ? _seen : changes[^1].Number));
            (_approvals, _handOffs) = session.InboxRows.Cards();
            return changes.Select(change => Look(session, change)).OfType<Sight>().ToList();
        }, cancellationToken);
        sights.ForEach(Measure);
        Volatile.Write(ref _seen, changes.Count == 0 ? _seen : changes[^1].Number);
        return TimeSpan.Zero;
    }

    /// <summary>What one change was. Closed.</summary>
    private abstract record Sight(string Channel)
    {
        public sealed record Came(string Channel) : Sight(Channel);
        public sealed record Left(string Channel) : Sight(Channel);

        /// <param name="Since">When the first of its messages came; null when none is there any more.</param>
        public sealed record Decided(string Channel, TurnRow Turn, DateTimeOffset? Since) : Sight(Channel);
    }

    /// <summary>Null when nothing of it is measured, or the customer was forgotten meanwhile.</summary>
    private static Sight? Look(UnitOfWork session, Change change)
    {
        if (change.Conversation is not { } conversation)
        {
            return null;
        }

        var channel = ConversationId.Parse(conversation).Channel;
        return change.Kind switch
        {
            "message" => session.Outbox.Find(change.Ids[0]) is null ? new Sight.Came(channel) : new Sight.Left(channel),
            "decision" when session.Turns.Find(change.Ids[0]) is { } turn => new Sight.Decided(
                channel,
                turn,
                session.Inbox.OfTurn(turn.Id) is [var first, ..] ? first.ReceivedAt : null
            ),
            _ => null,
        };
    }

    private void Measure(Sight sight)
    {
        KeyValuePair<string, object?> channel = new("channel", sight.Channel);
        switch (sight)
        {
            case Sight.Came:
                _admitted.Add(1, channel);
                break;
            case Sight.Left:
                _left.Add(1, channel);
                break;
            case Sight.Decided decided:
                Measure(decided, channel);
                break;
        }
    }

    private void Measure(Sight.Decided decided, KeyValuePair<string, object?> channel)
    {
        var (turn, trace) = (decided.Turn, decided.Turn.Trace);
        _decided.Add(1, channel, new("verdict", turn.Verdict), new("playbook", trace.Playbook ?? "none"));
        _lag.Record(Seconds(Time.GetUtcNow() - turn.At));
        if (decided.Since is { } since)
        {
            _wait.Record(Seconds(turn.At - since), channel);
        }

        using var span = s_source.StartActivity("turn", ActivityKind.Internal, default(ActivityContext), [channel], null, decided.Since ?? turn.At);
        span?.SetTag("verdict", turn.Verdict).SetTag("playbook", trace.Playbook).SetTag("language", trace.Language).SetEndTime(turn.At.UtcDateTime);
        foreach (var use in trace.ModelUses.Where(use => use.WasCalled))
        {
            TagList of = new() { { "job", use.Job }, { "model", use.Model }, { "outcome", use.Outcome } };
            _model.Record(use.Took.TotalSeconds, of);
            using var call = s_source.StartActivity("model", ActivityKind.Client, span?.Context ?? default, of, null, use.At - use.Took);
            call?.SetEndTime(use.At.UtcDateTime);
        }
    }

    /// <summary>Clocks are set back now and then.</summary>
    private static double Seconds(TimeSpan span) => Math.Max(0, span.TotalSeconds);
}

using Microsoft.Extensions.Logging;
using OpsChat.Messages;
using OpsChat.Storage;

namespace OpsChat.Agent;

/// <summary>
/// Drains the outbox: each message is marked before it is handed to its channel and marked again after. When the process ends in
/// between, nobody knows whether it left; such a message is not sent again, and the owner is told.
/// </summary>
public sealed partial class OutboxSender(
    IStore store,
    IEnumerable<IChannel> channels,
    DispatchCheck dispatch,
    ChangeFeed feed,
    TimeProvider time,
    ILogger<OutboxSender> log
) : ResilientBackgroundService(time, log)
{
    // Of each channel, so that one that does not answer holds up its own customers alone. About what the slowest takes in a second: what waits
    // longer than that should wait in the store, where a crash leaves no doubt about it.
    private const int MostAtOnce = 32;
    private static readonly TimeSpan s_longestSleep = TimeSpan.FromSeconds(30),
        s_afterTrouble = TimeSpan.FromSeconds(1),
        s_channelMissing = TimeSpan.FromMinutes(1),
        s_patience = TimeSpan.FromHours(24);

    private readonly Dictionary<string, IChannel> _channels = channels
        .SelectMany(c => c.Names, (c, name) => (c, name))
        .ToDictionary(p => p.name, p => p.c);
    private readonly ChangeFeed.News _queued = feed.Of("outbox");
    private readonly SemaphoreSlim _ended = new(0, 1);
    private readonly Dictionary<Task, string> _onTheirWay = [];

    // Marked in a commit that failed, and perhaps was made all the same: the answer to it may have been lost. None of them was handed over.
    private readonly HashSet<string> _inDoubt = [];
    private Task? _wake;
    // Before the first round there is no news that could cut a pause short.
    private Task _news = new TaskCompletionSource().Task;

    // The check of approved texts asks the shop's system, which may be slow: the others do not wait for it.
    private Task _checking = Task.CompletedTask;

    protected override string WhenItFails => "The outbox could not be drained";

    /// <summary>Something has left, so that something else may.</summary>
    private void Wake()
    {
        try
        {
            _ended.Release();
        }
        catch (SemaphoreFullException)
        {
            // Already awake; one pass takes everything that is due.
        }
    }

    public override void Dispose()
    {
        _ended.Dispose();
        base.Dispose();
    }

    /// <summary>Nothing may leave before the messages are settled that were on their way when the process ended.</summary>
    protected override Task BeginAsync(CancellationToken cancellationToken) =>
        store.WriteAsync(session => SettleAbandoned(session, Time.GetUtcNow()), cancellationToken);

    /// <summary>Of a message that was on its way from a host that is no more nobody knows whether it left.</summary>
    internal static void SettleAbandoned(UnitOfWork session, DateTimeOffset now)
    {
        foreach (var message in session.Outbox.Abandoned())
        {
            DeliveryRecorder.Settle(session, message, new Delivery.Unknown("OpsChat was stopped while the message was on its way."), now);
        }
    }

    protected override async Task<TimeSpan?> RoundAsync(CancellationToken cancellationToken)
    {
        // Taken before reading what is due, so that what is committed meanwhile is news.
        (int Taken, DateTimeOffset? Next) pass;
        do
        {
            _news = _queued.Next;
            pass = await SendDueAsync(cancellationToken);
        }
        while (pass.Taken > 0);

        return SleepUntil(pass.Next);
    }

    protected override TimeSpan PauseAfter(Exception failure, int failures) => s_afterTrouble;

    protected override async Task PauseAsync(TimeSpan pause, CancellationToken cancellationToken)
    {
        // One waiter at a time: a forgotten one would swallow the next wake-up.
        _wake = _wake is null or { IsCompleted: true } ? _ended.WaitAsync(cancellationToken) : _wake;
        await Task.WhenAny(_wake, _news).WithinAsync(pause, Time, cancellationToken);
    }

    /// <summary>Returns when the channels have answered for what was on its way.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await _checking.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.WhenAll(OnTheirWay().Select(sending => sending.Key))
            .WaitAsync(cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Hands over everything that is due now, and returns when the channels have answered.</summary>
    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        while ((await SendDueAsync(cancellationToken)).Taken > 0)
        {
            await _checking;
            await Task.WhenAll(OnTheirWay().Select(sending => sending.Key));
        }
    }

    /// <summary>
    /// Hands over what is due, one message of each conversation, without waiting for it: a slow channel must not hold up the others.
    /// Returns how many were taken, and when none was, when the next one is due.
    /// </summary>
    private async Task<(int Taken, DateTimeOffset? Next)> SendDueAsync(CancellationToken cancellationToken)
    {
        var (busy, isChecking) = (Busy(), !_checking.IsCompleted);
        var full = Full(busy);
        // After it is known whether a check still runs: what it marks meanwhile is in no doubt.
        await PutBackAsync(cancellationToken);
        var (waiting, next) = await store.ReadAsync(session => WaitingIn(session, full, withChecked: !isChecking), cancellationToken);
        var due = waiting
            .GroupBy(m => m.Conversation.Channel)
            .SelectMany(of => of.Take(MostAtOnce - busy.GetValueOrDefault(of.Key)))
            .ToLookup(m => m.IsChecked);
        if (due[true].Any())
        {
            _checking = CheckAsync([.. due[true]], cancellationToken);
            _ = _checking.ContinueWith(_ => Wake(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }

        await BeginAsync([.. due[false]], [], cancellationToken);
        return (due.Sum(of => of.Count()), next);
    }

    private (IReadOnlyList<OutboxMessage> Due, DateTimeOffset? Next) WaitingIn(UnitOfWork session, IReadOnlyList<string> full, bool withChecked)
    {
        var due = session.Outbox.Due(Time.GetUtcNow(), MostAtOnce, full, withChecked);
        return (due, due.Count == 0 ? session.Outbox.NextDue(full, withChecked) : null);
    }

    /// <summary>Asks the shop whether approved texts and notices may still leave, and hands over those that may.</summary>
    private async Task CheckAsync(IReadOnlyList<OutboxMessage> approved, CancellationToken cancellationToken)
    {
        // A part of the loop that does not hold it up: what fails here is due again.
        try
        {
            var asked = await Task.WhenAll(approved.Select(async m => (m.Id, Look: await dispatch.LookAsync(m, cancellationToken))));
            await BeginAsync(approved, asked.ToDictionary(a => a.Id, a => a.Look), cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            LogNotChecked(Log, e);
            await Task.Delay(s_afterTrouble, Time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <param name="looks">By approved message, what the shop's data say of its order.</param>
    private async Task BeginAsync(IReadOnlyList<OutboxMessage> due, Dictionary<string, MoneyLook> looks, CancellationToken cancellationToken)
    {
        try
        {
            var marked =
                due.Count == 0
                    ? []
                    : await store.WriteAsync(
                        session =>
                            due.Select(m => Mark(session, m, looks.GetValueOrDefault(m.Id, MoneyLook.None))).OfType<OutboxMessage>().ToList(),
                        cancellationToken
                    );
            marked.ForEach(message => Begin(message, cancellationToken));
        }
        catch (StoreException)
        {
            lock (_inDoubt)
            {
                _inDoubt.UnionWith(due.Select(message => message.Id));
            }

            throw;
        }
    }

    /// <summary>What was marked in a commit whose answer was lost has not left, and is due again.</summary>
    private async Task PutBackAsync(CancellationToken cancellationToken)
    {
        List<string> inDoubt;
        lock (_inDoubt)
        {
            inDoubt = [.. _inDoubt];
        }

        if (inDoubt.Count == 0)
        {
            return;
        }

        await store.WriteAsync(session => inDoubt.ForEach(id => session.Outbox.PutBack(id, Time.GetUtcNow())), cancellationToken);
        lock (_inDoubt)
        {
            _inDoubt.ExceptWith(inDoubt);
        }
    }

    private void Begin(OutboxMessage message, CancellationToken cancellationToken)
    {
        var handing = Task.Run(() => HandOverAsync(message, cancellationToken), CancellationToken.None);
        lock (_onTheirWay)
        {
            _onTheirWay.Add(handing, message.Conversation.Channel);
        }

        _ = handing.ContinueWith(done =>
        {
            lock (_onTheirWay)
            {
                _onTheirWay.Remove(done);
            }

            Wake();
        }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    /// <summary>How many are on their way in each channel that has any.</summary>
    private Dictionary<string, int> Busy() => OnTheirWay().CountBy(sending => sending.Value).ToDictionary();

    private static List<string> Full(Dictionary<string, int> busy) =>
        [.. busy.Where(channel => channel.Value >= MostAtOnce).Select(channel => channel.Key)];

    /// <summary>Each with its channel.</summary>
    private List<KeyValuePair<Task, string>> OnTheirWay()
    {
        lock (_onTheirWay)
        {
            return [.. _onTheirWay];
        }
    }

    /// <summary>Marks a message as on its way, or as sent where storing is delivering; null when the check at dispatch stops it.</summary>
    private OutboxMessage? Mark(UnitOfWork session, OutboxMessage message, MoneyLook look)
    {
        var now = Time.GetUtcNow();
        if (message.IsChecked && DispatchCheck.Ask(session, message, look, now) is { } why)
        {
            DispatchCheck.Stop(session, message, why, now);
            return null;
        }

        if (_channels.GetValueOrDefault(message.Conversation.Channel) is not { DeliversByStoring: true })
        {
            return session.Outbox.Leave(message, OutboxState.Sending, now);
        }

        var sent = session.Outbox.Leave(message, OutboxState.Sent, now);
        if (sent is not null)
        {
            DeliveryRecorder.Record(session, sent, now);
        }

        return sent;
    }

    private async Task HandOverAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        // A message whose fate cannot be stored before the host stops stays marked as on its way, and is settled at the next start.
        try
        {
            await HandToChannelAsync(message, cancellationToken);
        }
        catch (Exception e)
        {
            LogNotSettled(Log, message.Conversation.Channel, e);
        }
    }

    private async Task HandToChannelAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        var channel = _channels.GetValueOrDefault(message.Conversation.Channel);
        var delivery = channel is null
            ? NotSwitchedOn(message)
            : await SendAsync(channel, message, cancellationToken);
        if (channel is { DeliversByStoring: true })
        {
            return;
        }

        await SettleAsync(message, delivery, cancellationToken);
    }

    /// <summary>The channel has acted: its word is stored as soon as the store can be written, and even when the host is stopping.</summary>
    private Task SettleAsync(OutboxMessage message, Delivery delivery, CancellationToken cancellationToken) =>
        store.WriteUntilStoredAsync(
            session => DeliveryRecorder.Settle(session, message, delivery, Time.GetUtcNow()),
            e => LogNotYetSettled(Log, message.Conversation.Channel, e),
            Time,
            cancellationToken
        );

    private async Task<Delivery> SendAsync(IChannel channel, OutboxMessage message, CancellationToken cancellationToken)
    {
        if (!store.MayAct)
        {
            // This process was paused or cut off after it had marked the message; the host that took over has told the owner that it may have left.
            return new Delivery.Later(s_afterTrouble, "Another host may have taken over before the message was handed to its channel.");
        }

        // A task of its own, and so a loop's last resort: a message that stayed on its way would hold up all that follows it.
        try
        {
            return await channel.SendAsync(message, cancellationToken);
        }
        catch (StoreException e)
        {
            // Channels read the store to make a message ready, and write nothing after it has left.
            return new Delivery.Later(s_afterTrouble, e.Message);
        }
        catch (Exception e)
        {
            return new Delivery.Unknown($"The channel failed while it sent ({e.GetType().Name}).");
        }
    }

    /// <summary>Perhaps a setting was forgotten at this start, or the shop is talked to in the terminal while its host is stopped.</summary>
    private Delivery NotSwitchedOn(OutboxMessage message)
    {
        var why = $"The channel {message.Conversation.Channel} is not switched on.";
        return Time.GetUtcNow() - message.CreatedAt < s_patience
            ? new Delivery.Later(s_channelMissing, why)
            : new Delivery.Refused(why, CustomerLeft: false);
    }

    private TimeSpan SleepUntil(DateTimeOffset? next)
    {
        var wait = next is { } at ? at - Time.GetUtcNow() : s_longestSleep;
        return wait < TimeSpan.FromMilliseconds(50) ? TimeSpan.FromMilliseconds(50) : wait < s_longestSleep ? wait : s_longestSleep;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Approved texts could not be checked before they leave; they are due again.")]
    private static partial void LogNotChecked(ILogger log, Exception e);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "What became of a message in channel {Channel} could not be stored; it is tried again in a second."
    )]
    private static partial void LogNotYetSettled(ILogger log, string channel, Exception e);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "What became of a message in channel {Channel} could not be stored; the owner is asked to look after the next start."
    )]
    private static partial void LogNotSettled(ILogger log, string channel, Exception e);
}

using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpsChat.Messages;
using OpsChat.Storage;

namespace OpsChat.Agent;

/// <summary>
/// Step 1 and the order of things: a message is durable before its channel hears "received"; the messages of one conversation are
/// decided in order, conversations side by side, fragments together after a short quiet. Of several hosts on one store the one that stores a
/// message decides the conversation, unless another one does already; what a host that is gone left undecided, the next one that looks takes up.
/// </summary>
public sealed partial class ConversationQueue(
    IStore store, MessagePipeline pipeline, IEnumerable<IChannel> channels, IOptions<OpsChatOptions> options, ChangeFeed feed,
    TimeProvider time, ILogger<ConversationQueue> log)
    : ResilientBackgroundService(time, log)
{
    private const int MostSideBySide = 32;

    // How often a host looks for what another one left; and how often, at most, for what others have stored in the conversations that it decides.
    private static readonly TimeSpan s_lookEvery = TimeSpan.FromSeconds(1), s_shortestLook = TimeSpan.FromMilliseconds(100);

    // Trouble of the store is nobody's message's fault, and passes: only after some four minutes a person shall see the words all the same.
    private const int TriesBeforeAPerson = 3, TriesOfTheStore = 12;

    private readonly Dictionary<string, IChannel> _channels = channels
        .SelectMany(c => c.Names, (c, name) => (c, name))
        .ToDictionary(p => p.name, p => p.c);
    private readonly RateLimit _pace = new("messages", options.Value.Messages.MostPerMinute, TimeSpan.FromMinutes(1), store, time);
    private readonly RateLimit _kept = new("kept-messages", options.Value.Messages.MostKeptPerMinute, TimeSpan.FromMinutes(1), store, time);
    private readonly SemaphoreSlim _slots = new(MostSideBySide);
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ChangeFeed.News _messages = feed.Of("message");
    private long? _tookUpAt;
    private readonly UndecidedConversations _undecided = new(store);
    private readonly ConversationLines _lines = new(options, pipeline.IsClear, time);
    private CancellationToken _stopping;
    private Task _news = Task.CompletedTask;

    protected override string WhenItFails => "Messages that another run, or another host, left undecided could not be taken up";

    /// <summary>Stores a message once and puts its conversation in line. Returns after the message is durable.</summary>
    public async Task<Admission> AdmitAsync(InboundMessage message, CancellationToken cancellationToken)
    {
        await _started.Task.WaitAsync(cancellationToken);
        if (_lines.IsFullFor(message.Conversation))
        {
            return new Admission.TooMany(options.Value.Messages.WaitWhenUnclear);
        }

        return (await StoreAsync([message], _pace, options.Value.Messages.MostWaiting, cancellationToken))[0];
    }

    /// <summary>
    /// The same for a channel that has taken the message already and delivers all customers' messages in one line: nobody can be told to wait,
    /// and who is waited for holds up everybody behind. However many wait, they are one decision, so only what nobody can have typed is refused,
    /// and then it is not kept.
    /// </summary>
    /// <param name="messages">Of one customer, in their order: all of them are stored, or none.</param>
    public async Task<IReadOnlyList<Admission>> KeepAsync(IReadOnlyList<InboundMessage> messages, CancellationToken cancellationToken)
    {
        await _started.Task.WaitAsync(cancellationToken);
        return await StoreAsync(messages, _kept, int.MaxValue, cancellationToken);
    }

    private async Task<IReadOnlyList<Admission>> StoreAsync(
        IReadOnlyList<InboundMessage> messages,
        RateLimit limit,
        int mostWaiting,
        CancellationToken cancellationToken
    )
    {
        var conversation = messages[0].Conversation;
        var came = messages.Select(message => (Message: message, Id: Ids.New('m', Time.GetUtcNow()), Wait: limit.TakeHere(conversation.ToString())))
            .ToList();
        if (came.TrueForAll(one => one.Wait is not null))
        {
            return [.. came.Select(one => new Admission.TooMany(one.Wait!.Value))];
        }

        var admitted = await store.WriteAsync(
            session => came.ConvertAll<(Admission Admission, bool IsMine)>(one =>
                one.Wait is { } wait ? (new Admission.TooMany(wait), false)
                // The conversation may be in the line of another host.
                : store.IsShared && session.Inbox.Undecided(conversation).Count >= mostWaiting
                    ? (new Admission.TooMany(options.Value.Messages.WaitWhenUnclear), false)
                : limit.TakeIn(session, conversation.ToString()) is { } more ? (new Admission.TooMany(more), false)
                : Admit(session, one.Message, one.Id)),
            cancellationToken
        );
        foreach (var (message, _) in messages.Zip(admitted).Where(one => one.Second.IsMine))
        {
            Serve(conversation, _lines.Wake(conversation, message.Text.Value));
        }

        if (admitted.Exists(one => one.Admission is Admission.Admitted))
        {
            _channels.GetValueOrDefault(conversation.Channel)?.ShowTyping(conversation);
        }

        return admitted.ConvertAll(one => one.Admission);
    }

    protected override Task BeginAsync(CancellationToken cancellationToken)
    {
        _stopping = cancellationToken;
        _started.TrySetResult();
        return Task.CompletedTask;
    }

    /// <summary>Takes up what nobody decides: at the start, and on a shared store again and again. There it also hears of fragments that another
    /// host has stored.</summary>
    protected override async Task<TimeSpan?> RoundAsync(CancellationToken cancellationToken)
    {
        _news = _messages.Next;
        // Under load each moment brings news of messages, and a host is hardly ever gone.
        if (_tookUpAt is not { } before || Time.GetElapsedTime(before) >= s_lookEvery)
        {
            var began = Time.GetTimestamp();
            await foreach (var (conversation, undecided) in _undecided.TakeUpAsync(_lines.Contains, cancellationToken))
            {
                Serve(conversation, _lines.Wake(conversation, undecided));
            }

            // Only now: what could not be read is looked for again at the next try.
            _tookUpAt = began;
        }

        if (store.HostId is null)
        {
            return null;
        }

        foreach (var (conversation, undecided) in await _undecided.HearAsync(_lines.IsBeingDecided, cancellationToken))
        {
            Serve(conversation, _lines.Wake(conversation, undecided));
        }

        var left = s_lookEvery - Time.GetElapsedTime(_tookUpAt!.Value);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    protected override async Task PauseAsync(TimeSpan pause, CancellationToken cancellationToken)
    {
        if (store.HostId is null)
        {
            await base.PauseAsync(pause, cancellationToken);
            return;
        }

        await Task.Delay(s_shortestLook, Time, cancellationToken);
        await _news.WithinAsync(pause, Time, cancellationToken);
    }

    /// <summary>Returns when no decision is under way any more: each was finished, or stands undecided in the inbox.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        // Whoever only waits has given up its place in line by now; a held slot is a decision at work.
        for (var slot = 0; slot < MostSideBySide; slot++)
        {
            await _slots.WaitAsync(cancellationToken);
        }
    }

    public override void Dispose()
    {
        _slots.Dispose();
        base.Dispose();
    }

    /// <summary>A newer message supersedes an answer that has not left: both turns are then answered together.</summary>
    /// <returns>Whether this host has to decide it is the second value; when another one does, it hears of the message by itself.</returns>
    internal (Admission Admission, bool IsMine) Admit(UnitOfWork session, InboundMessage message, string id)
    {
        var admission = session.Inbox.Admit(message, id);
        if (admission is not Admission.Admitted)
        {
            return (admission, false);
        }

        var isMine = session.Hosts.Claim(message.Conversation);
        foreach (var answer in session.Outbox.UnsentAnswers(message.Conversation))
        {
            if (answer.Turn is { } turn && session.Outbox.Move(answer.Id, OutboxState.Queued, OutboxState.Superseded, Time.GetUtcNow()))
            {
                session.Inbox.Reopen(turn);
                TakeBack(session, answer, turn);
            }
        }

        return (admission, isMine);
    }

    /// <summary>What the superseded text would have said or asked was never said: its cases are as they were before.</summary>
    private static void TakeBack(UnitOfWork session, OutboxMessage answer, string turn)
    {
        var before = (session.Turns.InputOf(turn)?.Turn.Cases ?? []).ToDictionary(known => known.Id, StringComparer.Ordinal);
        foreach (var id in answer.AlsoCases.Prepend(answer.CaseId).OfType<string>().Distinct())
        {
            if (before.GetValueOrDefault(id) is { } known)
            {
                session.Cases.Save(known);
            }
            else if (session.Cases.Find(id) is { } begun)
            {
                session.Cases.Save(begun with { Asked = [], Awaiting = [], Questions = 0, HoldingSent = false });
            }
        }
    }

    private void Serve(ConversationId conversation, ConversationLine? started)
    {
        if (started is { } line)
        {
            _ = Task.Run(() => ServeAsync(conversation, line, _stopping), CancellationToken.None);
        }
    }

    /// <summary>Decides what waits in one conversation until nothing does.</summary>
    private async Task ServeAsync(ConversationId conversation, ConversationLine line, CancellationToken cancellationToken)
    {
        try
        {
            do
            {
                await line.UntilDueAsync(Time, cancellationToken);
                await _slots.WaitAsync(cancellationToken);
                try
                {
                    _lines.Begin(line);
                    await DecideAsync(conversation, line, cancellationToken);
                }
                finally
                {
                    _slots.Release();
                }
            }
            while (!_lines.IsDone(conversation, line));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The host stops. What is undecided stands in the inbox and is taken up at the next start.
        }
    }

    private async Task DecideAsync(ConversationId conversation, ConversationLine line, CancellationToken cancellationToken)
    {
        // Everything is caught here: a bug in one conversation must not silence it, nor the others.
        try
        {
            if (await pipeline.RunAsync(conversation, cancellationToken) is not null)
            {
                line.Failures = 0;
            }
            else if (await MustDecideAsync(conversation, cancellationToken))
            {
                // The world moved on under the turn (a newer message, a person, a pause): it is taken again.
                line.MustLook = true;
            }
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            LogFailed(Log, conversation.Channel, ++line.Failures, e);
            if (
                line.Failures >= (e is StoreException ? TriesOfTheStore : TriesBeforeAPerson)
                && await IsGivenUpAsync(conversation, cancellationToken)
            )
            {
                line.Failures = 0;
            }
            else
            {
                line.WaitFor(PauseAfter(e, line.Failures), Time);
                line.MustLook = true;
            }
        }
    }

    /// <summary>Whether something is undecided in a conversation of this host; one in which nothing is, it gives back.</summary>
    private async Task<bool> MustDecideAsync(ConversationId conversation, CancellationToken cancellationToken)
    {
        var (isMine, isUndecided) = await store.ReadAsync(
            session => (session.Hosts.IsMine(conversation), session.Inbox.Undecided(conversation).Count > 0),
            cancellationToken
        );
        if (isMine && !isUndecided && store.HostId is not null)
        {
            await store.WriteAsync(session => session.Hosts.Release(conversation), cancellationToken);
        }

        return isMine && isUndecided;
    }

    /// <summary>Hands what cannot be decided to a person; false when that cannot be stored either: then all of it is tried again.</summary>
    private async Task<bool> IsGivenUpAsync(ConversationId conversation, CancellationToken cancellationToken)
    {
        try
        {
            return await pipeline.GiveUpAsync(conversation, cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            LogNotGivenUp(Log, conversation.Channel, e);
            return false;
        }
    }

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "A turn in channel {Channel} failed (try {Try}); it is tried again, and then handed to a person."
    )]
    private static partial void LogFailed(ILogger log, string channel, int @try, Exception e);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "A turn in channel {Channel} that failed could not be handed to a person either; all of it is tried again."
    )]
    private static partial void LogNotGivenUp(ILogger log, string channel, Exception e);
}

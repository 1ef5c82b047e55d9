using Microsoft.Extensions.Options;
using OpsChat.Messages;

namespace OpsChat.Agent;

/// <summary>
/// The conversations that wait for their decision, or are being decided: how long each waits for further fragments, and whether it takes any more.
/// </summary>
/// <param name="isClear">Whether fragments say together what is wanted.</param>
sealed class ConversationLines(IOptions<OpsChatOptions> options, Func<IReadOnlyList<string>, bool> isClear, TimeProvider time)
{
    private readonly Dictionary<ConversationId, ConversationLine> _waiting = [];

    public bool Contains(ConversationId conversation)
    {
        lock (_waiting)
        {
            return _waiting.ContainsKey(conversation);
        }
    }

    /// <summary>Whether its quiet is over. A decision at work sees by itself that something came while it was made.</summary>
    public bool IsBeingDecided(ConversationId conversation)
    {
        lock (_waiting)
        {
            return _waiting.TryGetValue(conversation, out var line) && line.IsDue(time);
        }
    }

    /// <summary>A customer who writes faster than is decided waits alone; when all together do, only who is in line already may add to it.</summary>
    public bool IsFullFor(ConversationId conversation)
    {
        var limits = options.Value.Messages;
        lock (_waiting)
        {
            return _waiting.TryGetValue(conversation, out var line)
                ? line.Fragments.Count >= limits.MostWaiting
                : _waiting.Count >= limits.MostConversationsWaiting;
        }
    }

    /// <summary>A fragment came just now.</summary>
    /// <returns>The line when it is new: somebody has to decide it from now on.</returns>
    public ConversationLine? Wake(ConversationId conversation, string text)
    {
        // Read outside of the lock, which every message of everybody needs.
        var wait = WaitAfter([.. FragmentsOf(conversation), text]);
        return Wake(conversation, line => WaitForMore(line, text, wait));
    }

    /// <summary>The same for messages that were stored elsewhere, or earlier: their quiet began when the last one came.</summary>
    /// <inheritdoc cref="Wake(ConversationId, string)"/>
    public ConversationLine? Wake(ConversationId conversation, IReadOnlyList<InboxMessage> undecided)
    {
        var texts = undecided.Select(message => message.Text.Value).ToList();
        var over = time.GetUtcNow() - undecided[^1].ReceivedAt;
        var wait = over >= options.Value.Messages.WaitWhenUnclear ? TimeSpan.Zero : WaitAfter(texts);
        return Wake(conversation, line =>
        {
            if (line.Fragments.Count < texts.Count)
            {
                line.Fragments.Clear();
                line.Fragments.AddRange(texts.Take(options.Value.Messages.MostWaiting));
                line.WaitFor(over <= TimeSpan.Zero ? wait : wait - over, time);
            }
        });
    }

    /// <summary>A decision begins: from here on whatever comes needs another look, however short its wait.</summary>
    public void Begin(ConversationLine line)
    {
        lock (_waiting)
        {
            line.MustLook = false;
            line.Fragments.Clear();
        }
    }

    /// <returns>False when it has to be decided again; otherwise it is not in line any more.</returns>
    public bool IsDone(ConversationId conversation, ConversationLine line)
    {
        lock (_waiting)
        {
            return !line.MustLook && _waiting.Remove(conversation);
        }
    }

    private ConversationLine? Wake(ConversationId conversation, Action<ConversationLine> lengthen)
    {
        lock (_waiting)
        {
            var isNew = !_waiting.TryGetValue(conversation, out var line);
            line ??= _waiting[conversation] = new();
            lengthen(line);
            line.MustLook = true;
            line.Changed.TrySetResult();
            return isNew ? line : null;
        }
    }

    /// <summary>A flood does not put its own decision off for ever.</summary>
    private void WaitForMore(ConversationLine line, string text, TimeSpan wait)
    {
        if (line.Fragments.Count < options.Value.Messages.MostWaiting)
        {
            line.Fragments.Add(text);
            line.WaitFor(wait, time);
        }
        else if (line.IsDue(time))
        {
            line.WaitFor(options.Value.Messages.WaitWhenUnclear, time);
        }
    }

    private IReadOnlyList<string> FragmentsOf(ConversationId conversation)
    {
        lock (_waiting)
        {
            return _waiting.TryGetValue(conversation, out var line) ? [.. line.Fragments] : [];
        }
    }

    /// <summary>A short wait when it is clear what is wanted, a longer one when more fragments are likely.</summary>
    private TimeSpan WaitAfter(IReadOnlyList<string> fragments)
    {
        var waits = options.Value.Messages;
        return waits.WaitWhenClear == waits.WaitWhenUnclear || isClear(fragments) ? waits.WaitWhenClear : waits.WaitWhenUnclear;
    }
}

using OpsChat.Agent;
using OpsChat.Storage;

namespace OpsChat.Channels.Telegram;

/// <summary>Which chat the owner chat is now: the one in the settings, or the supergroup that it became.</summary>
public sealed class OwnerPlace(IStore store, OpsChatOptions options)
{
    private const string Setting = "telegram-owner-chat";

    private long _chat = options.Telegram.OwnerChat;

    /// <summary>0 while there is none.</summary>
    public long Chat => Interlocked.Read(ref _chat);

    /// <summary>Whether it is the owner chat, or was it before it became a supergroup: what was tapped there may be carried out later.</summary>
    public bool IsOrWas(long? chat) => chat is { } it && it != 0 && (it == Chat || it == options.Telegram.OwnerChat);

    /// <summary>How often the chat is compared with what should stand in it.</summary>
    public TimeSpan LookEvery => options.Telegram.LookEvery;

    /// <summary>Reads what was learned before the last restart.</summary>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        var known = await store.ReadAsync(session => session.Settings.Get(Setting), cancellationToken);
        // Kept with the configured id: another one in the settings makes what was learned about the old one void.
        if (known?.Split('>') is [var configured, var now] && configured == $"{options.Telegram.OwnerChat}")
        {
            Interlocked.Exchange(ref _chat, long.Parse(now));
        }
    }

    public async Task MoveAsync(long from, long to, CancellationToken cancellationToken)
    {
        if (from == Chat)
        {
            await store.WriteAsync(session => session.Settings.Set(Setting, $"{options.Telegram.OwnerChat}>{to}"), cancellationToken);
            Interlocked.Exchange(ref _chat, to);
        }
    }
}

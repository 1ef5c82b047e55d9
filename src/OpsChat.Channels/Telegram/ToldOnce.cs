using OpsChat.Storage;

namespace OpsChat.Channels.Telegram;

/// <summary>What strangers can cause the owner to be told: each thing once, and few at a time, so that nobody fills the owner's list by doing it
/// again.</summary>
static class ToldOnce
{
    private const int MostUnseen = 5, MostRemembered = 200;

    /// <param name="kind">Of the notice; things of one kind are remembered together.</param>
    /// <param name="about">What it is about, without spaces.</param>
    public static void Tell(UnitOfWork session, string kind, string about, string sentence, DateTimeOffset now)
    {
        var (setting, isFull) = ($"told-once-{kind}", session.Notices.Unseen().Count(n => n.Kind == kind) >= MostUnseen);
        var told = session.Settings.Get(setting)?.Split(' ') ?? [];
        if (isFull || told.Contains(about))
        {
            return;
        }

        session.Settings.Set(setting, string.Join(' ', told.Append(about).TakeLast(MostRemembered)));
        session.Notices.Add(kind, sentence, now);
    }
}

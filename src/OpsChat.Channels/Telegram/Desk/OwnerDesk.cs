using Microsoft.Extensions.Logging;
using OpsChat.Agent;
using OpsChat.Storage;
using OpsChat.Storage.Tables;
using Telegram.Bot.Types;

namespace OpsChat.Channels.Telegram.Desk;

/// <summary>
/// Keeps the owner chat like the store: looks which cards should be there and posts or edits the difference. It owns no truth: a card that
/// was sent twice, or lost, decides nothing.
/// </summary>
public sealed partial class OwnerDesk(
    DeskPoster poster,
    DeskReader cards,
    DeskPictures pictures,
    OwnerPlace place,
    IStore store,
    TimeProvider time,
    ILogger<OwnerDesk> log
) : ResilientBackgroundService(time, log)
{
    // Of the 20 messages that Telegram takes a minute in a group, some are left for answers to commands.
    private const int MostNewInAMinute = 15;
    private const string NoticeKind = "notice";
    private static readonly TimeSpan s_pauseAfterTrouble = TimeSpan.FromSeconds(10);

    private readonly DeskRefusals _refusals = new(time);

    protected override string WhenItFails => "The owner chat could not be brought up to date (`doctor` says what to change in Telegram)";

    protected override Task BeginAsync(CancellationToken cancellationToken) => place.OpenAsync(cancellationToken);

    protected override async Task<TimeSpan?> RoundAsync(CancellationToken cancellationToken)
    {
        if (place.Chat == 0)
        {
            return null;
        }

        try
        {
            await LookAsync(cancellationToken);
            await pictures.ShowAsync(place.Chat, cancellationToken);
        }
        catch (TelegramRefusedException e) when (e.Refusal.MigrateToChatId is { } to)
        {
            await place.MoveAsync(place.Chat, to, cancellationToken);
            poster.ForgetTopics();
        }

        return place.LookEvery;
    }

    protected override TimeSpan PauseAfter(Exception failure, int failures) => s_pauseAfterTrouble;

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        var (now, chat) = (Time.GetUtcNow(), place.Chat);
        await TellNewsAsync(chat, cancellationToken);
        var steps = await store.ReadAsync(session =>
        {
            var shown = session.Desk.Open(chat);
            var wanted = cards.Read(session, chat, shown).Where(card => !_refusals.Contains(card.Kind, card.Id, card.Digest)).ToList();
            var room = MostNewInAMinute - session.Desk.PostedBetween(chat, now.AddMinutes(-1), now);
            return DeskPlan.Next(wanted, shown, room, now);
        }, cancellationToken);
        foreach (var step in steps)
        {
            await TryAsync(step, chat, cancellationToken);
            // Many cards take minutes at the speed of a group; that something was paused or is in doubt must not wait behind them.
            await TellNewsAsync(chat, cancellationToken);
        }
    }

    private async Task TellNewsAsync(long chat, CancellationToken cancellationToken)
    {
        var unseen = await store.ReadAsync(DeskReader.Notices, cancellationToken);
        if (unseen.Where(n => !_refusals.Contains(NoticeKind, n.Id, "")).ToList() is { Count: > 0 } notices)
        {
            // What the shop's watch says stands in its own topic.
            await TellAsync(NoticeText.Fitting([.. notices.TakeWhile(n => IsOfTheWatch(n) == IsOfTheWatch(notices[0]))]), chat, cancellationToken);
        }
    }

    private static bool IsOfTheWatch(Notice notice) => notice.Kind is OperationsDesk.NoticeKind or BriefingDesk.NoticeKind;

    /// <summary>A card that Telegram does not take is left out, and the owner told where to find it: it must not hold up the others.</summary>
    private async Task TryAsync(DeskStep step, long chat, CancellationToken cancellationToken)
    {
        try
        {
            await poster.DoAsync(step, chat, cancellationToken);
        }
        catch (TelegramRefusedException e) when (e.Refusal.IsAboutContent)
        {
            var card = step.Card;
            _refusals.Add(card.Kind, card.Id, card.Digest);
            LogLeftOut(Log, card.Kind, card.Id, e);
            await store.WriteAsync(session => TellOfRefusal(session, card, e.Refusal.Description), cancellationToken);
        }
    }

    private void TellOfRefusal(UnitOfWork session, DeskCard card, string why)
    {
        var now = Time.GetUtcNow();
        if (session.Seen.Add(new(SeenKind.CardNotShown, $"{card.Kind}/{card.Id}/{card.Digest}"), now))
        {
            var what = $"{CardKind.Words(card.Kind)}{(card.Conversation is { } of ? $" of {of}" : "")}";
            session.Notices.Add("telegram", $"Telegram does not show a card ({what}): {why}. Look at it in the web console.", now);
        }
    }

    /// <summary>A message that Telegram does not take is tried one notice at a time; the one that it does not take stays unseen, for the
    /// console.</summary>
    private async Task TellAsync(IReadOnlyList<Notice> told, long chat, CancellationToken cancellationToken)
    {
        var outcome = await poster.SayAsync(NoticeText.Html(told, cards.Next), chat, IsOfTheWatch(told[0]), cancellationToken);
        switch (outcome)
        {
            case ApiOutcome<Message>.Done:
                await poster.NoteAsync(session => told.ToList().ForEach(n => session.Notices.SetSeen(n.Id, Time.GetUtcNow())), cancellationToken);
                break;
            case ApiOutcome<Message>.Refused { Refusal.IsAboutContent: true } when told.Count > 1:
                foreach (var notice in told)
                {
                    await TellAsync([notice], chat, cancellationToken);
                }

                break;
            case ApiOutcome<Message>.Refused { Refusal: { IsAboutContent: true } error }:
                _refusals.Add(NoticeKind, told[0].Id, "");
                LogLeftOut(Log, NoticeKind, told[0].Id, new TelegramRefusedException("sendMessage", error));
                break;
            case ApiOutcome<Message>.Refused refused:
                throw new TelegramRefusedException("sendMessage", refused.Refusal);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Telegram does not take a {Kind} ({Id}) in the owner chat; it is left out until it changes or ten minutes are over."
    )]
    private static partial void LogLeftOut(ILogger log, string kind, string id, Exception e);
}

using Microsoft.Extensions.Logging;
using OpsChat.Channels.Telegram.Api;
using OpsChat.Storage;
using OpsChat.Storage.Tables;

namespace OpsChat.Channels.Telegram.Desk;

/// <summary>
/// Keeps the owner chat like the store: looks which cards should be there and posts or edits the difference. It owns no truth: a card that
/// was sent twice, or lost, decides nothing.
/// </summary>
public sealed partial class OwnerDesk(
    TelegramBotClient bot, DeskReader cards, DeskTopics topics, OwnerPlace place, IStore store, OpsChatOptions options, TimeProvider time, ILogger<OwnerDesk> log)
    : HostedLoop(time, log)
{
    // Of the 20 messages that Telegram takes a minute in a group, some are left for answers to commands.
    private const int MostNewInAMinute = 15;
    private const int LongestNotice = 3500;
    private static readonly TimeSpan s_pauseAfterTrouble = TimeSpan.FromSeconds(10);

    private bool _hasCommands;

    protected override string WhenItFails => "The owner chat could not be brought up to date (`doctor` says what to change in Telegram)";

    protected override Task BeginAsync(CancellationToken cancel) => place.OpenAsync(cancel);

    protected override async Task<TimeSpan?> RoundAsync(CancellationToken cancel)
    {
        if (place.Chat == 0)
        {
            return null;
        }

        try
        {
            await OfferCommandsAsync(cancel);
            await LookAsync(cancel);
        }
        catch (ApiRequestException e) when (e.Error.MigrateToChatId is { } to)
        {
            await place.MoveAsync(place.Chat, to, cancel);
            topics.Forget();
        }

        return options.Telegram.LookEvery;
    }

    protected override TimeSpan PauseAfter(Exception failure, int failures) => s_pauseAfterTrouble;

    private async Task OfferCommandsAsync(CancellationToken cancel)
    {
        if (!_hasCommands)
        {
            await bot.SetMyCommands(new([.. OwnerCommand.All.Select(c => new BotCommand(c.Name, c.Does))]) { Scope = BotCommandScope.In(place.Chat) }, cancel);
            _hasCommands = true;
        }
    }

    private async Task LookAsync(CancellationToken cancel)
    {
        var (now, chat) = (Time.GetUtcNow(), place.Chat);
        await TellNewsAsync(chat, cancel);
        var steps = await store.ReadAsync(session =>
        {
            var shown = session.Desk.Open(chat);
            var room = MostNewInAMinute - session.Desk.PostedSince(chat, now.AddMinutes(-1));
            return DeskPlan.Next(cards.Read(session, chat, shown), shown, room, now);
        }, cancel);
        foreach (var step in steps)
        {
            await DoAsync(step, chat, cancel);
            // Many cards take minutes at the speed of a group; that something was paused or is in doubt must not wait behind them.
            await TellNewsAsync(chat, cancel);
        }
    }

    private async Task TellNewsAsync(long chat, CancellationToken cancel)
    {
        if (await store.ReadAsync(session => session.Notices.Unseen(), cancel) is { Count: > 0 } notices)
        {
            await TellAsync(notices, chat, cancel);
        }
    }

    private Task DoAsync(DeskStep step, long chat, CancellationToken cancel) => step switch
    {
        DeskStep.Post post => PostAsync(post.Card, chat, cancel),
        DeskStep.Edit edit => EditAsync(edit.Card, edit.Shown, cancel),
        DeskStep.PostAgain again => PostAgainAsync(again, cancel),
        _ => throw new InvalidOperationException("DeskStep is closed."),
    };

    /// <summary>When nobody knows whether it arrived, it is not noted as shown and comes again: a second card decides nothing.</summary>
    private async Task PostAsync(DeskCard card, long chat, CancellationToken cancel)
    {
        var thread = card.Conversation is { } customer ? await topics.OfAsync(chat, customer, cancel) : null;
        var outcome = await bot.SendMessage(new(chat, card.Html)
        {
            MessageThreadId = thread,
            ParseMode = "HTML",
            LinkPreviewOptions = LinkPreviewOptions.Off,
            ReplyMarkup = card.Buttons,
        }, cancel);
        switch (outcome)
        {
            case ApiOutcome<Message>.Done done:
                await SaveAsync(new(card.Kind, card.Id, card.Conversation, chat, done.Result.MessageId, thread, card.Digest, card.IsOpen, null, Time.GetUtcNow()));
                break;
            case ApiOutcome<Message>.Refused { Error.Kind: RefusalKind.TopicNotFound or RefusalKind.TopicClosed }:
                // Someone deleted or closed it in Telegram: the next look opens a new one.
                await topics.LoseAsync(chat, card.Conversation!.Value, cancel);
                break;
            case ApiOutcome<Message>.Refused refused:
                throw new ApiRequestException("sendMessage", refused.Error);
        }
    }

    private async Task EditAsync(DeskCard card, ShownCard shown, CancellationToken cancel)
    {
        try
        {
            await bot.EditMessageText(new(shown.Chat, shown.Message, card.Html)
            {
                ParseMode = "HTML",
                LinkPreviewOptions = LinkPreviewOptions.Off,
                ReplyMarkup = card.Buttons,
            }, cancel);
        }
        catch (ApiRequestException e) when (e.Error.Kind == RefusalKind.MessageNotFound)
        {
            if (card.IsOpen)
            {
                await PostAsync(card, shown.Chat, cancel);
                return;
            }
        }

        await SaveAsync(shown with { Digest = card.Digest, IsOpen = card.IsOpen });
    }

    private async Task PostAgainAsync(DeskStep.PostAgain again, CancellationToken cancel)
    {
        await PostAsync(again.Card, again.Shown.Chat, cancel);
        try
        {
            await bot.DeleteMessage(again.Shown.Chat, again.Shown.Message, cancel);
        }
        catch (ApiRequestException e)
        {
            // Too old to be deleted, or gone already: its buttons are as good as the new one's, for the store decides.
            LogNotDeleted(Log, e.Message);
        }
    }

    /// <summary>What stands in the chat is stored even when the host is stopping, or it would be posted again.</summary>
    private Task SaveAsync(ShownCard shown) => store.WriteAsync(session => session.Desk.Save(shown), CancellationToken.None);

    /// <summary>What the owner should know, several in one message.</summary>
    private async Task TellAsync(IReadOnlyList<Notice> notices, long chat, CancellationToken cancel)
    {
        var length = 0;
        var told = notices.TakeWhile((notice, i) => i == 0 || (length += notice.Text.Length) < LongestNotice).ToList();
        // A reminder that nobody's phone announces is none.
        var next = told.Exists(n => n.Kind == "approval") && cards.Next is { } approver ? $"\n{ApprovalCardText.Mention(approver)}" : "";
        var html = string.Join("\n\n", told.Select(n => $"ℹ {CardText.Escaped(n.Text, LongestNotice)}")) + next;
        var outcome = await bot.SendMessage(new(chat, html) { ParseMode = "HTML", LinkPreviewOptions = LinkPreviewOptions.Off }, cancel);
        if (outcome is ApiOutcome<Message>.Refused refused)
        {
            throw new ApiRequestException("sendMessage", refused.Error);
        }

        if (outcome is ApiOutcome<Message>.Done)
        {
            await store.WriteAsync(session => told.ForEach(n => session.Notices.SetSeen(n.Id, Time.GetUtcNow())), CancellationToken.None);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "An old card stays in the owner chat: {Why}")]
    private static partial void LogNotDeleted(ILogger log, string why);
}

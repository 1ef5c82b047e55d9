using Microsoft.Extensions.Logging;
using OpsChat.Agent;
using OpsChat.Messages;
using OpsChat.Storage;

namespace OpsChat.Channels.Telegram;

/// <summary>
/// Fetches the pictures that customers sent, after their messages are durable: what a stopped host did not fetch is fetched by the next one. A
/// picture that Telegram does not give, or that is none, stays a word in the transcript.
/// </summary>
public sealed class TelegramPictures(
    TelegramGateway bot,
    PictureFolder folder,
    IStore store,
    ChangeFeed feed,
    TimeProvider time,
    ILogger<TelegramPictures> log
) : ResilientBackgroundService(time, log)
{
    private const int MostAtOnce = 20, MostTries = 12;
    private static readonly TimeSpan s_firstPause = TimeSpan.FromSeconds(5), s_longestPause = TimeSpan.FromHours(1);

    private readonly ChangeFeed.News _messages = feed.Of("message");
    private Task _news = Task.CompletedTask;

    protected override string WhenItFails => "Customers' pictures could not be fetched from Telegram";

    protected override async Task<TimeSpan?> RoundAsync(CancellationToken cancellationToken)
    {
        // Before reading, or what comes in between is missed.
        _news = _messages.Next;
        var due = await store.ReadAsync(session => session.Pictures.Due(Time.GetUtcNow(), MostAtOnce), cancellationToken);
        foreach (var picture in due)
        {
            await FetchAsync(picture, cancellationToken);
        }

        var next = await store.ReadAsync(session => session.Pictures.NextDue(), cancellationToken) - Time.GetUtcNow();
        return next is { } wait && wait < s_longestPause ? wait > TimeSpan.Zero ? wait : TimeSpan.Zero : s_longestPause;
    }

    protected override Task PauseAsync(TimeSpan pause, CancellationToken cancellationToken) => _news.WithinAsync(pause, Time, cancellationToken);

    private async Task FetchAsync(Picture picture, CancellationToken cancellationToken)
    {
        byte[]? content;
        try
        {
            content = await bot.FetchFileAsync(picture.Source!, cancellationToken);
        }
        catch (TelegramUnreachableException)
        {
            await AgainAsync(picture, PauseAfter(picture.Tries), cancellationToken);
            return;
        }

        await using var stream = new MemoryStream(content ?? []);
        switch (content is null ? null : await folder.ReceiveAsync(picture.Conversation, stream, cancellationToken, picture.Id))
        {
            case PictureReception.Taken { Picture: var taken }:
                if (!await store.WriteAsync(session => session.Pictures.Store(picture.Id, taken.Kind, taken.Bytes), cancellationToken))
                {
                    await folder.DiscardAsync(taken, cancellationToken);
                }

                break;
            case PictureReception.TooMany tooMany:
                await AgainAsync(picture, tooMany.RetryAfter, cancellationToken);
                break;
            case PictureReception.Full:
                await AgainAsync(picture, s_longestPause, cancellationToken);
                break;
            default:
                await store.WriteAsync(session => session.Pictures.Refuse(picture.Id), cancellationToken);
                break;
        }
    }

    private Task AgainAsync(Picture picture, TimeSpan after, CancellationToken cancellationToken) => store.WriteAsync(session =>
    {
        if (picture.Tries >= MostTries)
        {
            session.Pictures.Refuse(picture.Id);
        }
        else
        {
            session.Pictures.TryAgain(picture.Id, Time.GetUtcNow() + after);
        }
    }, cancellationToken);

    /// <summary>Twice as long after each try.</summary>
    private static TimeSpan PauseAfter(int tries) =>
        s_firstPause * Math.Pow(2, tries) is var pause && pause < s_longestPause ? pause : s_longestPause;
}

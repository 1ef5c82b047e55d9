using Microsoft.Extensions.Logging;
using OpsChat.Storage;
using Telegram.Bot.Requests;

namespace OpsChat.Channels.Telegram;

/// <summary>Small calls that nobody waits for and whose loss harms nobody: answering a tap, taking buttons away, "typing…".</summary>
public sealed partial class TelegramErrands(TelegramGateway bot, ILogger<TelegramErrands> log) : IDisposable
{
    private readonly CancellationTokenSource _stopping = new();

    /// <param name="what">For the log; never with a customer's words.</param>
    public void Run(string what, Func<TelegramGateway, CancellationToken, Task> errand)
    {
        var cancellationToken = _stopping.Token;
        _ = Task.Run(() => TryAsync(what, errand, cancellationToken), cancellationToken);
    }

    /// <summary>Ends the client's spinning; <paramref name="text"/> pops up, cut to Telegram's 200 characters.</summary>
    public void AnswerTap(string queryId, string? text = null) => Run("answering a tap", (client, cancellationToken) => client.CallAsync(
                new AnswerCallbackQueryRequest
                {
                    CallbackQueryId = queryId,
                    Text = text is null ? null : MessageText.Cut(text, 200),
                    ShowAlert = text?.Length > 60,
                },
                cancellationToken
            ));

    public void Dispose()
    {
        _stopping.Cancel();
        _stopping.Dispose();
    }

    private async Task TryAsync(string what, Func<TelegramGateway, CancellationToken, Task> errand, CancellationToken cancellationToken)
    {
        try
        {
            await errand(bot, cancellationToken);
        }
        catch (Exception e) when (e is TelegramRefusedException or TelegramUnreachableException or StoreException)
        {
            LogFailed(log, what, e.Message);
        }
        catch (Exception e) when (cancellationToken.IsCancellationRequested && e is OperationCanceledException or ObjectDisposedException)
        {
            // The host stops; an errand may be dropped.
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Telegram: {What} did not succeed: {Why}")]
    private static partial void LogFailed(ILogger log, string what, string why);
}

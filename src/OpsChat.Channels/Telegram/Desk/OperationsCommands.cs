using OpsChat.Approvals;
using OpsChat.Operations.Queue;
using OpsChat.Operations.Settings;
using OpsChat.Operations.Stock;
using OpsChat.Agent;
using OpsChat.Storage;

namespace OpsChat.Channels.Telegram.Desk;

/// <summary>What an approver asks of the shop's own watch, in the owner chat.</summary>
public sealed class OperationsCommands(IStore store, OperationsDesk desk, BriefingDesk briefings, AskDesk questions, Func<OperationsSettings> settings, TimeProvider time)
{
    private const int MostAlerts = 10;
    private const int MostLetters = 3500;

    public async Task<string> RunAsync(OwnerCommand command, Approver who, CancellationToken cancellationToken) => command switch
    {
        OwnerCommand.Brief => string.Join('\n', await briefings.ReadAsync(time.GetUtcNow(), cancellationToken)),
        OwnerCommand.Exceptions => await QueueAsync(cancellationToken),
        OwnerCommand.Stock stock => await StockAsync(stock.Sku, cancellationToken),
        OwnerCommand.Ask ask => MessageText.Cut(string.Join('\n', (await questions.AskAsync(ask.Question, who.Name, cancellationToken)).Lines), MostLetters),
        OwnerCommand.Snooze snooze => await SnoozeAsync(snooze, who, cancellationToken),
        _ => throw new InvalidOperationException("These five are asked of operations."),
    };

    private async Task<string> QueueAsync(CancellationToken cancellationToken)
    {
        var ranked = (await store.ReadAsync(session => session.Alerts.Queue(), cancellationToken)).Ranked.Where(a => a.State != AlertState.Snoozed).ToList();
        return ranked.Count == 0 ? "Nothing needs a decision." : string.Join('\n',
        [
            .. ranked.Take(MostAlerts).Select(a => $"• {a.Headline}{(a.AtRisk.Minor > 0 ? $" {a.AtRisk}." : "")} {a.Id}"),
            .. ranked.Count > MostAlerts ? [$"{ranked.Count - MostAlerts} more in the console."] : Array.Empty<string>(),
        ]);
    }

    private async Task<string> StockAsync(string sku, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var moment = (await desk.ViewAsync(now, cancellationToken)).Moment(now);
        return StockTable.Of(moment, settings(), sku) is [var line, ..]
            ? string.Join('\n', [$"{line.Sku} {line.Title}: {line.Available} there, {line.Incoming} coming.", .. line.Because.Select(b => $"• {b}"), .. line.Order > 0 ? [$"Order {line.Order} now."] : Array.Empty<string>()])
            : $"Nobody has counted an article {MessageText.Cut(sku, 60)}.";
    }

    private async Task<string> SnoozeAsync(OwnerCommand.Snooze snooze, Approver who, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return await desk.MoveAsync(snooze.Alert, new AlertMove.Snooze(now + snooze.For), null, who.Name, "", now, cancellationToken) switch
        {
            AlertMoveResult.Done done => $"Put off until {done.Alert.SnoozedUntil:d MMM HH:mm} UTC, or until half more is at risk: {done.Alert.Headline}",
            AlertMoveResult.Refused refused => refused.Sentence,
            _ => $"There is no exception {MessageText.Cut(snooze.Alert, 60)}. /queue lists them.",
        };
    }
}

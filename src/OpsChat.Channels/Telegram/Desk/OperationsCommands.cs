using OpsChat.Approvals;
using OpsChat.Operations.Queue;
using OpsChat.Operations.Settings;
using OpsChat.Operations.Stock;
using OpsChat.Agent;
using OpsChat.Playbooks;
using OpsChat.Storage;

namespace OpsChat.Channels.Telegram.Desk;

/// <summary>What an approver asks of the shop's own watch, in the owner chat.</summary>
public sealed class OperationsCommands(
    IStore store, OperationsDesk desk, BriefingDesk briefings, AskDesk questions, CurrentOperations settings, CurrentPlaybooks knowledge,
    TimeProvider time)
{
    // About as much as a phone shows at once.
    private const int MostAlerts = 8;

    // As many characters of an id as somebody types who wants to put it off.
    private const int ShortId = 6;
    private const int MostLetters = 3500;

    public async Task<string> RunAsync(OwnerCommand command, Approver who, CancellationToken cancellationToken) =>
        command switch
        {
            OwnerCommand.Brief => string.Join('\n', await briefings.ReadAsync(time.GetUtcNow(), cancellationToken)),
            OwnerCommand.Exceptions => await QueueAsync(cancellationToken),
            OwnerCommand.Stock stock => await StockAsync(stock.Sku, cancellationToken),
            OwnerCommand.Ask ask => MessageText.Cut(
                string.Join('\n', (await questions.AskAsync(ask.Question, who.Name, cancellationToken)).Lines),
                MostLetters
            ),
            OwnerCommand.Snooze snooze => await SnoozeAsync(snooze, who, cancellationToken),
            _ => throw new InvalidOperationException("These five are asked of operations."),
        };

    private async Task<string> QueueAsync(CancellationToken cancellationToken)
    {
        var ranked = (await store.ReadAsync(session => session.Alerts.Queue(), cancellationToken))
            .Ranked.Where(a => a.State != AlertState.Snoozed)
            .ToList();
        return ranked.Count == 0
            ? "Nothing needs a decision."
            : string.Join(
                '\n',
                [
                    .. ranked
                        .Take(MostAlerts)
                        .Select(a => $"• {a.Headline}{(a.AtRisk.Minor > 0 ? $" {a.AtRisk}." : "")} {a.Id[..ShortId]}"),
                    .. ranked.Count > MostAlerts ? [$"and {ranked.Count - MostAlerts} more in the console"] : Array.Empty<string>(),
                ]
            );
    }

    private async Task<string> StockAsync(string sku, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var moment = (await desk.ViewAsync(now, cancellationToken)).Moment(now);
        return StockTable.Of(moment, settings(), sku) is [var line, ..]
            ? string.Join(
                '\n',
                [
                    $"{line.Sku} {line.Title}: {line.StockInWords}.",
                    .. line.Because.Select(b => $"• {b}"),
                    .. line.Order > 0 ? [$"Order {line.Order} now."] : Array.Empty<string>(),
                ]
            )
            : $"Nobody has counted an article {MessageText.Cut(sku, 60)}.";
    }

    private async Task<string> SnoozeAsync(OwnerCommand.Snooze snooze, Approver who, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var queue = await store.ReadAsync(session => session.Alerts.Queue(), cancellationToken);
        var named = queue.Ranked.Where(a => a.Id.StartsWith(snooze.Alert, StringComparison.OrdinalIgnoreCase)).Select(a => a.Id).ToList();
        if (named.Count > 1)
        {
            return $"{named.Count} exceptions begin with {MessageText.Cut(snooze.Alert, 60)}. Write more of it: "
                + $"{string.Join(", ", named.Take(MostAlerts))}";
        }

        var id = named.FirstOrDefault() ?? snooze.Alert;
        return await desk.MoveAsync(id, new AlertMove.Snooze(now + snooze.For), null, who.Name, "", now, cancellationToken) switch
        {
            AlertMoveResult.Done done =>
                $"Put off until {knowledge().Shop.Hours.Shown(done.Alert.SnoozedUntil ?? now)}, or until half more is at risk: {done.Alert.Headline}",
            AlertMoveResult.Refused refused => refused.Sentence,
            _ => $"There is no exception {MessageText.Cut(snooze.Alert, 60)}. /queue lists them.",
        };
    }
}

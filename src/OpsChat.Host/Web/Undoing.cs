using System.Text.Json.Serialization;
using System.Text.Json;
using OpsChat.Agent;
using OpsChat.Approvals;
using OpsChat.Operations.Queue;
using OpsChat.Storage.Tables;
using OpsChat.Storage;

namespace OpsChat.Host.Web;

/// <summary>The way back from what a person did. Closed.</summary>
[JsonDerivedType(typeof(ToDoDone), "todo")]
[JsonDerivedType(typeof(Handled), "handling")]
[JsonDerivedType(typeof(PutOff), "alert")]
abstract record UndoStep
{
    private UndoStep() { }

    public sealed record ToDoDone(string Id) : UndoStep;

    /// <summary>An exception that was put off.</summary>
    public sealed record PutOff(string Alert) : UndoStep;

    public sealed record Handled(IReadOnlyList<HandlingChange> Changes) : UndoStep;
}

/// <summary>
/// What a person may take back just after doing it, by the button in the notice that says it was done. Only for a minute: whoever looks later changes
/// the thing itself.
/// </summary>
sealed class Undoing(TemporaryValues values, HandlingDesk handling, OperationsDesk alerts, IStore store, TimeProvider time)
{
    private const int MostKept = 1000;
    private static readonly TimeSpan s_lasts = TimeSpan.FromMinutes(1);

    /// <summary>Keeps the way back.</summary>
    /// <returns>The name under which <see cref="DoAsync"/> finds it.</returns>
    public async Task<string> KeepAsync(Approver who, UndoStep back, CancellationToken cancellationToken)
    {
        var id = Guid.NewGuid().ToString("n");
        await values.KeepAsync(
            new(TemporaryKind.Undo, id, JsonSerializer.Serialize(new Kept(who.Name, back))),
            s_lasts,
            MostKept,
            cancellationToken
        );
        return id;
    }

    /// <summary>Takes it back: once, by the same person, and not after a minute.</summary>
    public async Task<FormEnd> DoAsync(string id, Approver who, CancellationToken cancellationToken) =>
        await values.TakeAsync(TemporaryKind.Undo, id, kept => Read(kept).Who == who.Name, cancellationToken) is { } mine
            ? Read(mine).Back switch
            {
                UndoStep.ToDoDone done => await ReopenAsync(done.Id, who, cancellationToken)
                    ? "It waits among the tasks again."
                    : FormEnd.NotDone("Nothing was undone: it is gone."),
                UndoStep.Handled handled => await handling.UndoAsync(who, handled.Changes, cancellationToken) is > 0 and var back
                    ? $"{Conversations(back)} as before."
                    : FormEnd.NotDone("Nothing was undone: somebody changed it since."),
                UndoStep.PutOff put => await WakeAsync(put.Alert, who, cancellationToken)
                    ? "It stands among what needs you again."
                    : FormEnd.NotDone("Nothing was undone: it is not put off any more."),
                _ => throw new InvalidOperationException("Steps to take back are closed."),
            }
            : FormEnd.NotDone("Nothing was undone: it is too late for that, or it was undone already.");

    /// <summary>How many, as the beginning of a sentence.</summary>
    public static string Conversations(int count) => count == 1 ? "1 conversation is" : $"{count} conversations are";

    private async Task<bool> WakeAsync(string alert, Approver who, CancellationToken cancellationToken) =>
        await alerts.MoveAsync(alert, new AlertMove.Wake(), null, who.Name, "", time.GetUtcNow(), cancellationToken) is AlertMoveResult.Done;

    private Task<bool> ReopenAsync(string id, Approver who, CancellationToken cancellationToken) => store.WriteAsync(session =>
    {
        var isOpen = session.ToDos.Reopen(id, who.Name);
        if (isOpen)
        {
            session.Audit.Append("todo", who.Name, id, new { Verb = "undo" }, time.GetUtcNow());
        }

        return isOpen;
    }, cancellationToken);

    private static Kept Read(string kept) => JsonSerializer.Deserialize<Kept>(kept)!;

    private sealed record Kept(string Who, UndoStep Back);
}

using OpsChat.Agent;
using OpsChat.Approvals;
using OpsChat.Canary;
using OpsChat.Messages;
using OpsChat.Playbooks;
using OpsChat.Storage;

namespace OpsChat.Channels.Telegram.Desk;

/// <summary>Carries out what approvers ask for; the answer is plain text for the chat.</summary>
public sealed class OwnerCommands(
    IStore store, CanaryConfigFile canary, ReportReader reports, PersonDesk people, Func<PlaybookSnapshot> knowledge, OperationsCommands operations, TimeProvider time)
{
    private const int MostFound = 10;
    private const int MostReasons = 12;

    /// <param name="customer">Whose topic or card it was written in; null in the general part.</param>
    public async Task<string> RunAsync(OwnerCommand command, Approver who, ConversationId? customer, CancellationToken cancellationToken)
    {
        var rollout = new RolloutDesk(store, canary, knowledge, time, who.Name);
        switch (command)
        {
            case OwnerCommand.Report report:
                return ReportText.Chat(await reports.ReadAsync(report.Days, cancellationToken));
            case OwnerCommand.CanaryStatus:
                return await rollout.StatusAsync(cancellationToken);
            case OwnerCommand.CanarySet set:
                return (await rollout.SetAsync(set.Playbook, set.Percentage, cancellationToken)).Sentence;
            case OwnerCommand.Pause:
                return (await rollout.PauseAsync($"paused by {who.Name}", cancellationToken)).Sentence;
            case OwnerCommand.Resume when customer is { } one:
                await people.GiveBackAsync(who, one, cancellationToken);
                return "The agent answers this customer again.";
            case OwnerCommand.Resume:
                return (await rollout.ResumeAsync(cancellationToken)).Sentence;
            case OwnerCommand.Why:
                return customer is { } asked ? await store.ReadAsync(session => Why(session, asked), cancellationToken) : "Reply with /why to a card, or write it in a customer's topic.";
            case OwnerCommand.Find find:
                return await store.ReadAsync(session => Found(session, find.Words), cancellationToken);
            case OwnerCommand.Brief or OwnerCommand.Exceptions or OwnerCommand.Stock or OwnerCommand.Snooze or OwnerCommand.Ask:
                return await operations.RunAsync(command, who, cancellationToken);
            case OwnerCommand.Unclear unclear:
                return unclear.Remedy;
            default:
                return Help();
        }
    }

    private static string Why(UnitOfWork session, ConversationId customer)
    {
        if (session.Turns.Of(customer, 1) is not [var turn])
        {
            return "Nothing has been decided for this customer yet.";
        }

        var trace = turn.Trace;
        return string.Join('\n',
        [
            $"{turn.Verdict}: {(trace.Playbook is { } playbook ? $"playbook {playbook}" : "no playbook")}{(trace.Rule is { } rule ? $", {rule}" : "")}",
            trace.PlaybookBecause,
            .. trace.Why.Take(MostReasons).Select(w => $"• {w}"),
            $"The customer is in the {trace.Arm} arm ({trace.Percentage:0.##} % are answered automatically).",
        ]);
    }

    private static string Found(UnitOfWork session, string words)
    {
        var found = session.Conversations.Search(words, MostFound);
        return found.Count == 0
            ? $"Nobody and nothing is found for “{MessageText.Cut(words, 60)}”."
            : string.Join('\n', found.Select(c =>
                $"{c.Name ?? "no name"}, {c.Id}: last message {c.LastAt:d MMM yyyy HH:mm} UTC, {session.HandOffs.OpenOf(c.Id).Count} open hand-offs, {session.Approvals.PendingCount(c.Id)} approvals{(c.Closed ? ", has left" : "")}"));
    }

    private static string Help() => string.Join('\n',
    [
        .. OwnerCommand.All.Select(c => $"/{c.Name} – {c.Does}"),
        "",
        "What you write in a customer's topic, or as a reply to a card, goes to that customer as the shop, and the agent is silent there for a while.",
    ]);
}

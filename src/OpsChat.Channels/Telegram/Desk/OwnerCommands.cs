using System.Text.RegularExpressions;
using OpsChat.Agent;
using OpsChat.Approvals;
using OpsChat.Canary;
using OpsChat.Decisions;
using OpsChat.Messages;
using OpsChat.Playbooks;
using OpsChat.Storage;

namespace OpsChat.Channels.Telegram.Desk;

/// <summary>Carries out what approvers ask for; the answer is plain text for the chat.</summary>
public sealed partial class OwnerCommands(
    IStore store,
    CanaryConfigFile canary,
    ReportReader reports,
    PersonDesk people,
    CurrentPlaybooks knowledge,
    OperationsCommands operations,
    TimeProvider time
)
{
    // About as much as a phone shows at once.
    private const int MostFound = 8, MostNotices = 6, LongestNotice = 200;
    private const int MostParagraphs = 7;
    private const int MostCounted = 1000;
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
                return Shortened(await rollout.StatusAsync(cancellationToken, tellsEach: "On the command line, `canary status --each`"));
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
                return customer is { } asked
                    ? await store.ReadAsync(session => Why(session, asked), cancellationToken)
                    : "Reply with /why to a card, or write it in a customer's topic.";
            case OwnerCommand.Find find:
                return await store.ReadAsync(session => Found(session, find.Words, knowledge().Shop.Hours), cancellationToken);
            case OwnerCommand.Notices notices:
                return await store.ReadAsync(session => Told(session, notices.Page, knowledge().Shop.Hours), cancellationToken);
            case OwnerCommand.Brief or OwnerCommand.Exceptions or OwnerCommand.Stock or OwnerCommand.Snooze or OwnerCommand.Ask:
                return await operations.RunAsync(command, who, cancellationToken);
            case OwnerCommand.Unclear unclear:
                return unclear.Remedy;
            default:
                return Help();
        }
    }

    /// <summary>As many paragraphs as a phone shows, without the breaks of a terminal's lines.</summary>
    private static string Shortened(string text)
    {
        var paragraphs = BrokenLine().Replace(text.ReplaceLineEndings("\n"), "$1 ").Split("\n\n");
        return string.Join("\n\n", [.. paragraphs.Take(MostParagraphs), .. More(paragraphs.Length - MostParagraphs, "the console shows all")]);
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
            $"{GateReasonText.Verdict(turn.Verdict)}: {By(trace)}",
            CardText.Plain(trace.PlaybookBecause),
            .. trace.Why.Take(MostReasons).Select(w => $"• {CardText.Plain(w)}"),
            $"The customer is {(trace.Arm == "canary" ? "among" : "not among")} the {trace.Percentage:0.##} % who are answered automatically.",
        ]);
    }

    private static string By(Trace trace) =>
        $"{(trace.Playbook is { } playbook ? $"playbook {playbook}" : "no playbook")}{(trace.Rule is { } rule ? $", {CardText.Plain(rule)}" : "")}";

    private static string Found(UnitOfWork session, string words, OpeningHours hours)
    {
        var found = session.Conversations.Search(words, MostCounted);
        return found.Count == 0
            ? $"Nobody and nothing is found for “{MessageText.Cut(words, 60)}”."
            : string.Join(
                '\n',
                [
                    .. found
                        .Take(MostFound)
                        .Select(c =>
                            $"• {CustomerName.Title(c.Name, c.Id)}, last message {hours.Shown(c.LastAt)}{Waits(session, c.Id)}"
                                + $"{(c.Closed ? ", has left" : "")}"
                        ),
                    .. More(found.Count - MostFound, "write more of the name, or look in the console"),
                ]
            );
    }

    /// <summary>What waits for a person there; empty when nothing does.</summary>
    private static string Waits(UnitOfWork session, ConversationId customer) =>
        $"{Counted(session.HandOffs.OpenOf(customer).Count, "hand-off")}{Counted(session.Approvals.PendingCount(customer), "approval")}";

    private static string Counted(int count, string what) => count switch { 0 => "", 1 => $", 1 {what} waits", _ => $", {count} {what}s wait" };

    private static string Told(UnitOfWork session, int page, OpeningHours hours)
    {
        var (newest, all) = (DeskReader.Named(session, session.Notices.Newest(MostNotices, (page - 1) * MostNotices)), session.Notices.Count());
        return newest.Count == 0 ? page == 1 ? "You were told nothing yet." : "You were told nothing before that." : string.Join('\n',
        [
            .. newest.Select(n => $"• {hours.Shown(n.At)} {MessageText.Cut(CardText.Plain(n.Text.ReplaceLineEndings(" ").Trim()), LongestNotice)}"),
            .. More(all - page * MostNotices, $"/notices {page + 1}"),
        ]);
    }

    // Indented lines one after another are one sentence.
    [GeneratedRegex(@"(?<=^ {2})(\S[^\n]*)\n {2}(?=\S)", RegexOptions.Multiline)]
    private static partial Regex BrokenLine();

    private static string[] More(int count, string where) => count > 0 ? [$"and {count:N0} more: {where}"] : [];

    private static string Help() =>
        string.Join(
            '\n',
            [
                .. OwnerCommand.All.Select(c => $"/{c.Name} – {c.Does}"),
                "",
                "A plain question in the topic Operations is answered like /ask.",
                "What you write in a customer's topic, or as a reply to a card, goes to that customer as the shop, and the agent is silent "
                    + "there for a while.",
            ]
        );
}

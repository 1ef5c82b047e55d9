using Microsoft.Extensions.Logging;
using OpsChat.Decisions;
using OpsChat.Playbooks;
using OpsChat.Storage;
using OpsChat.Storage.Tables;

namespace OpsChat.Agent;

/// <summary>Tells the owner what an edit that was saved on the disk changes of last week's turns. Saves in the console were shown it
/// before.</summary>
public sealed class EditWatch(CurrentPlaybooks known, IStore store, TimeProvider time, ILogger<EditWatch> log)
    : PeriodicService(TimeSpan.FromSeconds(2), time, log)
{
    private const int MostNamed = 3;
    private PlaybookSnapshot? _seen;

    protected override string WhenItFails => "What an edit changes could not be told";

    public override async Task LookAsync(CancellationToken cancellationToken)
    {
        var (before, after) = (_seen ?? known(), known());
        if (before.Playbooks.Fingerprint != after.Playbooks.Fingerprint)
        {
            var now = Time.GetUtcNow();
            var versions = before.Playbooks.InForce.Select(file => (file.Name, file.Version)).ToHashSet();
            var edited = after
                .Playbooks.InForce.Where(file => !versions.Contains((file.Name, file.Version)))
                .Select(file => file.Name)
                .ToList();
            var (onDisk, report) = await store.ReadAsync(
                session =>
                    edited.Where(name => session.Files.Latest(name)?.Who is null or FileTable.OnDisk).ToList() is { Count: > 0 } names
                        ? (names, Replay.Effect(PastTurns.Since(session, now - DraftDesk.LooksBack), before, after))
                        : ([], null),
                cancellationToken
            );
            if (report is { Changed.Count: > 0 })
            {
                await store.WriteAsync(session =>
                {
                    session.Notices.Add("edit", Sentence(onDisk, report), now);
                    return true;
                }, cancellationToken);
            }
        }

        _seen = after;
    }

    /// <summary>The figures, and the worst turns first: those that contradict what people know.</summary>
    internal static string Sentence(IReadOnlyList<string> files, TurnReplayReport report) =>
        $"The edit of {string.Join(", ", files)} changes {report.Changed.Count} of last week's {report.Turns} turns: "
            + $"{report.Summary.AnsweredNow} would be answered that went to a person, "
        + $"{report.Summary.NoLongerAnswered} no longer, {report.Summary.AnsweredOtherwise} in other words. "
        + $"{(report.Summary.Contradict > 0 ? $"{report.Summary.Contradict} contradict what is known since. " : "")}"
        + $"Look at {string.Join(", ", Worst(report).Select(turn => turn.Conversation).Distinct())}.";

    /// <summary>The turns to look at first.</summary>
    public static IEnumerable<ChangedTurn> Worst(TurnReplayReport report) =>
        report.Changed.OrderBy(turn => turn.Known switch { "contradicts" => 0, "unknown" => 1, _ => 2 }).ThenBy(turn => turn.IsLater).Take(MostNamed);
}

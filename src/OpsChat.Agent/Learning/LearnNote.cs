using OpsChat.Canary;
using OpsChat.Learning;
using OpsChat.Playbooks;
using OpsChat.Storage;
using OpsChat.Storage.Tables;

namespace OpsChat.Agent;

/// <summary>Writes the weekly note out of what the store knows.</summary>
public sealed class LearnNote(IStore store, CurrentPlaybooks knowledge, TimeProvider time)
{
    public const string NoticeKind = "learned";

    private const int Week = 7;

    // An edit is judged for two weeks, by the answers of two months.
    private const int DaysOfEdits = 14, DaysOfAnswers = 60;

    /// <summary>The note as it would be now; empty when there is nothing to tell.</summary>
    public Task<IReadOnlyList<string>> ReadAsync(CancellationToken cancellationToken) =>
        store.ReadAsync(session => Write(session, knowledge(), time.GetUtcNow()), cancellationToken);

    internal static IReadOnlyList<string> Write(UnitOfWork session, PlaybookSnapshot known, DateTimeOffset now)
    {
        var open = session.Proposals.Open().Select(it => it.Proposal).OfType<Proposal>().ToList();
        return WeeklyNote.Lines(
            [
                .. session
                    .Proposals.Decided()
                    .Where(it => it.State is ProposalState.Taken or ProposalState.Changed && it.DecidedAt >= now.AddDays(-Week))
                    .Select(it => it.Proposal?.Title ?? it.Playbook),
            ],
            [.. open.Where(it => it.IsAboveTheLine).Select(it => it.Title)],
            [.. open.Where(it => it.Kind == ProposalKind.Gap).Select(it => it.Title)],
            [.. Effects(session, known, now)]);
    }

    /// <summary>Of each playbook that was edited lately: the answers of the version before it and of the one in force.</summary>
    private static IEnumerable<EditEffect> Effects(UnitOfWork session, PlaybookSnapshot known, DateTimeOffset now)
    {
        var today = known.Policy.DayOf(now);
        var rows = session.Counters.Between(today.AddDays(-DaysOfAnswers), today).ToLookup(row => row.Key.Playbook, StringComparer.Ordinal);
        foreach (var playbook in known.Playbooks.Playbooks)
        {
            if (session.Files.Latest($"{playbook.Issue}.md") is not { Number: > 1 } edit || edit.At < now.AddDays(-DaysOfEdits))
            {
                continue;
            }

            var versions = rows[playbook.Issue].GroupBy(row => row.Key.Version).ToList();
            var before = versions.Where(version => version.Key != playbook.Version).MaxBy(version => version.Max(row => row.Key.Day));
            if (before is not null)
            {
                yield return new(
                    playbook.Issue,
                    known.Policy.DayOf(edit.At),
                    Rate(before),
                    Rate(versions.FirstOrDefault(version => version.Key == playbook.Version) ?? Enumerable.Empty<CounterRow>())
                );
            }
        }
    }

    private static RateFigures Rate(IEnumerable<CounterRow> rows)
    {
        var (sent, wrong) = rows.Aggregate((Sent: 0, Wrong: 0), (sum, row) => (sum.Sent + row.Counters.Sent, sum.Wrong + row.Counters.Wrong));
        return RateFigures.Of(new(sent, wrong));
    }
}

using OpsChat.Decisions;
using OpsChat.Playbooks;
using OpsChat.Storage;

namespace OpsChat.Benchmarks.Chaos;

/// <summary>What deciding stored turns again gave.</summary>
/// <param name="Same">Turns that came out as they did.</param>
/// <param name="Unknown">Turns of a state of the playbooks that nobody has kept, such as a file that was read while it was written.</param>
/// <param name="Broken">What differs, in words.</param>
public sealed record DecidedAgain(int Same, int Unknown, IReadOnlyList<string> Broken);

/// <summary>A stored turn, decided again from its record and the playbooks of then, gives the same decision.</summary>
public static class DecidedAgainCheck
{
    /// <summary>The newest: each state of the playbooks among them has to be learned anew.</summary>
    private const int MostTurns = 1_000;

    private const int MostExamples = 3;

    /// <param name="editions">The playbooks as they were, each state once.</param>
    public static async Task<DecidedAgain> RunAsync(
        string database,
        IEnumerable<IReadOnlyList<PlaybookFile>> editions,
        CancellationToken cancellationToken
    )
    {
        await using var store = await SqliteStore.OpenAsync(database, cancellationToken);
        var turns = await store.ReadAsync(
            session =>
                session
                    .Turns.Since(DateTimeOffset.UnixEpoch)
                    .TakeLast(MostTurns)
                    .Select(id => (session.Turns.Find(id)!.Trace, Input: session.Turns.InputOf(id)))
                    .Where(turn => turn.Input is not null)
                    .ToLookup(turn => turn.Input!.Playbooks),
            cancellationToken
        );
        var (same, broken) = (0, new List<string>());
        var left = turns.Select(of => of.Key).ToHashSet();
        foreach (var set in editions.Select(files => PlaybookSet.Build(files, new Dictionary<string, PlaybookFile>())))
        {
            if (!left.Remove(set.Fingerprint))
            {
                continue;
            }

            var known = PlaybookSnapshot.From(set);
            foreach (var (trace, input) in turns[set.Fingerprint])
            {
                var again = TurnDecider.Decide(input!, known);
                if (again is Redecision.Decided { Decision: var decision } && IsSame(trace, decision))
                {
                    same++;
                }
                else
                {
                    broken.Add($"{trace.Turn}: {trace.Verdict} of {trace.Playbook ?? "no playbook"}, now {InWords(again)}");
                }
            }
        }

        return new(
            same,
            left.Sum(fingerprint => turns[fingerprint].Count()),
            broken.Count == 0
                ? []
                : [$"Broken: a turn decided again gives the same. {broken.Count} times, such as {string.Join("; ", broken.Take(MostExamples))}."]
        );
    }

    /// <summary>Whether a decision is what the trace says.</summary>
    public static bool IsSame(Trace before, TurnDecision now) =>
        before.Verdict == now.Decision.Verdict.Name
        && before.Reasons.SequenceEqual(now.Decision.Reasons.Select(r => r.ToString()))
        && before.Draft == now.Draft.Text
        && before.Playbook == now.Choice.Playbook?.Issue
        && before.Case == now.SupportCase.Id
        && before.SpotCheck == (now.Decision.Verdict is Verdict.Send { SpotCheck: true } ? now.Draw.Why : null);

    private static string InWords(Redecision again) => again switch
    {
        Redecision.Decided { Decision: var it } => $"{it.Decision.Verdict.Name} of {it.Choice.Playbook?.Issue ?? "no playbook"}",
        Redecision.Undecidable undecidable => $"undecidable without {undecidable.Needs}",
        _ => throw new InvalidOperationException("Redecision is closed."),
    };
}

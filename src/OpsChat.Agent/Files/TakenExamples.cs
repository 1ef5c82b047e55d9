using OpsChat.Playbooks;
using OpsChat.Text;

namespace OpsChat.Agent;

/// <summary>Finds new examples of a playbook that another one answers today: afterwards customers may get either of the two answers. Pure.
/// </summary>
static class TakenExamples
{
    private const int MostPhrases = 3;

    /// <summary>One warning for each such playbook, at the first of the examples.</summary>
    /// <param name="text">The playbook's file, of which <paramref name="playbook"/> was read.</param>
    /// <param name="inForce">What answers today.</param>
    public static IReadOnlyList<Finding> In(Playbook playbook, string text, PlaybookSnapshot inForce)
    {
        var known = inForce.Playbooks.Find(playbook.Issue)?.Examples.ToHashSet(StringComparer.Ordinal) ?? [];
        return
        [
            .. playbook
                .Examples.Where(example => !known.Contains(example))
                .Select(example => (Example: example, Reading: inForce.Reader.Read(example)))
                .Select(read => (read.Example, Other: inForce.Reader.Choose(read.Reading), Near: read.Reading.NearExamples))
                .Where(read => read.Other is not null && read.Other != playbook.Issue)
                .GroupBy(read => read.Other!, StringComparer.Ordinal)
                .Select(taken => Warning(
                    playbook,
                    LineOf(taken.First().Example, text),
                    inForce.Playbooks.Find(taken.Key)?.Title ?? taken.Key,
                    taken.Key,
                    [.. taken.Select(read => read.Example)],
                    taken.SelectMany(read => read.Near).FirstOrDefault(near => near.Issue == taken.Key)?.Phrase)),
        ];
    }

    private static Finding Warning(Playbook playbook, int line, string title, string issue, IReadOnlyList<string> phrases, string? like)
    {
        var more = phrases.Count > MostPhrases ? $" and {phrases.Count - MostPhrases} more" : "";
        var theirs = like is null ? "" : $" (like “{like}”)";
        return new(
            $"{playbook.Issue}.md",
            line,
            1,
            $"“{string.Join("”, “", phrases.Take(MostPhrases))}”{more}: today the playbook “{title}” ({issue}) answers this, and may go on doing so.",
            $"Where this playbook should answer, take such phrases{theirs} out of {issue}, or make the two answers agree; else drop the phrase here.",
            IsError: false
        );
    }

    /// <summary>The line of the bullet, from 1 on.</summary>
    private static int LineOf(string example, string text) =>
        1 + Math.Max(0, Array.FindIndex(text.Split('\n'), line => IsBullet(line) && line.Contains(example, StringComparison.Ordinal)));

    private static bool IsBullet(string line) => line.TrimStart().StartsWith('-');
}

using OpsChat.Canary;
using System.Globalization;

namespace OpsChat.Learning;

/// <summary>How the error rate of a playbook's answers stood before its last edit and stands since.</summary>
/// <param name="Edited">The day of the edit, in the shop's time zone.</param>
public sealed record EditEffect(string Playbook, DateOnly Edited, RateFigures Before, RateFigures Since)
{
    /// <summary>The intervals do not touch.</summary>
    public bool IsSure => Before.Cases > 0 && Since.Cases > 0 && (Since.High < Before.Low || Since.Low > Before.High);
}

/// <summary>What the owner is told once a week: what was learned, what is proposed, and what the last edits did to the error rate.</summary>
public static class WeeklyNote
{
    private const int MostNamed = 5;

    /// <param name="learned">Titles of what was taken this week.</param>
    /// <param name="open">Titles of what is proposed above the line, best first.</param>
    /// <param name="gaps">Titles of the questions that nobody could answer, the most pressing first.</param>
    /// <returns>Lines; none when there is nothing to tell.</returns>
    public static IReadOnlyList<string> Lines(
        IReadOnlyList<string> learned,
        IReadOnlyList<string> open,
        IReadOnlyList<string> gaps,
        IReadOnlyList<EditEffect> effects
    )
    {
        List<string> lines = [];
        Add(lines, learned, count => $"Learned this week ({count}):");
        Add(lines, open, count =>
            $"Proposed from what people wrote, edited and rejected ({count}); look at each under Learn, or with the command learn:"
        );
        Add(lines, gaps, count => $"Questions nobody could answer ({count}):");
        if (effects.Count > 0)
        {
            lines.Add("Wrong answers before and since the last edits:");
            lines.AddRange(effects.Select(effect => $"- {InWords(effect)}"));
        }

        return lines.Count == 0 ? [] : ["The week in what OpsChat learned.", .. lines];
    }

    private static void Add(List<string> lines, IReadOnlyList<string> titles, Func<int, string> head)
    {
        if (titles.Count > 0)
        {
            lines.Add(head(titles.Count));
            lines.AddRange(titles.Take(MostNamed).Select(title => $"- {title}"));
        }
    }

    private static string InWords(EditEffect effect)
    {
        var verdict = !effect.IsSure ? "too few to tell yet" : effect.Since.High < effect.Before.Low ? "it fell" : "it rose";
        return $"{effect.Playbook}, edited {effect.Edited.ToString("d MMM", CultureInfo.InvariantCulture)}: {Rate(effect.Before)} before, "
            + $"{Rate(effect.Since)} since: {verdict}.";
    }

    private static string Rate(RateFigures rate) =>
        rate.Rate is { } share
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{rate.Wrong} of {rate.Cases} ({100 * share:0.#} %, between {100 * rate.Low:0.#} and {100 * rate.High:0.#} %)"
            )
            : "no answers";
}

using OpsChat.Text;
using System.Globalization;
using System.Text;

namespace OpsChat.Canary;

/// <summary>The report as plain text: for the terminal in lines of at most 80 characters, for a chat in one message.</summary>
public static class ReportText
{
    /// <summary>The widest line.</summary>
    public const int Width = 80;

    /// <summary>Telegram's longest message, in characters.</summary>
    public const int LongestMessage = 4096;

    private const int BarWidth = 16;

    /// <summary>Tables and small bars for a terminal; no line is longer than <see cref="Width"/>.</summary>
    public static IReadOnlyList<string> Lines(CanaryReport report) =>
    [
        $"Report {Day(report.From)} to {Day(report.To)}, the agent answers {Number(report.Percentage)} % of customers",
        "",
        .. Wrapped(report.Advice),
        "",
        .. Totals(report).Select(line => Cut($"{line.Name,-24}{line.Value}")),
        "",
        $"{"playbook",-24}{"%",5}{"cases",8}{"answered",10}{"wrong",7}{"rate",8}  between",
        .. report.Playbooks.Select(p => Row(Name(p), p.Playbook == CounterKey.NoPlaybook ? "–" : Number(p.Percentage), p.Figures)),
        .. Bars("wrong answers by what showed it (a case may show several)", Named(report.Whole.WrongByKind)),
        .. Bars("wrong answers by playbook", report.WrongByPlaybook),
        .. Bars("handed to people because", report.Whole.HandOffs),
    ];

    /// <summary>One message for the owner's chat, at most <see cref="LongestMessage"/> characters; playbooks that do not fit are counted.</summary>
    public static string Chat(CanaryReport report)
    {
        var text = new StringBuilder($"Report {Day(report.From)} to {Day(report.To)}\n{report.Advice}\n\n");
        text.AppendJoin('\n', Totals(report).Select(line => $"{line.Name}: {line.Value}")).Append('\n');
        var left = report.Playbooks.Count;
        foreach (var playbook in report.Playbooks)
        {
            var line = ChatLine(playbook);
            if (text.Length + line.Length > LongestMessage - 60)
            {
                text.Append($"\nand {left} more playbooks");
                break;
            }
            text.Append(line);
            left--;
        }
        return text.Length <= LongestMessage ? text.ToString() : text.ToString(0, LongestMessage - 1) + "…";
    }

    /// <summary>A duration as people say it: 45 s, 12 min, 3.5 h, 2.1 d.</summary>
    public static string Time(double? seconds) => seconds switch
    {
        null => "–",
        < 10 => $"{Number(seconds.Value, "0.#")} s",
        < 90 => $"{Number(seconds.Value, "0")} s",
        < 5_400 => $"{Number(seconds.Value / 60, "0")} min",
        < 129_600 => $"{Number(seconds.Value / 3_600, "0.#")} h",
        _ => $"{Number(seconds.Value / 86_400, "0.#")} d",
    };

    /// <summary>The playbook's name, or that there was none.</summary>
    public static string Name(PlaybookReport playbook) => playbook.Playbook == CounterKey.NoPlaybook ? "no playbook" : playbook.Playbook;

    /// <summary>A percentage as people write it: <c>2.5 %</c>.</summary>
    public static string Percent(decimal percentage) => $"{Number(percentage)} %";

    /// <summary>A share as percent; a dash for null.</summary>
    public static string Percent(double? share) => share is { } s ? $"{Number(s * 100, "0.#")} %" : "–";

    /// <summary>Why far more may be drawn than the share in the settings: a new version is looked at before it is trusted (<see cref="SpotChecks"/>).
    /// </summary>
    /// <param name="first">So many first answers of a version are all drawn.</param>
    /// <param name="share">Of the later ones, 0 to 1.</param>
    public static string HowDrawn(int first, decimal share) => $"the first {first} of each version, then {Percent(share * 100)}";

    /// <summary>The kinds of error as the words that tell what showed them.</summary>
    public static IReadOnlyList<NamedCount> Named(IEnumerable<NamedCount> byKind) =>
        [.. byKind.Select(count => count with { Name = ErrorKindText.Shown(count.Name) })];

    private static IEnumerable<(string Name, string Value)> Totals(CanaryReport report)
    {
        var f = report.Whole;
        yield return ("Answered by the agent", $"{f.Answered.Cases} of {Plural.Of(f.Cases, "case")} ({Percent(f.AutomatedShare)})");
        yield return ("Wrong", $"{f.Answered.Wrong}, {Rate(f.Answered)}");
        yield return ("Not wrong so far", $"{f.Right} right, {f.Quiet} quiet, {f.Pending} pending");
        yield return ("Drafts judged", $"{f.Drafts.Cases}, wrong {f.Drafts.Wrong}; stopped by a guardrail {f.Blocked}");
        yield return ("Spot-checks", $"{f.Drawn} of {f.Answered.Cases} answered cases drawn, {f.Unjudged} to judge");
        yield return ("How they are drawn", HowDrawn(report.DrawnFirst, report.DrawShare));
        yield return ("Time to answer, agent", $"median {Time(f.AgentTime.MedianSeconds)}, 95 % within {Time(f.AgentTime.P95Seconds)}");
        yield return ("Time to answer, people", $"median {Time(f.PersonTime.MedianSeconds)}, 95 % within {Time(f.PersonTime.P95Seconds)}");
        yield return (
            "Approvals",
            $"{f.Approvals.Asked} asked, {f.Approvals.Approved} approved, {f.Approvals.Rejected} rejected, {f.Approvals.Expired} expired"
        );
        foreach (var money in f.Approvals.Money)
        {
            yield return (
                "Money",
                $"approved {new Money(money.ApprovedMinor, money.Currency)}, rejected {new Money(money.RejectedMinor, money.Currency)}"
            );
        }
        if (f.Model.Calls > 0)
        {
            yield return (
                "Model",
                $"{f.Model.Calls} calls, {f.Model.Tokens} tokens, cost {Number(f.Model.Cost)} ({Cost(f.Model.CostPerAnswered)} a case)"
            );
            yield return ("Answered without it", Plural.Of(f.Model.AnswersWithout, "answer"));
        }
        yield return ("Hours saved", $"{Number(f.HoursSaved, "0.#")} (at {Number(f.MinutesPerAnswer, "0.#")} minutes an answer)");
    }

    // A call costs fractions of a cent, which two places would round away.
    private static string Cost(decimal? cost) => cost is { } known ? known.ToString("0.####", CultureInfo.InvariantCulture) : "–";

    private static string Row(string name, string percentage, ReportFigures figures) =>
        (
            $"{Shortened(name, 23), -24}{percentage, 5}{figures.Cases, 8}{figures.Answered.Cases, 10}{figures.Answered.Wrong, 7}"
            + $"{Percent(figures.Answered.Rate), 8}  {Range(figures.Answered)}"
        ).TrimEnd();

    private static string ChatLine(PlaybookReport playbook) =>
        $"\n{Name(playbook)} ({Number(playbook.Percentage)} %): {playbook.Figures.Answered.Wrong} wrong of {playbook.Figures.Answered.Cases}";

    private static IEnumerable<string> Bars(string title, IReadOnlyList<NamedCount> counts)
    {
        const int Shown = 8;
        var most = counts.Count == 0 ? 0 : counts.Max(c => c.Count);
        return counts.Count == 0 ? [] : [
            "",
            title,
            .. counts.Take(Shown).Select(c => $"  {Shortened(c.Name, 40),-41}{c.Count,7}  {Bar(c.Count, most)}"),
            .. counts.Count > Shown ? [$"  {$"{counts.Count - Shown} more",-41}{counts.Skip(Shown).Sum(c => c.Count),7}"] : Array.Empty<string>(),
        ];
    }

    private static string Bar(long count, long most) =>
        new('█', (int)Math.Max(count > 0 ? 1 : 0, Math.Round((double)BarWidth * count / Math.Max(1, most))));

    private static string Rate(RateFigures rate) =>
        rate.Rate is null ? "no rate yet" : $"{Percent(rate.Rate)} (between {Percent(rate.Low)} and {Percent(rate.High)})";

    private static string Range(RateFigures rate) => rate.Cases == 0 ? "" : $"{Percent(rate.Low)} – {Percent(rate.High)}";

    /// <summary>A sentence in lines that are broken between words.</summary>
    internal static IEnumerable<string> Wrapped(string sentence, int width = Width)
    {
        var line = new StringBuilder();
        foreach (var word in sentence.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line.ToString();
                line.Clear();
            }
            line.Append(line.Length > 0 ? " " : "").Append(Shortened(word, width));
        }
        yield return line.ToString();
    }

    private static string Cut(string line) => Shortened(line, Width);

    private static string Shortened(string text, int most) => text.Length <= most ? text : text[..(most - 1)] + "…";

    private static string Day(DateOnly day) => day.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>At most two places.</summary>
    public static string Number(decimal number) => number.ToString("0.##", CultureInfo.InvariantCulture);

    private static string Number(double number, string format) => number.ToString(format, CultureInfo.InvariantCulture);
}

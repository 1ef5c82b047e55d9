using System.Diagnostics;
using System.Globalization;
using CsvHelper;
using OpsChat.Understanding;

namespace OpsChat.Benchmarks;

/// <summary>
/// How well issues are told apart on labelled messages: <c>-- understanding FOLDER [set ...]</c>, where FOLDER/messages holds pairs of
/// <c>NAME-train.csv</c> and <c>NAME-test.csv</c>. A set is NAME, NAME/10 (only the first 10 examples of each issue) or NAME/12-3 (12 examples,
/// and every third issue is unknown: its messages are out of scope, near to the known ones).
/// </summary>
internal static class UnderstandingFigures
{
    private static readonly string[] Usual =
        ["sofmattress", "bitext/10-3", "banking77/12-3", "clinc150/12-3", "bitext", "banking77/10", "banking77", "clinc150"];

    public static void Print(string folder, string[] sets)
    {
        Console.WriteLine(
            "set              issues examples accuracy macroF1 | selective 5%   10%   20% | rejected at95 | threshold answered right | "
                + ">=0.8: share right | several: false found | train ms  us/message"
        );
        foreach (var set in sets.Length > 0 ? sets : Usual)
        {
            Console.WriteLine(Line(folder, set));
        }
    }

    private static string Line(string folder, string set)
    {
        var (playbooks, messages) = Load(folder, set);
        var watch = Stopwatch.StartNew();
        var classifier = IssueClassifier.Train(playbooks, new ClassifierOptions());
        var trained = watch.Elapsed;
        foreach (var (text, _) in messages.Take(300))
        {
            classifier.Classify(text);
        }

        watch.Restart();
        var rows = messages.ConvertAll(message => Row(classifier, message.Text, message.Issue));
        var report = Evaluation.Report(rows, watch.Elapsed.TotalMicroseconds / rows.Count, trained.TotalMilliseconds);
        var sure = report.Calibration.Where(bin => bin.From >= 0.8).ToList();
        var answered = rows.Count(row => row.Predicted is not null);
        var right = rows.Count(row => row.Predicted is not null && row.Predicted == row.Expected);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{set, -16} {playbooks.Count, 6} {playbooks.Sum(p => p.Phrases.Count), 8} {report.InScope.Accuracy, 8:0.000} "
                + $"{report.InScope.MacroF1, 7:0.000} |        {report.Selective["0.05"], 7:0.000} {report.Selective["0.10"], 5:0.000} "
                + $"{report.Selective["0.20"], 5:0.000} | {Share(report.OutOfScope.Rejected, report.OutOfScope.Count), 8:0.000} "
                + $"{Share(report.OutOfScope.RejectedAt95, report.OutOfScope.Count), 4:0.000} | {classifier.Threshold, 9:0.000} "
                + $"{Share(answered, rows.Count), 8:0.000} {Share(right, answered), 5:0.000} | "
                + $"{Share(sure.Sum(b => b.Count), rows.Count), 12:0.000} {Share(sure.Sum(b => b.Right), sure.Sum(b => b.Count)), 5:0.000} "
                + $"| {Several(classifier, messages)} | {report.TrainMilliseconds, 8:0} {report.MicrosecondsPerMessage, 11:0}"
        );
    }

    /// <summary>How many single messages are taken for several issues, and how many joined pairs of messages on two issues are recognised.</summary>
    private static string Several(IssueClassifier classifier, List<(string Text, string Issue)> messages)
    {
        var inScope = messages.Where(message => message.Issue != Evaluation.None).ToList();
        var step = (inScope.Count / 400) + 1;
        var pairs = inScope
            .Where((_, i) => i % step == 0)
            .Zip(inScope.Where((_, i) => i % step == 0).Skip(inScope.Count / step / 3))
            .Where(pair => pair.First.Issue != pair.Second.Issue)
            .ToList();
        var found = pairs.Count(pair =>
            IssueClassifier.SeveralIssues(classifier.ClassifyClauses($"{pair.First.Text} and {pair.Second.Text}")).Count > 1
        );
        var falseAlarms = messages.Count(message => IssueClassifier.SeveralIssues(classifier.ClassifyClauses(message.Text)).Count > 1);
        return string.Create(CultureInfo.InvariantCulture, $"{Share(falseAlarms, messages.Count):0.000} {Share(found, pairs.Count):0.000}");
    }

    private static double Share(double part, double whole) => whole == 0 ? 0 : part / whole;

    private static EvaluatedRow Row(IssueClassifier classifier, string text, string issue)
    {
        var read = classifier.Classify(text);
        var best = read.Issues.Count > 0 ? read.Issues[0] : new IssueScore("", 0);
        return new EvaluatedRow(text, issue, null, null, best.Issue, best.Confidence, read.Chosen, false, "", "und");
    }

    private static (List<IssueExamples> Playbooks, List<(string Text, string Issue)> Messages) Load(string folder, string set)
    {
        var parts = set.Split('/', '-');
        var most = parts.Length > 1 ? int.Parse(parts[1]) : int.MaxValue;
        var unknown = parts.Length > 2 ? int.Parse(parts[2]) : 0;
        var groups = Rows(Path.Combine(folder, "messages", parts[0] + "-train.csv")).Where(row => row.Issue != Evaluation.None)
            .GroupBy(row => row.Issue, row => row.Text).ToList();
        var known = groups.Where((_, i) => unknown == 0 || i % unknown != 0).ToList();
        var playbooks = known.ConvertAll(group =>
            new IssueExamples(group.Key, $"The customer writes about {group.Key.Replace('-', ' ')}.", [.. group.Distinct().Take(most)]));
        var names = known.Select(group => group.Key).ToHashSet();
        var messages = Rows(Path.Combine(folder, "messages", parts[0] + "-test.csv"))
            .ConvertAll(row => (row.Text, names.Contains(row.Issue) ? row.Issue : Evaluation.None));
        return (playbooks, messages);
    }

    private static List<(string Text, string Issue)> Rows(string file)
    {
        using var csv = CsvReader.FromFile(file);
        var rows = new List<(string, string)>();
        while (csv.Read())
        {
            rows.Add((csv.GetString("text"), csv.GetString("issue")));
        }

        return rows;
    }
}

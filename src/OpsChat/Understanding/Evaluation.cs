using System.Text.Json.Serialization;

namespace OpsChat.Understanding;

/// <summary>One labelled message and what was made of it.</summary>
/// <param name="Expected">The playbook's name, <c>none</c> for out of scope, or null when the file does not say.</param>
/// <param name="Financial"><c>yes</c>, <c>no</c>, or null when the file does not say.</param>
/// <param name="Lang">BCP 47 tag, or null when the file does not say.</param>
/// <param name="BestGuess">The most likely playbook whatever its confidence; null when there is none at all.</param>
/// <param name="Confidence">Of the best guess, 0 to 1.</param>
/// <param name="Predicted">The playbook chosen, or null when none was.</param>
/// <param name="CaughtMoney">The detector says that money moves, or the chosen playbook is <c>financial: action</c>.</param>
/// <param name="Verdict">The gate's word.</param>
public sealed record EvaluatedRow(
    string Text, string? Expected, string? Financial, string? Lang, string? BestGuess, double Confidence, string? Predicted,
    bool CaughtMoney, string Verdict, string DetectedLanguage);

/// <param name="Accuracy">Of the best guess, whatever its confidence; 0 to 1.</param>
/// <param name="MacroF1">Of the best guess; 0 to 1.</param>
/// <param name="Answered">How many a playbook was chosen for.</param>
public sealed record InScopeFigures(int Count, double Accuracy, double MacroF1, int Answered, int AnsweredRight);

/// <param name="Rejected">How many of them no playbook was chosen for.</param>
/// <param name="RejectedAt95">How many would be rejected at the threshold that keeps 95 % of the in-scope messages.</param>
public sealed record OutOfScopeFigures(int Count, int Rejected, int RejectedAt95);

/// <param name="From">Confidence, inclusive.</param>
/// <param name="To">Confidence, exclusive, but for the last one.</param>
public sealed record CalibrationBin(double From, double To, int Count, int Right);

public sealed record FinancialFigures(int Yes, int Caught, int No, int OverCaught);

public sealed record LanguageFigures(int Count, int Right);

/// <param name="Asked">How many texts it was asked about; a message of several clauses may count several times.</param>
/// <param name="MicrosecondsPerText">For each of them.</param>
public sealed record EncoderFigures(int Asked, double MicrosecondsPerText);

/// <summary>A row as <c>eval --rows</c> shows it; empty where the file does not say.</summary>
public sealed record ReportedRow(string Text, string Expected, string Predicted, double Confidence, string Financial, string Verdict);

/// <summary>The figures of <c>eval --json</c>. Member names are a stable contract (in camelCase).</summary>
/// <param name="Selective">By error rate ("0.05"): the largest share of all messages that can be answered in order of confidence with at most
/// that share of the answers wrong.</param>
/// <param name="MicrosecondsPerMessage">Without the encoder's part.</param>
/// <param name="Encoder">Null where none took part.</param>
/// <param name="Rows">Null unless asked for.</param>
public sealed record EvaluationReport(
    int Messages,
    InScopeFigures InScope,
    OutOfScopeFigures OutOfScope,
    IReadOnlyDictionary<string, double> Selective,
    IReadOnlyList<CalibrationBin> Calibration,
    FinancialFigures Financial,
    LanguageFigures Language,
    double MicrosecondsPerMessage,
    double TrainMilliseconds,
    EncoderFigures? Encoder = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<ReportedRow>? Rows = null);

/// <summary>Turns evaluated messages into figures. Pure.</summary>
public static class Evaluation
{
    /// <summary>The label of messages that no playbook is for.</summary>
    public const string None = "none";

    private static readonly (string Name, double Rate)[] ErrorRates = [("0.05", 0.05), ("0.10", 0.10), ("0.20", 0.20)];

    public static EvaluationReport Report(
        IReadOnlyList<EvaluatedRow> rows, double microsecondsPerMessage, double trainMilliseconds, bool withRows = false)
    {
        var labelled = rows.Where(row => row.Expected is not null).ToList();
        var inScope = labelled.Where(row => row.Expected != None).ToList();
        var outOfScope = labelled.Where(row => row.Expected == None).ToList();
        return new EvaluationReport(
            rows.Count,
            InScope(inScope),
            OutOfScope(inScope, outOfScope),
            ErrorRates.ToDictionary(rate => rate.Name, rate => Selective(labelled, rate.Rate)),
            Calibration(labelled),
            Financial(rows),
            Language(rows),
            microsecondsPerMessage,
            trainMilliseconds,
            Encoder: null,
            withRows ? [.. rows.Select(Reported)] : null);
    }

    private static bool IsRight(EvaluatedRow row) => row.BestGuess is not null && row.BestGuess == row.Expected;

    private static InScopeFigures InScope(List<EvaluatedRow> rows) => new(
        rows.Count,
        Share(rows.Count(IsRight), rows.Count),
        MacroF1(rows),
        rows.Count(row => row.Predicted is not null),
        rows.Count(row => row.Predicted is not null && row.Predicted == row.Expected));

    /// <summary>The mean over the expected issues of 2·right / (expected + guessed), the harmonic mean of precision and recall.</summary>
    private static double MacroF1(List<EvaluatedRow> rows)
    {
        var guessed = rows.Where(row => row.BestGuess is not null).CountBy(row => row.BestGuess!).ToDictionary();
        return rows.GroupBy(row => row.Expected!)
            .Select(issue => 2.0 * issue.Count(IsRight) / (issue.Count() + guessed.GetValueOrDefault(issue.Key)))
            .DefaultIfEmpty(0).Average();
    }

    private static OutOfScopeFigures OutOfScope(List<EvaluatedRow> inScope, List<EvaluatedRow> outOfScope)
    {
        var threshold = inScope.Select(row => row.Confidence).Order().Skip(inScope.Count / 20).FirstOrDefault();
        return new OutOfScopeFigures(
            outOfScope.Count,
            outOfScope.Count(row => row.Predicted is null),
            outOfScope.Count(row => row.Confidence < threshold));
    }

    /// <summary>
    /// The coverage at a given risk of a classifier that may abstain: El-Yaniv and Wiener, "On the foundations of noise-free selective
    /// classification", JMLR 2010. Messages of equal confidence are answered together or not at all.
    /// </summary>
    private static double Selective(List<EvaluatedRow> rows, double errorRate)
    {
        int answered = 0, wrong = 0, most = 0;
        foreach (var level in rows.Where(row => row.BestGuess is not null).GroupBy(row => row.Confidence).OrderByDescending(level => level.Key))
        {
            answered += level.Count();
            wrong += level.Count(row => !IsRight(row));
            most = wrong <= errorRate * answered ? answered : most;
        }

        return Share(most, rows.Count);
    }

    private static CalibrationBin[] Calibration(List<EvaluatedRow> rows)
    {
        const int Bins = 10;
        var byBin = rows.Where(row => row.BestGuess is not null).ToLookup(row => Math.Clamp((int)(row.Confidence * Bins), 0, Bins - 1));
        return [.. Enumerable.Range(0, Bins).Select(bin =>
            new CalibrationBin((double)bin / Bins, (double)(bin + 1) / Bins, byBin[bin].Count(), byBin[bin].Count(IsRight)))];
    }

    private static FinancialFigures Financial(IReadOnlyList<EvaluatedRow> rows) => new(
        rows.Count(row => row.Financial == "yes"),
        rows.Count(row => row.Financial == "yes" && row.CaughtMoney),
        rows.Count(row => row.Financial == "no"),
        rows.Count(row => row.Financial == "no" && row.CaughtMoney));

    /// <summary>A language is right when its primary subtag is: <c>zh-TW</c> read as <c>zh</c> is right.</summary>
    private static LanguageFigures Language(IReadOnlyList<EvaluatedRow> rows) => new(
        rows.Count(row => row.Lang is not null),
        rows.Count(row => row.Lang is not null && Primary(row.Lang) == Primary(row.DetectedLanguage)));

    private static string Primary(string tag) => tag.Split('-')[0];

    private static ReportedRow Reported(EvaluatedRow row) => new(
        row.Text, row.Expected ?? "", row.Predicted ?? None, row.Confidence, row.Financial ?? "", row.Verdict);

    private static double Share(int part, int whole) => whole == 0 ? 0 : (double)part / whole;
}

using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using CsvHelper;
using OpsChat.Agent;
using OpsChat.Decisions;
using OpsChat.Models.Encoding;
using OpsChat.Playbooks;
using OpsChat.Understanding;

namespace OpsChat.Host.Commands;

/// <summary><c>eval</c>: labelled messages through understanding and gate; nothing is sent.</summary>
static class EvalCommand
{
    public static Command Create(GlobalOptions settings)
    {
        var playbooks = new Option<string?>("--playbooks") { Description = "Folder of playbooks", HelpName = "DIR" };
        var messages = new Option<string>("--messages")
        {
            Description = "CSV with the columns text, issue, financial, lang",
            HelpName = "FILE",
            Required = true,
        };
        var json = new Option<bool>("--json") { Description = "As JSON" };
        var rows = new Option<bool>("--rows") { Description = "With a row for each message" };
        var command = new Command("eval", "Measure understanding and gate on labelled messages") { playbooks, messages, json, rows };
        command.SetAction(parse =>
        {
            var options = Opening.Options(settings.Read(parse, ("OpsChat:Playbooks", parse.GetValue(playbooks))));
            var set = Load(Opening.FromHome(options.Playbooks));
            var labelled = Read(parse.GetValue(messages)!);
            var encoder = Opening.Encoder(options) is OpenedEncoder.Ready ready
                ? new TimedEncoder(Opening.Cached(ready.Encoder, options), ready.Encoder)
                : null;
            var training = Stopwatch.StartNew();
            var knowledge = PlaybookSnapshot.From(set, encoder);
            var report = Evaluator.Run(knowledge, training.Elapsed, labelled, TimeProvider.System.GetUtcNow(), parse.GetValue(rows),
                done => Progress(done, labelled.Count), encoder);
            Console.WriteLine(parse.GetValue(json) ? JsonSerializer.Serialize(report, JsonSerializerOptions.Web) : Text(report));
            return 0;
        });
        return command;
    }

    private static PlaybookSet Load(string folder)
    {
        var set = PlaybookFolder.Load(folder);
        if (set.Playbooks.Count == 0)
        {
            throw new SetupException($"There is no usable playbook in {folder}. {string.Join(" ", set.Findings.Where(f => f.IsError).Take(3))}");
        }

        foreach (var finding in set.Findings.Where(f => f.IsError))
        {
            Console.Error.WriteLine(finding);
        }

        return set;
    }

    private static readonly string[] s_columns = ["text", "issue", "financial", "lang"];

    /// <summary>Columns that say where a message comes from, which is no label.</summary>
    private static readonly string[] s_origin = ["source"];

    /// <summary>The messages of a file, with what is known of each.</summary>
    /// <exception cref="SetupException">There is no such file, or its first row does not name the columns.</exception>
    internal static List<LabelledMessage> Read(string file)
    {
        if (!File.Exists(file))
        {
            throw new SetupException($"There is no file {file}.");
        }

        using var reader = CsvReader.FromText(File.ReadAllText(file), CsvReaderOptions.Default with { HasHeader = false });
        var header = reader.Read() ? reader.Current.ToArray().Select(h => h.Trim('\uFEFF', ' ').ToLowerInvariant()).ToList() : [];
        if (WrongHeader(header) is { } wrong)
        {
            throw new SetupException($"{file}:1:1: {wrong} The first row must name the columns: text, and perhaps issue, financial, lang.");
        }

        var rows = new List<LabelledMessage>();
        while (reader.Read())
        {
            var cells = reader.Current.ToArray();
            rows.Add(new(Cell("text") ?? "", Cell("issue"), Cell("financial"), Cell("lang")));

            string? Cell(string name) =>
                header.IndexOf(name) is >= 0 and var at && at < cells.Length && cells[at].Length > 0 ? cells[at].Trim() : null;
        }

        return rows;
    }

    /// <summary>A label under another name would be measured as if there were none. Beside the labels there may be other columns.</summary>
    private static string? WrongHeader(List<string> header)
    {
        var others = header.Except(s_columns).Except(s_origin).Where(name => name.Length > 0).ToList();
        return !header.Contains("text") ? "The column `text` is missing."
            : !header.Contains("issue") && others.Count > 0 ? $"The column `issue` is missing, and nobody knows what `{others[0]}` is."
            : header.GroupBy(name => name).FirstOrDefault(same => same.Key.Length > 0 && same.Count() > 1) is { Key: var twice }
                ? $"The column `{twice}` is there twice."
            : null;
    }

    private static void Progress(int done, int all)
    {
        if (!Console.IsErrorRedirected)
        {
            Console.Error.Write($"\r{done:N0} of {all:N0} messages");
        }
    }

    private static string Text(EvaluationReport report) =>
        string.Join(
            Environment.NewLine,
            [
                $"Messages            {report.Messages:N0}, {report.MicrosecondsPerMessage:0} µs each, trained in {report.TrainMilliseconds:0} ms",
                .. report.Encoder is { } encoder
                    ? [$"Encoder             asked about {encoder.Asked:N0} texts, {encoder.MicrosecondsPerText:0} µs each"]
                    : Array.Empty<string>(),
                $"In scope            {report.InScope.Count:N0}: best guess right {report.InScope.Accuracy:P1}, macro F1 "
                    + $"{report.InScope.MacroF1:0.000}; answered {report.InScope.Answered:N0}, right {report.InScope.AnsweredRight:N0}",
                $"Out of scope        {report.OutOfScope.Count:N0}: rejected {report.OutOfScope.Rejected:N0}"
                    + (report.InScope.Count == 0 ? "" : $", at 95 % in scope kept {report.OutOfScope.RejectedAt95:N0}"),
                .. report.Selective.Select(s => $"Answerable at {s.Key}  {s.Value:P1} of all messages"),
                $"Money               caught {report.Financial.Caught:N0} of {report.Financial.Yes:N0}, over-caught "
                    + $"{report.Financial.OverCaught:N0} of {report.Financial.No:N0}",
                $"Language            right {report.Language.Right:N0} of {report.Language.Count:N0}",
            ]
        );
}

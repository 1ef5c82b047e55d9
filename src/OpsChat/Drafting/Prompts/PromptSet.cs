using System.Text;
using System.Text.RegularExpressions;
using OpsChat.Playbooks;
using OpsChat.Text;
using OpsChat.Understanding;

namespace OpsChat.Drafting.Prompts;

/// <summary>All prompts of one moment, compiled. Immutable.</summary>
public sealed partial class PromptSet
{
    private readonly Dictionary<PromptJob, PromptScript> _templates;
    private readonly string _style;

    private PromptSet(Dictionary<PromptJob, PromptScript> templates, string style, PhraseBook phrases, IReadOnlyDictionary<string, string> files)
    {
        Phrases = phrases;
        _templates = templates;
        _style = style;
        Sources = [.. files.Where(file => file.Key != PhraseBook.FileName).Select(file => file.Value)];
        Versions = files.ToDictionary(
            file => Path.GetFileNameWithoutExtension(file.Key),
            file => PlaybookParser.Version(Encoding.UTF8.GetBytes(file.Value))
        );
        AvoidedWords =
        [
            .. AvoidedLine().Matches(style).SelectMany(line => Quoted().Matches(line.Value)).Select(q => q.Groups["words"].Value),
        ];
    }

    /// <summary>No prompt at all: every job of the model is off.</summary>
    public static PromptSet Empty { get; } = new([], "", PhraseBook.Empty, new Dictionary<string, string>());

    /// <summary>What a model may put around a reply; none without the file.</summary>
    public PhraseBook Phrases { get; }

    /// <summary>The files as written, for the guardrail that keeps them out of replies.</summary>
    public IReadOnlyList<string> Sources { get; }

    /// <summary>Of each file, by its name without extension: twelve hex digits of its content's SHA-256.</summary>
    public IReadOnlyDictionary<string, string> Versions { get; }

    /// <summary>The phrases in quotation marks on lines of the style that begin with "Do not write", "Never write" or "Avoid".</summary>
    public IReadOnlyList<string> AvoidedWords { get; }

    /// <summary>Reads the whole folder. Any finding that is an error means that the set must not be used.</summary>
    public static (PromptSet Set, IReadOnlyList<Finding> Findings) Load(string folder)
    {
        List<Finding> findings = [];
        Dictionary<string, string> files = [];
        Dictionary<PromptJob, PromptScript> templates = [];
        foreach (var job in Enum.GetValues<PromptJob>())
        {
            var file = PromptVocabulary.FileOf(job);
            if (Read(folder, file, required: true, findings) is { } source)
            {
                var script = PromptScript.Parse(file, source);
                findings.AddRange(PromptLint.Check(file, source, script));
                files[file] = source;
                templates[job] = script;
            }
        }
        if (Read(folder, PromptVocabulary.StyleFile, required: false, findings) is { } style)
        {
            findings.AddRange(PromptLint.CheckStyle(PromptVocabulary.StyleFile, style));
            files[PromptVocabulary.StyleFile] = style;
        }

        var phrases = PhraseBook.Empty;
        if (Read(folder, PhraseBook.FileName, required: false, findings) is { } list)
        {
            (phrases, var faults) = PhraseBook.Read(list, TooMuch);
            findings.AddRange(faults);
            files[PhraseBook.FileName] = list;
        }

        return (new(templates, files.GetValueOrDefault(PromptVocabulary.StyleFile, ""), phrases, files), findings);
    }

    public bool Has(PromptJob job) => _templates.ContainsKey(job);

    /// <summary>The prompt's text, or null when the set has no such job.</summary>
    public string? Render(PromptJob job, PromptData data) =>
        _templates.TryGetValue(job, out var template) ? template.Render(PromptValues.Of(data, _style)) : null;

    /// <summary>The job's name in traces and reports: its file's, without <c>.scriban</c>.</summary>
    public static string NameOf(PromptJob job) => PromptVocabulary.NameOf(job);

    /// <summary>A phrase goes with any reply, so it must not speak of money or bind the shop to anything.</summary>
    private static string? TooMuch(string phrase) =>
        MoneyDetector.ReadDraft(phrase).Sense != MoneySense.None ? "it speaks of money."
        : PromiseReader.Read(phrase).Count > 0 ? "it promises something."
        : null;

    /// <summary>Null when it is not there. What has no length is not opened: a pipe among the prompts would never end.</summary>
    private static string? Content(string path)
    {
        var file = new FileInfo(path);
        return (file.LinkTarget is null ? file : file.ResolveLinkTarget(returnFinalTarget: true)) is FileInfo { Exists: true } it
            ? it.Length > 0 ? File.ReadAllText(path) : "" : null;
    }

    private static string? Read(string folder, string file, bool required, List<Finding> findings)
    {
        var path = Path.Combine(folder, file);
        var text = Content(path);
        if (required && string.IsNullOrWhiteSpace(text))
        {
            findings.Add(new(file, 1, 1, text is null ? "The prompt is missing." : "The prompt is empty.", $"Put {file} into {folder}."));
            return null;
        }
        return text;
    }

    [GeneratedRegex(@"^\W*(?:do not write|never write|avoid)\b.*$", RegexOptions.IgnoreCase | RegexOptions.Multiline)]
    private static partial Regex AvoidedLine();

    [GeneratedRegex(@"[""“](?<words>[^""”]+)[""”]")]
    private static partial Regex Quoted();
}

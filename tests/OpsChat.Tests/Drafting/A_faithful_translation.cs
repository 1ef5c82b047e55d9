using OpsChat.Drafting;
using OpsChat.Drafting.Prompts;
using OpsChat.Facts;
using OpsChat.Playbooks;
using OpsChat.Understanding;
using Xunit.Abstractions;

namespace OpsChat.Tests.Drafting;

/// <summary>The shop's own Malay texts, judged as if a model had worded them from the English ones, and the other way round.</summary>
public class A_faithful_translation(ITestOutputHelper output)
{
    private static readonly DateTimeOffset At = new(2026, 11, 30, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void is_rarely_doubted()
    {
        var prompts = PromptSet.Load(Folder("prompts")).Set;
        int passed = 0, all = 0;
        foreach (var (issue, reply, language, own) in Pairs())
        {
            var (tag, score) = LanguageDetector.Detect(reply);
            var failures = Guardrails.Check(new GuardInput
            {
                Draft = reply,
                OwnersTexts = [own],
                Language = language,
                DraftLanguage = tag,
                DraftLanguageScore = score,
                MaxWords = 200,
                Instructions = prompts.Sources,
            });
            all++;
            passed += failures.Count == 0 ? 1 : 0;
            output.WriteLine($"{issue} {language}: {string.Join(", ", failures.Select(f => $"{f.Guardrail} {f.Words}"))}");
        }
        output.WriteLine($"{passed} of {all} pass.");
        passed.Should().BeGreaterThan(all * 3 / 4);
    }

    [Fact]
    public void is_asked_for_with_prompts_that_have_no_fault() => PromptSet.Load(Folder("prompts")).Findings.Should().BeEmpty();

    private static IEnumerable<(string Issue, string Reply, string Language, string Own)> Pairs()
    {
        foreach (var file in Directory.GetFiles(Folder("playbooks"), "*.md").Order(StringComparer.Ordinal))
        {
            var playbook = PlaybookParser.Parse(Path.GetFileName(file), File.ReadAllBytes(file), FactVocabulary.Unchecked).Playbook;
            if (playbook?.StandardReply.ByLanguage.TryGetValue("ms", out var malay) == true)
            {
                var (english, other) = (Filled(playbook.StandardReply.Default, "en"), Filled(malay, "ms"));
                yield return (playbook.Issue, other, "ms", english);
                yield return (playbook.Issue, english, "en", other);
            }
        }
    }

    private static string Filled(TextTemplate text, string language)
    {
        FactSet facts = new(text.Names.Select(name => new Fact(name, Sample(name), "orders.csv", At)));
        return ((TextResult.Rendered)text.Render(facts, language)).Text;
    }

    // The shop's own texts end in the language's tag: store.opening_words_ms says what store.opening_words says.
    private static FactValue Sample(string name) =>
        name.EndsWith("_ms", StringComparison.Ordinal) ? Sample(name[..^3])
        : FactNames.All.TryGetValue(name, out var known) ? Sample(known.Kind)
        : FactValue.Of(7m);

    private static FactValue Sample(FactKind kind) => kind switch
    {
        FactKind.Amount => FactValue.Of(new Money(4990, "MYR")),
        FactKind.Day => FactValue.Of(new DateOnly(2026, 12, 3)),
        FactKind.Number => FactValue.Of(7m),
        FactKind.Flag => FactValue.Of(true),
        FactKind.Words => FactValue.Of(["Lumen", "Terra"]),
        _ => FactValue.Of("Lumen"),
    };

    private static string Folder(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "OpsChat.sln")))
            {
                return Path.Combine(folder.FullName, name);
            }
        }
        throw new DirectoryNotFoundException($"No {name} folder above {AppContext.BaseDirectory}.");
    }
}

using System.CommandLine;
using OpsChat.Agent;
using OpsChat.Decisions;
using OpsChat.Drafting;
using OpsChat.Drafting.Prompts;
using OpsChat.Playbooks;
using OpsChat.ShopData;

namespace OpsChat.Host.Commands;

/// <summary><c>check</c>: playbooks, prompts, canary and operations config, and playbook tests; every error with file, line and column.</summary>
static class CheckCommand
{
    public static Command Create(GlobalOptions settings)
    {
        var playbooks = new Option<string?>("--playbooks") { Description = "Folder of playbooks", HelpName = "DIR" };
        var fix = new Option<bool>("--fix") { Description = "Write playbooks in today's form, after showing what changes" };
        var command = new Command("check", "Check playbooks, prompts, canary and operations config, and run the playbooks' own tests") { playbooks, fix };
        command.SetAction((parse, cancellationToken) =>
        {
            var options = Opening.Options(settings.Read(parse, ("OpsChat:Playbooks", parse.GetValue(playbooks))));
            if (parse.GetValue(fix))
            {
                Fix(Opening.FromHome(options.Playbooks));
            }

            return RunAsync(options, cancellationToken);
        });
        return command;
    }

    /// <summary>Rules that stand once for each language are written once, with their languages below them.</summary>
    private static void Fix(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*.md").Order(StringComparer.Ordinal))
        {
            var old = OwnersFile.Text(file);
            var better = LanguageRules.Joined(old);
            if (better == old)
            {
                continue;
            }

            Say($"--- {file}");
            var (before, after) = (old.Split('\n'), better.Split('\n'));
            before.Except(after).ToList().ForEach(line => Say($"- {line}"));
            after.Except(before).ToList().ForEach(line => Say($"+ {line}"));
            File.WriteAllText(file, better);
        }
    }

    private static async Task<int> RunAsync(OpsChatOptions options, CancellationToken cancellationToken)
    {
        var folder = Opening.FromHome(options.Playbooks);
        var set = PlaybookFolder.Load(folder);
        var knowledge = PlaybookSnapshot.From(set, Opening.EncoderOrNull(options));
        var findings = new List<Finding>(set.Findings.Select(f => Under(folder, f)));
        findings.AddRange(CanaryFindings(options));
        findings.AddRange(PromptFindings(options));
        findings.AddRange(OperationsConfigFile.Check(Opening.FromHome(options.Operations)));
        // Before the tests: these need the shop, and a shop system may not answer.
        findings.ForEach(f => Say($"{f}"));
        var (tests, failures) = await TestAsync(knowledge, options, folder, cancellationToken);
        failures.ForEach(f => Say($"{f}"));
        findings.AddRange(failures);
        Confusions(knowledge);

        var errors = findings.Count(f => f.IsError);
        Console.WriteLine($"{set.Playbooks.Count} playbooks, {tests} tests: {(errors == 0 ? "no errors" : $"{errors} error(s)")}, {findings.Count - errors} warning(s).");
        return errors == 0 ? 0 : 1;
    }

    private static async Task<(int Tests, List<Finding> Failures)> TestAsync(PlaybookSnapshot knowledge, OpsChatOptions options, string folder, CancellationToken cancellationToken)
    {
        var time = TimeProvider.System;
        var lookups = new ShopOnlyLookups(Opening.Shop(options, knowledge.Policy, time), time);
        var (tests, failures) = (0, new List<Finding>());
        foreach (var playbook in knowledge.Playbooks.Playbooks)
        {
            foreach (var test in playbook.Tests)
            {
                tests++;
                if (PlaybookTestExpectation.Parse(test.Expect).Expectation is not { } expected)
                {
                    continue; // The parser has reported it.
                }

                var done = await new Trial(knowledge, lookups, time) { AsksWhoFirst = false }.SaysAsync(test.CustomerSays, cancellationToken);
                var issue = done.Choice.Playbook?.Issue;
                if (!expected.Matches(done.Decision.Verdict.Name, issue, done.Reply))
                {
                    failures.Add(new(Path.Combine(folder, playbook.Issue + ".md"), test.Line, 1,
                        $"\"{test.CustomerSays}\" should end in {expected}, and ends in {done.Decision.Verdict.Name}, {issue ?? "none"} ({string.Join(" ", done.Decision.Reasons.Select(GateReasonText.Sentence))}).",
                        "Change the examples, the rules or the test."));
                }
            }
        }

        return (tests, failures);
    }

    private static void Confusions(PlaybookSnapshot knowledge)
    {
        foreach (var pair in knowledge.Reader.Classifier.Confusions.Take(10))
        {
            Say($"hint: {pair.Issue} is taken for {pair.TakenFor} by its own examples: {string.Join("; ", pair.Phrases.Take(3))}. Give both clearer examples, or join them.");
        }
    }

    private static IEnumerable<Finding> CanaryFindings(OpsChatOptions options) =>
        File.Exists(Opening.FromHome(options.Canary)) ? CanaryConfigFile.Check(Opening.FromHome(options.Canary)) : [];

    /// <summary>Without a model a shop may do without prompts; what is there must be right.</summary>
    private static IEnumerable<Finding> PromptFindings(OpsChatOptions options)
    {
        var folder = Opening.FromHome(options.Prompts);
        return Directory.Exists(folder) || options.Model.Provider != ModelProvider.None ? PromptSet.Load(folder).Findings.Select(f => Under(folder, f)) : [];
    }

    /// <summary>Findings quote what stands in the files, and files come from elsewhere too.</summary>
    private static void Say(string line) => Console.WriteLine(TerminalText.Line(line));

    private static Finding Under(string folder, Finding finding) => Path.IsPathRooted(finding.File) ? finding : finding with { File = Path.Combine(folder, finding.File) };
}

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
        var hints = new Option<bool>("--hints") { Description = "Playbooks whose examples read like another's" };
        var verbose = new Option<bool>("--verbose") { Description = "Every hint, with the examples that are confused" };
        var command = new Command("check", "Check playbooks, prompts, canary and operations config, and run the playbooks' own tests")
        {
            playbooks,
            fix,
            hints,
            verbose,
        };
        command.SetAction(
            (parse, cancellationToken) =>
            {
                var options = Opening.Options(settings.Read(parse, ("OpsChat:Playbooks", parse.GetValue(playbooks))));
                if (parse.GetValue(fix))
                {
                    Fix(Opening.FromHome(options.Playbooks));
                }

                var shown = parse.GetValue(verbose) ? Hints.All : parse.GetValue(hints) ? Hints.Worst : Hints.Counted;
                return RunAsync(options, shown, cancellationToken);
            }
        );
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

    /// <summary>How much is said of what is no mistake: shops whose matters lie close have such playbooks for good, and findings must not drown in
    /// them.</summary>
    private enum Hints { Counted, Worst, All }

    private static async Task<int> RunAsync(OpsChatOptions options, Hints hints, CancellationToken cancellationToken)
    {
        var folder = Opening.FromHome(options.Playbooks);
        var set = PlaybookFolder.Load(folder);
        var knowledge = PlaybookSnapshot.From(set, Opening.EncoderOrNull(options));
        var findings = new List<Finding>(set.Findings.Select(f => Under(folder, f)));
        findings.AddRange(CanaryFindings(options));
        findings.AddRange(PromptFindings(options));
        findings.AddRange(OperationsConfigFile.Check(Opening.FromHome(options.Operations), set));
        // Before the tests: these need the shop, and a shop system may not answer.
        findings.ForEach(Tell);
        var (tests, failures) = await TestAsync(knowledge, options, folder, cancellationToken);
        failures.ForEach(Tell);
        findings.AddRange(failures);
        var pinned = await PinnedAsync(knowledge, options, folder, cancellationToken);
        pinned.ForEach(Tell);
        findings.AddRange(pinned);
        Confusions(knowledge, hints);

        var errors = findings.Count(f => f.IsError);
        Console.WriteLine(
            $"{set.Playbooks.Count} playbooks, {tests} tests: {(errors == 0 ? "no errors" : $"{errors} error(s)")}, "
                + $"{findings.Count - errors} warning(s)."
        );
        return errors == 0 ? 0 : 1;
    }

    private static async Task<(int Tests, List<Finding> Failures)> TestAsync(
        PlaybookSnapshot knowledge,
        OpsChatOptions options,
        string folder,
        CancellationToken cancellationToken
    )
    {
        var time = TimeProvider.System;
        var lookups = new ShopOnlyLookups(Opening.Shop(options, knowledge.Policy, time), knowledge, time);
        var (tests, withoutShop, failures) = (0, 0, new List<Finding>());
        foreach (var playbook in knowledge.Playbooks.Playbooks)
        {
            var results = await PlaybookTestRun.RunAsync(knowledge, playbook, lookups, time, cancellationToken);
            tests += results.Count;
            withoutShop += results.Count(result => result.NeedsTheShop);
            failures.AddRange(
                results
                    .Where(result => result is { Passed: false, NeedsTheShop: false })
                    .Select(result => new Finding(
                        Path.Combine(folder, playbook.Issue + ".md"),
                        result.Test.Line,
                        1,
                        result.Problem,
                        result.Remedy
                    ))
            );
        }

        // Without a file that cannot be read, other playbooks are chosen for what it would have been: their owner has nothing to mend in those.
        if (failures.Count > 0 && NotInForce(knowledge.Playbooks) is { Count: > 0 } broken)
        {
            failures = [WaitsFor(folder, broken, $"{Plural.Of(failures.Count, "test")} of other playbooks {(failures.Count == 1 ? "ends" : "end")}")];
        }

        if (withoutShop > 0)
        {
            failures.Add(
                new(
                    folder,
                    1,
                    1,
                    $"The shop's data could not be read just now, so {withoutShop} of the playbooks' tests say nothing.",
                    "See what `doctor` says of the shop, and check again.",
                    IsError: false
                )
            );
        }

        return (tests, failures);
    }

    /// <summary>Pinned conversations that would be answered otherwise; none where there is no data yet.</summary>
    private static async Task<List<Finding>> PinnedAsync(
        PlaybookSnapshot knowledge,
        OpsChatOptions options,
        string folder,
        CancellationToken cancellationToken
    )
    {
        if (Opening.NeverOpened(options) is not null)
        {
            return [];
        }

        await using var store = await Opening.StoreAsync(options, cancellationToken);
        var pins = await store.ReadAsync(session => PinDesk.BrokenBy(session, knowledge), cancellationToken);
        if (pins.Count > 0 && NotInForce(knowledge.Playbooks) is { Count: > 0 } broken)
        {
            return [WaitsFor(folder, broken, $"{Plural.Of(pins.Count, "pinned conversation")} {(pins.Count == 1 ? "ends" : "end")}")];
        }

        return
        [
            .. pins.Select(pin => new Finding(
                Path.Combine(folder, $"{pin.Pinned.Playbook ?? pin.Now.Playbook ?? "none"}.md"),
                1,
                1,
                pin.InWords,
                "Mend the playbook, or unpin the conversation in the console."
            )),
        ];
    }

    /// <summary>Files that cannot be read as they are.</summary>
    private static List<string> NotInForce(PlaybookSet set) =>
        [.. set.Findings.Where(f => f.IsError && !f.IsAboutFolder && set.InForce.All(file => file.Name != f.File)).Select(f => f.File).Distinct()];

    private static Finding WaitsFor(string folder, List<string> broken, string what) =>
        new(
            Path.Combine(folder, broken[0]),
            1,
            1,
            $"{what} otherwise while {Listed(broken)} cannot be read.",
            $"Mend {(broken.Count == 1 ? "that file" : "those files")} first, then check again.",
            IsError: false
        );

    /// <summary>Playbooks whose own examples are taken for others': that there are some, a line for the worst few, or all of them.</summary>
    private static void Confusions(PlaybookSnapshot knowledge, Hints hints)
    {
        var pairs = knowledge.Reader.Classifier.Confusions;
        if (hints == Hints.Counted)
        {
            if (pairs.Count > 0)
            {
                Hint($"{Plural.Of(pairs.Select(pair => pair.Issue).Distinct().Count(), "playbook")} with examples that read like another's, which is "
                    + "no mistake: `check --hints`.");
            }

            return;
        }

        if (hints == Hints.All)
        {
            foreach (var pair in pairs)
            {
                Hint(
                    $"{pair.Issue} is taken for {pair.TakenFor} by its own examples: {string.Join("; ", pair.Phrases)}. Give both clearer "
                        + "examples, or join them."
                );
            }

            return;
        }

        foreach (
            var taken in pairs
                .GroupBy(pair => pair.TakenFor, StringComparer.Ordinal)
                .OrderByDescending(group => group.Sum(pair => pair.Phrases.Count))
                .Take(MostHints)
        )
        {
            Hint(
                $"{Listed([.. taken.Select(pair => pair.Issue)])} {(taken.Count() == 1 ? "has" : "have")} examples that read like "
                    + $"{taken.Key}, such as “{taken.First().Phrases[0]}”."
            );
        }

        if (pairs.Count > 0)
        {
            Hint("Clearer examples part such playbooks; `check --verbose` lists them all.");
        }
    }

    private const int MostHints = 3;

    private static string Listed(List<string> names) =>
        names.Count == 1 ? names[0] : $"{string.Join(", ", names.SkipLast(1))} and {names[^1]}";

    private static void Hint(string sentence) => Console.WriteLine(TerminalText.Wrapped($"hint: {sentence}", 6));

    private static IEnumerable<Finding> CanaryFindings(OpsChatOptions options) =>
        File.Exists(Opening.CanaryPath(options)) ? CanaryConfigFile.Check(Opening.CanaryPath(options)) : [];

    /// <summary>Without a model a shop may do without prompts; what is there must be right.</summary>
    private static IEnumerable<Finding> PromptFindings(OpsChatOptions options)
    {
        var folder = Opening.FromHome(options.Prompts);
        return Directory.Exists(folder) || options.Model.Provider != ModelProvider.None
            ? PromptSet.Load(folder).Findings.Select(f => Under(folder, f))
            : [];
    }

    private static void Tell(Finding finding) => Console.WriteLine(TerminalText.Wrapped($"{finding}", 4));

    /// <summary>What stands in the files is quoted, and files come from elsewhere too.</summary>
    private static void Say(string line) => Console.WriteLine(TerminalText.Line(line));

    private static Finding Under(string folder, Finding finding) =>
        Path.IsPathRooted(finding.File) ? finding : finding with { File = Path.Combine(folder, finding.File) };
}

using System.Diagnostics;
using CsvHelper;
using OpsChat.Agent;
using OpsChat.Approvals;
using OpsChat.Decisions;
using OpsChat.Learning;
using OpsChat.Models.Encoding;
using OpsChat.Playbooks;
using OpsChat.Understanding;

namespace OpsChat.Benchmarks.Learn;

/// <summary>
/// A simulated shop that learns: <c>learn --data FOLDER</c>. Customers write messages of a labelled set; a third of its issues has no playbook, and
/// simulated staff answer from a hidden key. Half of the customers are the past, through the real pipeline and desks; then every proposal above the
/// line is taken, and the other half is decided by the playbooks of before, of after, and by those of an owner who had written them all.
/// </summary>
static class LearnCommand
{
    private const double ErrorBudget = 0.05, WantedShare = 0.5;
    private static readonly Approver s_owner = new("owner", null, 0);

    private sealed record Message(string Text, string Issue, bool MovesMoney);

    private sealed record Share(int Messages, int Answered, int Right)
    {
        public double OfAll => (double)Answered / Messages;
        public double RightOfAll => (double)Right / Messages;
        public double Wrong => Answered == 0 ? 0 : (double)(Answered - Right) / Answered;
        public override string ToString() => $"answered {OfAll,6:P1}, rightly {RightOfAll,6:P1}, wrong of the answered {Wrong,6:P1}";
    }

    public static async Task<int> RunAsync(Flags flags, string data, string set)
    {
        var (seed, customers, examples) = ((int)flags.Number("seed", 1), (int)flags.Number("customers", 2000), (int)flags.Number("examples", 12));
        var watch = Stopwatch.StartNew();
        var (owner, written, messages) = Drawn(data, set, seed, customers, examples);
        var issues = owner.Keys.Order(StringComparer.Ordinal).ToArray();
        var left = issues.Where((_, i) => i % 3 == seed % 3).ToHashSet(StringComparer.Ordinal);
        var encoder =
            flags.Number("encoder", 0) > 0 && MiniLmEncoder.Open(MiniLmEncoder.UsualFolder) is OpenedEncoder.Ready ready
                ? new CachedEncoder(ready.Encoder, null, default)
                : null;
        Console.WriteLine(
            $"{set}, seed {seed}{(encoder is null ? "" : ", with the encoder")}: {issues.Length} issues, {left.Count} of them without a "
                + $"playbook, {examples} examples each; {messages.Count} customers."
        );

        var folder = Directory.CreateTempSubdirectory("opschat-learn-").FullName;
        try
        {
            foreach (var issue in issues.Where(issue => !left.Contains(issue)))
            {
                Write(Path.Combine(folder, "playbooks"), issue, owner[issue], written);
            }

            await using var shop = await SimulatedShop.OpenAsync(folder, encoder);
            var (past, future) = (messages.Take(messages.Count / 2).ToList(), messages.Skip(messages.Count / 2).ToList());
            var start = shop.Known;
            var truth = await shop.LiveAsync(past.ConvertAll(message => (message.Text, message.Issue)), new StaffAnswers(seed + 1), s_owner);
            Console.WriteLine($"The past: {past.Count} customers through pipeline and desks, {watch.Elapsed.TotalSeconds:0} s.");

            watch.Restart();
            var proposals = await shop.Learn.LookAsync(LearnDesk.LooksBack, default);
            Console.WriteLine(
                $"learn: {proposals.Count} proposals, {proposals.Count(p => p.Proposal!.IsAboveTheLine)} above the line, "
                    + $"{watch.Elapsed.TotalSeconds:0} s."
            );
            var meaning = issues.ToDictionary(issue => issue, issue => issue);
            foreach (var it in proposals)
            {
                var issue = it.Proposal!.Cases.Select(c => truth.GetValueOrDefault(c.Turn, "none")).CountBy(i => i).MaxBy(i => i.Value);
                Console.WriteLine(
                    $"  {(it.Proposal.IsAboveTheLine ? "+" : "-")} {it.Kind, -11} {it.Playbook, -32} {it.Evidence, 3} conversations, "
                        + $"{(it.Proposal.Gain is { } g ? $"{g.MoreRight:+0;-0} right {g.MoreWrong:+0;-0} wrong" : ""), -22} cases: "
                        + $"{issue.Value} of {it.Proposal.Cases.Count} {issue.Key}"
                );
                meaning.TryAdd(it.Playbook, issue.Key);
                if (flags.Number("show", 0) > 0 && it.Proposal.Edit is PlaybookEdit.NewFile file)
                {
                    Console.WriteLine(file.Text);
                }
            }

            foreach (var it in proposals.Where(it => it.Proposal!.IsAboveTheLine))
            {
                if (await shop.Learn.TakeAsync(it.Id, s_owner.Name, confirmed: true, default) is not LearnAnswer.Taken)
                {
                    Console.WriteLine($"  {it.Playbook} could not be taken.");
                }
            }

            var learned = shop.Known;
            await ReplayTimeAsync(shop, start, past.Count);
            foreach (var issue in issues)
            {
                Write(Path.Combine(folder, "all"), issue, owner[issue], written);
            }

            File.Copy("playbooks/_shop.md", Path.Combine(folder, "all", "_shop.md"));
            var all = PlaybookSnapshot.From(PlaybookFolder.Load(Path.Combine(folder, "all")), encoder);
            var (before, after, full) = (
                await MeasureAsync(start, shop, future, meaning, _ => { }),
                await MeasureAsync(learned, shop, future, meaning, flags.Number("wrong", 0) > 0 ? Console.WriteLine : _ => { }),
                await MeasureAsync(all, shop, future, meaning, _ => { })
            );
            Console.WriteLine($"{future.Count} other customers:");
            Console.WriteLine($"  before learning        {before}");
            Console.WriteLine($"  after learning         {after}");
            Console.WriteLine($"  all playbooks written  {full}");
            var reached = (after.OfAll - before.OfAll) / (full.OfAll - before.OfAll);
            Console.WriteLine(
                $"The share answered rose by {reached:P0} of what the left-out playbooks would have given (rightly answered: "
                    + $"{(after.RightOfAll - before.RightOfAll) / (full.RightOfAll - before.RightOfAll):P0}); wanted {WantedShare:P0}."
            );
            Console.WriteLine($"Wrong of the answered: {after.Wrong:P1}; the budget is {ErrorBudget:P0}.");
            return reached >= WantedShare && after.Wrong <= ErrorBudget ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task ReplayTimeAsync(SimulatedShop shop, PlaybookSnapshot known, int turns)
    {
        const int Wanted = 10_000;
        var past = await shop.Store.ReadAsync(session => PastTurns.Since(session, DateTimeOffset.UnixEpoch).ToList(), default);
        var watch = Stopwatch.StartNew();
        var report = Replay.Run(past, known);
        Console.WriteLine(
            $"replay with the playbooks of then: {report.Turns} turns, {report.Changed.Count} changed, {report.Undecidable} undecidable, "
                + $"{watch.Elapsed.TotalSeconds:0.0} s; {Wanted:N0} turns would take "
                + $"{watch.Elapsed.TotalSeconds * Wanted / Math.Max(1, turns):0.0} s."
        );
    }

    private static async Task<Share> MeasureAsync(
        PlaybookSnapshot known,
        SimulatedShop shop,
        List<Message> messages,
        Dictionary<string, string> meaning,
        Action<string> tell
    )
    {
        var (answered, right) = (0, 0);
        foreach (var message in messages)
        {
            var decided = await new Trial(known, new ShopOnlyLookups(shop.Data, known, shop.Clock), shop.Clock).SaysAsync(message.Text, default);
            // Several matters in one message are one answer, right when one of them is.
            var playbooks = decided
                .Matters.Where(matter => matter.Decision.Verdict is Verdict.Send && !matter.Gate.IsSmallTalk)
                .Select(matter => matter.Choice.Playbook?.Issue)
                .OfType<string>()
                .ToList();
            answered += playbooks.Count > 0 ? 1 : 0;
            var isRight = playbooks.Any(playbook => meaning.GetValueOrDefault(playbook) == message.Issue);
            right += isRight ? 1 : 0;
            if (playbooks.Count > 0 && !isRight)
            {
                tell($"  wrong: {message.Issue} taken for {string.Join(", ", playbooks)}: {message.Text}");
            }
        }

        return new(messages.Count, answered, right);
    }

    /// <summary>The owner's examples by issue, their answers, and the customers' messages, which are others.</summary>
    private static (
        Dictionary<string, List<string>> Owner,
        Dictionary<string, (string Reply, bool MovesMoney)> Written,
        List<Message> Messages
    ) Drawn(string data, string set, int seed, int customers, int examples)
    {
        var folder = Directory.Exists(Path.Combine(data, "messages")) ? Path.Combine(data, "messages") : data;
        var rows = Directory.GetFiles(folder, $"{set}-*.csv").Order(StringComparer.Ordinal).SelectMany(Rows).DistinctBy(row => row.Text).ToArray();
        new Random(seed).Shuffle(rows);
        var owner = rows.Where(row => row.Issue != Evaluation.None)
            .GroupBy(row => row.Issue)
            .ToDictionary(issue => issue.Key, issue => issue.Take(examples).Select(row => row.Text).ToList());
        var used = owner.Values.SelectMany(texts => texts).ToHashSet(StringComparer.Ordinal);
        var staff = new StaffAnswers(seed);
        var written = owner.Keys.ToDictionary(issue => issue, issue => (staff.Owners(issue), rows.First(row => row.Issue == issue).MovesMoney));
        return (owner, written, [.. rows.Where(row => !used.Contains(row.Text)).Take(customers)]);
    }

    private static IEnumerable<Message> Rows(string file)
    {
        using var csv = CsvReader.FromFile(file);
        while (csv.Read())
        {
            yield return new(csv.GetString("text").Trim(), csv.GetString("issue"), csv.GetString("financial") == "yes");
        }
    }

    private static void Write(string folder, string issue, List<string> examples, Dictionary<string, (string Reply, bool MovesMoney)> written)
    {
        Directory.CreateDirectory(folder);
        var (reply, movesMoney) = written[issue];
        var phrases = examples.Select(text =>
            $"- {new string([.. text.Select(c => "*_`[]<>{}#|\n".Contains(c, StringComparison.Ordinal) ? ' ' : c)]).Trim()}"
        );
        File.WriteAllText(
            Path.Combine(folder, issue + ".md"),
            $"---\nautonomy: full\nfinancial: {(movesMoney ? "action" : "information")}\n---\n# {issue}\n\n## Issue Type\nThe customer "
                + $"writes about {issue.Replace('-', ' ')}.\n\n{string.Join('\n', phrases)}\n\n## Standard Reply\n{reply}\n\n## Exception Handling\n"
        );
    }
}

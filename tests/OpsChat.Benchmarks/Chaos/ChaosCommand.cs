using System.Diagnostics;

namespace OpsChat.Benchmarks.Chaos;

/// <summary><c>-- chaos --minutes N --seed S [--kills K] [--store HOST=…] [--hosts 3] [--customers 200] [--telegram 30]</c>: prints what happened;
/// 1 when a promise was broken. Several hosts without a store start a PostgreSQL of their own, with a replica. The customers write as fast as they
/// are acknowledged, so many of them keep the machine at its limit and a host's start long; few leave time for more faults.</summary>
static class ChaosCommand
{
    public static async Task<int> RunAsync(Flags flags)
    {
        var plan = new ChaosPlan(
            TimeSpan.FromMinutes(flags.Number("minutes", 2)),
            (int)flags.Number("seed", 1),
            flags.Has("kills") ? (int)flags.Number("kills", 0) : null,
            WebCustomers: (int)flags.Number("customers", 200),
            TelegramCustomers: (int)flags.Number("telegram", 30),
            Store: flags.Words("store"),
            Hosts: (int)flags.Number("hosts", 1)
        );
        var begun = Stopwatch.GetTimestamp();
        var report = await new ChaosRun(plan).RunAsync(CancellationToken.None);
        Print(plan, report, Stopwatch.GetElapsedTime(begun));
        return report.Violations.Count == 0 ? 0 : 1;
    }

    private static void Print(ChaosPlan plan, ChaosReport report, TimeSpan took)
    {
        var stored = report.Stored;
        Console.WriteLine(
            $"seed {plan.Seed}, {took.TotalSeconds:0} s, {plan.WebCustomers} web and {plan.TelegramCustomers} Telegram customers"
        );
        Console.WriteLine($"kills                    {report.Kills, 8:N0}   ({report.KilledAtStart:N0} at an instant of the start)");
        Console.WriteLine(
            $"stops                    {report.Stops, 8:N0}   ({report.Aimed:N0} kills and stops between Telegram's acceptance and our record)"
        );
        Console.WriteLine($"locks of the database    {report.Locks, 8:N0}");
        Console.WriteLine($"error logs compared      {report.Logs, 8:N0}   ({report.LogsMadeAnew:N0} made anew at the start)");
        Console.WriteLine(
            $"acknowledged over HTTP   {report.Acknowledged, 8:N0}   ({report.Repeats:N0} posts repeated, {report.Refused:N0} told to wait)"
        );
        Console.WriteLine($"written in Telegram      {report.FromTelegram, 8:N0}");
        Console.WriteLine($"messages, decisions      {stored.Messages, 8:N0}, {stored.Decisions:N0}");
        Console.WriteLine($"messages sent            {stored.Sent, 8:N0}");
        Console.WriteLine(
            $"messages uncertain       {stored.Uncertain, 8:N0}   ({stored.UncertainThatLeft:N0} of them are with the customer; the owner "
                + "was told of each)"
        );
        Console.WriteLine(
            $"approvals, of them sent  {stored.Approvals, 8:N0}, {stored.ApprovedAndSent:N0}   ({report.DecisionsTaken:N0} decisions "
                + $"acknowledged; {report.Taps:N0} taps in the owner chat)"
        );
        Console.WriteLine(
            $"states of approvals      {string.Join(", ", stored.ApprovalStates.Select(it => $"{it.State} {it.Count:N0}"))}"
        );
        Console.WriteLine(
            $"answers to decisions     {string.Join(", ", report.Answers.OrderBy(it => it.Key).Select(it => $"{(int)it.Key}: {it.Value:N0}"))}"
        );
        Console.WriteLine($"hand-offs, cases         {stored.HandOffs, 8:N0}, {stored.Cases:N0}");
        Console.WriteLine($"rows of the audit chain  {stored.AuditRows, 8:N0}");
        Console.WriteLine($"turns decided again      {report.Again.Same, 8:N0}   ({report.Again.Unknown:N0} of playbooks that nobody kept)");
        Console.WriteLine($"longest start            {report.LongestStart.TotalSeconds, 8:0.0} s");
        Console.WriteLine($"longest stop             {report.StopTook.TotalSeconds, 8:0.00} s");
        foreach (var (fault, times) in report.Faults.OrderBy(fault => fault.Key))
        {
            var after = report.Takeovers.Where(takeover => takeover.Fault == fault).Select(takeover => takeover.Took.TotalSeconds).Order().ToList();
            var takeovers =
                after.Count == 0
                    ? ""
                    : $"   (all was well, or taken over, after {after[0]:0.0} to {after[^1]:0.0} s, median {after[after.Count / 2]:0.0} s)";
            Console.WriteLine($"{fault, -24} {times, 8:N0}{takeovers}");
        }

        if (plan.Hosts > 1)
        {
            Console.WriteLine($"leases lost              {report.LeasesLost, 8:N0}   (by hosts to which nothing was done: the machine was too busy)");
        }

        foreach (var violation in report.Violations)
        {
            Console.WriteLine(violation);
        }

        Console.WriteLine(report.Violations.Count == 0 ? "Every promise held." : $"{report.Violations.Count} promises were broken.");
    }
}

namespace OpsChat.Benchmarks.Attack;

/// <summary><c>-- attack --minutes N --seed S</c>: prints what happened; 1 when a promise was broken.</summary>
static class AttackCommand
{
    public static async Task<int> RunAsync(Flags flags)
    {
        var plan = new AttackPlan(TimeSpan.FromMinutes(flags.Number("minutes", 2)), (int)flags.Number("seed", 1));
        var report = await new AttackRun(plan).RunAsync(CancellationToken.None);
        Console.WriteLine($"seed {plan.Seed}, {plan.Duration.TotalSeconds:0} s, {plan.Customers} customers, {plan.Forgers} forgers");
        Console.WriteLine(
            $"messages acknowledged    {report.Acknowledged, 8:N0}   ({report.Stored.Decisions:N0} decisions, {report.Stored.Sent:N0} messages sent)"
        );
        Console.WriteLine($"calls of the lying model {report.ModelCalls, 8:N0}");
        Console.WriteLine($"forged requests          {report.Forged, 8:N0}");
        Console.WriteLine($"tries beyond the limit   {report.LimitTries, 8:N0}");
        Console.WriteLine($"guesses in fresh chats   {report.Guesses, 8:N0}");
        Console.WriteLine(
            $"approvals, of them sent  {report.Stored.Approvals, 8:N0}, {report.Stored.ApprovedAndSent:N0}   ({report.DecisionsTaken:N0} "
                + "decisions acknowledged)"
        );
        Console.WriteLine($"hand-offs, audit rows    {report.Stored.HandOffs, 8:N0}, {report.Stored.AuditRows:N0}");
        foreach (var violation in report.Violations)
        {
            Console.WriteLine(violation);
        }

        Console.WriteLine(report.Violations.Count == 0 ? "Every promise held." : $"{report.Violations.Count} promises were broken.");
        return report.Violations.Count == 0 ? 0 : 1;
    }
}

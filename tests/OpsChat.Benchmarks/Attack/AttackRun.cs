using Dapper;
using Microsoft.Data.Sqlite;
using OpsChat.Benchmarks.Chaos;

namespace OpsChat.Benchmarks.Attack;

/// <summary>What one run does. The same seed draws the same words and requests; what the machine makes of them differs.</summary>
/// <param name="Duration">How long is attacked; draining and checking come on top.</param>
public sealed record AttackPlan(TimeSpan Duration, int Seed, int Customers = 60, int Forgers = 4);

/// <summary>What one run did and found.</summary>
/// <param name="Violations">Broken promises, in words; empty when all hold.</param>
public sealed record AttackReport(
    int Acknowledged,
    int Forged,
    int LimitTries,
    int Guesses,
    int ModelCalls,
    int DecisionsTaken,
    StoredFigures Stored,
    IReadOnlyList<string> Violations
);

/// <summary>
/// Attackers of every kind at once against the real host: customers with hostile words, a lying model, forged requests, an approver who goes beyond
/// the limit, an owner whose taps race each other, somebody who guesses at an order. Nobody kills the host. What it kept is checked from outside.
/// </summary>
public sealed class AttackRun(AttackPlan plan)
{
    private static readonly TimeSpan s_longestDrain = TimeSpan.FromMinutes(3);

    public async Task<AttackReport> RunAsync(CancellationToken cancellationToken)
    {
        using var shop = new ShopOnDisk();
        shop.SetPercentage(100);
        await using var model = await HostileModel.StartAsync(plan.Seed);
        using var host = new HostProcess(shop, Settings(model));
        using var web = new WebCustomers(host.Url, plan.Seed, AttackWords.Draw, longestPauseSeconds: 2);
        using var readers = new CursorReaders(host.Url, plan.Customers / 3);
        using var owner = new OwnerAtWork(host.Url, plan.Seed, repliesWithSuggestions: false);
        using var limited = new LimitedApprover(host.Url, plan.Seed + 1);
        using var guesser = new OrderGuesser(host.Url, plan.Seed + 2);
        var forgers = Enumerable.Range(0, plan.Forgers).Select(number => new Forgeries(host.Url, plan.Seed + 10 + number)).ToList();

        host.Start();
        await host.UntilHealthyAsync(cancellationToken);

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var writing = web.WriteAsync(plan.Customers, stop.Token, giveUp.Token);
        var others = Task.WhenAll(
            [
                readers.ReadAsync(stop.Token), owner.WorkAsync(stop.Token), limited.WorkAsync(stop.Token), guesser.WorkAsync(stop.Token),
                .. forgers.Select(forger => forger.SendAsync(() => limited.Seen, stop.Token)),
            ]);
        await Task.Delay(plan.Duration, TimeProvider.System, cancellationToken);
        await stop.CancelAsync();
        await others;
        giveUp.CancelAfter(s_longestDrain);
        await writing;

        var drained = await StoreCheck.UntilDrainedAsync(shop.Database, 0, s_longestDrain, cancellationToken);
        await host.UntilHealthyAsync(cancellationToken);
        await readers.ReadToTheEndAsync(cancellationToken);
        await host.StopAsync(cancellationToken);

        var check = await StoreCheck.RunAsync(
            shop.Database,
            new([.. web.Acknowledged], [.. owner.Taken], [], null) { Readers = readers.Seen },
            cancellationToken
        );
        List<string> violations =
        [
            .. check.Violations, .. Outside(shop.Database, limited),
            .. forgers.SelectMany(forger => forger.Accepted).Distinct().Select(what => $"Broken: what nobody may do is refused. {what}."),
            .. limited.Accepted.Select(what => $"Broken: a limit holds. {what}"),
            .. drained ? Array.Empty<string>() : ["Something was still undecided or unsent after a long quiet."],
        ];
        var forged = forgers.Sum(forger => forger.Sent);
        forgers.ForEach(forger => forger.Dispose());
        return new(web.Acknowledged.Count, forged, limited.Tries, guesser.Guesses, model.Calls, owner.Taken.Count, check.Figures, violations);
    }

    private static Dictionary<string, string> Settings(HostileModel model) => new()
    {
        ["OpsChat__Model__Provider"] = "OpenAi",
        ["OpsChat__Model__Endpoint"] = model.Url.ToString(),
        ["OpsChat__Model__Name"] = "hostile",
        ["OpsChat__Model__Key"] = "key",
        ["OpsChat__Approvals__Approvers__0__Name"] = "owner",
        ["OpsChat__Approvals__Approvers__1__Name"] = LimitedApprover.Name,
        ["OpsChat__Approvals__Approvers__1__Token"] = LimitedApprover.Token,
        ["OpsChat__Approvals__Approvers__1__Limit"] = $"{LimitedApprover.Limit}",
        // All attackers have one address here: what shuts a guesser out must not shut the others out too.
        ["OpsChat__Messages__MostSignInsPerMinute"] = "10000",
    };

    /// <summary>What must never have left, whoever asked for it.</summary>
    private static IEnumerable<string> Outside(string database, LimitedApprover limited)
    {
        using var db = new SqliteConnection($"Data Source={database};Mode=ReadOnly;Pooling=false");
        var left = db.Query<(string Conversation, string Kind, string Text, string? DecidedBy)>(
                "select o.conversation, o.kind, o.text, a.decided_by from outbox o left join approvals a on a.id = o.approval where "
                    + "o.state in ('Sent', 'Uncertain', 'Sending')"
            )
            .ToList();
        foreach (var (_, _, text, _) in left.Where(message => message.Text.Contains(HostileModel.Mark, StringComparison.OrdinalIgnoreCase)))
        {
            yield return $"Broken: a model's words reach nobody. \"{text}\" left.";
        }

        foreach (
            var (conversation, _, _, _) in left.Where(message =>
                message.Conversation.StartsWith($"api:{OrderGuesser.Chats}", StringComparison.Ordinal)
                && message.Text.Contains(OrderGuesser.Secret, StringComparison.Ordinal)
            )
        )
        {
            yield return $"Broken: an order's facts are its customer's. {conversation} was told them.";
        }

        // Somebody without a limit may approve what it wrote into a card.
        foreach (
            var (_, kind, text, _) in left.Where(message =>
                limited.Tried.ContainsKey(message.Text) && (message.DecidedBy is null or LimitedApprover.Name)
            )
        )
        {
            yield return $"Broken: a limit holds. \"{text}\" left as {kind}.";
        }

        if (db.ExecuteScalar<long>("select count(*) from inbox where channel_id = 'forged'") > 0)
        {
            yield return "Broken: what nobody may do is refused. A forged message is in the inbox.";
        }
    }
}

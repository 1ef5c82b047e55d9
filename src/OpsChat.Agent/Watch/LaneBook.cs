using OpsChat.Canary;
using OpsChat.Operations.Actions;
using OpsChat.Operations.Monitors;
using OpsChat.Operations.Settings;
using OpsChat.Storage;
using OpsChat.Text;
using OpsChat.Storage.Tables;

namespace OpsChat.Agent;

/// <summary>How far one lane may go now, and what it would need to act by itself.</summary>
/// <param name="Lane"><c>stock-runout/purchase-order</c>.</param>
/// <param name="From">Who said so: the configuration, a person, or nobody.</param>
/// <param name="Decided">Proposals that people decided on.</param>
/// <param name="Agreed">Those of them that were accepted as they were.</param>
/// <param name="Evidence">E for "decided otherwise in fewer than one of ten", from the agreements in a row; 20 are needed.</param>
/// <param name="MissingForAct">What stands in the way of <c>act</c>, in sentences; null when the kind may never act.</param>
public sealed record LaneStanding(
    string Lane,
    LaneAutonomy Autonomy,
    string From,
    DateTimeOffset? Since,
    int Decided,
    int Agreed,
    double Evidence,
    IReadOnlyList<string>? MissingForAct
);

/// <summary>How a change of a lane ended. Closed.</summary>
public abstract record LaneAnswer
{
    private LaneAnswer() { }

    public sealed record Done(LaneStanding Now) : LaneAnswer;

    public sealed record Refused(string Why) : LaneAnswer;
}

/// <summary>The lanes: monitor and kind of action. A lane that nobody set recommends.</summary>
public static class LaneBook
{
    private const int LeastDays = 30;
    private const int LeastDecisions = 20;
    private const double Budget = 0.10;
    private const double Line = 20;

    /// <summary>Every lane that there is, by name.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. MonitorSet
            .All.Select(m => m.Name)
            .Append(PurchaseProposal.Area)
            .SelectMany(m => Enum.GetValues<ActionKind>().Where(k => k != ActionKind.None).Select(k => ShopAction.LaneOf(m, k)))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The lanes on which anything was proposed, set or configured.</summary>
    public static IReadOnlyList<LaneStanding> Read(UnitOfWork session, OperationsSettings settings, DateTimeOffset now)
    {
        var (set, proposed) = (session.Lanes.Latest(), session.ShopActions.List(null, 10_000).ToLookup(a => a.Lane, StringComparer.Ordinal));
        var open = session.Alerts.Queue().Alerts.Values.SelectMany(a => a.Actions.Select(p => ShopAction.LaneOf(a.Monitor, p.Kind)));
        return
        [
            .. set
                .Keys.Concat(proposed.Select(p => p.Key))
                .Concat(open)
                .Concat(settings.Lanes.Keys.Where(Names.Contains))
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
                .Select(lane => Standing(lane, set.GetValueOrDefault(lane), [.. proposed[lane]], settings, now)),
        ];
    }

    public static LaneStanding Standing(UnitOfWork session, string lane, OperationsSettings settings, DateTimeOffset now) =>
        Standing(
            lane,
            session.Lanes.Latest().GetValueOrDefault(lane),
            session.ShopActions.OfLane(lane),
            settings,
            now
        );

    /// <summary>The lanes that act by themselves now, with their proposals read once each. Lanes that do not act cost nothing.</summary>
    public static IReadOnlyDictionary<string, (LaneStanding Standing, IReadOnlyList<ShopAction> Proposed)> Acting(
        UnitOfWork session,
        OperationsSettings settings,
        DateTimeOffset now
    ) =>
        session
            .Lanes.Latest()
            .Values.Where(change => InForce(change, settings.LaneOf(change.Lane, KindOf(change.Lane))).Autonomy == LaneAutonomy.Act)
            .ToDictionary(
                change => change.Lane,
                change =>
                {
                    var proposed = session.ShopActions.OfLane(change.Lane);
                    return (Standing(change.Lane, change, proposed, settings, now), proposed);
                },
                StringComparer.Ordinal
            );

    /// <summary>Sets a lane by a person's explicit word. What may never act is refused, and so is what has not earned it.</summary>
    public static LaneAnswer Set(UnitOfWork session, string lane, LaneAutonomy autonomy, string who, OperationsSettings settings, DateTimeOffset now)
    {
        if (!Names.Contains(lane))
        {
            return new LaneAnswer.Refused($"There is no lane {lane}. A lane is a monitor and a kind of action, such as stock-runout/purchase-order.");
        }

        if (autonomy == LaneAutonomy.Act && LaneStops.Read(session) is { } stop)
        {
            return new LaneAnswer.Refused($"All lanes are stopped since {stop.At:yyyy-MM-dd HH:mm} UTC. {stop.Why} Lift that first.");
        }

        if (autonomy == LaneAutonomy.Act && WhyNotAct(lane, Standing(session, lane, settings, now), settings) is { } why)
        {
            return new LaneAnswer.Refused(why);
        }

        if (settings.LaneOf(lane, KindOf(lane)) is { } held && held.Autonomy < autonomy)
        {
            return new LaneAnswer.Refused(
                $"operations.config.json holds {lane} at {held.Autonomy.ToString().ToLowerInvariant()}. Change it there first."
            );
        }

        session.Lanes.Add(new(lane, autonomy, who, now));
        session.Audit.Append("lane", who, lane, new { Verb = "set", Autonomy = autonomy.ToString() }, now);
        return new LaneAnswer.Done(Standing(session, lane, settings, now));
    }

    private static string? WhyNotAct(string lane, LaneStanding standing, OperationsSettings settings) =>
        KindOf(lane) switch
        {
            var kind when kind.CommitsMoney() => $"{lane} commits money, and nothing that commits money is done without an approval.",
            var kind when !kind.MayAct() => $"{lane} cannot be undone, or is about a customer's order, so it cannot act by itself.",
            _ when standing.MissingForAct is { Count: > 0 } missing => $"{lane} cannot act yet: {string.Join(" ", missing)}",
            var kind when settings.LaneOf(lane, kind)?.Limits is null =>
                $"{lane} has no limits. Write perAct, perDay, acts and hours for it in operations.config.json first.",
            _ => null,
        };

    private static LaneStanding Standing(
        string lane,
        LaneChange? change,
        IReadOnlyList<ShopAction> proposed,
        OperationsSettings settings,
        DateTimeOffset now
    )
    {
        var kind = KindOf(lane);
        var configured = settings.LaneOf(lane, kind);
        // What a lane did by itself is nobody's agreement.
        var decided = proposed
            .Where(a => a.DecidedAt is not null && a.State != ShopActionState.Expired && a.DecidedBy != OperationsDesk.Who)
            .OrderBy(a => a.DecidedAt)
            .ToList();
        var agreed = decided.Count(IsAgreement);
        var (autonomy, from) = InForce(change, configured);
        var evidence = OtherwiseEvidence(decided);
        return new(
            lane, autonomy, from, change?.At, decided.Count, agreed, evidence,
            kind.MayAct() ? Missing(proposed.Count == 0 ? null : proposed.Min(a => a.CreatedAt), decided.Count, evidence, now) : null);
    }

    /// <summary>
    /// The more careful of what a person said and what the configuration says, which can only hold a lane back: what acts has earned it here, by a
    /// person's word.
    /// </summary>
    private static (LaneAutonomy Autonomy, string From) InForce(LaneChange? change, LaneSettings? configured) =>
        (change, configured) switch
        {
            (null, null) => (LaneAutonomy.Recommend, "default"),
            (null, { } only) => (only.Autonomy == LaneAutonomy.Act ? LaneAutonomy.Approve : only.Autonomy, Configuration),
            ({ } said, { } held) when held.Autonomy < said.Autonomy => (held.Autonomy, Configuration),
            ({ } said, _) => (said.Autonomy, said.Who),
        };

    private const string Configuration = "operations.config.json";

    private static List<string> Missing(DateTimeOffset? first, int decided, double evidence, DateTimeOffset now)
    {
        var missing = new List<string>();
        var days = first is { } since ? (int)(now - since).TotalDays : 0;
        if (days < LeastDays)
        {
            missing.Add($"{LeastDays - days} more {Plural.Noun(LeastDays - days, "day")} of recommending.");
        }

        if (decided < LeastDecisions)
        {
            missing.Add($"{LeastDecisions - decided} more {(LeastDecisions - decided == 1 ? "decision" : "decisions")}.");
        }

        if (evidence < Line)
        {
            missing.Add($"Your decisions do not show yet that you agree with it nearly always ({evidence:0.0} of {Line:0} points).");
        }

        return missing;
    }

    /// <summary>E that people decide otherwise in less than a tenth (STATISTICS formula 2): 36 agreements give 19.44, 37 give 21.26.</summary>
    internal static double OtherwiseEvidence(IReadOnlyList<ShopAction> decided) =>
        Math.Exp(EValues.LogDown(new(decided.Count, decided.Count(a => !IsAgreement(a))), Budget));

    private static bool IsAgreement(ShopAction action) =>
        action.Revision == 1 && action.State is not (ShopActionState.Rejected or ShopActionState.Undone);

    private static ActionKind KindOf(string lane) => ActionKinds.Of(lane[(lane.IndexOf('/', StringComparison.Ordinal) + 1)..]) ?? ActionKind.None;
}

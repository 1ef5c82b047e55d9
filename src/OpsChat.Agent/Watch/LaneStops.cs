using System.Globalization;
using OpsChat.Operations.Actions;
using OpsChat.Storage;

namespace OpsChat.Agent;

/// <summary>All lanes are stopped: none acts by itself, and none can be let to, until a person lifts it.</summary>
/// <param name="Why">A whole sentence.</param>
public sealed record LaneStop(DateTimeOffset At, string Who, string Why);

/// <summary>
/// Stops every lane at once, when one of them went critically wrong: a limit was passed, something was done to the wrong subject, or far more was
/// about to be done than a lane is meant for. What waits for an approval goes on waiting for it.
/// </summary>
public static class LaneStops
{
    private const char Between = '\n';

    /// <summary>Null while the lanes are not stopped.</summary>
    public static LaneStop? Read(UnitOfWork session) =>
        session.Settings.Get(SettingNames.LanesStopped)?.Split(Between, 3) is [var at, var who, var why]
            ? new(DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(at, CultureInfo.InvariantCulture)), who, why)
            : null;

    /// <summary>Done twice, it is one stop with the first reason.</summary>
    public static void Stop(UnitOfWork session, string why, string who, DateTimeOffset now)
    {
        if (Read(session) is not null)
        {
            return;
        }

        foreach (var lane in session.Lanes.Latest().Values.Where(l => l.Autonomy == LaneAutonomy.Act))
        {
            FallBack(session, lane.Lane, now, why);
        }

        session.Settings.Set(
            SettingNames.LanesStopped,
            string.Join(Between, now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture), who.Replace(Between, ' '), why)
        );
        session.Audit.Append("lane", who, "all", new { Verb = "stopped" }, now, why);
        session.Notices.Add(
            OperationsDesk.NoticeKind,
            $"All lanes are stopped: nothing is done by itself any more. {why} Look at what was done, then lift it on the page Lanes.",
            now
        );
    }

    /// <summary>No lane acts by that: each has to be set anew.</summary>
    /// <returns>False when there was nothing to lift.</returns>
    public static bool Lift(UnitOfWork session, string who, DateTimeOffset now)
    {
        if (Read(session) is null)
        {
            return false;
        }

        session.Settings.Remove(SettingNames.LanesStopped);
        session.Audit.Append("lane", who, "all", new { Verb = "lifted" }, now);
        return true;
    }

    /// <summary>One lane waits for approvals again.</summary>
    public static void FallBack(UnitOfWork session, string lane, DateTimeOffset now, string? why = null)
    {
        session.Lanes.Add(new(lane, LaneAutonomy.Approve, OperationsDesk.Who, now));
        session.Audit.Append("lane", OperationsDesk.Who, lane, new { Verb = "fell back", Autonomy = nameof(LaneAutonomy.Approve) }, now, why);
    }
}

using OpsChat.Operations.Settings;
using OpsChat.Text;

namespace OpsChat.Operations.Actions;

/// <summary>What a lane knows before it acts by itself.</summary>
/// <param name="Monitor">That proposed it.</param>
/// <param name="Standing">How far the lane may go, as a person set it.</param>
/// <param name="Earned">It has its days, its decisions and its proof.</param>
/// <param name="Limits">Null without any: then it does not act.</param>
/// <param name="Today">What lanes have done by themselves today, in this lane.</param>
/// <param name="IsStale">A feed that the monitor needs is not fresh.</param>
/// <param name="LocalTime">The shop's time of day.</param>
/// <param name="IsBestSeller">It touches the article that sold most this week.</param>
/// <param name="NeedsPerson">A row of the owner's hand-off table holds.</param>
public sealed record ActingFacts(
    string Monitor, LaneAutonomy Standing, bool Earned, LaneLimits? Limits, IReadOnlyList<Money> Today, bool IsStale, TimeOnly LocalTime,
        bool IsBestSeller, bool NeedsPerson = false);

/// <summary>Whether a lane may do something by itself now. Closed.</summary>
public abstract record ActingAnswer
{
    private ActingAnswer() { }

    public sealed record Act : ActingAnswer;

    /// <summary>Not this, not now; the lane stays as it is.</summary>
    public sealed record Wait(string Why) : ActingAnswer;

    /// <summary>A day's limit is reached: the lane goes back to approve.</summary>
    public sealed record FallBack(string Why) : ActingAnswer;
}

/// <summary>
/// The bounds of acting (OPERATIONS section 4, Autonomy), pure. Every one of them has to hold; what commits money, concerns a customer's order or
/// reaches customers never passes, whatever the settings say.
/// </summary>
public static class LaneActing
{
    /// <summary>Their findings rest on what customers wrote: that can lower a lane, never trigger an act.</summary>
    private static readonly string[] s_fromWords = ["support-volume", "promise-at-risk", "reviews"];

    public static ActingAnswer Decide(ProposedAction action, ActingFacts facts, DateTimeOffset now)
    {
        var why = !action.Kind.MayAct() || action.AlwaysNeedsApproval || action.Amount is not null
            ? $"A {action.Kind.Word()} always waits for a person."
            : facts.Standing != LaneAutonomy.Act ? "The lane does not act."
            : !facts.Earned ? "The lane has not earned to act."
            : facts.Limits is null ? "The lane has no limits."
            : s_fromWords.Contains(facts.Monitor) ? "What customers wrote triggers nothing."
            : facts.NeedsPerson ? "Your hand-off table asks for a person."
            : facts.IsStale ? "A file that it needs is not fresh."
            : action.ExpiresAt <= now ? "The proposal is over."
            : facts.IsBestSeller ? "It touches the best seller of the week."
            : action.Affects is not { Minor: >= 0 } ? "Nobody knows how much money it touches."
            : !Holds(facts.Limits, facts.LocalTime) ? "It is outside the lane's hours."
            : action.Affects.Value.Major > facts.Limits.PerAct ? $"It touches {action.Affects}, more than one act may."
            : null;
        if (why is not null)
        {
            return new ActingAnswer.Wait(why);
        }

        return facts.Today.Count >= facts.Limits!.Acts ? new ActingAnswer.FallBack($"It has acted {facts.Today.Count} times today.")
            : facts.Today.Any(m => m.Currency != action.Affects!.Value.Currency) || facts.Today.Sum(m => m.Major)
                + action.Affects!.Value.Major > facts.Limits.PerDay
                ? new ActingAnswer.FallBack("The day's amount is reached.")
            : new ActingAnswer.Act();
    }

    /// <summary>Midnight as the end is the day's end.</summary>
    private static bool Holds(LaneLimits limits, TimeOnly time) => limits.To == TimeOnly.MinValue ? time >= limits.From : time >= limits.From
        && time < limits.To;
}

using OpsChat.Canary;
using OpsChat.Decisions;
using OpsChat.Messages;
using OpsChat.Playbooks;
using OpsChat.Storage;
using OpsChat.Storage.Tables;

namespace OpsChat.Agent;

/// <summary>A pinned turn that would end differently.</summary>
/// <param name="Said">The customer's words.</param>
public sealed record BrokenPin(ConversationId Conversation, string Said, ReplayedEnding Pinned, ReplayedEnding Now)
{
    /// <summary>In one sentence for people; names the conversation and not the customer's words.</summary>
    public string InWords =>
        $"{Conversation}, pinned to end in {Pinned.Verdict}, {Pinned.Playbook ?? "none"}, ends in {Now.Verdict}, {Now.Playbook ?? "none"}"
            + $"{(Pinned.Verdict == Now.Verdict && Pinned.Playbook == Now.Playbook ? " with another reply" : "")}.";
}

/// <summary>Conversations that an owner pinned: "keep answering this so". They are decided again from their own records, before each save and in
/// <c>check</c>.</summary>
public sealed class PinDesk(IStore store, TimeProvider time)
{
    private const int MostTurns = 50;

    /// <summary>So many answers are pinned because a spot-check found them right.</summary>
    public const int MostBySpotChecks = 20;

    /// <summary>Pins a conversation as it was answered.</summary>
    /// <returns>How many of its turns are held; 0 when none can be decided again, and nothing is pinned.</returns>
    public Task<int> PinAsync(ConversationId conversation, string who, CancellationToken cancellationToken) => store.WriteAsync(session =>
    {
        var now = time.GetUtcNow();
        List<PinnedTurn> turns = [];
        foreach (var row in session.Turns.Of(conversation, MostTurns).Reverse())
        {
            if (session.Turns.InputOf(row.Id) is not null)
            {
                var ending = PastTurns.EndingOf(session, row);
                turns.Add(new(row.Id, ending.Verdict, ending.Playbook, ending.Text));
            }
        }

        if (turns.Count > 0)
        {
            session.Pins.Set(new(conversation, turns, who, now));
            session.Audit.Append("pin", who, conversation, new { Verb = "pinned", Turns = turns.Count }, now);
        }

        return turns.Count;
    }, cancellationToken);

    /// <summary>The first answers that people find right in spot-checks are pinned by themselves, each without the rest of its
    /// conversation; one that is
    /// found wrong after all is pinned no longer.</summary>
    internal static void Judged(UnitOfWork session, string turn, bool isRight, string who, DateTimeOffset now)
    {
        if (session.Turns.Find(turn) is not { } row)
        {
            return;
        }

        var pin = session.Pins.Find(row.Conversation);
        if (!isRight && pin?.Turns.Any(pinned => pinned.Turn == turn) == true)
        {
            IReadOnlyList<PinnedTurn> others = [.. pin.Turns.Where(pinned => pinned.Turn != turn)];
            _ = others.Count == 0 ? session.Pins.Remove(row.Conversation) : Set(session, pin with { Turns = others });
            session.Audit.Append("pin", who, row.Conversation, new { Verb = "unpinned", Turns = 1 }, now);
        }
        else if (isRight && pin is null && PinnedBySpotChecks(session) < MostBySpotChecks && session.Turns.InputOf(turn) is not null)
        {
            var ending = PastTurns.EndingOf(session, row);
            session.Pins.Set(new(row.Conversation, [new(turn, ending.Verdict, ending.Playbook, ending.Text)], who, now));
            session.Settings.Set(SettingNames.PinnedBySpotChecks, $"{PinnedBySpotChecks(session) + 1}");
            session.Audit.Append("pin", who, row.Conversation, new { Verb = "pinned", Turns = 1 }, now);
        }
    }

    /// <summary>Counted over the shop's life: whoever unpins one is not given another.</summary>
    private static int PinnedBySpotChecks(UnitOfWork session) =>
        int.TryParse(session.Settings.Get(SettingNames.PinnedBySpotChecks), out var count) ? count : 0;

    private static bool Set(UnitOfWork session, Pin pin)
    {
        session.Pins.Set(pin);
        return true;
    }

    /// <returns>False when it was not pinned.</returns>
    public Task<bool> UnpinAsync(ConversationId conversation, string who, CancellationToken cancellationToken) => store.WriteAsync(session =>
    {
        var removed = session.Pins.Remove(conversation);
        if (removed)
        {
            session.Audit.Append("pin", who, conversation, new { Verb = "unpinned" }, time.GetUtcNow());
        }

        return removed;
    }, cancellationToken);

    /// <summary>Which pinned turns would end differently with these playbooks.</summary>
    public Task<IReadOnlyList<BrokenPin>> BrokenByAsync(PlaybookSnapshot known, CancellationToken cancellationToken) =>
        store.ReadAsync(session => BrokenBy(session, known), cancellationToken);

    /// <summary>The same in a transaction of the caller's. A turn that would need what was not recorded is left out.</summary>
    public static IReadOnlyList<BrokenPin> BrokenBy(UnitOfWork session, PlaybookSnapshot known) =>
    [
        .. from pin in session.Pins.All()
           from turn in pin.Turns
           let input = session.Turns.InputOf(turn.Turn)
           where input is not null
           let decided = TurnDecider.Decide(input, known) as Redecision.Decided
           where decided is not null
           let pinned = new ReplayedEnding(turn.Verdict, turn.Playbook, turn.Text)
           let now = Replay.EndingOf(decided.Decision)
           where !AreAlike(pinned, now)
           select new BrokenPin(pin.Conversation, input.Turn.Text, pinned, now),
    ];

    /// <summary>Whether the customer gets the same in substance: other words that say the same are no other answer.</summary>
    internal static bool AreAlike(ReplayedEnding pinned, ReplayedEnding now) =>
        pinned.Verdict == now.Verdict && pinned.Playbook == now.Playbook
        && (pinned.Text ?? "") is var before && (now.Text ?? "") is var after && (before == after || !EditJudge.InSubstance(before, after));
}

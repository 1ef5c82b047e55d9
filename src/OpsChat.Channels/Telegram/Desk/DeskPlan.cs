using OpsChat.Storage.Tables;

namespace OpsChat.Channels.Telegram.Desk;

/// <summary>One thing to do in the owner chat. Closed.</summary>
public abstract record DeskStep
{
    private DeskStep(DeskCard card) => Card = card;

    /// <summary>As it shall look.</summary>
    public DeskCard Card { get; }

    public sealed record Post(DeskCard Card) : DeskStep(Card);

    public sealed record Edit(DeskCard Card, ShownCard Shown) : DeskStep(Card);

    /// <summary>An approver asked for it later, and later is now: it comes again as the newest message, and the old one goes.</summary>
    public sealed record PostAgain(DeskCard Card, ShownCard Shown) : DeskStep(Card);
}

/// <summary>What leads from the cards as they are shown to the cards as they should be. Pure.</summary>
public static class DeskPlan
{
    private const string WaitingId = "list";
    private const int MostListed = 15;

    /// <param name="wanted">The most pressing first.</param>
    /// <param name="room">How many new messages the group's minute still takes. What is more is listed in one message, which is edited.</param>
    public static IReadOnlyList<DeskStep> Next(IReadOnlyList<DeskCard> wanted, IReadOnlyList<ShownCard> shown, int room, DateTimeOffset now)
    {
        var known = shown.ToDictionary(s => (s.Kind, s.Id));
        var fresh = wanted.Where(card => card.IsOpen && !known.ContainsKey((card.Kind, card.Id))).ToList();
        var posted = fresh.Count <= room ? fresh : fresh.Take(Math.Max(0, room - 1)).ToList();
        return
        [
            .. wanted.Select(card => Change(card, known.GetValueOrDefault((card.Kind, card.Id)), now)).OfType<DeskStep>(),
            .. posted.Select(card => new DeskStep.Post(card)),
            .. ListWaiting(fresh[posted.Count..], known.GetValueOrDefault((CardKind.Waiting, WaitingId))),
        ];
    }

    private static DeskStep? Change(DeskCard card, ShownCard? shown, DateTimeOffset now) => shown switch
    {
        null => null,
        { LaterUntil: { } until } when until <= now && card.IsOpen => new DeskStep.PostAgain(card, shown),
        _ when shown.Digest != card.Digest || shown.IsOpen != card.IsOpen => new DeskStep.Edit(card, shown),
        _ => null,
    };

    private static IEnumerable<DeskStep> ListWaiting(IReadOnlyList<DeskCard> waiting, ShownCard? shown)
    {
        var list = WaitingList(waiting);
        if (shown is not null && shown.Digest != list.Digest)
        {
            yield return new DeskStep.Edit(list, shown);
        }
        else if (shown is null && waiting.Count > 0)
        {
            yield return new DeskStep.Post(list);
        }
    }

    private static DeskCard WaitingList(IReadOnlyList<DeskCard> waiting)
    {
        var html = waiting.Count == 0 ? "All cards are shown." : CardText.Joined(
        [
            $"⏳ <b>{waiting.Count} more cards come as fast as Telegram lets this group be written to:</b>",
            .. waiting.Take(MostListed).Select(card =>
                $"• {CardKind.Words(card.Kind)}{(card.Customer is { } whose ? $" of {MessageText.EscapeHtml(whose)}" : "")}"),
            waiting.Count > MostListed ? "…" : null,
        ]);
        return new(CardKind.Waiting, WaitingId, null, html, null, waiting.Count > 0);
    }
}

using System.Collections.Immutable;

namespace OpsChat.Canary;

/// <summary>What an entry of the error log is about.</summary>
public enum Scored { Answer, Draft }

/// <summary>Who said how it turned out. Nobody: a day of quiet did.</summary>
public enum SaidBy { Nobody, Customer, Person, Delivery }

/// <summary>How an answer or a draft has turned out so far, as the error log lists it. It names no customer and holds no words.</summary>
/// <param name="Kinds">Of a wrong one, each once; empty for any other.</param>
public sealed record ScoredEntry(Scored What, Standing Standing, ImmutableArray<ErrorKind> Kinds, SaidBy By)
{
    /// <summary>What an event says that was not known before; null when it says nothing about right or wrong.</summary>
    public static ScoredEntry? Of(CaseOutcome before, CaseOutcome after, OutcomeEvent news)
    {
        var (sent, drafted) = (Entry(Scored.Answer, after.Sent, after.SentErrors, news), Entry(Scored.Draft, after.Drafted, after.DraftErrors, news));
        return IsNews(sent, before.Sent, before.SentErrors) ? sent : IsNews(drafted, before.Drafted, before.DraftErrors) ? drafted : null;
    }

    public bool Equals(ScoredEntry? other) =>
        other is not null && (What, Standing, By) == (other.What, other.Standing, other.By) && Kinds.SequenceEqual(other.Kinds);

    public override int GetHashCode() => HashCode.Combine(What, Standing, By, Kinds.Length);

    private static ScoredEntry Entry(Scored what, Standing standing, ImmutableArray<ErrorKind> kinds, OutcomeEvent news) =>
        new(what, standing, kinds, WhoSaid(news));

    private static bool IsNews(ScoredEntry now, Standing before, ImmutableArray<ErrorKind> kindsBefore) =>
        now.Standing != Standing.Pending && (now.Standing != before || !now.Kinds.SequenceEqual(kindsBefore));

    private static SaidBy WhoSaid(OutcomeEvent news) => news switch
    {
        OutcomeEvent.PersonReplied or OutcomeEvent.DraftRejected or OutcomeEvent.SpotChecked => SaidBy.Person,
        OutcomeEvent.CustomerWrote or OutcomeEvent.ThumbedDown => SaidBy.Customer,
        OutcomeEvent.DeliveryFailed => SaidBy.Delivery,
        _ => SaidBy.Nobody,
    };
}

namespace OpsChat.Facts;

/// <summary>A fact as it stood on the card, with source and time.</summary>
public sealed record ShownFact(string Name, string Value, string Source, DateTimeOffset At)
{
    public static ShownFact From(Fact fact) => new(fact.Name, fact.Value.Shown, fact.Source, fact.At);
}

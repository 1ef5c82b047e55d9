using OpsChat.Text;
using System.Text.Json.Serialization;

namespace OpsChat.Facts;

/// <summary>What a fact says. Closed: the kinds below are all there are.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "is")]
[JsonDerivedType(typeof(Text), "text")]
[JsonDerivedType(typeof(Number), "number")]
[JsonDerivedType(typeof(Amount), "amount")]
[JsonDerivedType(typeof(Day), "day")]
[JsonDerivedType(typeof(Flag), "flag")]
[JsonDerivedType(typeof(Words), "words")]
public abstract record FactValue
{
    private FactValue() { }

    /// <summary>A word or sentence. Compared without regard to case.</summary>
    public sealed record Text(string Value) : FactValue;
    /// <summary>A count or a measure; the fact's documentation gives the unit.</summary>
    public sealed record Number(decimal Value) : FactValue;
    public sealed record Amount(Money Value) : FactValue;
    /// <summary>A calendar day in the shop's time zone.</summary>
    public sealed record Day(DateOnly Value) : FactValue;
    public sealed record Flag(bool Value) : FactValue;
    /// <summary>Several words; <c>=</c> asks whether one of them is meant, <c>&lt;</c> and <c>&gt;</c> compare how many there are.</summary>
    public sealed record Words(IReadOnlyList<string> Values) : FactValue
    {
        public bool Equals(Words? other) => other is not null && Values.SequenceEqual(other.Values);
        public override int GetHashCode() => Values.Aggregate(17, HashCode.Combine);
    }

    public static FactValue Of(string value) => new Text(value);
    public static FactValue Of(decimal value) => new Number(value);
    public static FactValue Of(Money value) => new Amount(value);
    public static FactValue Of(DateOnly value) => new Day(value);
    public static FactValue Of(bool value) => new Flag(value);
    public static FactValue Of(IEnumerable<string> values) => new Words([.. values]);

    /// <summary>As it is inserted for a bare <c>{{name}}</c>: plain, in the shop's notation (days as <c>3 Dec 2026</c>).</summary>
    [JsonIgnore]
    public string Shown => this switch
    {
        Text t => t.Value,
        Number n => n.Value.ToString("0.############################"),
        Amount a => a.Value.ToString(),
        Day d => d.Value.ToString("d MMM yyyy"),
        Flag f => f.Value ? "yes" : "no",
        Words w => string.Join(", ", w.Values),
        _ => throw new InvalidOperationException("FactValue is closed."),
    };
}

/// <summary>A value with a name, a source and a time.</summary>
/// <param name="Name">Dotted, from <see cref="FactNames"/>: <c>order.status</c>.</param>
/// <param name="Source">Where it was read: <c>orders.csv line 12</c>, <c>computed</c>, <c>the message</c>.</param>
/// <param name="At">When the source was read.</param>
public sealed record Fact(string Name, FactValue Value, string Source, DateTimeOffset At);

/// <summary>A fact that the shop's data hold and nobody can read, or do not hold though they should.</summary>
/// <param name="Reason">One sentence for the owner.</param>
public sealed record UnknownFact(string Name, string Reason, string Source, DateTimeOffset At);

/// <summary>The facts of one decision, by name. Immutable; a later fact of the same name replaces an earlier one.</summary>
public sealed class FactSet
{
    private readonly Dictionary<string, Fact> _facts;
    private Func<string, IEnumerable<Fact>>? _worded;

    public FactSet(IEnumerable<Fact> facts)
    {
        _facts = new(StringComparer.Ordinal);
        foreach (var fact in facts)
        {
            _facts[fact.Name] = fact;
        }
    }

    public static FactSet Empty { get; } = new([]);

    public IReadOnlyCollection<Fact> All => _facts.Values;

    /// <summary>The fact of that name, or null when it is missing.</summary>
    public Fact? Find(string name) => _facts.GetValueOrDefault(name);

    /// <summary>True only when the fact is there, is a flag, and is true.</summary>
    public bool IsTrue(string name) => Find(name)?.Value is FactValue.Flag { Value: true };

    public string? Text(string name) => Find(name)?.Value.Shown;

    public Money? Amount(string name) => Find(name)?.Value is FactValue.Amount a ? a.Value : null;

    public FactSet With(IEnumerable<Fact> more) => new(_facts.Values.Concat(more)) { _worded = _worded };

    /// <summary>The same, knowing how facts that are words of a language ("today 18:00") are said in each.</summary>
    public FactSet Worded(Func<string, IEnumerable<Fact>> inLanguage) => new(_facts.Values) { _worded = inLanguage };

    /// <summary>The same as they stand in a text of this language.</summary>
    public FactSet In(string language) => _worded is { } inLanguage ? With(inLanguage(language)) : this;

    /// <summary>One of them as it stands in a text of this language; null when there is none.</summary>
    public Fact? FindIn(string language, string name) => _worded?.Invoke(language).FirstOrDefault(fact => fact.Name == name) ?? Find(name);
}

using OpsChat.Text;
using System.Collections;

namespace OpsChat.Facts;

/// <summary>Facts of one source while they are collected; a null value is a missing fact and leaves no trace.</summary>
internal sealed class FactList(Source source) : IEnumerable<Fact>
{
    private readonly List<Fact> _facts = [];

    public void Add(string name, string? value) => Add(name, string.IsNullOrWhiteSpace(value) ? null : FactValue.Of(value));
    public void Add(string name, decimal? value) => Add(name, value is { } v ? FactValue.Of(v) : null);
    public void Add(string name, Money? value) => Add(name, value is { } v ? FactValue.Of(v) : null);
    public void Add(string name, DateOnly? value) => Add(name, value is { } v ? FactValue.Of(v) : null);
    public void Add(string name, bool? value) => Add(name, value is { } v ? FactValue.Of(v) : null);
    public void Add(string name, IEnumerable<string>? value) => Add(name, value is null ? null : FactValue.Of(value));

    private void Add(string name, FactValue? value)
    {
        if (value is not null)
        {
            _facts.Add(new Fact(name, value, source.Place, source.ReadAt));
        }
    }

    public IEnumerator<Fact> GetEnumerator() => _facts.GetEnumerator();
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

using OpsChat.Text;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace OpsChat.Canary;

/// <summary>
/// The members of one JSON object, read one by one. A member that is wrong is noted and read as its type's zero, so that one pass finds
/// every problem; the caller must not use the values when <see cref="Finish"/> found any.
/// </summary>
internal sealed class ConfigMembers
{
    private readonly string _file;
    private readonly PlacedJson _object;
    private readonly string _what;
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);
    private readonly List<Finding> _findings = [];

    public ConfigMembers(string file, PlacedJson value, string what)
    {
        (_file, _object, _what) = (file, value, what);
        foreach (var again in value.Members.GroupBy(m => m.Name, StringComparer.Ordinal).SelectMany(g => g.Skip(1)))
        {
            Note(again.At, $"\"{again.Name}\" stands here a second time.", "Keep one of the two.");
        }
    }

    private bool IsObject => _object.Kind == JsonTokenType.StartObject;

    /// <summary>Whether an optional member is present; asking makes it known.</summary>
    public bool Has(string name)
    {
        _asked.Add(name);
        return _object.Members.Any(m => m.Name == name);
    }

    public decimal Number(string name, decimal from, decimal to, int decimals = 6) =>
        Find(name) is { } value ? Number(value, name, from, to, decimals) : 0;

    public string Text(string name, int longest)
    {
        if (Find(name) is not { } value)
        {
            return "";
        }
        if (value.Kind != JsonTokenType.String || value.Text.Length < 1 || value.Text.Length > longest)
        {
            Note(value.At, $"\"{name}\" must be a text of 1 to {longest} characters.", "Put it in double quotes.");
        }
        return value.Text;
    }

    public bool Flag(string name)
    {
        if (Find(name) is { Kind: not (JsonTokenType.True or JsonTokenType.False) } value)
        {
            Note(value.At, $"\"{name}\" must be true or false.", "Write it without quotes.");
        }
        return Find(name)?.Kind == JsonTokenType.True;
    }

    public T Choice<T>(string name) where T : struct, Enum
    {
        if (Find(name) is not { } value)
        {
            return default;
        }
        foreach (var choice in Enum.GetValues<T>())
        {
            if (value.Kind == JsonTokenType.String && value.Text == CanaryConfigText.Word(choice))
            {
                return choice;
            }
        }
        Note(value.At, $"\"{name}\" cannot be {Shown(value)}.", $"Write {OneOf(Enum.GetValues<T>().Select(CanaryConfigText.Word))}.");
        return default;
    }

    public ImmutableArray<decimal> Stages(string name)
    {
        if (Find(name) is not { } value)
        {
            return [];
        }
        var stages = value.Items.Select(i => Number(i, name, 0.01m, 100, 2)).ToImmutableArray();
        var ascending = stages.Zip(stages.Skip(1)).All(pair => pair.First < pair.Second);
        if (value.Kind != JsonTokenType.StartArray || stages.IsEmpty || !ascending)
        {
            Note(value.At, $"\"{name}\" must list ascending percentages.", "For example [10, 25, 50, 100].");
        }
        return stages;
    }

    /// <summary>An object with members of its own.</summary>
    public T? Inner<T>(string name, Func<ConfigMembers, T> read)
        where T : class
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        var inner = new ConfigMembers(_file, value, $"\"{name}\"");
        var found = read(inner);
        _findings.AddRange(inner.Finish());
        return found;
    }

    public IEnumerable<KeyValuePair<string, T>> ByName<T>(string name, Func<ConfigMembers, T> read) => ByName(name, (_, members) => read(members));

    /// <summary>The same for a reader that needs to know the member's name.</summary>
    public IEnumerable<KeyValuePair<string, T>> ByName<T>(string name, Func<string, ConfigMembers, T> read)
    {
        var found = new Dictionary<string, T>(StringComparer.Ordinal);
        if (Find(name) is not { } value)
        {
            return found;
        }
        var names = new ConfigMembers(_file, value, $"\"{name}\"");
        foreach (var member in value.Members)
        {
            names._asked.Add(member.Name);
            var inner = new ConfigMembers(_file, member.Value, $"\"{member.Name}\"");
            found[member.Name] = read(member.Name, inner);
            names._findings.AddRange(inner.Finish());
        }
        _findings.AddRange(names.Finish());
        return found;
    }

    /// <summary>An optional object: <paramref name="otherwise"/> when it is absent.</summary>
    public T Section<T>(string name, T otherwise, Func<ConfigMembers, T> read)
    {
        if (!Has(name) || Find(name) is not { } value)
        {
            return otherwise;
        }
        var inner = new ConfigMembers(_file, value, $"\"{name}\"");
        var section = read(inner);
        _findings.AddRange(inner.Finish());
        return section;
    }

    /// <summary>An optional list of objects; empty when it is absent.</summary>
    public IReadOnlyList<T> Items<T>(string name, Func<ConfigMembers, T> read)
    {
        if (!Has(name) || Find(name) is not { } value)
        {
            return [];
        }
        if (value.Kind != JsonTokenType.StartArray)
        {
            Note(value.At, $"\"{name}\" must be a list.", "Put its entries between [ and ].");
        }
        List<T> items = [];
        foreach (var item in value.Items)
        {
            var inner = new ConfigMembers(_file, item, $"an entry of \"{name}\"");
            items.Add(read(inner));
            _findings.AddRange(inner.Finish());
        }
        return items;
    }

    /// <summary>An optional number.</summary>
    public decimal Number(string name, decimal otherwise, decimal from, decimal to, int decimals) =>
        Has(name) ? Number(name, from, to, decimals) : otherwise;

    /// <summary>A text that <paramref name="read"/> understands; it gives the value, or null and what is wrong.</summary>
    public T? Parsed<T>(string name, int longest, Func<string, (T? Value, string? Problem)> read, string remedy)
    {
        var text = Text(name, longest);
        if (text.Length == 0)
        {
            return default;
        }
        var (parsed, problem) = read(text);
        if (problem is not null)
        {
            Wrong(name, problem, remedy);
        }
        return parsed;
    }

    /// <summary>Notes that a member, or the object itself, cannot be as it is.</summary>
    public void Wrong(string name, string problem, string remedy) => Note(Find(name)?.At ?? _object.At, problem, remedy);

    /// <summary>Every problem of this object, those of its shape and its unknown members included, in the order of the file.</summary>
    public IReadOnlyList<Finding> Finish()
    {
        if (!IsObject)
        {
            Note(_object.At, $"{Capital(_what)} must be an object.", "Put its members between { and }.");
        }
        foreach (var unknown in _object.Members.Where(m => !_asked.Contains(m.Name)))
        {
            Note(
                unknown.At,
                $"{Capital(_what)} has no member \"{unknown.Name}\".",
                NearNames.Remedy(unknown.Name, _asked, $"Known are: {string.Join(", ", _asked)}.")
            );
        }
        return [.. _findings.OrderBy(f => f.Line).ThenBy(f => f.Column)];
    }

    private PlacedJson? Find(string name)
    {
        var first = _asked.Add(name);
        foreach (var member in _object.Members)
        {
            if (member.Name == name)
            {
                return member.Value;
            }
        }
        if (first && IsObject)
        {
            Note(_object.At, $"{Capital(_what)} lacks \"{name}\".", "Add it; every member is required, so that the file says all that is in force.");
        }
        return null;
    }

    private decimal Number(PlacedJson value, string name, decimal from, decimal to, int decimals)
    {
        var isNumber = value.Kind == JsonTokenType.Number
            & decimal.TryParse(value.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number);
        if (!isNumber || number < from || number > to)
        {
            Note(value.At, $"\"{name}\" is {Shown(value)}.", $"It must be a number from {from} to {to}.");
            return 0;
        }
        if (decimal.Round(number, decimals) != number)
        {
            Note(value.At, $"\"{name}\" is {Shown(value)}.", decimals == 0 ? "It must be a whole number." : $"It takes at most {decimals} decimals.");
        }
        return number;
    }

    private void Note(TextPlace at, string problem, string remedy) => _findings.Add(new(_file, at.Line, at.Column, problem, remedy));

    private static string Shown(PlacedJson value) => value.Kind switch
    {
        JsonTokenType.String => $"\"{value.Text}\"",
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "a list",
        _ => value.Text,
    };

    private static string OneOf(IEnumerable<string> words) => string.Join(" or ", words.Select(w => $"\"{w}\""));

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}

using OpsChat.Facts;
using OpsChat.Text;

namespace OpsChat.Playbooks;

/// <summary>The fact names that a playbook may use, with their kinds: <see cref="FactNames"/> and the shop's own <c>store.*</c> keys.</summary>
public sealed class FactVocabulary
{
    /// <summary>Numbers that count days, so that <c>3 days</c> and <c>1 week</c> may be compared with them.</summary>
    private static readonly HashSet<string> CountsOfDays =
    [
        "order.days_late", "order.age", "shipment.days_since_scan", "product.days_of_stock",
        "return.days_left", "store.return_window", "store.handling_days",
    ];

    private readonly Dictionary<string, FactKind> _kinds;
    private readonly bool _acceptsAll;

    private FactVocabulary(Dictionary<string, FactKind> kinds, bool acceptsAll)
    {
        _kinds = kinds;
        _acceptsAll = acceptsAll;
    }

    /// <summary>The names of <see cref="FactNames.All"/>.</summary>
    public static FactVocabulary Standard { get; } =
        new(FactNames.All.ToDictionary(known => known.Key, known => known.Value.Kind), acceptsAll: false);

    /// <summary>
    /// Takes every name. For a last good version, which was checked when it was written: a name that has since left
    /// <c>_shop.md</c> is then a missing fact, which the gate sees, and not a playbook that has vanished.
    /// </summary>
    public static FactVocabulary Unchecked { get; } = new(Standard._kinds, acceptsAll: true);

    public IEnumerable<string> Names => _kinds.Keys;

    /// <summary>This vocabulary and <paramref name="more"/> names.</summary>
    public FactVocabulary With(IEnumerable<KeyValuePair<string, FactKind>> more)
    {
        var kinds = new Dictionary<string, FactKind>(_kinds);
        foreach (var (name, kind) in more)
        {
            kinds[name] = kind;
        }

        return new(kinds, _acceptsAll);
    }

    public bool Knows(string name) => _acceptsAll || _kinds.ContainsKey(name);

    /// <summary>The kind of value that the name stands for, or null when the name is unknown.</summary>
    public FactKind? KindOf(string name) => _kinds.TryGetValue(name, out var kind) ? kind : null;

    public static bool IsCountOfDays(string name) => CountsOfDays.Contains(name);

    /// <summary>What to do about an unknown name.</summary>
    public string Remedy(string unknown) =>
        NearNames.Remedy(
            unknown,
            Names,
            "`opschat check` accepts the names listed under Facts in the documentation, and the keys of _shop.md as store.<key>."
        );
}

/// <summary>Something wrong in a condition or a text, at an offset in it.</summary>
/// <param name="At">0-based offset in the condition's or the text's source.</param>
public sealed record ParseError(int At, string Problem, string Remedy);

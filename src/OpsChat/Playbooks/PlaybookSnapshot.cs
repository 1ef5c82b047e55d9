using OpsChat.Facts;
using OpsChat.Understanding;

namespace OpsChat.Playbooks;

/// <summary>The playbooks in force with the reader trained on them. One immutable value, swapped whole when a file changes.</summary>
public sealed record PlaybookSnapshot(PlaybookSet Playbooks, MessageReader Reader, ShopPolicy Policy)
{
    public ShopProfile Shop => Playbooks.Shop;

    /// <summary>The sentence encoder that reads messages; null where words decide alone.</summary>
    public ISentenceEncoder? Encoder => Reader.Classifier.Encoder;

    /// <summary>Issues of the playbooks that answer everyone unless they are rolled back.</summary>
    public IReadOnlyList<string> FullyAutonomous { get; } =
    [.. Playbooks.Playbooks.Where(p => p.Settings.Autonomy == Autonomy.Full).Select(p => p.Issue)];

    private readonly IReadOnlyDictionary<string, PlaybookNeeds> _needs = Playbooks.Playbooks.ToDictionary(p => p.Issue, NeedsOfPlaybook.Of);

    /// <summary>What the answers of an issue depend on; nothing for an unknown one.</summary>
    public PlaybookNeeds NeedsOf(string issue) => _needs.GetValueOrDefault(issue);

    /// <summary>The first playbook, by name, whose answer depends on this; null when none does.</summary>
    public Playbook? Needing(PlaybookNeeds needs) => Playbooks.Playbooks.FirstOrDefault(playbook => NeedsOf(playbook.Issue).HasFlag(needs));

    private readonly Dictionary<string, HashSet<string>> _ownNames = Playbooks.Playbooks.ToDictionary(
        p => p.Issue,
        p => OwnNames.Of(p, Playbooks.Shop)
    );

    /// <summary>Whether a text has a name that the shop's own facts in this issue's answer have: "visa" where <c>store.payment_methods
    /// </c> lists it.</summary>
    public bool NamesFactOf(string issue, string text) => _ownNames.TryGetValue(issue, out var names) && OwnNames.AreIn(text, names);

    public static PlaybookSnapshot From(PlaybookSet set) => From(set, null);

    /// <param name="encoder">Null: messages are understood by words and letters alone.</param>
    public static PlaybookSnapshot From(PlaybookSet set, ISentenceEncoder? encoder)
    {
        var examples = set.Playbooks.Select(p => new IssueExamples(p.Issue, p.Description, p.Examples)).ToList();
        var prose = set.Playbooks.SelectMany(p => p.Rules).SelectMany(r => r.Condition.ProsePhrases).Distinct().ToList();
        var languages = set.Playbooks.SelectMany(p => p.StandardReply.ByLanguage.Keys).Select(tag => tag.Split('-')[0]).Distinct().ToList();
        return new(set, MessageReader.Train(examples, prose, encoder, languages, OptionWords.All), PolicyOf(set.Shop));
    }

    private static ShopPolicy PolicyOf(ShopProfile shop) =>
        new(shop.Hours.Zone, shop.Currency, shop.ReturnWindow, shop.HandlingDays, null, shop.Vip is null ? null : shop.IsVip)
        {
            Url = shop.Url,
            DayFirst = shop.DayFirst,
            Stock = shop.Stock,
            IsOpenDay = shop.Hours.IsOpenDay,
        };
}

/// <summary>The playbooks that are in force at this moment. A message asks once, so that a reload in between does not mix two states.</summary>
public delegate PlaybookSnapshot CurrentPlaybooks();

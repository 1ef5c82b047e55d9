using System.Text;
using OpsChat.Text;

namespace OpsChat.Playbooks;

/// <summary>A file of the playbooks folder as it was read.</summary>
/// <param name="Name">With extension: <c>refund-request.md</c>.</param>
/// <param name="Unreadable">Why there is no content (locked, no permission), or null.</param>
public sealed record PlaybookFile(string Name, ReadOnlyMemory<byte> Content, string? Unreadable = null)
{
    /// <summary>The first 12 hex digits of the content's SHA-256.</summary>
    public string Version { get; } = PlaybookParser.Version(Content.Span);

    /// <summary>The file's name without extension: a playbook's issue, or <c>_shop</c>.</summary>
    public string Stem => Path.GetFileNameWithoutExtension(Name);

    public bool IsShop => Name == ShopProfile.ShopFile;
}

/// <summary>All playbooks in force and the shop's profile, checked together. Immutable; one message uses one set.</summary>
/// <param name="ByIssue">Playbooks by issue.</param>
/// <param name="Findings">Errors and warnings of all files, by file and line.</param>
/// <param name="InForce">The files that the set was made of; for a broken file, its last good version.</param>
public sealed record PlaybookSet(
    IReadOnlyDictionary<string, Playbook> ByIssue, ShopProfile Shop, IReadOnlyList<Finding> Findings, IReadOnlyList<PlaybookFile> InForce)
{
    /// <summary>Playbooks in the order of their names.</summary>
    public IReadOnlyList<Playbook> Playbooks { get; } = [.. ByIssue.Values.OrderBy(playbook => playbook.Issue, StringComparer.Ordinal)];

    /// <summary>The first 12 hex digits of a SHA-256 over names and versions of the files in force: the same files give the same.</summary>
    public string Fingerprint { get; } =
        PlaybookParser.Version(
            Encoding.UTF8.GetBytes(
                string.Join('\n', InForce.OrderBy(file => file.Name, StringComparer.Ordinal).Select(file => $"{file.Name} {file.Version}"))
            )
        );

    public bool HasErrors => Findings.Any(finding => finding.IsError);

    /// <summary>The playbook of an issue, or null.</summary>
    public Playbook? Find(string issue) => ByIssue.GetValueOrDefault(issue);

    /// <summary>The set that these files make. Every broken file is replaced by its last good version, where there is one.</summary>
    /// <param name="lastGood">Last good versions by file name.</param>
    public static PlaybookSet Build(IReadOnlyCollection<PlaybookFile> files, IReadOnlyDictionary<string, PlaybookFile> lastGood)
    {
        List<Finding> findings = [];
        List<PlaybookFile> inForce = [];
        var shop = BuildShop(files.FirstOrDefault(file => file.IsShop), lastGood.GetValueOrDefault(ShopProfile.ShopFile), findings, inForce);
        // Without the shop's own words nobody can tell which of their names are wrong; until they can be read, people send what is drafted.
        var isShopUnknown = shop is null;
        shop ??= ShopProfile.Default;
        var vocabulary = isShopUnknown ? FactVocabulary.Unchecked : shop.Vocabulary;
        List<ParsedPlaybook> playbooks = [];
        foreach (var file in files.Where(file => !file.IsShop).OrderBy(file => file.Name, StringComparer.Ordinal))
        {
            if (Parse(file, vocabulary, lastGood.GetValueOrDefault(file.Name), findings, inForce) is { } parsed)
            {
                playbooks.Add(isShopUnknown ? parsed with { Playbook = ForPeople(parsed.Playbook!) } : parsed);
            }
        }

        findings.AddRange(PlaybookLinter.Check(playbooks));
        return new(
            playbooks.ToDictionary(parsed => parsed.Playbook!.Issue, parsed => parsed.Playbook!),
            shop,
            [
                .. findings
                    .OrderBy(finding => finding.File, StringComparer.Ordinal)
                    .ThenBy(finding => finding.Line)
                    .ThenBy(finding => finding.Column),
            ],
            inForce
        );
    }

    private static Playbook ForPeople(Playbook playbook) =>
        playbook.Settings.Autonomy <= Autonomy.Suggest ? playbook
            : playbook with { Settings = playbook.Settings with { Autonomy = Autonomy.Suggest } };

    /// <returns>Null when the file is there and neither it nor an earlier version of it can be used.</returns>
    private static ShopProfile? BuildShop(PlaybookFile? file, PlaybookFile? lastGood, List<Finding> findings, List<PlaybookFile> inForce)
    {
        if (file is null)
        {
            findings.Add(
                new(
                    ShopProfile.ShopFile,
                    1,
                    1,
                    "The file is not there; plain defaults stand in.",
                    "Write the shop's name, currency, time zone and opening hours into it.",
                    IsError: false
                )
            );
            return ShopProfile.Default;
        }

        var parsed = file.Unreadable is { } why ? new(null, [Unreadable(file, why)]) : ShopProfileParser.Parse(file.Content.Span);
        findings.AddRange(parsed.Findings);
        if (parsed.Profile is not null)
        {
            inForce.Add(file);
            return parsed.Profile;
        }

        if (lastGood is not null && ShopProfileParser.Parse(lastGood.Content.Span).Profile is { } kept)
        {
            inForce.Add(lastGood);
            return kept;
        }

        findings.Add(
            new(
                ShopProfile.ShopFile,
                1,
                1,
                "The shop's words cannot be used, so nothing is answered automatically.",
                "Mend the errors of this file; the playbooks' use of its words is checked then."
            )
        );
        return null;
    }

    private static ParsedPlaybook? Parse(
        PlaybookFile file,
        FactVocabulary vocabulary,
        PlaybookFile? lastGood,
        List<Finding> findings,
        List<PlaybookFile> inForce
    )
    {
        var parsed = file.Unreadable is { } why ? new(null, [Unreadable(file, why)]) : PlaybookParser.Parse(file.Name, file.Content.Span, vocabulary);
        findings.AddRange(parsed.Findings);
        if (parsed.Playbook is not null)
        {
            inForce.Add(file);
            return parsed;
        }

        if (
            lastGood is not null
            && PlaybookParser.Parse(lastGood.Name, lastGood.Content.Span, FactVocabulary.Unchecked) is { Playbook: not null } kept
        )
        {
            inForce.Add(lastGood);
            return kept;
        }

        return null;
    }

    private static Finding Unreadable(PlaybookFile file, string why) =>
        new(file.Name, 1, 1, $"The file cannot be read: {why}", "Close the program that holds it, or give OpsChat the right to read it.");
}

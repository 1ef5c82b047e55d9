using OpsChat.Playbooks;
using OpsChat.Text;

namespace OpsChat.Agent;

/// <summary>What is in force now and was not before, and what is no longer. Names are those of files without extension; <c>_shop</c> is the
/// shop's profile.</summary>
/// <param name="Added">In force now, and not before.</param>
/// <param name="Changed">In force in another version now.</param>
/// <param name="Removed">No longer in force.</param>
/// <param name="Broken">Files with errors: the last good version is in force, or nothing where there never was one.</param>
/// <param name="Findings">Errors and warnings that were not there before.</param>
/// <param name="Set">The set in force now.</param>
public sealed record CatalogChange(
    IReadOnlyList<string> Added, IReadOnlyList<string> Changed, IReadOnlyList<string> Removed,
    IReadOnlyList<string> Broken, IReadOnlyList<Finding> Findings, PlaybookSet Set)
{
    /// <summary>The change from what was recorded last to a set.</summary>
    public static CatalogChange Between(PlaybookRecord before, PlaybookSet after)
    {
        var (old, now) = (before.Versions, PlaybookRecord.Of(after).Versions);
        return new(
            [.. now.Keys.Except(old.Keys)],
            [.. now.Keys.Where(name => old.TryGetValue(name, out var version) && version != now[name])],
            [.. old.Keys.Except(now.Keys)],
            [
                .. after
                    .Findings.Where(finding => finding.IsError && !finding.IsAboutFolder)
                    .Select(finding => Path.GetFileNameWithoutExtension(finding.File))
                    .Distinct(),
            ],
            [.. after.Findings.Where(finding => !before.Findings.Contains(finding.ToString()))],
            after);
    }

    /// <summary>For the owner: one sentence for each thing that happened, errors with their place and remedy.</summary>
    public IEnumerable<string> InWords =>
        [
            .. Added.Select(name => $"{name} is in force."),
            .. Changed.Select(name => $"{name} is in force in its new version."),
            .. Removed.Select(name => $"{name} is no longer in force."),
            .. Findings.Where(finding => finding.IsError).Select(finding => finding.ToString()),
            .. Findings.Where(finding => finding.IsAboutFolder).Select(_ => "Every playbook stays in force as it was."),
            .. Broken
                .Where(name => Findings.Any(finding => finding.IsError && Path.GetFileNameWithoutExtension(finding.File) == name))
                .Select(name =>
                    Set.InForce.Any(file => file.Stem == name)
                        ? $"{name} stays in force in its last good version."
                        : $"{name} is not in force until that is mended."
                ),
        ];
}

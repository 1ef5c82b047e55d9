using OpsChat.Agent;
using OpsChat.Playbooks;

namespace OpsChat.Host.Web;

/// <summary>What is wrong with the owner's files as they lie on the disk; while it is, what was read last without errors is in force.</summary>
sealed class BrokenFiles(PlaybookCatalog<PlaybookSnapshot> catalog, CanaryConfigFile canary, OperationsConfigFile operations)
{
    /// <summary>Every error, by file and line. The files carry the names under which they are edited.</summary>
    public IReadOnlyList<Finding> Errors() =>
    [
        .. catalog.Set.Findings
            .Concat(canary.Findings.Select(finding => finding with { File = OwnedFiles.CanaryName }))
            .Concat(operations.Findings.Select(finding => finding with { File = OwnedFiles.OperationsName }))
            .Where(finding => finding.IsError)
            .OrderBy(finding => finding.File, StringComparer.Ordinal)
            .ThenBy(finding => finding.Line),
    ];

    /// <summary>What is in force and should be looked at in what is true for the whole shop: customers read it in every answer, and a translation
    /// that tells other figures than its line is given to nobody.</summary>
    public IReadOnlyList<Finding> ShopWarnings() =>
        [.. catalog.Set.Findings.Where(finding => finding is { IsError: false, File: ShopProfile.ShopFile }).OrderBy(finding => finding.Line)];

    /// <summary>Those of one file.</summary>
    public IReadOnlyList<Finding> Errors(string file) => [.. Errors().Where(finding => finding.File == file)];
}

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

    /// <summary>Those of one file.</summary>
    public IReadOnlyList<Finding> Errors(string file) => [.. Errors().Where(finding => finding.File == file)];
}

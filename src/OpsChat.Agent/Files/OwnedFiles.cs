using System.Text;
using System.Text.RegularExpressions;
using OpsChat.Canary;
using OpsChat.Drafting.Prompts;
using OpsChat.Operations.Settings;
using OpsChat.Playbooks;
using OpsChat.Text;

namespace OpsChat.Agent;

/// <summary>What a file of the owner's is for.</summary>
public enum OwnedKind { Playbook, Shop, Prompt, Canary, Operations }

/// <summary>A file that the owner writes and OpsChat reads.</summary>
/// <param name="Name">As it is shown and kept: <c>refund-request.md</c>, <c>prompts/draft.scriban</c>, <c>canary.config.json</c>.</param>
/// <param name="Path">Where it lies, or would lie.</param>
public sealed record OwnedFile(string Name, string Path, OwnedKind Kind)
{
    public bool IsPlaybookOrShop => Kind is OwnedKind.Playbook or OwnedKind.Shop;
}

/// <summary>The owner's files: which there are, and what is wrong with a text before it stands in one of them.</summary>
/// <param name="playbooks">Folder of playbooks and <c>_shop.md</c>.</param>
/// <param name="prompts">Folder of prompts; it need not be there.</param>
/// <param name="canary">The file of the rollout.</param>
/// <param name="operations">The file of what is watched; it need not be there.</param>
public sealed partial class OwnedFiles(string playbooks, string prompts, string canary, string operations)
{
    private const string PromptPrefix = "prompts/";

    /// <summary>The settings files, by the name under which they are edited.</summary>
    public const string CanaryName = "canary.config.json", OperationsName = "operations.config.json";

    /// <summary>Where they lie: the folders of playbooks and prompts, and the settings files.</summary>
    public string Playbooks => playbooks;
    public string Prompts => prompts;
    public string Canary => canary;
    public string Operations => operations;

    /// <summary>All that are there, and the ones that may be written anew: settings that hold by default.</summary>
    public IReadOnlyList<OwnedFile> All() =>
        [
            new(ShopProfile.ShopFile, System.IO.Path.Combine(playbooks, ShopProfile.ShopFile), OwnedKind.Shop),
            .. (PlaybookFolder.Read(playbooks) ?? [])
                .Where(file => !file.IsShop)
                .Select(file => new OwnedFile(file.Name, System.IO.Path.Combine(playbooks, file.Name), OwnedKind.Playbook)),
            new(CanaryName, canary, OwnedKind.Canary),
            new(OperationsName, operations, OwnedKind.Operations),
            .. PromptsThere(),
        ];

    /// <summary>The file of that name; null when no file of the owner's may have it. It need not be there yet.</summary>
    public OwnedFile? Find(string? name) => name switch
    {
        null => null,
        CanaryName => new(name, canary, OwnedKind.Canary),
        OperationsName => new(name, operations, OwnedKind.Operations),
        ShopProfile.ShopFile => new(name, System.IO.Path.Combine(playbooks, name), OwnedKind.Shop),
        _ when IsPrompt(name) => IsPlain(name[PromptPrefix.Length..], ".scriban", ".md")
            ? new(name, System.IO.Path.Combine(prompts, name[PromptPrefix.Length..]), OwnedKind.Prompt)
            : null,
        _ => PlaybookName().IsMatch(name) ? new(name, System.IO.Path.Combine(playbooks, name), OwnedKind.Playbook) : null,
    };

    /// <summary>Where a file of that name lies, or would lie, whoever made it; null when no file of the owner's may have the name.</summary>
    public OwnedFile? Place(string name) =>
        Find(name) ?? (IsPlain(name, ".md") ? new(name, System.IO.Path.Combine(playbooks, name), OwnedKind.Playbook) : null);

    /// <summary>Whether a file of that name is a prompt.</summary>
    internal static bool IsPrompt(string name) => name.StartsWith(PromptPrefix, StringComparison.Ordinal);

    private static bool IsPlain(string name, params ReadOnlySpan<string> endings) =>
        name == System.IO.Path.GetFileName(name)
        && !name.Contains('\\')
        && name is not (['.', ..] or [])
        && endings.Contains(System.IO.Path.GetExtension(name));

    /// <summary>What is wrong with a text, were it the file's; of a playbook or the shop's profile also what it breaks elsewhere.</summary>
    public IReadOnlyList<Finding> Check(OwnedFile file, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return file.Kind switch
        {
            OwnedKind.Canary => CanaryConfigText.Read(file.Name, bytes).Findings,
            OwnedKind.Operations => OperationsConfigText.Read(file.Name, bytes).Findings,
            OwnedKind.Prompt => CheckPrompt(file, text),
            _ => CheckPlaybook(file, bytes),
        };
    }

    private List<OwnedFile> PromptsThere() => !Directory.Exists(prompts) ? [] :
    [
        .. Directory.EnumerateFiles(prompts).Where(path => System.IO.Path.GetExtension(path) is ".scriban" or ".md").Order(StringComparer.Ordinal)
            .Select(path => new OwnedFile(PromptPrefix + System.IO.Path.GetFileName(path), path, OwnedKind.Prompt)),
    ];

    private List<Finding> CheckPlaybook(OwnedFile file, byte[] bytes)
    {
        var files = PlaybookFolder.Read(playbooks) ?? [];
        var none = new Dictionary<string, PlaybookFile>();
        var before = PlaybookSet.Build([.. files], none).Findings.Where(finding => finding.IsError).ToHashSet();
        var after = PlaybookSet.Build([.. files.Where(other => other.Name != file.Name), new PlaybookFile(file.Name, bytes)], none).Findings;
        return
        [
            .. after.Where(finding => finding.File == file.Name),
            .. after
                .Where(finding => finding.File != file.Name && finding.IsError && !before.Contains(finding))
                .Select(finding => new Finding(
                    file.Name,
                    1,
                    1,
                    $"This breaks {finding.File}, line {finding.Line}: {finding.Problem}",
                    finding.Remedy
                )),
        ];
    }

    /// <summary>Prompts are checked as a folder, so the folder is laid out once more with this text in it.</summary>
    private List<Finding> CheckPrompt(OwnedFile file, string text)
    {
        var trial = Directory.CreateTempSubdirectory("opschat-prompts-").FullName;
        try
        {
            foreach (var prompt in PromptsThere())
            {
                File.Copy(prompt.Path, System.IO.Path.Combine(trial, System.IO.Path.GetFileName(prompt.Path)));
            }

            var name = System.IO.Path.GetFileName(file.Path);
            File.WriteAllText(System.IO.Path.Combine(trial, name), text);
            return
            [
                .. PromptSet
                    .Load(trial)
                    .Findings.Where(finding => System.IO.Path.GetFileName(finding.File) == name)
                    .Select(finding => finding with { File = file.Name }),
            ];
        }
        finally
        {
            Directory.Delete(trial, recursive: true);
        }
    }

    [GeneratedRegex(@"^[a-z0-9]+(-[a-z0-9]+)*\.md$")]
    private static partial Regex PlaybookName();
}

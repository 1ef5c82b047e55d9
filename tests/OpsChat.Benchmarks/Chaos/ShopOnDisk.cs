using System.Text;
using OpsChat.Agent;
using OpsChat.Canary;
using OpsChat.Playbooks;

namespace OpsChat.Benchmarks.Chaos;

/// <summary>A folder of one run's own: data, a copy of the shipped playbooks, and a canary configuration. Gone when disposed.</summary>
public sealed class ShopOnDisk : IDisposable
{
    private const string Edited = "opening-hours.md";

    private readonly string _original;

    public ShopOnDisk()
    {
        Directory.CreateDirectory(Playbooks);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Checkout(), "playbooks"), "*.md"))
        {
            File.Copy(file, Path.Combine(Playbooks, Path.GetFileName(file)));
        }

        _original = File.ReadAllText(Path.Combine(Playbooks, Edited));
        SetPercentage(50);
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("opschat-chaos-").FullName;
    public string Data => Path.Combine(Folder, "data");
    public string Playbooks => Path.Combine(Folder, "playbooks");
    public string Canary => Path.Combine(Folder, "canary.config.json");
    public string Database => Path.Combine(Data, "opschat.db");

    /// <summary>Edits a playbook as an editor does: in place, so that the host may read half of it.</summary>
    public void EditPlaybook(int edition) => File.WriteAllText(Path.Combine(Playbooks, Edited), TextOf(edition));

    /// <summary>The playbooks as they were shipped, and after each edit up to that one.</summary>
    public IEnumerable<IReadOnlyList<PlaybookFile>> Editions(int upTo)
    {
        // What stands there now may be broken; it is one of these otherwise.
        var others = (PlaybookFolder.Read(Playbooks) ?? []).Where(file => file.Name != Edited).ToList();
        return Enumerable
            .Range(0, upTo + 1)
            .Select(edition => edition == 0 ? _original : TextOf(edition))
            .Select(IReadOnlyList<PlaybookFile> (text) =>
                [.. others.Append(new(Edited, Encoding.UTF8.GetBytes(text))).OrderBy(file => file.Name, StringComparer.Ordinal)]
            );
    }

    /// <summary>Leaves a file that cannot be a playbook, until the next edit.</summary>
    public void BreakPlaybook() => File.WriteAllText(Path.Combine(Playbooks, Edited), "---\nmodule: [\n");

    /// <summary>Changes the canary as the owner's commands do: whole, by renaming.</summary>
    public void SetPercentage(decimal percentage)
    {
        var next = Canary + ".next";
        File.WriteAllBytes(next, CanaryConfigText.Write(new CanaryConfig { Percentage = percentage }));
        File.Move(next, Canary, overwrite: true);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private string TextOf(int edition) =>
        _original.Replace("## Issue Type", $"## Issue Type\n\nEdition {edition}.", StringComparison.Ordinal);

    private static string Checkout()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "OpsChat.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException("This program runs from a build inside the repository.");
    }
}

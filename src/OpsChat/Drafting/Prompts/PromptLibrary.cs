using OpsChat.Text;

namespace OpsChat.Drafting.Prompts;

/// <summary>
/// The prompts in force. <see cref="Reload"/> builds the set whole, checks it whole and swaps one reference; a set with an error is
/// not taken, and the last good one stays. One message reads <see cref="Current"/> once.
/// </summary>
/// <param name="folder">Where the <c>*.scriban</c> files are. A folder that is absent gives no prompts, and the model is not asked.</param>
public sealed class PromptLibrary(string folder)
{
    private volatile PromptSet _current = PromptSet.Empty;

    public PromptSet Current => _current;

    public string Folder => folder;

    /// <summary>Reads the folder again. The findings are for the owner; errors among them mean that nothing changed.</summary>
    public IReadOnlyList<Finding> Reload()
    {
        var (set, findings) = PromptSet.Load(folder);
        if (!findings.Any(f => f.IsError))
        {
            _current = set;
        }
        return findings;
    }
}

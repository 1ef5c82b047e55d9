using Microsoft.Extensions.Logging;
using OpsChat.Storage;

namespace OpsChat.Prompts;

/// <summary>Brings edits of the prompts into force within a second. Prompts with an error are not taken; the owner is told why, once for each edit.</summary>
public sealed class PromptWatcher(PromptLibrary prompts, IStore store, TimeProvider time, ILogger<PromptWatcher> log)
    : HostedLook(TimeSpan.FromSeconds(1), time, log)
{
    private string _seen = "";

    protected override string WhenItFails => "The prompts could not be looked at, and those in force stay";

    /// <summary>Takes the prompts anew when a file changed since the last look.</summary>
    public override async Task LookAsync(CancellationToken cancel)
    {
        var stamp = Stamp();
        if (stamp == _seen)
        {
            return;
        }

        var errors = prompts.Reload().Where(f => f.IsError).ToList();
        _seen = stamp;
        if (errors.Count > 0)
        {
            var sentence = $"The prompts have {errors.Count} error(s), so the last good ones stay in force. The first: {errors[0]}";
            await store.WriteAsync(session => session.Notices.Add("prompts", sentence, Time.GetUtcNow()), cancel);
        }
    }

    private string Stamp() => !Directory.Exists(prompts.Folder) ? "none" : string.Join('\n',
        new DirectoryInfo(prompts.Folder).GetFiles("*.hbs").OrderBy(f => f.Name, StringComparer.Ordinal).Select(f => $"{f.Name} {f.Length} {f.LastWriteTimeUtc.Ticks}"));
}

using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpsChat.Storage;

namespace OpsChat.Prompts;

/// <summary>Brings edits of the prompts into force within a second. Prompts with an error are not taken; the owner is told why, once for each edit.</summary>
public sealed partial class PromptWatcher(PromptLibrary prompts, IStore store, TimeProvider time, ILogger<PromptWatcher> log) : BackgroundService
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(1);

    private string _seen = "";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_interval, time);
        do
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                // A hosted loop: an editor that holds a file open, or a full disk, must not end all later looks.
                LookFailed(log, failure);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>Takes the prompts anew when a file changed since the last look.</summary>
    public async Task LookAsync(CancellationToken cancel)
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
            await store.WriteAsync(session => session.Notices.Add("prompts", sentence, time.GetUtcNow()), cancel);
        }
    }

    private string Stamp() => !Directory.Exists(prompts.Folder) ? "none" : string.Join('\n',
        new DirectoryInfo(prompts.Folder).GetFiles("*.hbs").OrderBy(f => f.Name, StringComparer.Ordinal).Select(f => $"{f.Name} {f.Length} {f.LastWriteTimeUtc.Ticks}"));

    [LoggerMessage(Level = LogLevel.Error, Message = "Looking at the prompts failed; those in force stay, and the next look tries again.")]
    private static partial void LookFailed(ILogger log, Exception failure);
}

using Microsoft.Extensions.Logging;
using OpsChat.Drafting.Prompts;
using OpsChat.Storage;

namespace OpsChat.Agent;

/// <summary>
/// Brings edits of the prompts into force within a second, and has what is in force recorded at the first look and after each change, again until
/// it succeeds. Prompts with an error are not taken; the owner is told why, once for each edit.
/// </summary>
public sealed class PromptWatcher(PromptLibrary prompts, IStore store, TimeProvider time, ILogger<PromptWatcher> log)
    : PeriodicService(TimeSpan.FromSeconds(1), time, log)
{
    private string _seen = "";
    private PromptSet? _recorded;
    private string? _toTell;

    protected override string WhenItFails => "The prompts could not be looked at, and those in force stay";

    /// <summary>Takes the prompts anew when a file changed since the last look.</summary>
    public override async Task LookAsync(CancellationToken cancellationToken)
    {
        var stamp = Stamp();
        if (stamp != _seen)
        {
            var errors = prompts.Reload().Where(f => f.IsError).ToList();
            _toTell =
                errors.Count == 0
                    ? null
                    : $"The prompts have {errors.Count} error(s), so the last good ones stay in force. The first: {errors[0]}";
            _seen = stamp;
        }

        var (set, sentence) = (prompts.Current, _toTell);
        if (set != _recorded || sentence is not null)
        {
            await store.WriteAsync(session => Keep(session, set, sentence, Time.GetUtcNow()), cancellationToken);
            (_recorded, _toTell) = (set, null);
        }
    }

    private static void Keep(UnitOfWork session, PromptSet set, string? trouble, DateTimeOffset now)
    {
        PromptRecord.Keep(session, set, now);
        if (trouble is not null)
        {
            session.Notices.Add("prompts", trouble, now);
        }
    }

    private string Stamp() => !Directory.Exists(prompts.Folder) ? "none" : string.Join('\n',
        new DirectoryInfo(prompts.Folder).GetFiles().Where(f => f.Extension == PromptVocabulary.Extension || f.Name == PhraseBook.FileName)
            .OrderBy(f => f.Name, StringComparer.Ordinal).Select(f => $"{f.Name} {f.Length} {f.LastWriteTimeUtc.Ticks}"));
}

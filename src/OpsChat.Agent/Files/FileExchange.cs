using System.Text;
using Microsoft.Extensions.Logging;
using OpsChat.Playbooks;
using OpsChat.Storage;
using OpsChat.Storage.Tables;

namespace OpsChat.Agent;

/// <summary>
/// Carries the owner's files from host to host through the store that they share: an edit in any host's folder becomes every host's, and each host's
/// folder holds what all have. A file with an error stays where it was made; where two were edited at the same time, one is kept for a person to
/// choose. The rollout's file goes with its record (<see cref="ConfigEdits"/>).
/// </summary>
/// <param name="host">By which people know this host.</param>
public sealed partial class FileExchange(OwnedFiles files, SyncedFiles synced, IStore store, string host, TimeProvider time, ILogger log)
    : IDisposable
{
    private readonly SemaphoreSlim _one = new(1, 1);

    // Editors save by deleting and renaming.
    private readonly Dictionary<string, long> _goneSince = [];

    // Broken texts are checked once; and told once what the disk does not take.
    private readonly Dictionary<string, string> _broken = [];
    private string _refused = "";

    public void Dispose() => _one.Dispose();

    /// <summary>Compares all files with the store, and does what is to be done.</summary>
    /// <returns>Whether a file of this host was changed.</returns>
    public async Task<bool> LookAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            // 1. Look here and there.
            var local = Local();
            var (heads, wereShared) = await store.ReadAsync(
                session =>
                {
                    var known = session.SharedFiles.Heads();
                    var shared = local
                        .Where(file => file.Digest is not null && synced.Of(file.Name) is null && session.Files.Knows(file.Name, file.Digest))
                        .Select(file => file.Name)
                        .ToHashSet();
                    return (known, shared);
                },
                cancellationToken
            );

            // 2. Decide.
            var here = local.ToDictionary(file => file.Name);
            var names = heads.Select(head => head.Name).Concat(here.Keys).Concat(synced.Names).Distinct().Where(IsExchanged);
            var steps = (
                from name in names
                let file = here.GetValueOrDefault(name) ?? new LocalFile(name, null, null)
                where file.Unreadable is null
                let head = heads.FirstOrDefault(one => one.Name == name)
                let step = FileSync.Decide(file.Digest, synced.Of(name), head, wereShared.Contains(name))
                where step != SyncStep.None
                select new Step(file, head, step)
            ).ToList();

            // 3. Act: what goes to all hosts first, in one commit, and then what comes from them.
            synced.Set([.. steps.Where(step => step.Kind == SyncStep.Agree).Select(step => (step.File.Name, Agreed(step.Head!)))]);
            await PushAsync([.. steps.Where(step => step.Kind == SyncStep.Push && MayGo(step.File))], cancellationToken);
            return await PullAsync([.. steps.Where(step => step.Kind is SyncStep.Pull or SyncStep.Conflict)], cancellationToken);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>What stands in the folder; nothing when there is no folder, which is no wish to delete all of it.</summary>
    private List<LocalFile> Local()
    {
        var there = files.All().Where(file => IsExchanged(file.Name) && File.Exists(file.Path)).ToList();
        var gone = there.Any(file => file.IsPlaybookOrShop) ? [] : synced.Names.Except(there.Select(file => file.Name));
        return [.. there.Select(Read), .. gone.Select(name => new LocalFile(name, null, "There are no playbooks."))];
    }

    private static LocalFile Read(OwnedFile file)
    {
        try
        {
            return new(file.Name, File.ReadAllText(file.Path).ReplaceLineEndings("\n"), null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It is being written, or is a finding of its own; the next look sees.
            return new(file.Name, null, e.Message);
        }
    }

    private static bool IsExchanged(string name) => name != OwnedFiles.CanaryName;

    private static SyncedFile Agreed(SharedHead head) => new(head.Version, head.Digest);

    /// <summary>A broken text stays here, where its finding is; a deleted file is gone when it stays away.</summary>
    private bool MayGo(LocalFile file)
    {
        if (file.Text is null)
        {
            return _goneSince.TryGetValue(file.Name, out var since)
                ? time.GetElapsedTime(since) >= PlaybookCatalog<PlaybookSet>.DeletionDelay
                : !_goneSince.TryAdd(file.Name, time.GetTimestamp());
        }

        _goneSince.Remove(file.Name);
        if (_broken.GetValueOrDefault(file.Name) == file.Digest)
        {
            return false;
        }

        if (files.Place(file.Name) is not { } place || files.Check(place, file.Text).Any(finding => finding.IsError))
        {
            _broken[file.Name] = file.Digest!;
            return false;
        }

        _broken.Remove(file.Name);
        return true;
    }

    private async Task PushAsync(List<Step> steps, CancellationToken cancellationToken)
    {
        if (steps.Count == 0)
        {
            return;
        }

        var agreed = await store.WriteAsync(
            session =>
            {
                var now = time.GetUtcNow();
                var pushed = steps.Where(step => Push(session, step, now)).Select(step => step.File.Name).ToList();
                return pushed.Select(name => (name, Agreed(session.SharedFiles.Head(name)!))).ToList();
            },
            cancellationToken
        );
        synced.Set(agreed);
        agreed.ForEach(one => _goneSince.Remove(one.name));
    }

    private bool Push(UnitOfWork session, Step step, DateTimeOffset now)
    {
        var (name, text, digest) = (step.File.Name, step.File.Text, step.File.Digest);
        if (digest is not null)
        {
            session.Files.Keep(name, digest, text!, FileTable.OnDisk, now);
        }

        var who = digest is not null && session.Files.Latest(name) is { } latest && latest.Version == digest ? latest.Who : FileTable.OnDisk;
        return session.SharedFiles.Set(name, step.Head?.Version ?? 0, digest, text, $"{who} ({host})", now);
    }

    private async Task<bool> PullAsync(List<Step> steps, CancellationToken cancellationToken)
    {
        if (steps.Count == 0)
        {
            return false;
        }

        // Nothing is written over before it is kept.
        var conflicts = steps.Where(step => step.Kind == SyncStep.Conflict).ToList();
        if (conflicts.Count > 0)
        {
            await store.WriteAsync(session => conflicts.ForEach(step => KeepForChoice(session, step.File)), cancellationToken);
        }

        var texts = await store.ReadAsync(
            session =>
                (
                    from step in steps
                    let head = session.SharedFiles.Head(step.File.Name)
                    where head is not null
                    select (step.File, head!, session.SharedFiles.Content(step.File.Name))
                ).ToList(),
            cancellationToken
        );
        return Lay(texts);
    }

    private void KeepForChoice(UnitOfWork session, LocalFile file)
    {
        var begun = synced.Of(file.Name)?.Digest is { } digest ? session.Files.ContentOf(file.Name, digest) : null;
        FileConflict.Keep(session, file.Name, begun, file.Text!, host, time.GetUtcNow());
    }

    /// <summary>Writes what all hosts have into this one's folder.</summary>
    private bool Lay(List<(LocalFile File, SharedHead Head, string? Text)> texts)
    {
        var laid = new List<(string Name, SyncedFile Agreed)>();
        foreach (var (file, head, text) in texts)
        {
            // A name that comes from the store stays in the folders of the owner's files.
            if (files.Place(file.Name) is not { } place)
            {
                continue;
            }

            try
            {
                // It was edited since it was looked at: the next look decides anew.
                if ((File.Exists(place.Path) ? Read(place).Digest : null) != file.Digest)
                {
                    continue;
                }

                if (text is null)
                {
                    File.Delete(place.Path);
                }
                else
                {
                    PlaybookFolder.Write(
                        Path.GetDirectoryName(place.Path)!,
                        new PlaybookFile(Path.GetFileName(place.Path), Encoding.UTF8.GetBytes(text))
                    );
                }

                laid.Add((file.Name, Agreed(head)));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                Refused(file.Name, e);
            }
        }

        synced.Set(laid);
        return laid.Count > 0;
    }

    private void Refused(string name, Exception why)
    {
        if (_refused != name + why.Message)
        {
            LogRefused(log, name, why.Message);
            _refused = name + why.Message;
        }
    }

    private sealed record Step(LocalFile File, SharedHead? Head, SyncStep Kind);

    /// <param name="Unreadable">Why nobody knows what it says.</param>
    private sealed record LocalFile(string Name, string? Text, string? Unreadable)
    {
        /// <summary>Null when it is not there.</summary>
        public string? Digest { get; } = Text is null ? null : FileDesk.Version(Text);
    }

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "{File} was edited on another host and cannot be written here: {Why} Until then this host goes on with the older one. "
            + "Free some disk space, or give OpsChat the right to write the file and its folder."
    )]
    private static partial void LogRefused(ILogger log, string file, string why);
}

/// <summary>An edit in the folder of a host that came at the same time as another one.</summary>
static class FileConflict
{
    /// <summary>Keeps it as an edit that is not saved yet: whoever opens the file in the console chooses between both.</summary>
    /// <param name="begun">What the file said before both; null when that is not known.</param>
    public static void Keep(UnitOfWork session, string file, string? begun, string text, string host, DateTimeOffset now)
    {
        var others = session.Files.DraftsOnDisk(file);
        if (others.Any(draft => draft.Says(text)))
        {
            return;
        }

        // One that was taken up leaves its number free, while those after it still wait.
        var who = Enumerable.Range(1, others.Count + 1).Select(Numbered).First(name => others.All(draft => draft.Who != name));
        session.Files.SetDraft(new(file, who, begun, text, now));
        session.Notices.Add(
            "edit",
            $"{file} was edited on two hosts at the same time. What stood in the folder of {host} is kept as an edit that is not saved yet, and the "
                + "other one is in force. Open the file in the console to choose.",
            now
        );

        string Numbered(int number) => $"{FileTable.OnDisk} of {host} ({number})";
    }
}

/// <summary>Looks each second, as a person who edits a file looks for what it does, and as soon as another host has told of an edit.</summary>
public sealed class FileExchangeService(
    FileExchange exchange,
    PlaybookCatalog<PlaybookSnapshot> catalog,
    CanaryConfigFile canary,
    IStore store,
    ChangeFeed feed,
    TimeProvider time,
    ILogger<FileExchangeService> log
) : PeriodicService(TimeSpan.FromSeconds(1), time, log, feed.Of("file", "rollout"))
{
    private readonly ConfigEdits _rollout = new(store, canary, () => catalog.Current, time);

    protected override string WhenItFails => "The owner's files could not be compared with those of the other hosts";

    public override async Task LookAsync(CancellationToken cancellationToken)
    {
        // A rollback comes into force here whatever is wrong with another file, and the other way round.
        try
        {
            await _rollout.LookAsync(cancellationToken);
        }
        finally
        {
            if (await exchange.LookAsync(cancellationToken))
            {
                catalog.Look();
            }
        }
    }
}

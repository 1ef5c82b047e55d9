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
                session => (session.SharedFiles.Heads(), local.Where(file => WasShared(session, file)).Select(file => file.Name).ToHashSet()),
                cancellationToken
            );

            // 2. Decide.
            var steps = Decide(local.ToDictionary(file => file.Name), heads, wereShared);

            // 3. Act: what goes to all hosts first, in one commit, and then what comes from them.
            synced.Set([.. steps.Where(step => step.Kind == SyncStep.Agree).Select(step => (step.File.Name, step.File.Agreed(step.Head!)))]);
            var pushes = steps.Where(step => step.Kind == SyncStep.Push && MayGo(step.File)).ToList();
            var pulls = steps.Where(step => step.Kind is SyncStep.Pull or SyncStep.Conflict).ToList();
            var pushed = await PushAsync(pushes, isFirst: heads.Count == 0, cancellationToken);
            var laid = await PullAsync(pulls, cancellationToken);
            if (laid == pulls.Count && pushed == pushes.Count && heads.Count + pushed > 0 && local.TrueForAll(file => !file.IsUnreadable))
            {
                synced.EndNew();
            }

            return laid > 0;
        }
        finally
        {
            _one.Release();
        }
    }

    private List<LocalFile> Local() => [.. files.All().Where(file => IsExchanged(file.Name) && File.Exists(file.Path)).Select(Read)];

    private static LocalFile Read(OwnedFile file)
    {
        try
        {
            // The time first: what is written in between is newer than that.
            var written = File.GetLastWriteTimeUtc(file.Path);
            return new(file.Name, File.ReadAllText(file.Path).ReplaceLineEndings("\n"), written);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It is being written, or is a finding of its own; the next look sees.
            return new(file.Name, null, null) { IsUnreadable = true };
        }
    }

    private List<Step> Decide(Dictionary<string, LocalFile> here, IReadOnlyList<SharedHead> heads, HashSet<string> wereShared)
    {
        var away = Away(here.Keys);
        return
        [
            .. from name in heads.Select(head => head.Name).Concat(here.Keys).Concat(synced.Names).Distinct()
               where IsExchanged(name) && !away.Contains(PlaceOf(name))
               let file = here.GetValueOrDefault(name) ?? new LocalFile(name, null, null)
               where !file.IsUnreadable
               let head = heads.FirstOrDefault(one => one.Name == name)
               let step = FileSync.Decide(
                   new(
                       file.Digest,
                       synced.Of(name),
                       wereShared.Contains(name),
                       IsNewcomers: synced.IsNew && heads.Count > 0,
                       MayBeDeleted: PlaceOf(name) != Place.Settings
                   ),
                   head
               )
               where step != SyncStep.None
               select new Step(file, head, step),
        ];
    }

    /// <summary>Folders without any of the files that were there: they are away, which is no wish to delete all of them.</summary>
    private HashSet<Place> Away(IEnumerable<string> here) =>
        [
            .. synced.Names.Where(name => IsExchanged(name) && synced.Of(name)?.Digest is not null)
                .Select(PlaceOf)
                .Except(here.Select(PlaceOf))
                .Where(place => place != Place.Settings),
        ];

    /// <summary>Whether what the file says is an older text that nobody has written there: of a host that is new, or of a container that was made
    /// anew with the files of its image. An edit that goes back to an older text was written later.</summary>
    private bool WasShared(UnitOfWork session, LocalFile file) =>
        file.Digest is { } digest
        && (synced.Of(file.Name) is not { } agreed || (agreed.Digest != digest && agreed.Written > file.Written))
        && session.Files.Knows(file.Name, digest);

    private static bool IsExchanged(string name) => name != OwnedFiles.CanaryName;

    private static Place PlaceOf(string name) =>
        name == OwnedFiles.OperationsName ? Place.Settings
        : OwnedFiles.IsPrompt(name) ? Place.Prompts
        : Place.Playbooks;

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

    /// <param name="isFirst">The store had none when it was looked at: whoever comes second takes what the first one has put there.</param>
    /// <returns>How many all hosts have now.</returns>
    private async Task<int> PushAsync(List<Step> steps, bool isFirst, CancellationToken cancellationToken)
    {
        if (steps.Count == 0)
        {
            return 0;
        }

        var agreed = await store.WriteAsync(
            session =>
            {
                if (isFirst && session.SharedFiles.Heads().Count > 0)
                {
                    return [];
                }

                var now = time.GetUtcNow();
                var pushed = steps.Where(step => Push(session, step, now)).Select(step => step.File).ToList();
                return pushed.Select(file => (file.Name, file.Agreed(session.SharedFiles.Head(file.Name)!))).ToList();
            },
            cancellationToken
        );
        synced.Set(agreed);
        agreed.ForEach(one => _goneSince.Remove(one.Name));
        return agreed.Count;
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

    /// <returns>How many are here now as all hosts have them.</returns>
    private async Task<int> PullAsync(List<Step> steps, CancellationToken cancellationToken)
    {
        if (steps.Count == 0)
        {
            return 0;
        }

        // Nothing is written over before it is kept.
        var conflicts = steps.Where(step => step.Kind == SyncStep.Conflict).ToList();
        if (conflicts.Count > 0)
        {
            await store.WriteAsync(session => KeepForChoice(session, conflicts), cancellationToken);
        }

        var texts = await store.ReadAsync(
            session =>
                (
                    from step in steps
                    let head = session.SharedFiles.Head(step.File.Name) ?? new SharedHead(step.File.Name, 0, null)
                    select (step.File, head, session.SharedFiles.Content(step.File.Name))
                ).ToList(),
            cancellationToken
        );
        return Lay(texts);
    }

    private void KeepForChoice(UnitOfWork session, List<Step> conflicts)
    {
        var now = time.GetUtcNow();
        foreach (var (file, _, _) in conflicts.Where(step => step.Head?.Digest is not null))
        {
            var begun = synced.Of(file.Name)?.Digest is { } digest ? session.Files.ContentOf(file.Name, digest) : null;
            FileConflict.Keep(session, file.Name, begun, file.Text!, host, now);
        }

        var brought = conflicts.Where(step => step.Head?.Digest is null).Select(step => (step.File.Name, step.File.Text!));
        FileConflict.KeepBrought(session, brought, host, now);
    }

    /// <summary>Writes what all hosts have into this one's folder.</summary>
    private int Lay(List<(LocalFile File, SharedHead Head, string? Text)> texts)
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
                var now = File.Exists(place.Path) ? Read(place) : new LocalFile(file.Name, null, null);
                if (now.IsUnreadable || now.Digest != file.Digest)
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

                laid.Add((file.Name, new(head.Version, head.Digest, text is null ? null : File.GetLastWriteTimeUtc(place.Path))));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                Refused(file.Name, e);
            }
        }

        synced.Set(laid);
        return laid.Count;
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

    private enum Place { Playbooks, Prompts, Settings }

    /// <param name="Text">Null when it is not there.</param>
    /// <param name="Written">When it was.</param>
    private sealed record LocalFile(string Name, string? Text, DateTime? Written)
    {
        /// <summary>Nobody knows what it says.</summary>
        public bool IsUnreadable { get; init; }

        public string? Digest { get; } = Text is null ? null : FileDesk.Version(Text);

        /// <summary>It says what that version of the store does.</summary>
        public SyncedFile Agreed(SharedHead head) => new(head.Version, head.Digest, Written);
    }

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "{File} was edited on another host and cannot be written here: {Why} Until then this host goes on with the older one. "
            + "Free some disk space, or give OpsChat the right to write the file and its folder."
    )]
    private static partial void LogRefused(ILogger log, string file, string why);
}

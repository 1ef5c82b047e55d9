using OpsChat.Playbooks;

namespace OpsChat.Agent;

/// <summary>
/// The playbooks in force. A look at the folder builds everything whole, then swaps one reference, so that a message sees either the
/// old set or the new one. A broken file keeps its own last good version, also after a restart; a deleted one stays for
/// <see cref="DeletionDelay"/>, because editors save by deleting and renaming.
/// </summary>
/// <typeparam name="T">What is made of a set before it comes into force: the set and the classifier trained on it, for example.</typeparam>
public sealed class PlaybookCatalog<T> where T : class
{
    /// <summary>How long a file must be gone before its playbook is.</summary>
    public static readonly TimeSpan DeletionDelay = TimeSpan.FromSeconds(5);

    private readonly string _folder;
    private readonly string _stateFolder;
    private readonly TimeProvider _time;
    private Func<PlaybookSet, T> _build;
    private readonly Lock _looking = new();
    private readonly Dictionary<string, PlaybookFile> _lastGood;
    private readonly Dictionary<string, long> _goneSince = [];
    private IReadOnlyList<PlaybookFile> _seen = [];
    private volatile InForce _inForce;

    private sealed record InForce(PlaybookSet Set, T Built);

    /// <summary>Loads the folder at once, so that <see cref="Current"/> is there from the start.</summary>
    /// <param name="folder">The owner's files.</param>
    /// <param name="stateFolder">Where last good versions are kept; created when needed. Nothing else may write there.</param>
    /// <param name="build">Called with each new set before it comes into force, one call at a time.</param>
    public PlaybookCatalog(string folder, string stateFolder, TimeProvider time, Func<PlaybookSet, T> build)
    {
        (_folder, _stateFolder, _time, _build) = (folder, stateFolder, time, build);
        var kept = PlaybookFolder.Read(stateFolder) ?? [];
        _lastGood = kept.Where(file => file.Unreadable is null).ToDictionary(file => file.Name);
        var files = PlaybookFolder.Read(folder);
        var set = files is null
            ? Absent(PlaybookSet.Build([.. _lastGood.Values], _lastGood))
            : PlaybookSet.Build(files, _lastGood);
        _seen = files ?? [.. _lastGood.Values];
        Keep(set, files is null ? [] : [.. _lastGood.Keys.Except(files.Select(file => file.Name))]);
        _inForce = new(set, build(set));
    }

    public string Folder => _folder;

    /// <summary>What was built of the set in force. Read it once for each message.</summary>
    public T Current => _inForce.Built;

    /// <summary>The set in force.</summary>
    public PlaybookSet Set => _inForce.Set;

    /// <summary>
    /// Looks at the folder, brings edits into force, and returns the set that is in force then: the same object when nothing changed. Safe to
    /// call at any time from anywhere; an exception (of <c>build</c>, or of a disk that cannot be written) leaves what was in force, and the next
    /// look tries again.
    /// </summary>
    public PlaybookSet Look()
    {
        lock (_looking)
        {
            var folderWasAbsent = Set.Findings.Contains(PlaybookFolder.Absent(_folder));
            if (PlaybookFolder.Read(_folder) is not { } onDisk)
            {
                return folderWasAbsent ? Set : Swap(Absent(Set));
            }

            var files = WithRecentlyDeleted(onDisk);
            if (AreTheSame(files, _seen) && !folderWasAbsent)
            {
                return Set;
            }

            var set = PlaybookSet.Build(files, _lastGood);
            Keep(set, [.. _seen.Select(file => file.Name).Except(files.Select(file => file.Name))]);
            Swap(set);
            _seen = files;
            return set;
        }
    }

    /// <summary>From now on builds in another way, beginning with the set in force; an exception of <paramref name="build"/> leaves everything as
    /// it was.</summary>
    public void BuildWith(Func<PlaybookSet, T> build)
    {
        // Building takes seconds, and nobody who looks at the folder meanwhile may have to wait for it.
        var (set, built) = (Set, build(Set));
        lock (_looking)
        {
            _inForce = ReferenceEquals(set, Set) ? new(set, built) : new(Set, build(Set));
            _build = build;
        }
    }

    /// <summary>The set in force with that file in place of its own of the name, built in the same way; it comes not into force.</summary>
    public (PlaybookSet Set, T Built) With(PlaybookFile file)
    {
        var set = PlaybookSet.Build([.. Set.InForce.Where(other => other.Name != file.Name), file], new Dictionary<string, PlaybookFile>());
        return (set, Volatile.Read(ref _build)(set));
    }

    private PlaybookSet Swap(PlaybookSet set)
    {
        _inForce = new(set, _build(set));
        return set;
    }

    /// <summary>The files on disk, and those that have not been gone for long enough, as they were seen last.</summary>
    private List<PlaybookFile> WithRecentlyDeleted(IReadOnlyList<PlaybookFile> onDisk)
    {
        var names = onDisk.Select(file => file.Name).ToHashSet();
        foreach (var back in _goneSince.Keys.Where(names.Contains).ToList())
        {
            _goneSince.Remove(back);
        }

        List<PlaybookFile> files = [.. onDisk];
        foreach (var gone in _seen.Where(file => !names.Contains(file.Name)))
        {
            if (_goneSince.TryAdd(gone.Name, _time.GetTimestamp()) || _time.GetElapsedTime(_goneSince[gone.Name]) < DeletionDelay)
            {
                files.Add(gone);
            }
            else
            {
                _goneSince.Remove(gone.Name);
            }
        }

        return files;
    }

    /// <summary>Remembers what is in force for the time when a file breaks, in memory and on disk.</summary>
    private void Keep(PlaybookSet set, IReadOnlyList<string> deleted)
    {
        foreach (var name in deleted)
        {
            _lastGood.Remove(name);
            File.Delete(Path.Combine(_stateFolder, name));
        }

        foreach (var file in set.InForce.Where(file => !_lastGood.TryGetValue(file.Name, out var kept) || kept.Version != file.Version))
        {
            PlaybookFolder.Write(_stateFolder, file);
            _lastGood[file.Name] = file;
        }
    }

    private PlaybookSet Absent(PlaybookSet set) => set with { Findings = [.. set.Findings, PlaybookFolder.Absent(_folder)] };

    private static bool AreTheSame(List<PlaybookFile> files, IReadOnlyList<PlaybookFile> seen) =>
        files.Count == seen.Count && files.Select(Identity).ToHashSet().SetEquals(seen.Select(Identity));

    private static (string, string, string?) Identity(PlaybookFile file) => (file.Name, file.Version, file.Unreadable);
}

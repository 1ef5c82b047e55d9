using System.Text.Json;
using OpsChat.Playbooks;
using OpsChat.ShopData;

namespace OpsChat.Agent;

/// <summary>
/// What a host's files and the store said when they last said the same: kept in the data folder, so that a host that was away for a while knows
/// whether its files were edited meanwhile. Of another store, or where any of the files lie elsewhere, nothing is known.
/// </summary>
public sealed class SyncedFiles : IDisposable
{
    private const string FileName = "opschat.files.json";
    private readonly string _data;
    private readonly Lock _lock = new();
    private Kept _kept;

    private SyncedFiles(string data, Kept kept) => (_data, _kept) = (data, kept);

    /// <summary>Held by whoever compares the rollout's file with the store, or changes it.</summary>
    internal SemaphoreSlim Rollout { get; } = new(1, 1);

    /// <param name="data">The data folder.</param>
    /// <param name="store">The store's own id.</param>
    /// <param name="files">Where the files are.</param>
    public static SyncedFiles Open(string data, string store, OwnedFiles files)
    {
        string[] places = [files.Playbooks, files.Prompts, files.Canary, files.Operations];
        var none = new Kept(
            store,
            string.Join('\n', places.Select(Path.GetFullPath)),
            IsNew: true,
            new SortedDictionary<string, SyncedFile>(StringComparer.Ordinal)
        );
        var file = Path.Combine(data, FileName);
        try
        {
            return new(
                data,
                File.Exists(file)
                && JsonSerializer.Deserialize<Kept>(OwnersFile.Bytes(file)) is { Files: not null } kept
                && kept.Store == none.Store
                && kept.Places == none.Places
                    ? kept with { Files = new(kept.Files, StringComparer.Ordinal) }
                    : none
            );
        }
        catch (JsonException)
        {
            return new(data, none);
        }
    }

    public void Dispose() => Rollout.Dispose();

    /// <summary>Null when this host never had it together with the store.</summary>
    public SyncedFile? Of(string name)
    {
        lock (_lock)
        {
            return _kept.Files.GetValueOrDefault(name);
        }
    }

    /// <summary>Whether this host's files were never in step with the store as a whole.</summary>
    public bool IsNew
    {
        get
        {
            lock (_lock)
            {
                return _kept.IsNew;
            }
        }
    }

    /// <summary>Notes that they were in step once: from now on what is new here is somebody's work.</summary>
    public void EndNew()
    {
        lock (_lock)
        {
            if (_kept.IsNew)
            {
                Keep(_kept with { IsNew = false });
            }
        }
    }

    public IReadOnlyCollection<string> Names
    {
        get
        {
            lock (_lock)
            {
                return [.. _kept.Files.Keys];
            }
        }
    }

    /// <summary>Notes that they say the same.</summary>
    public void Set(IReadOnlyCollection<(string Name, SyncedFile Agreed)> agreed)
    {
        lock (_lock)
        {
            if (agreed.All(one => _kept.Files.GetValueOrDefault(one.Name) == one.Agreed))
            {
                return;
            }

            var files = new SortedDictionary<string, SyncedFile>(_kept.Files, StringComparer.Ordinal);
            foreach (var (name, one) in agreed)
            {
                files[name] = one;
            }

            Keep(_kept with { Files = files });
        }
    }

    private void Keep(Kept kept)
    {
        _kept = kept;
        PlaybookFolder.Write(_data, new PlaybookFile(FileName, JsonSerializer.SerializeToUtf8Bytes(_kept)));
    }

    /// <param name="Places">Where the files lie, one a line.</param>
    private sealed record Kept(string Store, string Places, bool IsNew, SortedDictionary<string, SyncedFile> Files);
}

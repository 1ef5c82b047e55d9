using OpsChat.Messages;
using OpsChat.Storage;
using OpsChat.Storage.Tables;

namespace OpsChat.Agent;

/// <summary>What became of a file that shall be a picture. Closed.</summary>
public abstract record PictureReception
{
    private PictureReception() { }

    public sealed record Taken(ArrivingPicture.Stored Picture) : PictureReception;

    /// <param name="Why">For the customer, in a sentence or two.</param>
    public sealed record Refused(string Why) : PictureReception;

    /// <summary>More than <see cref="PictureFolder.MostBytes"/>; the rest was not read.</summary>
    public sealed record TooLarge : PictureReception;

    /// <summary>This customer sends more than one customer may; the next is taken after that time.</summary>
    public sealed record TooMany(TimeSpan RetryAfter) : PictureReception;

    /// <summary>All customers' pictures together take what they may; the owner is told.</summary>
    public sealed record Full : PictureReception;
}

/// <summary>
/// The pictures that customers sent: files in the data folder, named by chance alone; where hosts share the store they lie in it, where each can
/// read them. A picture is whole before a message names it, and goes when its customer is forgotten. One that no message names, left by a process
/// that was killed, goes after <see cref="OrphansLive"/>.
/// </summary>
public sealed class PictureFolder(OpsChatOptions options, IStore store, TimeProvider time) : IDisposable
{
    /// <summary>Of one picture as it is sent: 8 MB, and at most five with a message.</summary>
    public const int MostBytes = 8 * 1024 * 1024,
        MostOfMessage = 5;

    public static readonly TimeSpan OrphansLive = TimeSpan.FromHours(1);

    private const int MostAtOnce = 200,
        SideBySide = 2;
    private const string Unfinished = ".part";

    private readonly string _folder = Path.Combine(Path.GetFullPath(options.Data), "pictures");
    private readonly RateLimit _pace = new("pictures", options.Messages.MostPicturesPerDay, TimeSpan.FromDays(1), store, time);

    // A picture is in memory only while it is cleaned, however many senders are slow.
    private readonly SemaphoreSlim _cleaning = new(SideBySide);

    /// <summary>Checks a picture, cleans it and puts it on the disk. Until a message that names it is admitted it is nobody's.</summary>
    /// <exception cref="StoreException">The folder cannot be written.</exception>
    /// <param name="known">The id that it has already; null makes one.</param>
    public async Task<PictureReception> ReceiveAsync(
        ConversationId from,
        Stream content,
        CancellationToken cancellationToken,
        string? known = null
    )
    {
        if (await _pace.TakeAsync(from.ToString(), cancellationToken) is { } wait)
        {
            return new PictureReception.TooMany(wait);
        }

        if (await IsFullAsync(cancellationToken))
        {
            return new PictureReception.Full();
        }

        var id = known ?? PictureIds.New();
        await using var received = await OnDiskAsync(() => Task.FromResult(Begin(id)));
        return await ReadAsync(content, received, cancellationToken)
            ? await CleanAsync(id, received, cancellationToken)
            : new PictureReception.TooLarge();
    }

    /// <summary>The picture's bytes; null when they are gone.</summary>
    public async Task<Stream?> OpenAsync(Picture picture, CancellationToken cancellationToken)
    {
        try
        {
            return new FileStream(
                Path.Combine(_folder, picture.FileName),
                FileMode.Open,
                FileAccess.Read,
                FileShare.Read | FileShare.Delete
            );
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            // A backup of a shared store has them too.
            var bytes = await store.ReadAsync(session => session.Pictures.Bytes(picture.Id), cancellationToken);
            return bytes is null ? null : new MemoryStream(bytes, writable: false);
        }
    }

    /// <summary>Deletes what was received for a message that is not admitted after all.</summary>
    public async Task DiscardAsync(ArrivingPicture.Stored picture, CancellationToken cancellationToken)
    {
        DeleteIfThere(FileOf(picture.Id, picture.Kind));
        if (store.IsShared)
        {
            await store.WriteAsync(session => session.Pictures.RemoveBytes([picture.Id]), cancellationToken);
        }
    }

    /// <summary>Deletes the files of forgotten customers, and those that no message names.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        while (await store.ReadAsync(session => session.Pictures.Erased(MostAtOnce), cancellationToken) is { Count: > 0 } erased)
        {
            foreach (var picture in erased.Where(p => p.Kind is not null))
            {
                DeleteIfThere(Path.Combine(_folder, picture.FileName));
            }

            await store.WriteAsync(
                session =>
                {
                    session.Pictures.RemoveBytes([.. erased.Select(p => p.Id)]);
                    session.Pictures.Remove([.. erased.Select(p => p.Id)]);
                },
                cancellationToken
            );
        }

        if (store.IsShared)
        {
            await ShareAsync(cancellationToken);
            var before = time.GetUtcNow() - OrphansLive;
            while (await store.ReadAsync(session => session.Pictures.BytesOfNobody(before, MostAtOnce), cancellationToken) is { Count: > 0 } nobodys)
            {
                await store.WriteAsync(session => session.Pictures.RemoveBytes(nobodys), cancellationToken);
            }
        }

        foreach (var some in Old().Chunk(MostAtOnce))
        {
            var known = await store.ReadAsync(session => session.Pictures.Known([.. some.Select(IdOf)]), cancellationToken);
            foreach (var orphan in some.Where(file => file.EndsWith(Unfinished, StringComparison.Ordinal) || !known.Contains(IdOf(file))))
            {
                File.Delete(orphan);
            }
        }
    }

    /// <summary>Files from before the store was shared go into it.</summary>
    private async Task ShareAsync(CancellationToken cancellationToken)
    {
        foreach (var file in Files().Where(file => !file.EndsWith(Unfinished, StringComparison.Ordinal)).ToList())
        {
            var id = IdOf(file);
            if (await store.ReadAsync(session => session.Pictures.Find(id), cancellationToken) is { State: PictureState.Stored })
            {
                var bytes = await File.ReadAllBytesAsync(file, cancellationToken);
                await store.WriteAsync(session => session.Pictures.KeepBytes(id, bytes, time.GetUtcNow()), cancellationToken);
                DeleteIfThere(file);
            }
        }
    }

    /// <summary>Copies all pictures into a new folder that only this account may open; without any, makes none.</summary>
    /// <returns>How many.</returns>
    public int CopyTo(string folder)
    {
        var files = Files().Where(file => !file.EndsWith(Unfinished, StringComparison.Ordinal)).ToList();
        foreach (var file in files)
        {
            Create(folder);
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }

        return files.Count;
    }

    public void Dispose() => _cleaning.Dispose();

    private async Task<bool> IsFullAsync(CancellationToken cancellationToken)
    {
        var most = options.Messages.MostPictureMegabytes * 1024L * 1024;
        if (await store.ReadAsync(session => session.Pictures.TotalBytes(), cancellationToken) <= most - MostBytes)
        {
            return false;
        }

        await store.WriteAsync(
            session =>
            {
                var now = time.GetUtcNow();
                if (session.Seen.Add(new(SeenKind.PicturesFull, $"{now:yyyy-MM-dd}"), now))
                {
                    session.Notices.Add(
                        "pictures",
                        $"Customers' pictures take {options.Messages.MostPictureMegabytes:N0} MB, as much as they may, so further ones are "
                            + "refused. Set OpsChat__Retention to erase old "
                            + "conversations with their pictures, or allow more with OpsChat__Messages__MostPictureMegabytes.",
                        now
                    );
                }
            },
            cancellationToken
        );
        return true;
    }

    /// <summary>Copies to the disk as it comes. False when it is longer than it may be.</summary>
    private async Task<bool> ReadAsync(Stream content, FileStream received, CancellationToken cancellationToken)
    {
        var buffer = new byte[64 * 1024];
        for (var all = 0L; await content.ReadAsync(buffer, cancellationToken) is > 0 and var read; )
        {
            if ((all += read) > MostBytes)
            {
                return false;
            }

            await OnDiskAsync(async () =>
            {
                await received.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
                return true;
            });
        }

        return true;
    }

    private FileStream Begin(string id)
    {
        Create(_folder);
        return PrivateFile.CreateTemporary(Path.Combine(_folder, id + Unfinished));
    }

    private async Task<PictureReception> CleanAsync(string id, FileStream received, CancellationToken cancellationToken)
    {
        await _cleaning.WaitAsync(cancellationToken);
        try
        {
            var whole = new byte[received.Length];
            received.Position = 0;
            await OnDiskAsync(() => received.ReadAtLeastAsync(whole, whole.Length, cancellationToken: cancellationToken).AsTask());
            return PictureReader.Read(whole) switch
            {
                PictureReading.Clean clean => await OnDiskAsync(() => KeepAsync(id, clean)),
                PictureReading.Refused refused => new PictureReception.Refused(refused.Why),
                _ => throw new InvalidOperationException("A picture's reading is closed."),
            };
        }
        finally
        {
            _cleaning.Release();
        }
    }

    private async Task<PictureReception> KeepAsync(string id, PictureReading.Clean clean)
    {
        if (store.IsShared)
        {
            await store.WriteAsync(session => session.Pictures.KeepBytes(id, clean.Bytes, time.GetUtcNow()), CancellationToken.None);
            return new PictureReception.Taken(new(id, clean.Kind, clean.Bytes.Length));
        }

        // One that is fetched again was not noted the first time.
        DeleteIfThere(FileOf(id, clean.Kind));
        await using var file = PrivateFile.Create(FileOf(id, clean.Kind));
        await file.WriteAsync(clean.Bytes, CancellationToken.None);
        file.Flush(flushToDisk: true);
        return new PictureReception.Taken(new(id, clean.Kind, clean.Bytes.Length));
    }

    /// <summary>Trouble of the disk is told apart from a sender's that is gone.</summary>
    private async Task<T> OnDiskAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreException(
                $"A picture cannot be kept in {_folder}: {e.Message} Look at the disk's space and the folder's mode.",
                e
            );
        }
    }

    private string FileOf(string id, PictureKind kind) => Path.Combine(_folder, id + Picture.Ending(kind));

    private IEnumerable<string> Files() =>
        Directory.Exists(_folder) ? Directory.EnumerateFiles(_folder).Where(file => PictureIds.IsOne(IdOf(file))) : [];

    private IEnumerable<string> Old()
    {
        var before = time.GetUtcNow() - OrphansLive;
        return Files().Where(file => File.GetLastWriteTimeUtc(file) < before.UtcDateTime);
    }

    private static void DeleteIfThere(string file)
    {
        if (File.Exists(file))
        {
            File.Delete(file);
        }
    }

    private static string IdOf(string file) => Path.GetFileNameWithoutExtension(file);

    private static void Create(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}

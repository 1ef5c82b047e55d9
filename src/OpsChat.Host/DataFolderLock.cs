using OpsChat.Agent;

namespace OpsChat.Host;

/// <summary>One host works on a data folder at a time: two would answer the same customers twice.</summary>
sealed class DataFolderLock : IDisposable
{
    private readonly FileStream _file;

    private DataFolderLock(FileStream file) => _file = file;

    // Whoever looks whether it is taken holds it for a moment; a host that starts in that moment is not refused.
    private const int Tries = 20;
    private static readonly TimeSpan s_nextTry = TimeSpan.FromMilliseconds(50);

    /// <summary>Waits a second at most for somebody who only looks.</summary>
    /// <exception cref="SetupException">Another host holds it.</exception>
    public static async Task<DataFolderLock> TakeAsync(OpsChatOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        for (var left = Tries; left > 0; left--)
        {
            if (TryTake(options) is { } taken)
            {
                return taken;
            }

            await Task.Delay(s_nextTry, time, cancellationToken);
        }

        throw new SetupException(
            $"OpsChat is already running on the data folder {Path.GetFullPath(options.Data)}. Use it at "
                + $"{HostAddress.Kept(options) ?? options.Urls}, stop it, or name another folder with --data DIR."
        );
    }

    /// <summary>Whether a host holds it. Only looks: it makes no file, and takes none away.</summary>
    public static bool IsTaken(OpsChatOptions options)
    {
        var path = PathIn(options);
        try
        {
            using var looked = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1);
            return false;
        }
        catch (IOException)
        {
            return File.Exists(path);
        }
    }

    /// <summary>Null while a host holds it.</summary>
    public static DataFolderLock? TryTake(OpsChatOptions options)
    {
        var path = PathIn(options);
        try
        {
            return new(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose));
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
    }

    private static string PathIn(OpsChatOptions options) => Path.Combine(options.Data, "opschat.lock");

    public void Dispose() => _file.Dispose();
}

using OpsChat.Agent;
using OpsChat.Host.Commands;

namespace OpsChat.Host;

/// <summary>One host works on a data folder at a time: two would answer the same customers twice.</summary>
sealed class DataFolderLock : IDisposable
{
    private readonly FileStream _file;

    private DataFolderLock(FileStream file) => _file = file;

    /// <exception cref="SetupException">Another host holds it.</exception>
    public static DataFolderLock Take(OpsChatOptions options) =>
        TryTake(options)
        ?? throw new SetupException(
            $"OpsChat is already running on the data folder {Path.GetFullPath(options.Data)}. Use it at {HostAddress.Kept(options) ?? options.Urls}, stop it, or name another folder with --data DIR."
        );

    /// <summary>Null while a host holds it.</summary>
    public static DataFolderLock? TryTake(OpsChatOptions options)
    {
        var path = Path.Combine(options.Data, "opschat.lock");
        try
        {
            return new(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose));
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
    }

    public void Dispose() => _file.Dispose();
}

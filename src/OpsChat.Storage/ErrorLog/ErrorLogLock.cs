using System.Text;

namespace OpsChat.Storage.ErrorLog;

/// <summary>
/// Keeps a second process away from the error log, which LiteDB does not, and remembers durably whether the log was closed: what LiteDB wrote and
/// did not flush survives the end of the process, but not the machine's.
/// </summary>
sealed class ErrorLogLock : IDisposable
{
    private const string Closed = "closed";

    private readonly FileStream _file;

    private ErrorLogLock(FileStream file, bool mayBeTorn) => (_file, MayBeTorn) = (file, mayBeTorn);

    /// <summary>The last one who had the log open did not close it, and the machine was started again since: parts of what was written may be
    /// missing.</summary>
    public bool MayBeTorn { get; private set; }

    /// <summary>Null while another process has the log.</summary>
    public static ErrorLogLock? TryTake(string file)
    {
        try
        {
            var stream = new FileStream(file, PrivateFile.Options(FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            return new(stream, IsTorn(Read(stream)));
        }
        catch (IOException) when (File.Exists(file))
        {
            return null;
        }
    }

    /// <summary>From here on the log is written; a machine that ends before <see cref="MarkClosed"/> leaves it torn.</summary>
    public void MarkOpen()
    {
        Write(Boot());
        MayBeTorn = false;
    }

    /// <summary>All that was written is on the disk.</summary>
    public void MarkClosed() => Write(Closed);

    public void Dispose() => _file.Dispose();

    // Without a mark there may be a log of which nobody knows how it ended.
    private static bool IsTorn(string mark) => mark != Closed && (mark.Length == 0 || mark != Boot());

    private static string Read(FileStream file)
    {
        using var reader = new StreamReader(file, leaveOpen: true);
        return reader.ReadToEnd();
    }

    private void Write(string mark)
    {
        _file.SetLength(0);
        _file.Write(Encoding.UTF8.GetBytes(mark));
        _file.Flush(flushToDisk: true);
    }

    /// <summary>Another one after each start of the machine. Where the system does not tell, each process is a start of its own.</summary>
    private static string Boot()
    {
        const string LinuxBootId = "/proc/sys/kernel/random/boot_id";
        return File.Exists(LinuxBootId) ? File.ReadAllText(LinuxBootId).Trim() : $"process {Environment.ProcessId}";
    }
}

namespace OpsChat.Storage;

/// <summary>Files with what is nobody else's business: only the account that makes them may read them. A file that is there already keeps its
/// mode.</summary>
public static class PrivateFile
{
    /// <exception cref="IOException">There is such a file already, or it cannot be made.</exception>
    public static FileStream Create(string file) => new(file, Options(FileMode.CreateNew, FileAccess.Write));

    /// <summary>One to write and read back, which is gone when it is closed.</summary>
    /// <exception cref="IOException">There is such a file already, or it cannot be made.</exception>
    public static FileStream CreateTemporary(string file)
    {
        var options = Options(FileMode.CreateNew, FileAccess.ReadWrite);
        options.Options = FileOptions.DeleteOnClose;
        return new(file, options);
    }

    /// <summary>For whoever has to open it by its name.</summary>
    public static void Ensure(string file)
    {
        using var stream = new FileStream(file, Options(FileMode.OpenOrCreate, FileAccess.Write));
    }

    internal static FileStreamOptions Options(FileMode mode, FileAccess access, FileShare share = FileShare.ReadWrite)
    {
        var options = new FileStreamOptions { Mode = mode, Access = access, Share = share };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }
}

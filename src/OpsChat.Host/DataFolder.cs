
namespace OpsChat.Host;

/// <summary>The folder with all words and secrets of the shop: nobody but the account that runs OpsChat has business there.</summary>
static class DataFolder
{
    private const UnixFileMode Owners = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    // What OpsChat itself puts there: database, error log, locks and copies, the last good playbooks, the keys of cookies, pictures, posted
    // rows, what the encoder kept, a shop's own rollout.
    private static readonly string[] s_ours =
    [
        "opschat.",
        "error-rates",
        "last-good",
        "keys",
        "pictures",
        "feeds",
        "encoder-vectors",
        "canary.config.json",
    ];

    /// <summary>
    /// Creates it with mode 0700, or gives that mode to one that is open to others. A folder with other things in it is left as it is: they may
    /// be meant for others, and <c>--data /tmp</c> must not lock everybody out of there.
    /// </summary>
    /// <exception cref="SetupException">It cannot be created.</exception>
    public static void Open(string folder)
    {
        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(folder);
                return;
            }

            Directory.CreateDirectory(folder, Owners);
            if (IsOpenToOthers(folder) && Directory.EnumerateFileSystemEntries(folder).All(IsOurs))
            {
                Close(folder);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SetupException(
                $"The data folder {Path.GetFullPath(folder)} cannot be created: {e.Message} Name another one with --data DIR.",
                e
            );
        }
    }

    /// <summary>Who else may enter it, and what to do about it; null when nobody may, or on Windows, where a folder has no mode.</summary>
    public static string? Trouble(string folder) =>
        OperatingSystem.IsWindows() || !IsOpenToOthers(folder)
            ? null
            : $"The data folder {Path.GetFullPath(folder)} is open to other accounts of this machine (mode "
                + $"{Convert.ToString((int)File.GetUnixFileMode(folder), 8).PadLeft(4, '0')}), and it holds customers' words and secrets. "
                + "OpsChat changes that only in a folder of its own. As its owner, run chmod 700 on it, or name a folder for OpsChat alone "
                + "with --data DIR.";

    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    private static bool IsOpenToOthers(string folder) => (File.GetUnixFileMode(folder) & Others) != UnixFileMode.None;

    private static bool IsOurs(string entry) => s_ours.Any(name => Path.GetFileName(entry).StartsWith(name, StringComparison.Ordinal));

    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    private static void Close(string folder)
    {
        try
        {
            File.SetUnixFileMode(folder, Owners);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another account's folder, or one that has no modes: it works as it is, and Trouble tells.
        }
    }
}

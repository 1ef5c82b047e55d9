using OpsChat.Agent;

namespace OpsChat.Host;

/// <summary>Where the host on a data folder is reached. Commands beside it may have other settings than it was started with.</summary>
static class HostAddress
{
    /// <summary>Keeps the address of the host that has just started.</summary>
    public static void Keep(OpsChatOptions options, string address) => File.WriteAllText(PathIn(options), address);

    /// <summary>The address of the host that runs on the data folder; null when none runs, or when it has kept none.</summary>
    public static string? Of(OpsChatOptions options) => DataFolderLock.IsTaken(options) ? Kept(options) : null;

    /// <summary>The address that was kept last; null when there is none.</summary>
    public static string? Kept(OpsChatOptions options) =>
        File.Exists(PathIn(options)) && File.ReadAllText(PathIn(options)).Trim() is { Length: > 0 } address ? address : null;

    private static string PathIn(OpsChatOptions options) => Path.Combine(options.Data, "opschat.address");
}

namespace OpsChat.Tests.Support;

/// <summary>A test on the public test data, which live outside the repository: in <c>shared/data</c> beside the checkout, or under
/// OPSCHAT_SHARED.</summary>
public sealed class SharedFactAttribute : FactAttribute
{
    public SharedFactAttribute()
    {
        if (SharedData.Folder is null)
        {
            Skip = "The public test data (shared/data beside the checkout, or OPSCHAT_SHARED) are not on this machine.";
        }
    }
}

internal static class SharedData
{
    /// <summary>The data folder, or null when it is absent.</summary>
    public static string? Folder { get; } = Find();

    public static string PathOf(params string[] parts) => Path.Combine([Folder!, .. parts]);

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("OPSCHAT_SHARED") is { Length: > 0 } shared)
        {
            return Path.Combine(shared, "data") is var given && Directory.Exists(given) ? given : null;
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (Path.Combine(folder.FullName, "shared", "data") is var beside && Directory.Exists(beside))
            {
                return beside;
            }
        }

        return null;
    }
}

namespace OpsChat.Tests.Support;

/// <summary>Finds the files that ship with the product.</summary>
static class Repository
{
    public static string Root { get; } = Find();

    public static string Playbooks => Path.Combine(Root, "playbooks");

    public static string Prompts => Path.Combine(Root, "prompts");

    public static string DemoShop => Path.Combine(Root, "src", "OpsChat.Host", "DemoShop");

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "OpsChat.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException("The tests run from a build inside the repository.");
    }
}

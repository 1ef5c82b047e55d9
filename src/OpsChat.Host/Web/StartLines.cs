namespace OpsChat.Host.Web;

/// <summary>The lines that start OpsChat on the owner's own files, to be copied into a terminal as they are.</summary>
/// <param name="Folder">Where they are typed.</param>
/// <param name="Program">What is called there, quoted for both shells.</param>
sealed record StartLines(string Folder, string Program)
{
    /// <summary>The data folder that the lines name: conversations of the demo shop are in another one.</summary>
    private const string Data = "my-shop";

    /// <summary>As this process itself was started.</summary>
    public static StartLines OfThisProgram()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "OpsChat.sln")))
            {
                return new(folder.FullName, "dotnet run --project src/OpsChat.Host --");
            }
        }

        var (process, assembly) = (Environment.ProcessPath ?? "", Path.Combine(AppContext.BaseDirectory, "OpsChat.Host.dll"));
        return Path.GetFileNameWithoutExtension(process) == "dotnet"
            ? new(Environment.CurrentDirectory, $"dotnet \"{assembly}\"")
            : new(Environment.CurrentDirectory, OperatingSystem.IsWindows() ? $"& \"{process}\"" : $"\"{process}\"");
    }

    /// <summary>For a terminal of Linux or macOS.</summary>
    public string Shell(string shop) => Joined($"cd {Quoted(Folder, @"'\''")}", $"export OpsChat__Shop={Quoted(shop, @"'\''")}");

    /// <summary>For PowerShell on Windows.</summary>
    public string PowerShell(string shop) => Joined($"cd {Quoted(Folder, "''")}", $"$env:OpsChat__Shop = {Quoted(shop, "''")}");

    private string Joined(string folder, string shop) => string.Join('\n', folder, shop, $"{Program} --data {Data}");

    private static string Quoted(string path, string quote) => $"'{path.Replace("'", quote, StringComparison.Ordinal)}'";
}

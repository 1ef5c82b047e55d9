using System.CommandLine;

namespace OpsChat.Host.Commands;

/// <summary>Options that every command takes, and the settings that come out of files, environment and command line, in that order.</summary>
sealed class GlobalOptions
{
    private readonly Option<string?> _data = new("--data")
    {
        Description = "Folder of the database (default ./data)",
        Recursive = true,
        HelpName = "DIR",
    };

    public void AddTo(RootCommand root) => root.Options.Add(_data);

    public IConfigurationRoot Read(ParseResult parse, params (string Key, string? Value)[] more) => new ConfigurationBuilder()
        .AddJsonFile(Path.GetFullPath("appsettings.json"), optional: true)
        .AddEnvironmentVariables()
        .AddInMemoryCollection(More(parse, more))
        .Build();

    private Dictionary<string, string?> More(ParseResult parse, (string Key, string? Value)[] more)
    {
        var values = more.Where(m => m.Value is not null).ToDictionary(m => m.Key, m => m.Value);
        if (parse.GetValue(_data) is { } data)
        {
            values["OpsChat:Data"] = data;
        }

        return values;
    }
}

namespace OpsChat.Tests.Support;

/// <summary>Two hosts at work on one PostgreSQL, each with a data folder and files of its own.</summary>
public sealed class TwoHosts : IAsyncDisposable
{
    private readonly PostgresServer _server;

    private TwoHosts(PostgresServer server, RunningHost one, RunningHost other) => (_server, One, Other) = (server, one, other);

    public RunningHost One { get; }
    public RunningHost Other { get; }
    public PostgresServer Server => _server;

    /// <param name="settings">More settings of both.</param>
    public static async Task<TwoHosts> StartAsync(params (string Name, string Value)[] settings)
    {
        var server = await PostgresServer.StartAsync();
        var all = settings.ToDictionary(setting => setting.Name, setting => (string?)setting.Value);
        all["OpsChat:Store"] = server.Connection;
        var one = await RunningHost.StartAsync(settings: all);
        return new(server, one, await RunningHost.StartAsync(settings: all));
    }

    public async ValueTask DisposeAsync()
    {
        await One.DisposeAsync();
        await Other.DisposeAsync();
        await _server.DisposeAsync();
    }
}

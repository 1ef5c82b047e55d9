using OpsChat.Agent;
using OpsChat.Host.Web;
using OpsChat.Playbooks;
using OpsChat.Storage.Postgres;

namespace OpsChat.Host.Commands;

/// <summary>
/// The hosts that share a PostgreSQL database and have not the turn. Each answers who wants to read, on its own address, sends nothing, decides
/// nothing and writes nothing; it has the playbooks ready, and takes over when the host at work is gone.
/// </summary>
static class Standby
{
    // The host at work is gone: its customers wait.
    private static readonly TimeSpan s_endWithin = TimeSpan.FromMilliseconds(500);

    /// <summary>Returns when this process is the host.</summary>
    /// <returns>The playbooks, when they had to be loaded to stand by.</returns>
    public static async Task<PlaybookCatalog<PlaybookSnapshot>?> UntilTurnAsync(
        PostgresStore store,
        IConfiguration configuration,
        OpsChatOptions options,
        CancellationToken cancellationToken
    )
    {
        if (store.TryTakeTurn(Opening.HostName))
        {
            return null;
        }

        // What a first start makes, both may make: the first one is kept.
        var opened = await Opening.OpenAsync(store, options, TimeProvider.System, cancellationToken);
        store.StandBy();
        await using var app = WebHost.Build(
            configuration,
            options,
            opened,
            services => services.Configure<HostOptions>(host => host.ShutdownTimeout = s_endWithin),
            isStandby: true
        );
        await app.StartAsync(cancellationToken);
        HostAddress.Keep(options, HostNames.AddressFor(options, app.Urls.FirstOrDefault() ?? options.Urls));
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, app.Lifetime.ApplicationStopping);
        await store.TakeTurnAsync(Opening.HostName, Opening.Tell, ending.Token);
        await app.StopAsync(CancellationToken.None);
        opened.Playbooks.Look();
        return opened.Playbooks;
    }
}

using OpsChat.Agent;
using OpsChat.Canary;
using OpsChat.Host.Web;
using OpsChat.Storage;
using OpsChat.Storage.Postgres;
using Spectre.Console;

namespace OpsChat.Host.Commands;

/// <summary>Without arguments: everything. Store chat, owner console, API, and Telegram when a token is set.</summary>
static class RunCommand
{
    public static async Task<int> RunAsync(IConfigurationRoot configuration, CancellationToken cancellationToken)
    {
        var options = Opening.Options(configuration);
        await using var store = await Opening.StoreAsync(options, cancellationToken);
        var shared = store as PostgresStore;
        try
        {
            await ServeAsync(configuration, options, store, shared, cancellationToken);
        }
        catch (Exception e) when (IsLost(shared) && IsOfLoss(e))
        {
            // What this host wanted to write at its end: it may not any more.
        }

        // An end that whatever keeps it running takes for a failure, and starts it again.
        return IsLost(shared) ? throw new SetupException("The other hosts did not hear of this one, and have taken over. Start it again.") : 0;
    }

    /// <param name="shared">The store, where several hosts share it.</param>
    private static async Task ServeAsync(
        IConfigurationRoot configuration,
        OpsChatOptions options,
        IStore store,
        PostgresStore? shared,
        CancellationToken cancellationToken
    )
    {
        using var alone = await DataFolderLock.TakeAsync(options, TimeProvider.System, cancellationToken);
        var opened = await Opening.OpenForHostAsync(store, options, TimeProvider.System, cancellationToken);
        await using var app = WebHost.Build(configuration, options, opened);
        // It has its place among the hosts only now, and so can lose it.
        await using var ending = shared?.Lost.Register(app.Lifetime.StopApplication) ?? default;
        // What needs the store comes before the first request can: a database that is restarted later must not end a host that is ready.
        string?[] warnings =
        [
            .. SettingsReading.Doubtful(configuration, options),
            Opening.WrongName(options, opened.Playbooks.Current.Shop),
            await Opening.MarkAsync(store, options, cancellationToken),
        ];
        // Output that is no terminal is kept somewhere for others to read, and may be the only place where the owner finds the link (a
        // container): it is worth little soon.
        var validFor = Console.IsOutputRedirected ? SignInCodes.ValidForInALog : SignInCodes.ValidFor;
        var code = await app.Services.GetRequiredService<SignInCodes>().NewAsync(validFor, cancellationToken);
        await StartAsync(app, cancellationToken);
        var url = HostNames.AddressFor(options, app.Urls.FirstOrDefault() ?? options.Urls);
        HostAddress.Keep(options, url);
        Welcome(opened, options, [.. warnings.OfType<string>()], url, SignInCodes.PathOf(code), SignInCommand.HowLong(validFor));
        await app.WaitForShutdownAsync(cancellationToken);
    }

    /// <summary>Several parts of the host may fail at its stop.</summary>
    private static bool IsOfLoss(Exception e) =>
        e is StoreException or OperationCanceledException || (e is AggregateException several && several.Flatten().InnerExceptions.All(IsOfLoss));

    private static bool IsLost(PostgresStore? shared) => shared is { Lost.IsCancellationRequested: true };

    private static async Task StartAsync(WebApplication app, CancellationToken cancellationToken)
    {
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch
        {
            // What has started already ends as at a stop: without this it would print its cancellation as a failure, over the sentence that matters.
            app.Lifetime.StopApplication();
            throw;
        }
    }

    private static void Welcome(OpenedShop opened, OpsChatOptions options, IReadOnlyList<string> warnings, string url, string signIn, string howLong)
    {
        var known = opened.Playbooks.Current;
        AnsiConsole.MarkupLineInterpolated(
            $"[bold]OpsChat[/] is open for [bold]{known.Shop.Name}[/], with {known.Playbooks.Playbooks.Count} playbooks."
        );
        AnsiConsole.WriteLine();
        // As they are: broken at the terminal's width, a link would no longer open.
        // The demo's link makes the visitor a customer whom the agent answers, while the canary stays small.
        Console.WriteLine($"  Store chat      {url}/{(options.Shop.Length == 0 ? "demo" : "")}");
        Console.WriteLine($"  Owner console   {url}{signIn}");
        Console.WriteLine($"                  ({howLong})");
        AnsiConsole.WriteLine();
        Console.WriteLine(TerminalText.Wrapped($"  {RolloutText.InOneSentence(opened.Canary.Current.Config.Percentage)}", 2));
        if (options.Shop.Length > 0)
        {
            Console.WriteLine(TerminalText.Wrapped($"  That stands in {Opening.CanaryPath(options)}", 2));
        }

        foreach (
            var finding in warnings
                .Concat(known.Playbooks.Findings.Where(f => f.IsError).Select(f => f.ToString()))
                .Concat(opened.Canary.Findings.Select(f => f.ToString()))
        )
        {
            AnsiConsole.MarkupLineInterpolated($"  [red]{finding}[/]");
        }

        if (DataFolder.Trouble(options.Data) is { } trouble)
        {
            AnsiConsole.MarkupLineInterpolated($"  [red]{trouble}[/]");
        }

        AnsiConsole.WriteLine("  Stop with Ctrl+C.");
    }
}

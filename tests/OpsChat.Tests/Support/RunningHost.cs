using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpsChat.Agent;
using OpsChat.Canary;
using OpsChat.Host;
using OpsChat.Host.Web;
using OpsChat.Storage;

namespace OpsChat.Tests.Support;

/// <summary>
/// The real host in this process: a free port, a data folder of its own, a copy of the repository's playbooks and canary configuration, the
/// demo shop, and waits so short that a test does not notice them. Ends, and deletes its folder, when disposed.
/// </summary>
public sealed class RunningHost : IAsyncDisposable
{
    public const string OwnerToken = "owner-token-of-the-tests", ChannelKey = "channel-key-of-the-tests";

    private readonly WebApplication _app;
    private readonly OpenedShop _opened;
    private bool _isStopped;

    private RunningHost(WebApplication app, OpenedShop opened, string folder)
    {
        (_app, _opened, Folder) = (app, opened, folder);
        Url = new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        Customer = new() { BaseAddress = Url, DefaultRequestHeaders = { { "X-OpsChat-Key", ChannelKey } } };
        Owner = new() { BaseAddress = Url, DefaultRequestHeaders = { Authorization = new("Bearer", OwnerToken) } };
    }

    public Uri Url { get; }

    /// <summary>Holds <c>data</c>, <c>playbooks</c> and <c>canary.config.json</c>, which a test may change.</summary>
    public string Folder { get; }
    public string PlaybooksFolder => Path.Combine(Folder, "playbooks");
    public string OperationsFile => Path.Combine(Folder, "operations.config.json");
    public string CanaryFile => Path.Combine(Folder, "canary.config.json");

    /// <summary>May use <c>/api/chat/{customer}</c>.</summary>
    public HttpClient Customer { get; }

    /// <summary>May use the owner's side of the API.</summary>
    public HttpClient Owner { get; }
    public IServiceProvider Services => _app.Services;

    /// <summary>A new sign-in link for the console, as it is printed at the start.</summary>
    public async Task<string> SignInLinkAsync() =>
        new Uri(
            Url,
            SignInCodes.PathOf(await Services.GetRequiredService<SignInCodes>().NewAsync(SignInCodes.ValidFor, CancellationToken.None))
        ).ToString();

    /// <param name="percentage">Percent of customers whom the agent answers by itself.</param>
    /// <param name="spotCheck">Share of sent answers that are drawn for a spot-check; null as in the repository's configuration.</param>
    /// <param name="settings">More settings, or other values: <c>OpsChat:Messages:WaitWhenClear</c>.</param>
    /// <param name="more">Registrations on top of the host's own.</param>
    public static async Task<RunningHost> StartAsync(
        decimal percentage = 100,
        decimal? spotCheck = null,
        IReadOnlyDictionary<string, string?>? settings = null,
        Action<IServiceCollection>? more = null
    )
    {
        var folder = Directory.CreateTempSubdirectory("opschat-host-").FullName;
        CopyPlaybooks(Path.Combine(folder, "playbooks"));
        WriteCanary(Path.Combine(folder, "canary.config.json"), percentage, spotCheck);
        File.Copy(Opening.FromHome("operations.config.json"), Path.Combine(folder, "operations.config.json"));
        return await StartInAsync(folder, settings, more);
    }

    /// <summary>This host ends; another one with these settings goes on with its data, at the same address.</summary>
    public async Task<RunningHost> RestartAsync(IReadOnlyDictionary<string, string?> settings)
    {
        await StopAsync();
        return await StartInAsync(
            Folder,
            new Dictionary<string, string?>(settings) { ["OpsChat:Urls"] = Url.GetLeftPart(UriPartial.Authority) },
            null
        );
    }

    private static async Task<RunningHost> StartInAsync(
        string folder,
        IReadOnlyDictionary<string, string?>? settings,
        Action<IServiceCollection>? more
    )
    {
        var configuration = Configuration(folder, settings);
        var options = Opening.Options(configuration);
        var store = await Opening.StoreAsync(options, CancellationToken.None);
        var opened = await Opening.OpenForHostAsync(store, options, TimeProvider.System, CancellationToken.None, LearnedPlaybooks.Of);
        var app = WebHost.Build(configuration, options, opened, more);
        await app.StartAsync();
        return new(app, opened, folder);
    }

    /// <summary>Writes as a customer of the keyed route.</summary>
    public async Task WriteAsync(string customer, string text, string? id = null)
    {
        var posted = await Customer.PostAsJsonAsync($"/api/chat/{customer}/messages", new { id, text });
        posted.EnsureSuccessStatusCode();
    }

    /// <summary>The shop's next messages to that customer after <paramref name="after"/>; waits until there is one, at most a minute.</summary>
    public async Task<IReadOnlyList<ChatLine>> AnswersAsync(string customer, long after = 0)
    {
        for (var vain = 0; ;)
        {
            var read = await Customer.GetFromJsonAsync<ChatLines>($"/api/chat/{customer}/messages?after={after}&wait=20")
                ?? throw new JsonException("The transcript is empty.");
            if (read.Messages.Count == 0 && ++vain == 3)
            {
                throw new TimeoutException($"The shop did not answer {customer}: a minute is over, or the host is stopping.");
            }

            if (read.Messages.Where(m => m.From != "customer").ToList() is { Count: > 0 } answers)
            {
                return answers;
            }

            after = read.Messages.Select(m => m.Seq).LastOrDefault(after);
        }
    }

    /// <summary>Makes the database refuse writes, and take them again.</summary>
    public static void SetWritable(IStore store, bool isWritable)
    {
        var writer = ((SqliteStore)store).Writer;
        lock (writer)
        {
            writer.Run($"pragma query_only = {(isWritable ? "off" : "on")}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        // After a restart the folder is the next host's.
        if (!_isStopped)
        {
            await StopAsync();
            Directory.Delete(Folder, recursive: true);
        }
    }

    private async Task StopAsync()
    {
        _isStopped = true;
        Customer.Dispose();
        Owner.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        await _opened.Store.DisposeAsync();
    }

    private static IConfigurationRoot Configuration(string folder, IReadOnlyDictionary<string, string?>? settings)
    {
        var values = new Dictionary<string, string?>
        {
            ["OpsChat:Data"] = Path.Combine(folder, "data"),
            ["OpsChat:Playbooks"] = Path.Combine(folder, "playbooks"),
            ["OpsChat:Canary"] = Path.Combine(folder, "canary.config.json"),
            ["OpsChat:Operations"] = Path.Combine(folder, "operations.config.json"),
            ["OpsChat:Urls"] = "http://127.0.0.1:0",
            ["OpsChat:OwnerToken"] = OwnerToken,
            ["OpsChat:ChannelKey"] = ChannelKey,
            // Words and letters decide alone unless a test is about the encoder: learning with it takes seconds of a busy machine.
            ["OpsChat:Encoder"] = "off",
            ["OpsChat:Messages:WaitWhenClear"] = "00:00:00.030",
            ["OpsChat:Messages:WaitWhenUnclear"] = "00:00:00.030",
        };
        foreach (var (name, value) in settings ?? new Dictionary<string, string?>())
        {
            values[name] = value;
        }

        return new ConfigurationBuilder().AddInMemoryCollection(values).Build();
    }

    private static void CopyPlaybooks(string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(Opening.FromHome("playbooks"), "*.md"))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }
    }

    private static void WriteCanary(string to, decimal percentage, decimal? spotCheck)
    {
        var file = Opening.FromHome("canary.config.json");
        var config = CanaryConfigText.Read(file, File.ReadAllBytes(file)).Config ?? throw new InvalidDataException($"{file} has errors.");
        File.WriteAllBytes(to, CanaryConfigText.Write(config.With(null, percentage) with { SpotCheck = spotCheck ?? config.SpotCheck }));
    }
}

/// <summary>A line as <c>GET /api/chat/{customer}/messages</c> gives it.</summary>
public sealed record ChatLine(long Seq, string From, string Text, DateTimeOffset At);

public sealed record ChatLines(IReadOnlyList<ChatLine> Messages);

using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpsChat.Agent;
using OpsChat.Canary;
using OpsChat.Host;
using OpsChat.Playbooks;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Reliability;

/// <summary>A command on the store of hosts, started somewhere else: in a checkout with drafts, on an administrator's machine.</summary>
public sealed class A_command_beside_hosts : IAsyncLifetime
{
    private readonly TemporaryFolder _checkout = new();
    private PostgresServer? _server;
    private RunningHost _host = null!;

    [PostgresFact]
    public async Task that_looks_has_what_the_hosts_have_and_puts_nothing_of_its_own_in_force()
    {
        await StartAsync();
        var before = Lying();

        await using (var opened = await Opening.OpenForCommandAsync(Options(), TimeProvider.System, default))
        {
            var playbooks = opened.Shop.Playbooks.Current.Playbooks;
            playbooks.Find("new-policy").Should().BeNull("it is a draft in a checkout");
            playbooks.Find("refund-request").Should().BeEquivalentTo(
                _host.Services.GetRequiredService<CurrentPlaybooks>()().Playbooks.Find("refund-request"),
                like => like.Including(playbook => playbook!.Version)
            );
            opened.Shop.Canary.Current.Config.Percentage.Should().Be(100);
            (await Desk(opened).StatusAsync(default)).Should().Contain("100 %");
        }

        (await CountAsync("shared_files where name = 'new-policy.md'")).Should().Be(0L);
        (await CountAsync("shared_files where version > 1")).Should().Be(0L);
        (await CountAsync("file_drafts")).Should().Be(0L);
        (await CountAsync("notices where kind in ('edit', 'canary')")).Should().Be(0L);
        (await CountAsync("rollout_changes")).Should().Be(0L);
        Lying().Should().Equal(before, "nothing is written where it was started");
    }

    [PostgresFact]
    public async Task that_changes_something_does_so_on_every_host()
    {
        await StartAsync();
        var before = Lying();
        await using (var opened = await Opening.OpenForCommandAsync(Options(), TimeProvider.System, default))
        {
            (await Desk(opened).SetAsync(null, 40, default)).IsDone.Should().BeTrue();

            // As `learn take` does.
            using var desk = new FileDesk(
                opened.Files,
                opened.Shop.Store,
                opened.Shop.Playbooks,
                new PinDesk(opened.Shop.Store, TimeProvider.System),
                TimeProvider.System,
                opened.Exchange
            );
            var file = await desk.OpenAsync(opened.Files.Find("umbrella-hire.md")!, "owner", default);
            var text = ShopUnderTest.Playbook("umbrella-hire", "By the day.", ["can i hire an umbrella", "an umbrella for a day"]).Text;
            (await desk.SaveAsync(file.File, file.Version, text, "owner", confirmed: true, default)).Should().BeOfType<FileAnswer.Saved>();
        }

        await UntilAsync(() => _host.Services.GetRequiredService<CurrentCanary>()().Percentage == 40);
        await UntilAsync(() => _host.Services.GetRequiredService<CurrentPlaybooks>()().Playbooks.Find("umbrella-hire") is not null);
        File.Exists(Path.Combine(_host.PlaybooksFolder, "umbrella-hire.md")).Should().BeTrue();
        (await _server!.AskAsync("select who from shared_files where name = 'umbrella-hire.md'")).Should().Be($"owner ({Environment.MachineName})");
        Lying().Should().Equal(before);
    }

    [PostgresFact]
    public async Task leaves_no_folder_behind()
    {
        await StartAsync();
        string folder;
        await using (var opened = await Opening.OpenForCommandAsync(Options(), TimeProvider.System, default))
        {
            folder = opened.Files.Playbooks;
            Directory.Exists(folder).Should().BeTrue();
        }

        Directory.Exists(Path.GetDirectoryName(folder)).Should().BeFalse();
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_server is not null)
        {
            await _host.DisposeAsync();
            await _server.DisposeAsync();
        }

        _checkout.Dispose();
    }

    private async Task StartAsync()
    {
        _server = await PostgresServer.StartAsync();
        _host = await RunningHost.StartAsync(settings: new Dictionary<string, string?> { ["OpsChat:Store"] = _server.Connection });
        foreach (var file in Directory.EnumerateFiles(_host.PlaybooksFolder))
        {
            Directory.CreateDirectory(_checkout.File("playbooks"));
            File.Copy(file, _checkout.File($"playbooks/{Path.GetFileName(file)}"));
        }

        var refund = _checkout.File("playbooks/refund-request.md");
        await File.WriteAllTextAsync(refund, (await File.ReadAllTextAsync(refund)).Replace("refund", "repayment", StringComparison.Ordinal));
        await File.WriteAllTextAsync(
            _checkout.File("playbooks/new-policy.md"),
            ShopUnderTest.Playbook("new-policy", "Nobody has agreed to this.", ["what is new"]).Text
        );
        await File.WriteAllBytesAsync(_checkout.File("canary.config.json"), CanaryConfigText.Write(new CanaryConfig { Percentage = 5 }));
    }

    private OpsChatOptions Options() =>
        Opening.Options(
            new ConfigurationBuilder()
                .AddInMemoryCollection(
                    new Dictionary<string, string?>
                    {
                        ["OpsChat:Store"] = _server!.Connection,
                        ["OpsChat:Data"] = _checkout.File("data"),
                        ["OpsChat:Playbooks"] = _checkout.File("playbooks"),
                        ["OpsChat:Prompts"] = _checkout.File("prompts"),
                        ["OpsChat:Canary"] = _checkout.File("canary.config.json"),
                        ["OpsChat:Operations"] = _checkout.File("operations.config.json"),
                        ["OpsChat:Encoder"] = "off",
                    }
                )
                .Build()
        );

    private static RolloutDesk Desk(OpenedForCommand opened) =>
        new(opened.Shop.Store, opened.Shop.Canary, () => opened.Shop.Playbooks.Current, TimeProvider.System, "owner");

    /// <summary>The files where the command is started, with what they say.</summary>
    private List<string> Lying() =>
        [
            .. Directory
                .EnumerateFiles(_checkout.Path, "*", SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal)
                .Select(path => $"{path}: {File.ReadAllText(path)}"),
        ];

    private async Task<object?> CountAsync(string what) => await _server!.AskAsync($"select count(*) from {what}");

    private static async Task UntilAsync(Func<bool> isSo)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (!isSo())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, patience.Token);
        }
    }
}

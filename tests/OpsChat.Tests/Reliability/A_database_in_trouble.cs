using System.Net.Http.Json;
using System.Net;
using System.Runtime.Versioning;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpsChat.Benchmarks.Chaos;
using OpsChat.Storage;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Reliability;

/// <summary>Each fault of the disk gives one clear sentence; nothing is acknowledged that is not kept, and what is kept stays.</summary>
public class A_database_in_trouble
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task that_cannot_be_written_acknowledges_nothing_and_goes_on_when_it_can()
    {
        await using var host = await RunningHost.StartAsync();
        RunningHost.SetWritable(host.Services.GetRequiredService<IStore>(), false);

        using var refused = await PostAsync(host.Customer, "1");
        refused.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        (await refused.Content.ReadAsStringAsync()).Should().Contain("cannot be written").And.Contain("--data");
        refused.Headers.RetryAfter.Should().NotBeNull();
        using var page = new HttpClient { BaseAddress = host.Url };
        (await (await page.PostAsJsonAsync("/chat/messages", new { id = "1", text = "hi" })).Content.ReadAsStringAsync())
            .Should()
            .Contain("Try again in a minute")
            .And.NotContain("opschat.db");
        (await host.Customer.GetAsync(new Uri("/health", UriKind.Relative))).StatusCode.Should().Be(HttpStatusCode.OK);

        RunningHost.SetWritable(host.Services.GetRequiredService<IStore>(), true);

        using var again = await PostAsync(host.Customer, "1");
        again.StatusCode.Should().Be(HttpStatusCode.Accepted);
        (await host.AnswersAsync("amirul")).Should().ContainSingle();
    }

    [Fact]
    public async Task that_cannot_be_written_while_the_host_starts_does_not_end_it()
    {
        var log = new CapturedLog();
        await using var host = await RunningHost.StartAsync(more: services =>
            services.AddSingleton<ILoggerProvider>(log).AddHostedService<NoWritesAtTheStart>()
        );
        await log.UntilAsync("The outbox could not be drained", s_patience);

        using var refused = await PostAsync(host.Customer, "1");
        refused.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        RunningHost.SetWritable(host.Services.GetRequiredService<IStore>(), true);

        using var again = await PostAsync(host.Customer, "1");
        again.StatusCode.Should().Be(HttpStatusCode.Accepted);
        (await host.AnswersAsync("amirul")).Should().ContainSingle();
    }

    [Fact]
    [SupportedOSPlatform("linux")]
    public async Task whose_folder_takes_no_files_is_a_sentence_at_the_start()
    {
        using var shop = new ShopOnDisk();
        // Permissions do not hold for root, who runs the tests in many places; in this folder nobody may make a file.
        Directory.CreateSymbolicLink(shop.Data, "/proc/self/net");

        (await RefusalAsync(shop)).Should().Contain("cannot be");
    }

    [Fact]
    public async Task whose_folder_is_a_file_is_a_sentence_at_the_start()
    {
        using var shop = new ShopOnDisk();
        await File.WriteAllTextAsync(shop.Data, "");

        (await RefusalAsync(shop)).Should().Contain("cannot be created").And.Contain("--data");
    }

    [Fact]
    public async Task that_is_damaged_newer_or_no_database_is_a_sentence_at_the_start_and_is_left_as_it_is()
    {
        using var shop = new ShopOnDisk();
        Directory.CreateDirectory(shop.Data);
        await (await SqliteStore.OpenAsync(shop.Database, CancellationToken.None)).DisposeAsync();
        var good = await File.ReadAllBytesAsync(shop.Database);

        foreach (
            var (bad, sentence) in new[]
            {
                (Damaged(good), "damaged"),
                (new byte[5000], "no database"),
                (Newer(shop.Database), "newer OpsChat"),
            }
        )
        {
            await File.WriteAllBytesAsync(shop.Database, bad);
            (await RefusalAsync(shop)).Should().Contain(sentence).And.Contain("backup");
            (await File.ReadAllBytesAsync(shop.Database)).Should().Equal(bad);
        }
    }

    [Fact]
    public async Task that_is_restored_as_the_manual_says_has_everything_from_before_the_backup()
    {
        using var shop = new ShopOnDisk();
        using var host = new HostProcess(shop);
        using var patience = new CancellationTokenSource(s_patience);
        using var customer = new HttpClient { BaseAddress = host.Url, DefaultRequestHeaders = { { "X-OpsChat-Key", HostProcess.ChannelKey } } };
        var backup = Path.Combine(shop.Folder, "saved.db");
        host.Start();
        await host.UntilHealthyAsync(patience.Token);
        (await PostAsync(customer, "before")).Dispose();
        await StoreCheck.UntilDrainedAsync(shop.Database, 0, s_patience, patience.Token);
        (await host.CommandAsync("backup", backup)).ExitCode.Should().Be(0);
        (await PostAsync(customer, "after")).Dispose();
        await StoreCheck.UntilDrainedAsync(shop.Database, 0, s_patience, patience.Token);

        // 1. Stop OpsChat. 2. Move its files away. 3. Copy the backup, and start. 4. The audit chain is whole.
        await host.StopAsync(patience.Token);
        foreach (var file in Directory.GetFiles(shop.Data, "opschat.db*"))
        {
            File.Move(file, Path.Combine(shop.Folder, Path.GetFileName(file) + ".kept"));
        }

        File.Copy(backup, shop.Database);
        host.Start();
        await host.UntilHealthyAsync(patience.Token);
        var (exitCode, said) = await host.CommandAsync("audit", "verify");

        exitCode.Should().Be(0, said);
        var transcript = await customer.GetFromJsonAsync<ChatLines>("api/chat/amirul/messages?after=0", patience.Token);
        transcript!
            .Messages.Select(m => m.From)
            .Should()
            .StartWith("customer")
            .And.HaveCount(2, "question and answer from before the backup, nothing from after it");
        (await PostAsync(customer, "after")).StatusCode.Should().Be(HttpStatusCode.Accepted, "and customers can go on");
        await host.StopAsync(patience.Token);
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient customer, string id) =>
        customer.PostAsJsonAsync("/api/chat/amirul/messages", new { id, text = "when are you open?" });

    private static async Task<string> RefusalAsync(ShopOnDisk shop)
    {
        using var host = new HostProcess(shop);
        var (exitCode, said) = await host.CommandAsync();
        exitCode.Should().Be(1, said);
        said.Should().NotContain("bug in OpsChat").And.NotMatchRegex(StackFrame.Pattern);
        return said;
    }

    private static byte[] Damaged(byte[] good) => [.. good[..4096], .. Enumerable.Repeat((byte)0xA5, good.Length - 4096)];

    private static byte[] Newer(string database)
    {
        var copy = database + ".newer";
        using (var db = new SqliteConnection($"Data Source={copy};Pooling=false"))
        {
            db.Open();
            db.Run($"pragma journal_mode = wal; create table t (x text); pragma user_version = {Schema.Version + 1}");
        }

        return File.ReadAllBytes(copy);
    }

    /// <summary>Before any of the host's own services starts.</summary>
    private sealed class NoWritesAtTheStart(IStore store) : IHostedLifecycleService
    {
        public Task StartingAsync(CancellationToken cancellationToken)
        {
            RunningHost.SetWritable(store, false);
            return Task.CompletedTask;
        }

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}

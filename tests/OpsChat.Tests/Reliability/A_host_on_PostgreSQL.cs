using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpsChat.Benchmarks.Chaos;
using OpsChat.Host;
using OpsChat.Messages;
using OpsChat.Storage;
using OpsChat.Storage.Postgres;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Reliability;

public sealed class A_host_on_PostgreSQL
{
    [PostgresFact]
    public async Task answers_asks_a_person_about_money_and_sends_what_was_approved_once()
    {
        await using var server = await PostgresServer.StartAsync();
        await using var host = await RunningHost.StartAsync(settings: new Dictionary<string, string?> { ["OpsChat:Store"] = server.Connection });

        await host.WriteAsync("aina", "when are you open?");
        (await host.AnswersAsync("aina")).Should().ContainSingle();

        await host.WriteAsync("priya", "i want a refund for order #1293, my email is priya.nair@example.com");
        var holding = await host.AnswersAsync("priya");
        var pending = await host.Owner.GetFromJsonAsync<JsonElement>("/api/approvals?state=pending");
        var approval = pending.GetProperty("approvals").EnumerateArray().Should().ContainSingle().Subject;
        var decision = new { verb = "approve", hash = approval.GetProperty("hash").GetString() };
        var address = $"/api/approvals/{approval.GetProperty("id").GetString()}/decision";
        using var approved = await host.Owner.PostAsJsonAsync(address, decision);
        using var again = await host.Owner.PostAsJsonAsync(address, decision);

        approved.StatusCode.Should().Be(HttpStatusCode.OK);
        again.StatusCode.Should().NotBe(HttpStatusCode.OK);
        var sent = await host.AnswersAsync("priya", holding[^1].Seq);
        sent.Should().ContainSingle().Which.Text.Should().Be(approval.GetProperty("text").GetString());
        var store = host.Services.GetRequiredService<IStore>();
        var (kinds, verdict) = await store.ReadAsync(
            session =>
                (
                    session.Outbox.OfPeople(new("api", "priya"), DateTimeOffset.UnixEpoch).Select(message => message.State),
                    session.AuditedRows.Verify()
                ),
            CancellationToken.None
        );
        kinds.Should().Equal(OutboxState.Sent);
        verdict.Should().BeOfType<OpsChat.Audit.AuditVerdict.Whole>();
        (await host.Customer.GetAsync(new Uri("/ready", UriKind.Relative))).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [PostgresFact]
    public async Task stays_at_work_beside_one_on_a_copy_of_its_data_folder()
    {
        await using var server = await PostgresServer.StartAsync();
        await using var host = await RunningHost.StartAsync(settings: new Dictionary<string, string?> { ["OpsChat:Store"] = server.Connection });
        using var copy = new TemporaryFolder();
        Directory.CreateDirectory(copy.File("data"));
        File.Copy(Path.Combine(host.Folder, "data", "host-id"), copy.File("data/host-id"));
        var options = Opening.Options(
            new ConfigurationBuilder()
                .AddInMemoryCollection(
                    new Dictionary<string, string?>
                    {
                        ["OpsChat:Store"] = server.Connection,
                        ["OpsChat:Data"] = copy.File("data"),
                        ["OpsChat:Playbooks"] = host.PlaybooksFolder,
                        ["OpsChat:Canary"] = host.CanaryFile,
                        ["OpsChat:Operations"] = host.OperationsFile,
                        ["OpsChat:Encoder"] = "off",
                    }
                )
                .Build()
        );

        await using var copied = await JoinAsync();
        var ids = new[] { host.Services.GetRequiredService<IStore>().HostId, copied.HostId };
        (await server.AskAsync($"select count(*) from opschat_hosts where id in ('{ids[0]}', '{ids[1]}')")).Should().Be(2L);

        // One that is started again on its own folder has its place at once.
        await using var again = await JoinAsync();
        (await server.AskAsync($"select count(*) from opschat_hosts where id in ('{ids[0]}', '{again.HostId}')")).Should().Be(2L);
        (await server.AskAsync($"select count(*) from opschat_hosts where id = '{ids[1]}'")).Should().Be(0L);

        async Task<IStore> JoinAsync()
        {
            var store = await Opening.StoreAsync(options, default);
            await Opening.OpenForHostAsync(store, options, TimeProvider.System, default, LearnedPlaybooks.Of);
            return store;
        }
    }

    [PostgresFact]
    public async Task works_beside_others_which_take_over_when_it_is_paused_or_killed_and_changes_nothing_when_it_wakes()
    {
        await using var server = await PostgresServer.StartAsync();
        using var shop = new ShopOnDisk();
        shop.SetPercentage(100);
        using var group = new HostGroup(shop, 2, _ => server.Connection, new Dictionary<string, string>());
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(4));
        await group.StartAsync(patience.Token);
        var (first, second) = (group.Hosts[0], group.Hosts[1]);

        // Both take messages, and each tells what the other decided.
        await WriteAsync(first, "aina", "m1", patience.Token);
        await WriteAsync(second, "bo", "m2", patience.Token);
        var answer = await AnswerAsync(second, "aina", patience.Token);
        (await AnswerAsync(first, "bo", patience.Token)).Should().NotBeEmpty();

        // One that is paused for longer than its lease has lost what it decided, and what was said to it meanwhile.
        first.Signal("STOP");
        var asleep = PostAsync(first, "aina", "m3", patience.Token);
        await GoneAsync(server, 1, patience.Token);
        first.Signal("CONT");
        (await asleep).Should().NotBe(HttpStatusCode.Accepted);
        (await first.UntilEndedAsync(patience.Token)).Should().Be(1, first.LastWords);
        await WriteAsync(second, "cho", "m4", patience.Token);
        await AnswerAsync(second, "cho", patience.Token);

        // One that is killed right after it has stored a message leaves it to the other.
        first.Start();
        await first.UntilReadyAsync(patience.Token);
        await WriteAsync(second, "dewi", "m5", patience.Token);
        await second.KillAsync();
        (await AnswerAsync(first, "dewi", patience.Token)).Should().NotBeEmpty();
        (await AnswerAsync(first, "aina", patience.Token)).Should().Be(answer, "it is not sent again");
        await first.StopAsync(patience.Token);

        await using var store = await PostgresStore.OpenAsync(server.Connection, patience.Token);
        (await store.ReadAsync(session => session.AuditedRows.Verify(), patience.Token)).Should().BeOfType<OpsChat.Audit.AuditVerdict.Whole>();
        (await server.AskAsync("select count(*) from inbox where conversation = 'api:aina'"))
            .Should()
            .Be(1L, "what a host was told that slept was not taken");
    }

    [PostgresFact]
    public async Task answers_fragments_together_that_came_to_two_hosts()
    {
        await using var server = await PostgresServer.StartAsync();
        var settings = new Dictionary<string, string?>
        {
            ["OpsChat:Store"] = server.Connection,
            ["OpsChat:Messages:WaitWhenClear"] = "00:00:05",
            ["OpsChat:Messages:WaitWhenUnclear"] = "00:00:05",
        };
        await using var one = await RunningHost.StartAsync(settings: settings);
        await using var other = await RunningHost.StartAsync(settings: settings);

        await one.WriteAsync("aina", "hi, a question:");
        await other.WriteAsync("aina", "when are you open?");

        (await one.AnswersAsync("aina")).Should().ContainSingle();
        (await server.AskAsync("select count(*) from turns")).Should().Be(1L);
        (await server.AskAsync("select count(distinct turn) from inbox where turn is not null")).Should().Be(1L);
        (await server.AskAsync("select count(*) from opschat_claims")).Should().Be(0L, "nothing is undecided");
    }

    private static async Task GoneAsync(PostgresServer server, long left, CancellationToken patience)
    {
        while (await server.AskAsync("select count(*) from opschat_hosts") is long hosts && hosts > left)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, patience);
        }
    }

    private static async Task WriteAsync(HostProcess host, string customer, string id, CancellationToken patience) =>
        (await PostAsync(host, customer, id, patience)).Should().Be(HttpStatusCode.Accepted);

    private static async Task<HttpStatusCode?> PostAsync(HostProcess host, string customer, string id, CancellationToken patience)
    {
        using var http = Client(host);
        try
        {
            using var answer = await http.PostAsJsonAsync($"api/chat/{customer}/messages", new { id, text = "when are you open?" }, patience);
            return answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    /// <summary>What the shop has said to that customer; waits until it has said something.</summary>
    private static async Task<string> AnswerAsync(HostProcess host, string customer, CancellationToken patience)
    {
        using var http = Client(host);
        while (true)
        {
            var read = await http.GetFromJsonAsync<ChatLines>($"api/chat/{customer}/messages?after=0", patience);
            if (read!.Messages.Where(line => line.From == "agent").ToList() is { Count: > 0 } said)
            {
                return string.Join('\n', said.Select(line => $"{line.Seq} {line.Text}"));
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, patience);
        }
    }

    private static HttpClient Client(HostProcess host) =>
        new() { BaseAddress = host.Url, DefaultRequestHeaders = { { "X-OpsChat-Key", HostProcess.ChannelKey } } };
}

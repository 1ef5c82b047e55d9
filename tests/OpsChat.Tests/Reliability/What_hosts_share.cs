using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using OpsChat.Agent;
using OpsChat.Approvals;
using OpsChat.Canary;
using OpsChat.Channels.Web;
using OpsChat.Playbooks;
using OpsChat.Storage;
using OpsChat.Storage.Postgres;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Reliability;

/// <summary>A request may go to one host and the next one to another, and nobody notices.</summary>
public sealed class What_hosts_share
{
    [PostgresFact]
    public async Task is_who_is_signed_in_and_who_writes()
    {
        await using var hosts = await TwoHosts.StartAsync();
        var cookies = new CookieContainer();
        using var person = new HttpClient(new HttpClientHandler { CookieContainer = cookies });

        var code = (await hosts.One.SignInLinkAsync()).Split("code=")[1];
        using var form = new FormUrlEncodedContent([new("code", code)]);
        // Browsers know hosts by name: to them both are one, behind a proxy.
        using var signedIn = await person.PostAsync(new Uri(hosts.One.Url, "/owner/sign-in/go"), form);

        signedIn.StatusCode.Should().Be(HttpStatusCode.OK);
        using var page = await person.GetAsync(new Uri(hosts.Other.Url, "/owner"));
        page.RequestMessage!.RequestUri!.AbsolutePath.Should().Be("/owner", "nobody is asked to sign in again");

        using var wrote = await person.PostAsJsonAsync(new Uri(hosts.One.Url, "/chat/messages"), new { text = "when are you open?" });
        wrote.StatusCode.Should().Be(HttpStatusCode.Accepted);
        var read = await person.GetFromJsonAsync<JsonObject>(new Uri(hosts.Other.Url, "/chat/messages?after=0"));
        read!["messages"]![0]!["text"]!.ToString().Should().Be("when are you open?");
    }

    [PostgresFact]
    public async Task is_protected_by_one_key_however_many_hosts_begin_at_once_and_by_those_of_before()
    {
        await using var server = await PostgresServer.StartAsync();
        await using var one = await PostgresStore.OpenAsync(server.Connection, default);
        await using var other = await PostgresStore.OpenAsync(server.Connection, default);
        using var folder = new TemporaryFolder();

        var keys = await Task.WhenAll(
            Enumerable.Range(0, 6).Select(i => Task.Run(() => KeysOf(i % 2 == 0 ? one : other, folder.File("none"))))
        );

        keys.Should().AllSatisfy(known => known.Should().ContainSingle().Which.Should().Be(keys[0].Single()));

        await server.AskAsync("delete from cookie_keys");
        var old = DataProtectionProvider.Create(new DirectoryInfo(folder.File("keys")), setup => setup.SetApplicationName("OpsChat"));
        var cookie = old.CreateProtector("a cookie").Protect("mei");
        var services = new ServiceCollection();
        services.AddDataProtection().SetApplicationName("OpsChat");
        services.Configure<Microsoft.AspNetCore.DataProtection.KeyManagement.KeyManagementOptions>(management =>
            management.XmlRepository = new Host.Web.StoredKeys(one, new(folder.File("keys")))
        );
        await using var provider = services.BuildServiceProvider();
        provider.GetRequiredService<IDataProtectionProvider>().CreateProtector("a cookie").Unprotect(cookie).Should().Be("mei");
    }

    [PostgresFact]
    public async Task are_customers_pictures_until_their_customer_is_forgotten()
    {
        await using var hosts = await TwoHosts.StartAsync(("OpsChat:Messages:MostPicturesPerDay", "1"));

        (await PostAsync(hosts.One, "aina", PictureFiles.Png)).Should().Be(HttpStatusCode.Accepted);
        (await PostAsync(hosts.Other, "aina", PictureFiles.Png)).Should().Be(HttpStatusCode.TooManyRequests);
        var lines = await hosts.Other.Customer.GetFromJsonAsync<JsonObject>("/api/chat/aina/messages?after=0");
        var path = lines!["messages"]![0]!["pictures"]![0]!["url"]!.ToString();

        (await hosts.Other.Customer.GetByteArrayAsync(path)).Should().Equal(await hosts.One.Customer.GetByteArrayAsync(path));
        Directory.Exists(Path.Combine(hosts.One.Folder, "data", "pictures")).Should().BeTrue("it was received there");
        Directory.EnumerateFiles(Path.Combine(hosts.One.Folder, "data", "pictures")).Should().BeEmpty("no host keeps one for itself");

        var store = hosts.Other.Services.GetRequiredService<IStore>();
        await new Forgetting(store, TimeProvider.System).ForgetAsync("api:aina", "mei", default);
        (await hosts.Server.AskAsync("select count(*) from picture_bytes")).Should().Be(0L);
        (await hosts.One.Customer.GetAsync(path)).StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [PostgresFact]
    public async Task is_swept_of_pictures_that_no_message_names_and_takes_those_of_a_host_that_had_its_store_alone()
    {
        await using var server = await PostgresServer.StartAsync();
        await using var store = await PostgresStore.OpenAsync(server.Connection, default);
        using var data = new TemporaryFolder();
        var clock = new TestClock(TimeProvider.System.GetUtcNow());
        using var folder = new PictureFolder(new() { Data = data.Path }, store, clock);
        var received = await folder.ReceiveAsync(new("api", "aina"), new MemoryStream(PictureFiles.Png), default);
        var nobodys = received.Should().BeOfType<PictureReception.Taken>().Subject.Picture;
        var (known, orphan) = (OpsChat.Messages.PictureIds.New(), $"{OpsChat.Messages.PictureIds.New()}.png");
        await server.AskAsync(
            "insert into pictures (id, conversation, message, place, kind, bytes, state, at, next_try_at) "
                + $"values ('{known}', 'api:bo', 'm1', 0, 'Png', 3, 'Stored', 0, 0)"
        );
        await File.WriteAllBytesAsync(Path.Combine(data.Path, "pictures", $"{known}.png"), [1, 2, 3]);
        await File.WriteAllBytesAsync(Path.Combine(data.Path, "pictures", orphan), [4]);

        await folder.SweepAsync(default);
        (await server.AskAsync("select count(*) from picture_bytes")).Should().Be(2L, "what was received just now may still be named");
        File.Exists(Path.Combine(data.Path, "pictures", $"{known}.png")).Should().BeFalse();
        File.Exists(Path.Combine(data.Path, "pictures", orphan)).Should().BeTrue();

        clock.Advance(PictureFolder.OrphansLive + TimeSpan.FromMinutes(1));
        await folder.SweepAsync(default);
        (await server.AskAsync($"select count(*) from picture_bytes where id = '{nobodys.Id}'")).Should().Be(0L);
        (await server.AskAsync($"select count(*) from picture_bytes where id = '{known}'")).Should().Be(1L);
        File.Exists(Path.Combine(data.Path, "pictures", orphan)).Should().BeFalse();
    }

    [PostgresFact]
    public async Task are_the_owners_files_which_come_into_force_on_all()
    {
        await using var hosts = await TwoHosts.StartAsync();
        var (issue, text) = ShopUnderTest.Playbook("umbrella-hire", "By the day.", ["can i hire an umbrella", "an umbrella for a day"]);
        await File.WriteAllTextAsync(Path.Combine(hosts.One.PlaybooksFolder, $"{issue}.md"), text);
        var other = hosts.Other.Services;
        var desk = new RolloutDesk(
            other.GetRequiredService<IStore>(),
            other.GetRequiredService<CanaryConfigFile>(),
            other.GetRequiredService<CurrentPlaybooks>(),
            TimeProvider.System,
            "mei"
        );
        (await desk.SetAsync(null, 50, default)).IsDone.Should().BeTrue();

        await UntilAsync(() => other.GetRequiredService<CurrentPlaybooks>()().Playbooks.Find(issue) is not null);
        await UntilAsync(() => hosts.One.Services.GetRequiredService<CurrentCanary>()().Percentage == 50);

        File.ReadAllText(Path.Combine(hosts.Other.PlaybooksFolder, $"{issue}.md")).Should().Be(text.ReplaceLineEndings("\n"));
        File.ReadAllText(hosts.One.CanaryFile).Should().Be(File.ReadAllText(hosts.Other.CanaryFile));
    }

    [PostgresFact]
    public async Task is_who_belongs_to_the_shop()
    {
        await using var hosts = await TwoHosts.StartAsync();
        var (desk, owner) = (hosts.One.Services.GetRequiredService<PeopleDesk>(), hosts.One.Services.GetRequiredService<Approvers>().Owner.Approver);
        var there = hosts.Other.Services.GetRequiredService<Approvers>();

        (await desk.SaveAsync(owner, "mei", PersonRole.Staff, null, default)).IsDone.Should().BeTrue();
        await UntilAsync(() => there.ByName("mei") is not null);
        (await desk.RemoveAsync(owner, "mei", default)).IsDone.Should().BeTrue();
        await UntilAsync(() => there.ByName("mei") is null);
    }

    [PostgresFact]
    public async Task is_the_news_that_a_customer_waits_for()
    {
        await using var hosts = await TwoHosts.StartAsync();
        await hosts.One.WriteAsync("aina", "when are you open?");
        await hosts.One.AnswersAsync("aina");

        var news = hosts.Other.Services.GetRequiredService<PulledChannel>().NextNews(new("api", "aina"));
        await hosts.One.WriteAsync("aina", "and on sundays?");

        // It waits at the one host and is told by the other.
        await news.WaitAsync(TimeSpan.FromMinutes(2));
    }

    [PostgresFact]
    public async Task is_what_the_shops_system_posts()
    {
        await using var server = await PostgresServer.StartAsync();
        await using var store = await PostgresStore.OpenAsync(server.Connection, default);
        using var folder = new TemporaryFolder();
        var one = new PostedFeeds(folder.File("one"), store, new TestClock());
        var other = new PostedFeeds(folder.File("other"), store, new TestClock());
        Directory.CreateDirectory(folder.File("other"));
        await File.WriteAllTextAsync(folder.File("other/posted-older-1.csv"), "from before");

        (await one.AcceptAsync("purchase-orders", "k1", "a,b\n1,2\n"u8.ToArray(), default)).Should().BeNull();
        await other.ExchangeAsync(default);
        await one.ExchangeAsync(default);

        Names("other").Should().HaveCount(2).And.BeEquivalentTo(Names("one"));
        (await other.AcceptAsync("purchase-orders", "k1", "a,b\n1,2\n"u8.ToArray(), default)).Should().BeNull("the same key is the same post");

        IEnumerable<string?> Names(string host) => Directory.EnumerateFiles(folder.File(host)).Select(Path.GetFileName);
    }

    [PostgresFact]
    public async Task is_taken_back_on_all_hosts_and_goes_in_time_but_for_the_newest_of_its_kind()
    {
        await using var server = await PostgresServer.StartAsync();
        await using var store = await PostgresStore.OpenAsync(server.Connection, default);
        using var folder = new TemporaryFolder();
        var clock = new TestClock();
        var one = new PostedFeeds(folder.File("one"), store, clock);
        var other = new PostedFeeds(folder.File("other"), store, clock);
        await PostAsync("products", "mistake");
        await PostAsync("products", "old");
        await PostAsync("suppliers", "only");
        Names("one").Should().HaveCount(3);

        (await other.TakeBackAsync("products", "mistake", default)).Should().BeTrue();
        (await other.TakeBackAsync("products", "never posted", default)).Should().BeFalse();
        await ExchangeAsync();
        Names("one").Should().HaveCount(2).And.BeEquivalentTo(Names("other"));
        await PostAsync("products", "mistake");
        Names("one").Should().HaveCount(2, "the same post does not come again");

        clock.Advance(PostedFeeds.Lives + TimeSpan.FromDays(1));
        await PostAsync("products", "new");
        Names("one").Should().HaveCount(2).And.BeEquivalentTo(Names("other"));
        Names("one").Should().Contain(name => name!.StartsWith("posted-suppliers-", StringComparison.Ordinal), "nothing newer tells of suppliers");
        (await server.AskAsync("select count(*) from posted_feeds where length(csv) > 0")).Should().Be(2L);

        async Task PostAsync(string kind, string key)
        {
            (await one.AcceptAsync(kind, key, "a,b\n1,2\n"u8.ToArray(), default)).Should().BeNull();
            await ExchangeAsync();
        }

        async Task ExchangeAsync()
        {
            await other.ExchangeAsync(default);
            await one.ExchangeAsync(default);
            await other.ExchangeAsync(default);
        }

        IEnumerable<string?> Names(string host) => Directory.EnumerateFiles(folder.File(host)).Select(Path.GetFileName);
    }

    [PostgresFact]
    public async Task goes_into_a_backup_as_a_whole()
    {
        await using var server = await PostgresServer.StartAsync();
        await using var store = await PostgresStore.OpenAsync(server.Connection, default);
        using var folder = new TemporaryFolder();
        await store.WriteAsync(session => session.Pictures.KeepBytes("p1", [1, 2, 3], DateTimeOffset.UnixEpoch), default);

        await store.BackupAsync(folder.File("backup.db"), default);

        await using var backup = await SqliteStore.OpenAsync(folder.File("backup.db"), default);
        (await backup.ReadAsync(session => session.Pictures.Bytes("p1"), default)).Should().Equal(1, 2, 3);
    }

    private static async Task UntilAsync(Func<bool> isSo)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (!isSo())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, patience.Token);
        }
    }

    private static IReadOnlyList<string> KeysOf(IStore store, string folder) =>
        [.. new Host.Web.StoredKeys(store, new(folder)).GetAllElements().Select(key => key.ToString())];

    private static async Task<HttpStatusCode> PostAsync(RunningHost host, string customer, byte[] picture)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent("look"), "text" },
            { new ByteArrayContent(picture), "file", "picture.png" },
        };
        using var posted = await host.Customer.PostAsync($"/api/chat/{customer}/messages", form);
        return posted.StatusCode;
    }
}

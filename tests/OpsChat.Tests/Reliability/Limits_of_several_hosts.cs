using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using OpsChat.Agent;
using OpsChat.Approvals;
using OpsChat.Drafting;
using OpsChat.Host.Web;
using OpsChat.Host.Web.Inbox;
using OpsChat.Host.Web.Passkeys;
using OpsChat.Messages;
using OpsChat.Models.Jobs;
using OpsChat.Storage;
using OpsChat.Storage.Postgres;
using OpsChat.Tests.Drafting;
using OpsChat.Tests.Facts;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Reliability;

/// <summary>Whoever is sent to one host after the other gets no more than from one.</summary>
public sealed class Limits_of_several_hosts
{
    [PostgresFact]
    public async Task are_counted_together_and_fill_again_as_on_one()
    {
        await using var stores = await TwoStores.OpenAsync();
        var hosts = stores.Of(store => new RateLimit("tries", 4, TimeSpan.FromMinutes(1), store, stores.Clock));

        foreach (var i in Enumerable.Range(0, 4))
        {
            (await hosts[i % 2].TakeAsync("aina", default)).Should().BeNull();
        }

        (await hosts[0].TakeAsync("aina", default)).Should().Be(TimeSpan.FromSeconds(15));
        (await hosts[1].WaitAsync("aina", default)).Should().Be(TimeSpan.FromSeconds(15));
        (await hosts[1].TakeAsync("bo", default)).Should().BeNull("each has a bucket of its own");
        stores.Clock.Advance(TimeSpan.FromSeconds(15));
        (await hosts[1].TakeAsync("aina", default)).Should().BeNull();
        (await hosts[0].TakeAsync("aina", default)).Should().NotBeNull("the other host has taken that one");
        (await stores.AskAsync("select count(*) from limits where key like '%aina%'")).Should().Be(0L, "nobody's name stands there");
        stores.Clock.Advance(TimeSpan.FromMinutes(2));
        await hosts[0].TakeAsync("cho", default);
        (await stores.AskAsync("select count(*) from limits")).Should().Be(1L, "a full bucket needs no row");
    }

    [PostgresFact]
    public async Task let_no_host_take_a_token_twice_at_once()
    {
        await using var stores = await TwoStores.OpenAsync();
        var hosts = stores.Of(store => new RateLimit("tries", 10, TimeSpan.FromMinutes(1), store, stores.Clock));

        var taken = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => hosts[i % 2].TakeAsync("aina", default).AsTask()));

        taken.Count(wait => wait is null).Should().Be(10);
    }

    [PostgresFact]
    public async Task give_no_more_where_the_hosts_clocks_are_apart_and_lock_nobody_out_for_a_clock_that_was_set_back()
    {
        await using var stores = await TwoStores.OpenAsync();
        var behind = new FakeTimeProvider(stores.Clock.GetUtcNow() - TimeSpan.FromSeconds(20));
        var ahead = new RateLimit("tries", 4, TimeSpan.FromMinutes(1), stores.One, stores.Clock);
        var other = new RateLimit("tries", 4, TimeSpan.FromMinutes(1), stores.Other, behind);

        var taken = 0;
        foreach (var i in Enumerable.Range(0, 40))
        {
            taken += await (i % 2 == 0 ? ahead : other).TakeAsync("aina", default) is null ? 1 : 0;
        }

        taken.Should().Be(4);
        behind.AdjustTime(behind.GetUtcNow() - TimeSpan.FromDays(400));
        (await other.TakeAsync("aina", default)).Should().BeNull();
    }

    [PostgresFact]
    public async Task hold_for_messages_newcomers_sign_ins_and_wrong_secrets_alike()
    {
        await using var hosts = await TwoHosts.StartAsync(
            ("OpsChat:Messages:MostPerMinute", "1"),
            ("OpsChat:Messages:MostNewPerMinute", "1"),
            ("OpsChat:Messages:MostSignInsPerMinute", "1")
        );

        (await WriteAsync(hosts.One, "aina")).Should().Be(HttpStatusCode.Accepted);
        (await WriteAsync(hosts.Other, "aina")).Should().Be(HttpStatusCode.TooManyRequests);
        (await WriteAsync(hosts.Other, "bo")).Should().Be(HttpStatusCode.Accepted, "another customer is another customer");

        (await PostAsync(hosts.One, "/chat/visitor")).Should().Be(HttpStatusCode.OK);
        (await PostAsync(hosts.Other, "/chat/visitor")).Should().Be(HttpStatusCode.TooManyRequests);

        (await PostAsync(hosts.One, "/owner/sign-in/passkey/ask")).Should().Be(HttpStatusCode.OK);
        (await PostAsync(hosts.Other, "/owner/sign-in/passkey/ask")).Should().Be(HttpStatusCode.TooManyRequests);

        using var stranger = new HttpClient { BaseAddress = hosts.One.Url };
        stranger.DefaultRequestHeaders.Authorization = new("Bearer", "a guess");
        (await stranger.GetAsync("/api/approvals")).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        (await hosts.Other.Owner.GetAsync("/api/approvals"))
            .StatusCode.Should()
            .Be(HttpStatusCode.TooManyRequests, "it guesses at the other host too");
    }

    [PostgresFact]
    public async Task hold_for_what_waits_in_one_conversation()
    {
        await using var hosts = await TwoHosts.StartAsync(
            ("OpsChat:Messages:MostWaiting", "2"),
            ("OpsChat:Messages:WaitWhenClear", "00:01:00"),
            ("OpsChat:Messages:WaitWhenUnclear", "00:01:00")
        );

        (await WriteAsync(hosts.One, "aina")).Should().Be(HttpStatusCode.Accepted);
        (await WriteAsync(hosts.Other, "aina")).Should().Be(HttpStatusCode.Accepted);
        (await WriteAsync(hosts.Other, "aina")).Should().Be(HttpStatusCode.TooManyRequests, "two wait, wherever they were taken in");
        (await WriteAsync(hosts.One, "aina")).Should().Be(HttpStatusCode.TooManyRequests);
        (await WriteAsync(hosts.Other, "bo")).Should().Be(HttpStatusCode.Accepted);
    }

    [PostgresFact]
    public async Task hold_for_thumbs()
    {
        await using var stores = await TwoStores.OpenAsync();
        OpsChatOptions options = new() { Messages = { MostPerMinute = 2 } };
        var hosts = stores.Of(store => new ChatThumbs(store, () => ShopFolderOnDisk.Shipped, options, stores.Clock));
        async Task<int?> ThumbAsync(int host) =>
            (await hosts[host].PostAsync(new("web", "aina"), 1, new("up"), new DefaultHttpContext()) as IStatusCodeHttpResult)?.StatusCode;

        (await ThumbAsync(0)).Should().Be(StatusCodes.Status404NotFound, "nothing was answered there, and yet it was a try");
        (await ThumbAsync(1)).Should().Be(StatusCodes.Status404NotFound);
        (await ThumbAsync(0)).Should().Be(StatusCodes.Status429TooManyRequests);
    }

    [PostgresFact]
    public async Task hold_for_the_models_tokens_of_a_day_and_of_a_conversation()
    {
        await using var stores = await TwoStores.OpenAsync();
        var options = Writers.Options with { DailyTokens = 10_000, ConversationTokens = 4_000, MaxOutputTokens = 500 };
        var hosts = stores.Of(store => new ModelBudget(
            options,
            stores.Clock,
            new SharedModelLedger(store, NullLogger<SharedModelLedger>.Instance)
        ));

        var first = await hosts[0].ReserveAsync("a", 1_500, default);
        (await hosts[1].ReserveAsync("a", 1_500, default)).Should().NotBeNull();
        (await hosts[0].ReserveAsync("a", 1_500, default)).Should().BeNull("the conversation would go over 4,000");
        await first!.SettleAsync(new(100, 0.001m));
        (await hosts[1].ReserveAsync("a", 1_000, default)).Should().NotBeNull();
        (await hosts[0].ReserveAsync("b", 3_500, default)).Should().NotBeNull();
        (await hosts[1].ReserveAsync("c", 3_500, default)).Should().BeNull("the day would go over 10,000");
        stores.Clock.Advance(TimeSpan.FromDays(1));
        (await hosts[1].ReserveAsync("c", 3_500, default)).Should().NotBeNull();
    }

    [PostgresFact]
    public async Task hold_for_the_models_day_on_a_host_where_it_is_still_yesterday()
    {
        await using var stores = await TwoStores.OpenAsync();
        var hosts = stores.Of(store => new SharedModelLedger(store, NullLogger<SharedModelLedger>.Instance));
        var (yesterday, today) = (new DateOnly(2026, 3, 2), new DateOnly(2026, 3, 3));
        Task<bool> TakesAsync(int host, DateOnly day) =>
            hosts[host].TryAddAsync(day, "a", new(4_000, 1), (all, _) => all.Tokens + 4_000 <= 10_000, default).AsTask();

        (await TakesAsync(0, yesterday)).Should().BeTrue();
        (await TakesAsync(0, yesterday)).Should().BeTrue();
        (await TakesAsync(1, today)).Should().BeTrue();
        (await TakesAsync(0, yesterday)).Should().BeFalse("that day's 10,000 are used though another host has begun the next");
        await hosts[0].CorrectAsync(yesterday, "a", new(-3_000, -1));
        (await TakesAsync(0, yesterday)).Should().BeTrue();

        (await TakesAsync(1, today.AddDays(2))).Should().BeTrue();
        await hosts[0].CorrectAsync(yesterday, "a", new(-4_000, -1));
        (await stores.AskAsync("select count(*) from model_spend where tokens < 0 or day < '2026-03-04'"))
            .Should()
            .Be(0L, "a day that is forgotten stays so");
    }

    [PostgresFact]
    public async Task count_what_the_model_used_before_the_store_was_shared()
    {
        await using var stores = await TwoStores.OpenAsync();
        ModelUse use = new(stores.Clock.GetUtcNow(), "", "assistant", "m", 900, 50, 0.1m, TimeSpan.Zero, ModelUse.Answered);
        await stores.One.WriteAsync(session => session.ModelUses.Add(use), default);
        var options = Writers.Options with { DailyTokens = 2_000, ConversationTokens = 4_000, MaxOutputTokens = 500 };
        var budget = new ModelBudget(options, stores.Clock, new SharedModelLedger(stores.Other, NullLogger<SharedModelLedger>.Instance));

        (await budget.ReserveAsync("a", 600, default)).Should().BeNull("950 are used already");
        (await budget.ReserveAsync("a", 500, default)).Should().NotBeNull();
    }

    [PostgresFact]
    public async Task hold_for_wrong_order_details_from_one_address()
    {
        await using var stores = await TwoStores.OpenAsync();
        var hosts = stores.Of(store => new GuessOrigins(store, new(store, stores.Clock), stores.Clock));
        var address = IPAddress.Parse("203.0.113.7");

        foreach (var i in Enumerable.Range(0, GuessOrigins.MostOfAddressADay))
        {
            // The host that takes a message in need not be the one that decides it.
            await hosts[i % 2].CameFromAsync(new("web", $"c{i}"), address, default);
            await hosts[(i + 1) % 2].GuessedAsync(new("web", $"c{i}"), default);
        }

        await hosts[0].CameFromAsync(new("web", "fresh"), address, default);
        (await hosts[1].IsSuspectAsync(new("web", "fresh"), default)).Should().BeTrue();
        (await hosts[1].IsSuspectAsync(new("web", "unknown"), default)).Should().BeFalse();
        (await stores.AskAsync("select count(*) from temporary_values where value like '%203%113%'")).Should().Be(0L, "no address stands there");
    }

    [PostgresFact]
    public async Task leave_a_person_what_the_next_request_needs_whichever_host_takes_it()
    {
        await using var hosts = await TwoHosts.StartAsync();
        var (mei, ben) = (new Approver("mei", null, 0), new Approver("ben", null, 0));

        var asked = await Of<PasskeyStates>(hosts.One).KeepAsync("what was asked", default);
        (await Of<PasskeyStates>(hosts.Other).TakeAsync(asked, default)).Should().Be("what was asked");
        (await Of<PasskeyStates>(hosts.One).TakeAsync(asked, default)).Should().BeNull("it is taken once");

        await hosts.One.WriteAsync("aina", "when are you open?");
        ConversationId aina = new("api", "aina");
        var changes = await Of<HandlingDesk>(hosts.One).AssignAsync(mei, [aina], "mei", default);
        var undo = await Of<Undoing>(hosts.One).KeepAsync(mei, new UndoStep.Handled(changes), default);
        (await Of<Undoing>(hosts.Other).DoAsync(undo, ben, default)).Sentence.Should().StartWith("Nothing was undone");
        (await Of<Undoing>(hosts.Other).DoAsync(undo, mei, default)).Sentence.Should().Be("1 conversation is as before.");
        (await Of<Undoing>(hosts.One).DoAsync(undo, mei, default)).Sentence.Should().StartWith("Nothing was undone");

        await Of<Presence>(hosts.One).SeeAsync("mei", aina, isTyping: true, default);
        (await Of<Presence>(hosts.Other).OthersAsync("ben", aina, default)).Should().Equal(new Onlooker("mei", true));

        await Of<ShownTranslations>(hosts.One).KeepAsync("mei", aina, "m1", new("bonjour", "hello", "en"), default);
        var read = await Of<ShownTranslations>(hosts.Other).OfAsync("mei", aina, default);
        read.Should().ContainKey("m1").WhoseValue.Text.Should().Be("hello");
        await new Forgetting(Of<IStore>(hosts.Other), TimeProvider.System).ForgetAsync("api:aina", "mei", default);
        (await Of<ShownTranslations>(hosts.One).OfAsync("mei", aina, default)).Should().BeEmpty();
        (await hosts.Server.AskAsync("select count(*) from temporary_values where value like '%aina%' or value like '%bonjour%'")).Should().Be(0L);
    }

    private static T Of<T>(RunningHost host)
        where T : notnull => host.Services.GetRequiredService<T>();

    private static async Task<HttpStatusCode> WriteAsync(RunningHost host, string customer)
    {
        using var posted = await host.Customer.PostAsJsonAsync($"/api/chat/{customer}/messages", new { text = "when are you open?" });
        return posted.StatusCode;
    }

    private static async Task<HttpStatusCode> PostAsync(RunningHost host, string path)
    {
        using var somebody = new HttpClient { BaseAddress = host.Url };
        using var answer = await somebody.PostAsync(path, null);
        return answer.StatusCode;
    }

    /// <summary>The stores of two hosts, whose clocks agree.</summary>
    private sealed class TwoStores(PostgresServer server, IStore one, IStore other) : IAsyncDisposable
    {
        public TestClock Clock { get; } = new();
        public IStore One => one;
        public IStore Other => other;

        public static async Task<TwoStores> OpenAsync()
        {
            var server = await PostgresServer.StartAsync();
            return new(
                server,
                await PostgresStore.OpenAsync(server.Connection, default),
                await PostgresStore.OpenAsync(server.Connection, default)
            );
        }

        public T[] Of<T>(Func<IStore, T> host) => [host(one), host(other)];

        public Task<object?> AskAsync(string sql) => server.AskAsync(sql);

        public async ValueTask DisposeAsync()
        {
            await one.DisposeAsync();
            await other.DisposeAsync();
            await server.DisposeAsync();
        }
    }
}

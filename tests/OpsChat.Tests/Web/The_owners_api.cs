using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using OpsChat.Storage;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Web;

public class The_owners_api : IAsyncLifetime
{
    private RunningHost _host = null!;

    public async Task InitializeAsync() => _host = await RunningHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    private async Task<JsonElement> GetAsync(string path) => await _host.Owner.GetFromJsonAsync<JsonElement>(new Uri(path, UriKind.Relative));

    [Fact]
    public async Task lists_conversations_by_words_state_and_name()
    {
        await _host.WriteAsync("aina", "where is the zebra");
        await _host.WriteAsync("farid", "let me talk to a person please");
        await _host.AnswersAsync("aina");
        await _host.AnswersAsync("farid");

        var all = (await GetAsync("api/conversations")).GetProperty("conversations");
        all.EnumerateArray().Select(row => row.GetProperty("customer").GetString()).Should().BeEquivalentTo("aina", "farid");
        all[0]
            .EnumerateObject()
            .Select(member => member.Name)
            .Should()
            .Equal("id", "channel", "customer", "name", "state", "waiting", "lastText", "at");
        var found = (await GetAsync("api/conversations?q=ZEBRA")).GetProperty("conversations");
        found.EnumerateArray().Should().ContainSingle().Which.GetProperty("id").GetString().Should().Be("api:aina");
        (await GetAsync("api/conversations?state=waiting&q=farid")).GetProperty("conversations").GetArrayLength().Should().Be(1);
        foreach (var odd in new[] { "state=odd", "before=odd", "before=99999999999999999~api:x" })
        {
            using var wrong = await _host.Owner.GetAsync(new Uri($"api/conversations?{odd}", UriKind.Relative));
            wrong.StatusCode.Should().Be(HttpStatusCode.BadRequest, odd);
        }

        // A hundred on a page, and all of them written to in the same millisecond.
        var at = DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_123);
        await _host.Services.GetRequiredService<IStore>().WriteAsync(session =>
        {
            for (var i = 0; i < 220; i++)
            {
                session.Conversations.NextSeq(new("api", $"same{i}"), null, at);
            }
        }, default);
        List<string> seen = [];
        for (string? next = ""; next is not null && seen.Count < 1000;)
        {
            var page = await GetAsync($"api/conversations{(next.Length == 0 ? "" : $"?before={Uri.EscapeDataString(next)}")}");
            seen.AddRange(page.GetProperty("conversations").EnumerateArray().Select(row => row.GetProperty("customer").GetString()!));
            next = page.GetProperty("next").GetString();
        }

        seen.Should().BeEquivalentTo(Enumerable.Range(0, 220).Select(i => $"same{i}").Concat(["aina", "farid"]));
    }

    [Fact]
    public async Task tries_messages_on_a_playbook_that_is_not_saved_yet_and_stores_nothing()
    {
        const string Draft =
            "---\nautonomy: full\n---\n# Zebras\n\n## Issue Type\nThe customer asks about zebras.\n\n- do you sell zebras\n- any zebra in the "
                + "shop\n- zebra price\n\n## Standard Reply\nWe keep no zebras.\n\n## Exception Handling\n";
        using var answer = await _host.Owner.PostAsJsonAsync(
            "api/try",
            new { messages = new[] { "do you sell zebras" }, playbook = new { name = "zebras", text = Draft } }
        );

        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        var turn = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("turns")[0];
        turn.GetProperty("playbook").GetString().Should().Be("zebras");
        turn.GetProperty("draft").GetString().Should().Be("We keep no zebras.");
        (await GetAsync("api/conversations")).GetProperty("conversations").GetArrayLength().Should().Be(0);
        Directory.GetFiles(_host.PlaybooksFolder, "zebras*").Should().BeEmpty();
    }

    [Fact]
    public async Task tries_messages_as_a_customer_of_the_shops_data_at_any_time_and_lists_what_is_proposed()
    {
        async Task<JsonElement> TriedAsync(object posted)
        {
            using var answer = await _host.Owner.PostAsJsonAsync("api/try", posted);
            return await answer.Content.ReadFromJsonAsync<JsonElement>();
        }

        static string? Fact(JsonElement tried, string name) =>
            tried
                .GetProperty("turns")[0]
                .GetProperty("facts")
                .EnumerateArray()
                .FirstOrDefault(fact => fact.GetProperty("name").GetString() == name)
                is { ValueKind: JsonValueKind.Object } fact
                ? fact.GetProperty("value").GetString()
                : null;

        var stranger = await TriedAsync(new { messages = new[] { "where is my order #1293?" } });
        var known = await TriedAsync(new { messages = new[] { "where is my order #1293?" }, customer = "priya.nair@example.com" });
        var byOrder = await TriedAsync(new { messages = new[] { "where is my order #1293?" }, customer = "#1293", at = "2026-12-24 14:00" });

        Fact(stranger, "order.number").Should().BeNull();
        Fact(known, "order.number").Should().Be("#1293");
        int.Parse(Fact(byOrder, "order.age")!).Should().NotBe(int.Parse(Fact(known, "order.age")!));
        (await TriedAsync(new { messages = new[] { "hi" }, customer = "nobody@nowhere.example" }))
            .GetProperty("error")
            .GetString()
            .Should()
            .Contain("no such customer");
        (await TriedAsync(new { messages = new[] { "hi" }, at = "some day" }))
            .GetProperty("error")
            .GetString()
            .Should()
            .Contain("2026-11-18 14:00");

        (await GetAsync("api/learn")).GetProperty("proposals").GetArrayLength().Should().Be(0);
        using var none = await _host.Owner.PostAsJsonAsync("api/learn/p0", new { verb = "take" });
        none.StatusCode.Should().Be(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task says_where_an_unsaved_playbook_is_wrong()
    {
        using var answer = await _host.Owner.PostAsJsonAsync(
            "api/try",
            new
            {
                messages = new[] { "hi" },
                playbook = new { name = "zebras", text = "# Zebras\n\n## Standard Reply\n{{ order.numbr }}\n" },
            }
        );

        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("findings").GetArrayLength().Should().BePositive();
    }

    [Fact]
    public async Task takes_confirm_only_for_what_it_has_said_before()
    {
        await _host.WriteAsync("priya", "i want a refund for order #1293, my email is priya.nair@example.com");
        await _host.AnswersAsync("priya");
        var card = (await GetAsync("api/approvals?state=pending")).GetProperty("approvals")[0];
        var decision = new Uri($"api/approvals/{card.GetProperty("id").GetString()}/decision", UriKind.Relative);
        object Edit(string text, string? digest = null) =>
            new
            {
                verb = "edit",
                hash = card.GetProperty("hash").GetString(),
                text,
                confirm = true,
                digest,
            };

        using var blind = await _host.Owner.PostAsJsonAsync(decision, Edit("We will refund MYR 20.00 today."));
        blind.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity, "nobody has said yet what there is to confirm");
        var said = await blind.Content.ReadFromJsonAsync<JsonElement>();
        said.GetProperty("confirm").GetArrayLength().Should().BePositive();
        using var another = await _host.Owner.PostAsJsonAsync(
            decision,
            Edit("We will refund MYR 30.00 today.", said.GetProperty("digest").GetString())
        );
        another.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity, "that was said of another text");
        using var now = await _host.Owner.PostAsJsonAsync(decision, Edit("We will refund MYR 20.00 today."));
        now.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task tells_changes_as_they_are_committed_and_catches_up_from_a_number()
    {
        await _host.WriteAsync("aina", "hello there");
        await _host.AnswersAsync("aina");

        using var listening = await _host.Owner.GetAsync(new Uri("api/events?after=0", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        listening.Content.Headers.ContentType!.MediaType.Should().Be("text/event-stream");
        using var lines = new StreamReader(await listening.Content.ReadAsStreamAsync());
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var data = "";
        while (!data.StartsWith("data:", StringComparison.Ordinal) || !data.Contains("api:aina", StringComparison.Ordinal))
        {
            data = await lines.ReadLineAsync(patience.Token) ?? throw new EndOfStreamException();
        }

        var change = JsonDocument.Parse(data["data:".Length..]).RootElement;
        change.EnumerateObject().Select(member => member.Name).Should().Equal("number", "kind", "conversation", "ids");
        change.GetProperty("conversation").GetString().Should().Be("api:aina");
    }
}

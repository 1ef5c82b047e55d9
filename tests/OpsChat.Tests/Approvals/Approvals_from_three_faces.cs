using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using OpsChat.Benchmarks.Chaos;
using OpsChat.Testing.Telegram;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Approvals;

/// <summary>The console, the owner's group in Telegram and the API, all at once, on one host that is a process of its own.</summary>
public class Approvals_from_three_faces
{
    private const long Paid = 23800;
    private const long MeiId = 900_001;
    // Two rounds with their topics and notices stay below Telegram's twenty messages a minute in one group.
    private const int CardsARound = 3;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(40);

    [Fact]
    public async Task never_add_up_to_more_than_was_paid_also_when_the_host_is_killed_in_between()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        await using var telegram = await TelegramServer.StartAsync(new());
        var group = telegram.OwnerGroup();
        var mei = group.Owner(MeiId, "Mei");
        using var shop = new ShopOnDisk();
        shop.SetPercentage(100);
        using var host = new HostProcess(shop, new Dictionary<string, string>
        {
            ["OpsChat__Telegram__Token"] = telegram.Token,
            ["OpsChat__Telegram__ApiBase"] = telegram.BaseAddress.ToString(),
            ["OpsChat__Telegram__PollTimeout"] = "00:00:01",
            ["OpsChat__Telegram__LookEvery"] = "00:00:00.050",
            ["OpsChat__Telegram__OwnerChat"] = $"{group.Id}",
            ["OpsChat__Approvals__Approvers__0__Name"] = "Mei",
            ["OpsChat__Approvals__Approvers__0__TelegramId"] = $"{MeiId}",
        });
        host.Start();
        await host.UntilHealthyAsync(patience.Token);

        // 1. Several chats ask for the same order's money; everybody approves everything, and the host is killed after the first answer.
        await AskAsync(host, group, "joanne", CardsARound);
        var taps = await ApproveEverywhereAsync(host, group, mei, untilFirst: true);
        await host.KillAsync();
        Approved(shop.Database).Should().BeLessThanOrEqualTo(Paid);

        // 2. More of them ask the next host; what was pending stays so, and everybody approves everything again.
        host.Start();
        await host.UntilHealthyAsync(patience.Token);
        await AskAsync(host, group, "joannes-phone", CardsARound);
        taps += await ApproveEverywhereAsync(host, group, mei, untilFirst: false);

        taps.Should().BeGreaterThan(2 * CardsARound, "all three faces took part");
        Approved(shop.Database).Should().Be(Paid, "one of them fits, and no second");
    }

    private static async Task AskAsync(HostProcess host, OwnerGroup group, string customer, int count)
    {
        var last = group.Messages.Select(m => m.Id).DefaultIfEmpty().Max();
        using var http = new HttpClient { BaseAddress = host.Url, DefaultRequestHeaders = { { "X-OpsChat-Key", HostProcess.ChannelKey } } };
        foreach (var n in Enumerable.Range(0, count))
        {
            using var posted = await http.PostAsJsonAsync(
                $"api/chat/{customer}-{n}/messages",
                new { text = "please cancel my order #1300, joanne.pereira@example.com" }
            );
            posted.EnsureSuccessStatusCode();
        }

        await group.WaitForMessageAsync(_ => Cards(group).Count(card => card.Id > last) >= count, s_patience);
    }

    private static List<ChatMessage> Cards(OwnerGroup group) => [.. group.Messages.Where(m => m.AllButtons.Any(b => b.Text == "✅ Approve"))];

    /// <summary>Each card that is pending, from all faces at once. Returns how many decisions were tried.</summary>
    private static async Task<int> ApproveEverywhereAsync(HostProcess host, OwnerGroup group, Owner mei, bool untilFirst)
    {
        using var api = new HttpClient
        {
            BaseAddress = host.Url,
            Timeout = s_patience,
            DefaultRequestHeaders = { Authorization = new("Bearer", HostProcess.OwnerToken) },
        };
        using var web = await SignedInBrowser.OpenAsync(host.Url, HostProcess.OwnerToken);
        var pending = (await api.GetFromJsonAsync<JsonElement>("api/approvals?state=pending")).GetProperty("approvals").EnumerateArray()
            .Select(card => (Id: card.GetProperty("id").GetString()!, Hash: card.GetProperty("hash").GetString()!)).ToList();
        List<Task> all =
        [
            .. pending.Select(card =>
                Task.Run(() =>
                    QuietlyAsync(() => api.PostAsJsonAsync($"api/approvals/{card.Id}/decision", new { verb = "approve", hash = card.Hash }))
                )
            ),
            .. pending.Select(card =>
                Task.Run(() =>
                    QuietlyAsync(() =>
                        web.PostAsync("/owner/approvals/decide", [new("Id", card.Id), new("Hash", card.Hash), new("Verb", "approve")])
                    )
                )
            ),
            .. Cards(group).Select(card => TappedAsync(mei.Tap(card, "✅ Approve"))),
        ];
        if (untilFirst)
        {
            await Task.WhenAny(all);
            return all.Count;
        }

        await Task.WhenAll(all);
        return all.Count;
    }

    /// <summary>A host that is killed answers no tap.</summary>
    private static async Task TappedAsync(Tap tap)
    {
        try
        {
            await tap.Answer.WaitAsync(s_patience, TimeProvider.System);
        }
        catch (TimeoutException)
        {
            // Killed.
        }
    }

    /// <summary>A host that is killed answers nothing.</summary>
    private static async Task QuietlyAsync(Func<Task<HttpResponseMessage>> post)
    {
        try
        {
            using var answer = await post();
            answer
                .StatusCode.Should()
                .BeOneOf(HttpStatusCode.OK, HttpStatusCode.Redirect, HttpStatusCode.Conflict, HttpStatusCode.UnprocessableEntity);
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException or IOException)
        {
            // Killed.
        }
    }

    private static long Approved(string database)
    {
        using var db = new SqliteConnection(
            new SqliteConnectionStringBuilder
            {
                DataSource = database,
                Pooling = false,
                Mode = SqliteOpenMode.ReadWrite,
            }.ToString()
        );
        db.Open();
        using var sum = db.CreateCommand();
        sum.CommandText =
            "select coalesce(sum(amount_minor), 0) from approvals where order_number = '#1300' and state in ('Approved', 'Sent', 'Uncertain')";
        return (long)sum.ExecuteScalar()!;
    }
}

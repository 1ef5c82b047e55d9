using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using OpsChat.Messages;
using OpsChat.Storage;
using OpsChat.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

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
    public async Task passes_everything_on_to_the_host_that_waits_for_it()
    {
        await using var server = await PostgresServer.StartAsync();
        var settings = new Dictionary<string, string?> { ["OpsChat:Store"] = server.Connection };
        await using var first = await RunningHost.StartAsync(settings: settings);
        await first.WriteAsync("aina", "when are you open?");
        var answer = (await first.AnswersAsync("aina"))[^1];

        var starting = Task.Run(() => RunningHost.StartAsync(settings: settings));
        await first.DisposeAsync();
        await using var second = await starting;

        await second.WriteAsync("bo", "when are you open?");
        (await second.AnswersAsync("bo")).Should().ContainSingle().Which.Text.Should().Be(answer.Text);
        (await second.AnswersAsync("aina")).Should().ContainSingle("the first answer is not sent again").Which.Should().Be(answer);
    }
}

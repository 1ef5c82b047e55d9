using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using OpsChat.Agent;
using OpsChat.Operations.Actions;
using OpsChat.Operations.Settings;
using OpsChat.Operations.Stock;
using OpsChat.Playbooks;
using OpsChat.Storage;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Web;

public sealed class The_pages_of_operations(OneHost one) : IClassFixture<OneHost>
{
    [Fact]
    public async Task show_returns_ads_packing_lanes_and_measures_and_answer_a_question()
    {
        using var owner = await SignedInBrowser.OpenAsync(one.Host);
        foreach (var (path, title) in new[] { ("returns", "Returns"), ("ads", "Ads"), ("fulfilment", "Fulfilment"), ("lanes", "Lanes"),
            ("kpi", "KPI") })
        {
            (await PageAsync(owner, $"/owner/{path}")).Should()
                .Contain($"<h1>{title}</h1>").And.Contain($"href=\"/owner/{path}\"", "the navigation leads there");
        }

        (await PageAsync(owner, "/owner/lanes")).Should().Contain("Points say how surely you decide").And.Contain("Who does what: the hand-off table")
            .And.Contain("operations.config.json#of-hand-offs");
        (await PageAsync(owner, "/owner/playbooks/edit?file=operations.config.json")).Should().MatchRegex("id=\"of-hand-offs\"[^>]* open");
        (await PageAsync(owner, "/owner/ads")).Should().Contain("is too dear").And.Contain("not sure yet");
        (await PageAsync(owner, "/owner/kpi?q=what+runs+out+this+week")).Should().Contain("run out within").And.Contain("From inventory, orders.");
        (await PageAsync(owner, "/owner/kpi?q=%3Cscript%3Ealert(1)%3C/script%3E")).Should()
            .Contain("I did not understand").And.NotContain("<script>alert");
    }

    [Fact]
    public async Task have_their_measures_and_answers_over_HTTP_for_the_owner_alone()
    {
        var measures = await JsonAsync("/api/kpi?days=7");
        var named = measures["periods"]!.AsArray().Single()!["measures"]!.AsArray().ToDictionary(m => m!["name"]!.GetValue<string>(), m => m!);
        var answer = await JsonAsync("/api/ask?q=what%20runs%20out%20this%20week");

        named.Values.Should().OnlyContain(m => m["formula"]!.GetValue<string>().Length > 0 && m["needs"]!.GetValue<string>().Length > 0);
        named["cash-cycle"]["value"].Should().BeNull("what is not known is not 0");
        named["cash-cycle"]["shown"]!.GetValue<string>().Should().StartWith("no data");
        named["shipped-late"]["value"].Should().NotBeNull();
        answer["understood"]!.GetValue<bool>().Should().BeTrue();
        answer["sources"]!.AsArray().Should().NotBeEmpty();
        (await JsonAsync("/api/ask?q=sing%20me%20a%20song"))["near"]!.AsArray().Should().NotBeEmpty("near questions are offered");
        foreach (var (path, status) in new[] { ("/api/kpi?days=0", HttpStatusCode.BadRequest), ("/api/ask?q=", HttpStatusCode.BadRequest) })
        {
            using var refused = await one.Host.Owner.GetAsync(new Uri(path, UriKind.Relative));
            refused.StatusCode.Should().Be(status, path);
        }

        using var stranger = OneHost.Browser(one.Host);
        foreach (var path in new[] { "/api/kpi", "/api/ask?q=alerts" })
        {
            using var closed = await stranger.GetAsync(new Uri(path, UriKind.Relative));
            closed.StatusCode.Should().Be(HttpStatusCode.Unauthorized, path);
        }
    }

    [Fact]
    public async Task say_on_every_page_that_the_agent_was_rolled_back_and_how_to_go_on()
    {
        const string Told = "The agent answers nobody by itself";
        using var owner = await SignedInBrowser.OpenAsync(one.Host);
        foreach (var path in new[] { "/owner", "/owner/today", "/owner/stock" })
        {
            (await PageAsync(owner, path)).Should().NotContain(Told);
        }

        var services = one.Host.Services;
        var (file, time) = (services.GetRequiredService<CanaryConfigFile>(), services.GetRequiredService<TimeProvider>());
        var desk = new RolloutDesk(Store, file, services.GetRequiredService<CurrentPlaybooks>(), time, RolloutDesk.ByEvidence);
        (await desk.RollBackAsync(null, default, "7 of 40 answered cases were wrong.")).IsDone.Should().BeTrue();

        foreach (var path in new[] { "/owner", "/owner/today", "/owner/stock" })
        {
            (await PageAsync(owner, path)).Should().Contain(Told).And.Contain("7 of 40 answered cases were wrong.")
                .And.Contain("href=\"/owner/tasks#rollout\"").And.Contain("/owner/conversations?show=wrong");
        }

        (await PageAsync(owner, "/owner/tasks")).Should().Contain("value=\"begin-anew\"");
        using var anew = await owner.PostAsync("/owner/rollout", [new("Verb", "begin-anew"), new("Playbook", "")]);
        (await PageAsync(owner, "/owner/today")).Should().NotContain(Told, "somebody changed it");
        file.Current.Config.Percentage.Should().BePositive();
    }

    [Fact]
    public async Task say_what_is_up_for_approval_and_what_was_approved_waits_among_the_tasks()
    {
        using var owner = await SignedInBrowser.OpenAsync(one.Host);
        var now = one.Host.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        var moment = (await one.Host.Services.GetRequiredService<OperationsDesk>().ViewAsync(now, default)).Moment(now);
        var list = PurchaseList.Of(moment, one.Host.Services.GetRequiredService<CurrentOperations>()())[0];
        var desk = one.Host.Services.GetRequiredService<ActionDesk>();
        var pieces = list.Lines.ToDictionary(line => line.Sku, line => line.Order);

        var action = (await desk.ProposeListAsync(list.Supplier ?? "", pieces, "owner", default)).Should().BeOfType<ActionAnswer.Done>().Subject.Now;

        (await PageAsync(owner, "/owner/stock")).Should()
            .Contain($"{list.Lines[0].Order} up for approval already")
            .And.Contain("All of it is <a href=\"/owner/exceptions#approvals\">up for approval");
        (await PageAsync(owner, "/owner/tasks")).Should().NotContain("id=\"actions-title\"");

        await Store.WriteAsync(session => session.ShopActions.Decide(action.Id, action.Hash, ShopActionState.Approved, "owner", null, now), default);

        (await PageAsync(owner, "/owner/tasks")).Should().Contain("id=\"actions-title\"").And.NotContain("Nothing to do outside the chat");
    }

    private IStore Store => one.Host.Services.GetRequiredService<IStore>();

    private async Task<JsonNode> JsonAsync(string path)
    {
        using var answer = await one.Host.Owner.GetAsync(new Uri(path, UriKind.Relative));
        answer.StatusCode.Should().Be(HttpStatusCode.OK, path);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
    }

    private static async Task<string> PageAsync(SignedInBrowser owner, string path)
    {
        using var answer = await owner.Http.GetAsync(new Uri(path, UriKind.Relative));
        answer.StatusCode.Should().Be(HttpStatusCode.OK, path);
        return await answer.Content.ReadAsStringAsync();
    }
}

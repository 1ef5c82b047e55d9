using System.Net;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Web;

public sealed class The_pages_of_operations(OneHost one) : IClassFixture<OneHost>
{
    [Fact]
    public async Task show_returns_ads_packing_lanes_and_measures_and_answer_a_question()
    {
        using var owner = await SignedInBrowser.OpenAsync(one.Host);
        foreach (var (path, title) in new[] { ("returns", "Returns"), ("ads", "Ads"), ("fulfilment", "Fulfilment"), ("lanes", "Lanes"), ("kpi", "KPI") })
        {
            (await PageAsync(owner, $"/owner/{path}")).Should().Contain($"<h1>{title}</h1>").And.Contain($"href=\"/owner/{path}\"", "the navigation leads there");
        }

        (await PageAsync(owner, "/owner/kpi?q=what+runs+out+this+week")).Should().Contain("run out within").And.Contain("From inventory, orders.");
        (await PageAsync(owner, "/owner/kpi?q=%3Cscript%3Ealert(1)%3C/script%3E")).Should().Contain("I did not understand").And.NotContain("<script>alert");
    }

    private static async Task<string> PageAsync(SignedInBrowser owner, string path)
    {
        using var answer = await owner.Http.GetAsync(new Uri(path, UriKind.Relative));
        answer.StatusCode.Should().Be(HttpStatusCode.OK, path);
        return await answer.Content.ReadAsStringAsync();
    }
}

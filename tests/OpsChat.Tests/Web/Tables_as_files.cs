using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using OpsChat.Agent;
using OpsChat.Operations.Monitors;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Web;

public sealed partial class Tables_as_files(OneHost one) : IClassFixture<OneHost>
{
    [Fact]
    public async Task are_offered_where_the_tables_stand_and_hold_them_whole()
    {
        await one.Host.Services.GetRequiredService<OperationsDesk>().LookAsync(MonitorSet.All, TimeProvider.System.GetUtcNow(), default);
        await one.Host.WriteAsync("csv", "where is my order #1293? my email is priya.nair@example.com");
        await one.Host.AnswersAsync("csv");
        using var owner = await SignedInBrowser.OpenAsync(one.Host);
        var found = new Dictionary<string, string>();
        foreach (var page in ConsolePages.All)
        {
            foreach (Match link in Link().Matches(await owner.Http.GetStringAsync(new Uri(page, UriKind.Relative))))
            {
                found.TryAdd(WebUtility.HtmlDecode(link.Groups[1].Value), page);
            }
        }

        foreach (var (file, page) in found)
        {
            using var answer = await owner.Http.GetAsync(new Uri(file, UriKind.Relative));
            answer.StatusCode.Should().Be(HttpStatusCode.OK, file);
            answer.Content.Headers.ContentType!.MediaType.Should().Be("text/csv", file);
            answer.Content.Headers.ContentDisposition!.DispositionType.Should().Be("attachment", file);
            (await answer.Content.ReadAsStringAsync()).Split("\r\n").Should().HaveCountGreaterThan(2, $"{file} of {page} has a heading and rows");
        }

        found.Keys.Select(file => file.Split('?')[0]).Distinct().Should().BeEquivalentTo(
            HostRoutes.Of(one.Host, _ => "x").Select(route => route.Path)
                .Where(path => path.StartsWith("/owner/export/", StringComparison.Ordinal))
                .Where(path => !path.EndsWith("/stations.csv", StringComparison.Ordinal)),
            "each is offered on a page; the demo shop has no packing station"
        );
    }

    [Fact]
    public async Task are_for_who_is_signed_in_alone()
    {
        using var stranger = OneHost.Browser(one.Host);
        foreach (var (_, path) in HostRoutes.Of(one.Host, _ => "x").Where(route => route.Path.StartsWith("/owner/export/", StringComparison.Ordinal)))
        {
            using var answer = await stranger.GetAsync(new Uri(path, UriKind.Relative));
            answer.StatusCode.Should().Be(HttpStatusCode.Redirect, path);
        }
    }

    [GeneratedRegex("href=\"(/owner/export/[^\"]+)\"")]
    private static partial Regex Link();
}

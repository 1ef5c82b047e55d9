using System.Net;
using System.Text.RegularExpressions;
using OpsChat.Tests.Web;

namespace OpsChat.Tests.Support;

/// <summary>The owner's browser without its screen: keeps cookies, and fills the anti-forgery token of its page into what it posts.</summary>
public sealed partial class SignedInBrowser : IDisposable
{
    private readonly HttpClient _http;
    private string _token = "";

    private SignedInBrowser(HttpClient http) => _http = http;

    public HttpClient Http => _http;

    /// <param name="token">Of the approver who signs in.</param>
    public static Task<SignedInBrowser> OpenAsync(RunningHost host, string token = RunningHost.OwnerToken) =>
        OpenWithAsync(OneHost.Browser(host), new("token", token));

    /// <summary>The same with a host that is a process of its own.</summary>
    public static Task<SignedInBrowser> OpenAsync(Uri host, string token) =>
        OpenWithAsync(new(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new() }) { BaseAddress = host }, new("token", token));

    /// <param name="code">Of a sign-in link.</param>
    public static Task<SignedInBrowser> OpenByLinkAsync(RunningHost host, string code) => OpenWithAsync(OneHost.Browser(host), new("code", code));

    private static async Task<SignedInBrowser> OpenWithAsync(HttpClient http, KeyValuePair<string, string> shown)
    {
        var browser = new SignedInBrowser(http);
        using var signedIn = await browser._http.PostAsync(new Uri("/owner/sign-in/go", UriKind.Relative), new FormUrlEncodedContent([shown]));
        signedIn.StatusCode.Should().Be(HttpStatusCode.Redirect);
        browser._token = WebUtility.HtmlDecode(
            Token().Match(await browser._http.GetStringAsync(new Uri("/owner", UriKind.Relative))).Groups[1].Value
        );
        browser._token.Should().NotBeEmpty("every page of the console has a form");
        return browser;
    }

    /// <summary>Posts a form as a page of the console does.</summary>
    public Task<HttpResponseMessage> PostAsync(string path, IEnumerable<KeyValuePair<string, string>> fields, bool withToken = true) =>
        _http.PostAsync(
            new Uri(path, UriKind.Relative),
            new FormUrlEncodedContent(withToken ? [.. fields, new("__RequestVerificationToken", _token)] : fields)
        );

    public void Dispose() => _http.Dispose();

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}

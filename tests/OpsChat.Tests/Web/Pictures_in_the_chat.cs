using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using OpsChat.Agent;
using OpsChat.Storage;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Web;

public sealed class Pictures_in_the_chat(OneHost one) : IClassFixture<OneHost>
{
    private readonly RunningHost _host = one.Host;
    private readonly string _customer = $"c{Guid.NewGuid():N}"[..12];

    private string Folder => Path.Combine(_host.Folder, "data", "pictures");

    [Fact]
    public async Task go_to_a_person_with_the_draft_and_the_pictures_on_the_card()
    {
        using var posted = await PostAsync("hi my mug came broken", PictureFiles.Photo("jpeg"), PictureFiles.Png);

        posted.StatusCode.Should().Be(HttpStatusCode.Accepted);
        var card = await CardAsync();
        ((string?)card["text"] ?? (string?)card["suggestion"]).Should().NotBeNullOrWhiteSpace();
        card["pictures"]!.AsArray().Should().HaveCount(2);
        var line = (await LinesAsync())[0]!;
        line["text"]!.ToString().Should().Be("hi my mug came broken");
        line["pictures"]!.AsArray().Should().HaveCount(2);
    }

    [Fact]
    public async Task need_no_words()
    {
        using var posted = await PostAsync("", PictureFiles.WebP);

        posted.StatusCode.Should().Be(HttpStatusCode.Accepted);
        (await CardAsync())["pictures"]!.AsArray().Should().ContainSingle();
    }

    [Fact]
    public async Task are_shown_clean_to_their_customer_and_the_owner_and_to_nobody_else()
    {
        (await PostAsync("look", PictureFiles.Photo("jpeg"))).Dispose();
        var path = (await LinesAsync())[0]!["pictures"]![0]!["url"]!.ToString();
        var id = path.Split('/')[^1];

        using var shown = await _host.Customer.GetAsync(new Uri(path, UriKind.Relative));

        shown.StatusCode.Should().Be(HttpStatusCode.OK);
        shown.Content.Headers.ContentType!.MediaType.Should().Be("image/jpeg");
        shown.Content.Headers.ContentDisposition!.DispositionType.Should().Be("inline");
        shown.Headers.GetValues("X-Content-Type-Options").Should().Equal("nosniff");
        shown
            .Headers.GetValues("Content-Security-Policy")
            .Should()
            .ContainSingle()
            .Which.Should()
            .Contain("default-src 'none'")
            .And.Contain("sandbox");
        Encoding.Latin1.GetString(await shown.Content.ReadAsByteArrayAsync()).Should().NotContain(PictureFiles.Secret);

        using var owners = await _host.Owner.GetAsync(new Uri($"/owner/pictures/{id}", UriKind.Relative));
        owners.StatusCode.Should().Be(HttpStatusCode.OK);
        using var nobody = OneHost.Browser(_host);
        (await StatusAsync(_host.Customer, $"/api/chat/another/pictures/{id}")).Should().Be(HttpStatusCode.NotFound);
        (await StatusAsync(nobody, $"/chat/pictures/{id}")).Should().Be(HttpStatusCode.NotFound);
        (await StatusAsync(nobody, path)).Should().Be(HttpStatusCode.Unauthorized);
        (await StatusAsync(nobody, $"/owner/pictures/{id}")).Should().Be(HttpStatusCode.Redirect, "the owner's side asks to sign in");
        (await StatusAsync(_host.Owner, $"/owner/pictures/..%2f..%2fopschat.db")).Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task are_what_their_bytes_are_and_not_what_they_are_called()
    {
        using var page = await PostAsync("look", Encoding.ASCII.GetBytes("<html><script>alert(1)</script></html>"));
        using var apples = await PostAsync("look", PictureFiles.Heic);

        page.StatusCode.Should().Be(HttpStatusCode.UnsupportedMediaType);
        (await SentenceOf(page)).Should().Contain("Picture 1").And.Contain("JPEG, PNG or WebP");
        (await SentenceOf(apples)).Should().Contain("HEIC");
        (await LinesAsync()).Should().BeEmpty("a message of which a picture is refused is refused whole");
    }

    [Fact]
    public async Task may_be_five_of_eight_megabytes()
    {
        var before = FilesThere();
        using var six = await PostAsync("look", [.. Enumerable.Repeat(PictureFiles.Png, 6)]);
        using var large = await PostAsync("look", PictureFiles.Png, new byte[(8 * 1024 * 1024) + 1]);
        using var largest = await PostAsync("look", [.. PictureFiles.Png, .. new byte[(8 * 1024 * 1024) - PictureFiles.Png.Length]]);

        six.StatusCode.Should().Be(HttpStatusCode.RequestEntityTooLarge);
        (await SentenceOf(six)).Should().Contain("at most 5");
        large.StatusCode.Should().Be(HttpStatusCode.RequestEntityTooLarge);
        (await SentenceOf(large)).Should().Contain("Picture 2").And.Contain("8 MB");
        largest.StatusCode.Should().Be(HttpStatusCode.Accepted);
        FilesThere().Should().HaveCount(before.Count + 1, "nothing of a refused message is kept");
    }

    [Fact]
    public async Task of_a_message_that_is_repeated_are_kept_once()
    {
        (await PostAsync("look", "m1", PictureFiles.Png)).Dispose();
        var before = FilesThere();
        using var again = await PostAsync("look", "m1", PictureFiles.Png);

        again.StatusCode.Should().Be(HttpStatusCode.Accepted);
        FilesThere().Should().BeEquivalentTo(before);
        (await LinesAsync()).Where(line => (string?)line!["from"] == "customer").Should().ContainSingle();
    }

    [Fact]
    public async Task are_read_by_nobody_without_the_key_and_a_broken_form_is_a_sentence()
    {
        using var nobody = OneHost.Browser(_host);
        using var form = Form("look", null, PictureFiles.Png);
        using var closed = await nobody.PostAsync(new Uri($"/api/chat/{_customer}/messages", UriKind.Relative), form);
        using var broken = new ByteArrayContent(Encoding.ASCII.GetBytes("--x\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nhalf"));
        broken.Headers.ContentType = new("multipart/form-data") { Parameters = { new("boundary", "x") } };
        using var half = await _host.Customer.PostAsync(new Uri($"/api/chat/{_customer}/messages", UriKind.Relative), broken);

        closed.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        half.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await SentenceOf(half)).Should().Contain("multipart/form-data");
    }

    [Fact]
    public async Task go_with_their_customer()
    {
        (await PostAsync("my secret kettle", PictureFiles.Png)).Dispose();
        var path = (await LinesAsync())[0]!["pictures"]![0]!["url"]!.ToString();
        var file = Path.Combine(Folder, $"{path.Split('/')[^1]}.png");
        File.Exists(file).Should().BeTrue();
        await CardAsync();

        await new Forgetting(_host.Services.GetRequiredService<IStore>(), TimeProvider.System).ForgetAsync(
            $"api:{_customer}",
            "owner",
            CancellationToken.None
        );

        (await StatusAsync(_host.Customer, path)).Should().Be(HttpStatusCode.NotFound, "it may not be seen from that moment on");
        await _host.Services.GetRequiredService<PictureFolder>().SweepAsync(CancellationToken.None);
        File.Exists(file).Should().BeFalse();
    }

    [Fact]
    public async Task that_no_message_names_go_after_an_hour()
    {
        (await PostAsync("look", PictureFiles.Png)).Dispose();
        var named = FilesThere();
        var orphans = new[] { $"{new string('a', 32)}.jpg", $"{new string('b', 32)}.part" }.Select(name => Path.Combine(Folder, name)).ToList();
        orphans.ForEach(orphan => File.WriteAllText(orphan, "left"));
        foreach (var file in named.Concat(orphans.Take(1)))
        {
            File.SetLastWriteTimeUtc(file, DateTime.UnixEpoch);
        }

        await _host.Services.GetRequiredService<PictureFolder>().SweepAsync(CancellationToken.None);

        FilesThere().Should().Contain(named).And.Contain(orphans[1], "its message may still come").And.NotContain(orphans[0]);
        File.Delete(orphans[1]);
    }

    private List<string> FilesThere() => Directory.Exists(Folder) ? [.. Directory.EnumerateFiles(Folder)] : [];

    private Task<HttpResponseMessage> PostAsync(string text, params byte[][] pictures) => PostAsync(text, null, pictures);

    private async Task<HttpResponseMessage> PostAsync(string text, string? id, params byte[][] pictures)
    {
        using var form = Form(text, id, pictures);
        return await _host.Customer.PostAsync(new Uri($"/api/chat/{_customer}/messages", UriKind.Relative), form);
    }

    private static MultipartFormDataContent Form(string text, string? id, params byte[][] pictures)
    {
        var form = new MultipartFormDataContent { { new StringContent(text), "text" } };
        if (id is not null)
        {
            form.Add(new StringContent(id), "id");
        }

        foreach (var picture in pictures)
        {
            form.Add(new ByteArrayContent(picture) { Headers = { ContentType = new("image/jpeg") } }, "file", "../../photo.jpg");
        }

        return form;
    }

    private async Task<JsonArray> LinesAsync() =>
        (await _host.Customer.GetFromJsonAsync<JsonObject>(new Uri($"/api/chat/{_customer}/messages?after=0", UriKind.Relative)))![
            "messages"
        ]!.AsArray();

    /// <summary>The card of this customer's matter, once it is decided.</summary>
    private async Task<JsonNode> CardAsync()
    {
        await _host.AnswersAsync(_customer);
        var handOffs = (await _host.Owner.GetFromJsonAsync<JsonObject>(new Uri("/api/handoffs", UriKind.Relative)))!["handoffs"]!.AsArray();
        var approvals = (await _host.Owner.GetFromJsonAsync<JsonObject>(new Uri("/api/approvals?state=pending", UriKind.Relative)))![
            "approvals"
        ]!.AsArray();
        return handOffs.Concat(approvals).Single(card => card!["customer"]?.ToString() == _customer)!;
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
        return answer.StatusCode;
    }

    private static async Task<string> SentenceOf(HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<JsonObject>())!["error"]!.ToString();
}

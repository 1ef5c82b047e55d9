using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using OpsChat.Host;
using OpsChat.Host.Commands;

namespace OpsChat.Tests.Web;

/// <summary>The command <c>chat</c> beside a host that is slow to say so, busy, or takes its pass no longer.</summary>
public sealed class A_chat_with_a_troubled_host
{
    private const string FromTheBeginning = "?after=0&wait=0", ForNews = "?after=0&wait=25";

    [Fact]
    public async Task does_not_wait_for_an_answer_that_came_before_the_host_said_that_it_took_the_message()
    {
        var (asked, printed) = (new TaskCompletionSource(), new TaskCompletionSource());
        var last = "";

        var shown = await ChatAsync("hello\n", async (request, stop) =>
        {
            if (request.Method == HttpMethod.Post)
            {
                asked.SetResult();
                await printed.Task.WaitAsync(stop);
                return new(HttpStatusCode.Accepted);
            }

            switch (last = request.RequestUri!.Query)
            {
                case ForNews:
                    await asked.Task.WaitAsync(stop);
                    return Lines(1);
                case "?after=1&wait=25":
                    printed.TrySetResult();
                    // Nothing comes any more.
                    await new TaskCompletionSource().Task.WaitAsync(stop);
                    break;
            }

            return Lines();
        });

        shown.Should().Be("shop: Good morning!" + Environment.NewLine);
        last.Should().Be("?after=1&wait=2", "everything is answered, and 25 seconds would be waited for nothing");
    }

    [Fact]
    public async Task reads_again_after_it_was_asked_to_be_slower()
    {
        var (asked, refused) = (new TaskCompletionSource(), 0);

        var shown = await ChatAsync("hello\n", async (request, stop) =>
        {
            if (request.Method == HttpMethod.Post)
            {
                asked.SetResult();
                return new(HttpStatusCode.Accepted);
            }

            if (request.RequestUri!.Query == FromTheBeginning && refused++ < 2)
            {
                HttpResponseMessage slower = new(HttpStatusCode.TooManyRequests);
                slower.Headers.RetryAfter = new RetryConditionHeaderValue(TimeSpan.Zero);
                return slower;
            }

            if (request.RequestUri.Query == ForNews)
            {
                await asked.Task.WaitAsync(stop);
                return Lines(1);
            }

            return Lines();
        });

        refused.Should().BeGreaterThan(2);
        shown.Should().Contain("Good morning!");
    }

    [Fact]
    public async Task tells_at_once_that_its_pass_holds_no_longer_though_nothing_is_typed()
    {
        var chat = () => ChatAsync(
            new NothingTyped(),
            (request, _) => Task.FromResult(
                request.RequestUri!.Query == FromTheBeginning ? Lines() : new HttpResponseMessage(HttpStatusCode.Unauthorized)));

        (await chat.Should().ThrowAsync<SetupException>()).Which.Message.Should().Contain("12 hours").And.Contain("`chat` again");
    }

    private static HttpResponseMessage Lines(params int[] seqs) =>
        new(HttpStatusCode.OK)
        {
            Content = JsonContent.Create(new { messages = seqs.Select(seq => new { seq, from = "agent", text = "Good morning!" }) }),
        };

    private static Task<string> ChatAsync(string typed, Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> answer) =>
        ChatAsync(new StringReader(typed), answer);

    private static async Task<string> ChatAsync(TextReader typed, Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> answer)
    {
        using var client = new HttpClient(new Answering(answer)) { BaseAddress = new("http://localhost") };
        await using var output = new StringWriter();
        await new RemoteChat(client, typed, output, TimeProvider.System).RunAsync(CancellationToken.None);
        return output.ToString();
    }

    private sealed class Answering(Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            answer(request, cancellationToken);
    }

    private sealed class NothingTyped : TextReader
    {
        public override ValueTask<string?> ReadLineAsync(CancellationToken cancellationToken) =>
            new(new TaskCompletionSource<string?>().Task.WaitAsync(cancellationToken));
    }
}

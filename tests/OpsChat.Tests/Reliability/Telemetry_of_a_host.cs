using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using OpsChat.Agent;
using OpsChat.Storage;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Reliability;

public sealed class Telemetry_of_a_host
{
    [Fact]
    public async Task goes_to_the_collector_that_is_named_with_what_was_committed_and_nobodys_words()
    {
        await using var collector = await Collector.StartAsync();
        await using (var host = await RunningHost.StartAsync(settings: new Dictionary<string, string?> { ["OpsChat:Telemetry"] = collector.Address }))
        {
            await host.WriteAsync("customer-of-the-collector", "when are you open?");
            await host.AnswersAsync("customer-of-the-collector");
            var latest = await host.Services.GetRequiredService<IStore>().ReadAsync(session => session.Changes.Latest(), CancellationToken.None);
            using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
            while (host.Services.GetRequiredService<CommitMeter>().Seen < latest)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, patience.Token);
            }
        }

        // What is left is sent when the host stops.
        var (metrics, traces) = (collector.Received("/v1/metrics"), collector.Received("/v1/traces"));
        metrics.Should().Contain("opschat.messages.admitted").And.Contain("opschat.messages.sent");
        metrics.Should().Contain("opschat.turns.wait").And.Contain("opschat.feed.lag");
        metrics.Should().Contain("opschat.turns.decided").And.Contain("Send").And.Contain("opening-hours");
        traces.Should().Contain("turn").And.Contain("opening-hours");
        (metrics + traces).Should().NotContain("when are you open").And.NotContain("customer-of-the-collector");
    }

    /// <summary>Takes OTLP over HTTP, and keeps the bodies.</summary>
    private sealed class Collector : IAsyncDisposable
    {
        private readonly ConcurrentQueue<(string Path, string Body)> _received = new();
        private readonly WebApplication _app;

        private Collector(WebApplication app)
        {
            _app = app;
            app.MapPost("/v1/{kind}", async (Microsoft.AspNetCore.Http.HttpRequest request) =>
            {
                using var body = new MemoryStream();
                await request.Body.CopyToAsync(body);
                _received.Enqueue((request.Path, Encoding.Latin1.GetString(body.ToArray())));
            });
        }

        public string Address => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

        public static async Task<Collector> StartAsync()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.WebHost.UseSetting("urls", "http://127.0.0.1:0");
            var collector = new Collector(builder.Build());
            await collector._app.StartAsync();
            return collector;
        }

        public string Received(string path) => string.Concat(_received.Where(post => post.Path == path).Select(post => post.Body));

        public ValueTask DisposeAsync() => _app.DisposeAsync();
    }
}

using System.Net;
using System.Net.Sockets;

namespace OpsChat.Benchmarks.Chaos;

/// <summary>What stands in front of hosts: connections go to the one whose <c>/ready</c> says yes. When that changes, the old ones are
/// closed.</summary>
public sealed class ReadyProxy : IAsyncDisposable
{
    private static readonly TimeSpan s_lookEvery = TimeSpan.FromMilliseconds(200);

    private readonly IReadOnlyList<HostProcess> _hosts;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _work;
    private volatile Route? _route;

    private sealed record Route(HostProcess To, CancellationTokenSource Ends);

    public ReadyProxy(IReadOnlyList<HostProcess> hosts)
    {
        _hosts = hosts;
        _listener.Start();
        Url = new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _work = Task.WhenAll(LookAsync(), AcceptAsync());
    }

    public Uri Url { get; }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Dispose();
        await _work;
        _stopping.Dispose();
    }

    private async Task LookAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            HostProcess? ready = null;
            foreach (var host in _hosts.OrderByDescending(known => known == _route?.To))
            {
                ready ??= await IsReadyAsync(host) ? host : null;
            }

            if (ready != _route?.To)
            {
                var old = _route;
                _route = ready is null ? null : new(ready, new());
                await (old?.Ends.CancelAsync() ?? Task.CompletedTask);
            }

            await Task.Delay(s_lookEvery, TimeProvider.System, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<bool> IsReadyAsync(HostProcess host)
    {
        try
        {
            return await host.IsReadyAsync(_stopping.Token);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = PassAsync(await _listener.AcceptTcpClientAsync(_stopping.Token));
            }
        }
        catch (Exception e) when (_stopping.IsCancellationRequested && e is OperationCanceledException or SocketException)
        {
            // The run is over.
        }
    }

    private async Task PassAsync(TcpClient from)
    {
        using (from)
        {
            if (_route is not { } route)
            {
                return;
            }

            using var to = new TcpClient();
            try
            {
                await to.ConnectAsync(IPAddress.Loopback, route.To.Url.Port, route.Ends.Token);
                var (near, far) = (from.GetStream(), to.GetStream());
                await Task.WhenAny(near.CopyToAsync(far, route.Ends.Token), far.CopyToAsync(near, route.Ends.Token));
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or IOException)
            {
                // Whoever wrote sees a closed connection, and tries again.
            }
        }
    }
}

using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace OpsChat.Benchmarks.Chaos;

/// <summary>What stands in front of hosts: connections go in turn to those whose <c>/ready</c> says yes. When one says so no more, its connections
/// are closed.</summary>
public sealed class ReadyProxy : IAsyncDisposable
{
    private static readonly TimeSpan s_lookEvery = TimeSpan.FromMilliseconds(200);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<HostProcess, CancellationTokenSource> _ready = [];
    private readonly Task _work;
    private int _turn;

    public ReadyProxy(IReadOnlyList<HostProcess> hosts)
    {
        _listener.Start();
        Url = new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _work = Task.WhenAll([.. hosts.Select(LookAsync), AcceptAsync()]);
    }

    public Uri Url { get; }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Dispose();
        await _work;
        _stopping.Dispose();
    }

    private async Task LookAsync(HostProcess host)
    {
        while (!_stopping.IsCancellationRequested)
        {
            if (await IsReadyAsync(host))
            {
                _ready.TryAdd(host, new());
            }
            else if (_ready.TryRemove(host, out var ends))
            {
                await ends.CancelAsync();
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
            var routes = _ready.OrderBy(known => known.Key.Url.Port).ToList();
            if (routes.Count == 0)
            {
                return;
            }

            var (host, ends) = routes[(int)((uint)Interlocked.Increment(ref _turn) % routes.Count)];
            using var to = new TcpClient();
            try
            {
                await to.ConnectAsync(IPAddress.Loopback, host.Url.Port, ends.Token);
                var (near, far) = (from.GetStream(), to.GetStream());
                await Task.WhenAny(near.CopyToAsync(far, ends.Token), far.CopyToAsync(near, ends.Token));
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or IOException)
            {
                // Whoever wrote sees a closed connection, and tries again.
            }
        }
    }
}

using System.Net;
using System.Net.Sockets;

namespace OpsChat.Benchmarks.Chaos;

/// <summary>A host's line to its database. It can be cut as a network is: what is said goes nowhere, and neither end hears of it.</summary>
public sealed class DatabaseLine : IAsyncDisposable
{
    private readonly Func<EndPoint> _to;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _accepting;
    private TaskCompletionSource _whole = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public DatabaseLine(Func<EndPoint> to)
    {
        _to = to;
        _whole.SetResult();
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void Cut() => Volatile.Write(ref _whole, new(TaskCreationOptions.RunContinuationsAsynchronously));

    public void Mend() => Volatile.Read(ref _whole).TrySetResult();

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = CarryAsync(await _listener.AcceptTcpClientAsync(_stopping.Token));
            }
        }
        catch (Exception e) when (_stopping.IsCancellationRequested && e is OperationCanceledException or SocketException)
        {
            // The run is over.
        }
    }

    private async Task CarryAsync(TcpClient near)
    {
        using (near)
        {
            near.NoDelay = true;
            try
            {
                await WholeAsync();
                var to = _to();
                var protocol = to.AddressFamily == AddressFamily.Unix ? ProtocolType.Unspecified : ProtocolType.Tcp;
                using var far = new Socket(to.AddressFamily, SocketType.Stream, protocol);
                await far.ConnectAsync(to, _stopping.Token);
                await using var here = near.GetStream();
                await using var there = new NetworkStream(far);
                await Task.WhenAny(CopyAsync(here, there), CopyAsync(there, here));
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or IOException)
            {
                // Both ends see a closed connection.
            }
        }
    }

    private async Task CopyAsync(NetworkStream from, NetworkStream to)
    {
        var part = new byte[16 * 1024];
        while (await from.ReadAsync(part, _stopping.Token) is var length && length > 0)
        {
            await WholeAsync();
            await to.WriteAsync(part.AsMemory(0, length), _stopping.Token);
        }
    }

    private Task WholeAsync() => Volatile.Read(ref _whole).Task.WaitAsync(_stopping.Token);
}

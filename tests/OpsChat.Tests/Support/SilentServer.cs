using System.Net;
using System.Net.Sockets;

namespace OpsChat.Tests.Support;

/// <summary>Accepts every connection and never answers.</summary>
public sealed class SilentServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<TcpClient> _callers = [];
    private readonly TaskCompletionSource _called = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public SilentServer()
    {
        _listener.Start();
        _ = AcceptAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");

    /// <summary>Completes when somebody waits for an answer.</summary>
    public Task Called => _called.Task;

    public void Dispose()
    {
        _listener.Dispose();
        _callers.ForEach(caller => caller.Dispose());
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _callers.Add(await _listener.AcceptTcpClientAsync());
                _called.TrySetResult();
            }
        }
        catch (Exception e) when (e is ObjectDisposedException or SocketException)
        {
            // The test is over.
        }
    }
}

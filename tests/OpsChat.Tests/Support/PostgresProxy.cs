using System.Net;
using System.Net.Sockets;
using System.Text;
using Npgsql;

namespace OpsChat.Tests.Support;

/// <summary>Stands between a store and PostgreSQL, and can lose the answer to a commit that was made.</summary>
public sealed class PostgresProxy : IAsyncDisposable
{
    private static readonly byte[] s_committed = "COMMIT\0"u8.ToArray();

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly NpgsqlConnectionStringBuilder _server;
    private readonly Task _accepting;
    private CancellationTokenSource _cut = new();
    private int _state;

    private const int Passing = 0, Losing = 1, Refusing = 2;

    private PostgresProxy(PostgresServer server)
    {
        _server = new(server.Connection);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>What OpsChat__Store says.</summary>
    public string Connection =>
        new NpgsqlConnectionStringBuilder(_server.ConnectionString)
        {
            Host = "127.0.0.1",
            Port = ((IPEndPoint)_listener.LocalEndpoint).Port,
            SslMode = SslMode.Disable,
        }.ConnectionString;

    public static PostgresProxy Start(PostgresServer server) => new(server);

    /// <summary>The next commit is made and all connections are cut; after that new ones are refused, as by a server that is full.</summary>
    public void LoseNextCommit() => Volatile.Write(ref _state, Losing);

    public void TakeConnectionsAgain()
    {
        _cut = new();
        Volatile.Write(ref _state, Passing);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _listener.Dispose();
        _stopping.Dispose();
        _cut.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            var client = await _listener.AcceptSocketAsync(_stopping.Token);
            _ = ServeAsync(client);
        }
    }

    private async Task ServeAsync(Socket client)
    {
        using (client)
        {
            if (Volatile.Read(ref _state) == Refusing)
            {
                await client.ReceiveAsync(new byte[8192], _stopping.Token);
                await client.SendAsync(TooManyClients(), _stopping.Token);
                return;
            }

            var place = Place();
            using var server = new Socket(place.AddressFamily, SocketType.Stream, ProtocolType.Unspecified);
            await server.ConnectAsync(place, _stopping.Token);
            using var end = CancellationTokenSource.CreateLinkedTokenSource(_cut.Token, _stopping.Token);
            await Task.WhenAny(PassOnAsync(client, server, isAnswer: false, end.Token), PassOnAsync(server, client, isAnswer: true, end.Token));
        }
    }

    private EndPoint Place() =>
        _server.Host!.StartsWith('/')
            ? new UnixDomainSocketEndPoint($"{_server.Host}/.s.PGSQL.{_server.Port}")
            : new IPEndPoint(Dns.GetHostAddresses(_server.Host)[0], _server.Port);

    private async Task PassOnAsync(Socket from, Socket to, bool isAnswer, CancellationToken end)
    {
        var buffer = new byte[65536];
        while (await from.ReceiveAsync(buffer, end) is > 0 and var count)
        {
            if (
                isAnswer
                && buffer.AsSpan(0, count).IndexOf(s_committed) >= 0
                && Interlocked.CompareExchange(ref _state, Refusing, Losing) == Losing
            )
            {
                await _cut.CancelAsync();
                return;
            }

            await to.SendAsync(buffer.AsMemory(0, count), end);
        }
    }

    private static byte[] TooManyClients()
    {
        var fields = Encoding.ASCII.GetBytes("SFATAL\0VFATAL\0C53300\0Msorry, too many clients already\0\0");
        return [(byte)'E', 0, 0, 0, (byte)(fields.Length + 4), .. fields];
    }
}

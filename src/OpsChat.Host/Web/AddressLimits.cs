using System.Net;
using System.Net.Sockets;
using OpsChat.Agent;

namespace OpsChat.Host.Web;

/// <summary>What one network address may do, before anything is known of who is there.</summary>
sealed class AddressLimits(OpsChatOptions options, TimeProvider time)
{
    private readonly TokenBuckets<IPAddress> _newcomers = new(options.Messages.MostNewPerMinute, TimeSpan.FromMinutes(1), time);
    private readonly TokenBuckets<IPAddress> _signIns = new(options.Messages.MostSignInsPerMinute, TimeSpan.FromMinutes(1), time);

    private readonly Dictionary<IPAddress, int> _listening = [];
    private int _listeningInAll;
    private readonly TokenBuckets<IPAddress> _wrongSecrets = new(options.Messages.MostSignInsPerMinute, TimeSpan.FromMinutes(1), time);

    /// <summary>
    /// Null when one more request may wait for news; otherwise when it may. Each holds a connection, and whoever reads must not use them all up. Many
    /// customers may come through one address, that of a proxy or an office.
    /// </summary>
    public TimeSpan? BeginWaiting(HttpContext context)
    {
        var address = AddressOf(context);
        lock (_listening)
        {
            if (_listeningInAll >= options.Messages.MostListening || _listening.GetValueOrDefault(address) >= options.Messages.MostListeningOfAddress)
            {
                return TimeSpan.FromSeconds(5);
            }

            _listeningInAll++;
            _listening[address] = _listening.GetValueOrDefault(address) + 1;
            return null;
        }
    }

    public void EndWaiting(HttpContext context)
    {
        var address = AddressOf(context);
        lock (_listening)
        {
            _listeningInAll--;
            if (--_listening[address] == 0)
            {
                _listening.Remove(address);
            }
        }
    }

    /// <summary>Null when one more conversation may begin; otherwise when it may.</summary>
    public TimeSpan? Newcomer(HttpContext context) => _newcomers.Take(AddressOf(context));

    /// <summary>Null when one more sign-in may be tried; otherwise when it may.</summary>
    public TimeSpan? SignIn(HttpContext context) => _signIns.Take(AddressOf(context));

    /// <summary>
    /// Null when a token or key is listened to; otherwise when one will be again. A right one is refused meanwhile too: an address that guesses must
    /// not learn by it that it guessed right.
    /// </summary>
    public TimeSpan? Secret(HttpContext context) => _wrongSecrets.Wait(AddressOf(context));

    public void SecretWasWrong(HttpContext context) => _wrongSecrets.Take(AddressOf(context));

    /// <summary>Whoever has an IPv6 address has the 2^64 of its network, so these count as one.</summary>
    internal static IPAddress AddressOf(IPAddress? remote) => remote switch
    {
        null => IPAddress.None,
        { IsIPv4MappedToIPv6: true } => remote.MapToIPv4(),
        { AddressFamily: AddressFamily.InterNetworkV6 } => new([.. remote.GetAddressBytes()[..8], .. new byte[8]]),
        _ => remote,
    };

    private static IPAddress AddressOf(HttpContext context) => AddressOf(context.Connection.RemoteIpAddress);
}

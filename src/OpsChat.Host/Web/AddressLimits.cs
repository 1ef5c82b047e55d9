using System.Net;
using System.Net.Sockets;
using OpsChat.Agent;
using OpsChat.Storage;

namespace OpsChat.Host.Web;

/// <summary>What one network address may do, on all hosts together, before anything is known of who is there.</summary>
sealed class AddressLimits(OpsChatOptions options, IStore store, TimeProvider time)
{
    private readonly RateLimit _newcomers = new("newcomers", options.Messages.MostNewPerMinute, TimeSpan.FromMinutes(1), store, time);
    private readonly RateLimit _signIns = new("sign-ins", options.Messages.MostSignInsPerMinute, TimeSpan.FromMinutes(1), store, time);
    private readonly RateLimit _wrongSecrets = new("wrong-secrets", options.Messages.MostSignInsPerMinute, TimeSpan.FromMinutes(1), store, time);

    // Of this process alone: what is short is its connections.
    private readonly Dictionary<IPAddress, int> _listening = [];
    private int _listeningInAll;

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
    public ValueTask<TimeSpan?> NewcomerAsync(HttpContext context) => _newcomers.TakeAsync(NameOf(context), context.RequestAborted);

    /// <summary>Null when one more sign-in may be tried; otherwise when it may.</summary>
    public ValueTask<TimeSpan?> SignInAsync(HttpContext context) => _signIns.TakeAsync(NameOf(context), context.RequestAborted);

    /// <summary>
    /// Null when a token or key is listened to; otherwise when one will be again. A right one is refused meanwhile too: an address that guesses must
    /// not learn by it that it guessed right.
    /// </summary>
    public ValueTask<TimeSpan?> SecretAsync(HttpContext context) => _wrongSecrets.WaitAsync(NameOf(context), context.RequestAborted);

    public async Task SecretWasWrongAsync(HttpContext context) => await _wrongSecrets.TakeAsync(NameOf(context), context.RequestAborted);

    /// <summary>Whoever has an IPv6 address has the 2^64 of its network, so these count as one.</summary>
    internal static IPAddress AddressOf(IPAddress? remote) => remote switch
    {
        null => IPAddress.None,
        { IsIPv4MappedToIPv6: true } => remote.MapToIPv4(),
        { AddressFamily: AddressFamily.InterNetworkV6 } => new([.. remote.GetAddressBytes()[..8], .. new byte[8]]),
        _ => remote,
    };

    private static string NameOf(HttpContext context) => AddressOf(context).ToString();

    private static IPAddress AddressOf(HttpContext context) => AddressOf(context.Connection.RemoteIpAddress);
}

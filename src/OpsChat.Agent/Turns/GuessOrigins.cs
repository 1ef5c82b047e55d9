using System.Net;
using System.Net.Sockets;
using OpsChat.Messages;

namespace OpsChat.Agent;

/// <summary>
/// From which network addresses chats give wrong order details: whoever begins a fresh chat for each guess keeps the address. Held in memory
/// only, and of public addresses only: a proxy or an office network in front of the host is many customers.
/// </summary>
public sealed class GuessOrigins(TimeProvider time)
{
    /// <summary>Turns with wrong details that one address has a day, before one detail is no proof there.</summary>
    public const int MostOfAddressADay = 10;

    private const int MostKnown = 20_000;

    private readonly TokenBuckets<IPAddress> _guesses = new(MostOfAddressADay, TimeSpan.FromDays(1), time);
    private readonly Dictionary<ConversationId, IPAddress> _from = [];
    private readonly Queue<ConversationId> _oldest = [];

    /// <param name="address">As it is limited elsewhere: an IPv6 network counts as one.</param>
    public void CameFrom(ConversationId conversation, IPAddress address)
    {
        if (!IsPublic(address))
        {
            return;
        }

        lock (_from)
        {
            if (_from.TryAdd(conversation, address))
            {
                _oldest.Enqueue(conversation);
            }

            _from[conversation] = address;
            while (_oldest.Count > MostKnown)
            {
                _from.Remove(_oldest.Dequeue());
            }
        }
    }

    /// <summary>A turn of this conversation gave wrong details.</summary>
    public void Guessed(ConversationId conversation)
    {
        if (AddressOf(conversation) is { } address)
        {
            _guesses.Take(address);
        }
    }

    /// <summary>Whether so many wrong details came from there that one detail is no proof.</summary>
    public bool IsSuspect(ConversationId conversation) => AddressOf(conversation) is { } address && _guesses.Wait(address) is not null;

    private IPAddress? AddressOf(ConversationId conversation)
    {
        lock (_from)
        {
            return _from.GetValueOrDefault(conversation);
        }
    }

    private static bool IsPublic(IPAddress address) =>
        !IPAddress.IsLoopback(address)
        && address.AddressFamily switch
        {
            AddressFamily.InterNetwork => address.GetAddressBytes()
                is not (
                    [10, ..]
                    or [192, 168, ..]
                    or [169, 254, ..]
                    or [172, >= 16 and < 32, ..]
                    or [100, >= 64 and < 128, ..]
                    or [0, ..]
                    or [255, ..]
                ),
            _ => !address.IsIPv6LinkLocal && !address.IsIPv6UniqueLocal && !address.IsIPv6SiteLocal,
        };
}

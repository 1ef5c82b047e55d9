using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using OpsChat.Messages;
using OpsChat.Storage;
using OpsChat.Storage.Tables;

namespace OpsChat.Agent;

/// <summary>
/// From which network addresses chats give wrong order details: whoever begins a fresh chat for each guess keeps the address. Held for a day as a
/// digest, in memory only where the store has one host, and of public addresses only: a proxy or an office network in front of the host is many
/// customers.
/// </summary>
public sealed class GuessOrigins(IStore store, TemporaryValues values, TimeProvider time)
{
    /// <summary>Turns with wrong details that one address has a day, before one detail is no proof there.</summary>
    public const int MostOfAddressADay = 10;

    private const int MostKnown = 20_000;

    private static readonly TimeSpan s_lasts = TimeSpan.FromDays(1);
    private readonly RateLimit _guesses = new("guesses", MostOfAddressADay, s_lasts, store, time);

    // What this host told already: it is the same for most messages of a chat.
    private readonly ConcurrentDictionary<ConversationId, (string Address, long At)> _told = new();

    /// <param name="address">As it is limited elsewhere: an IPv6 network counts as one.</param>
    public async Task CameFromAsync(ConversationId conversation, IPAddress address, CancellationToken cancellationToken)
    {
        if (!IsPublic(address))
        {
            return;
        }

        var digest = Convert.ToHexStringLower(SHA256.HashData(address.GetAddressBytes()).AsSpan(0, 16));
        if (_told.TryGetValue(conversation, out var known) && known.Address == digest && time.GetElapsedTime(known.At) < s_lasts / 2)
        {
            return;
        }

        await values.KeepAsync(new(TemporaryKind.Origin, conversation.ToString(), digest, conversation), s_lasts, MostKnown, cancellationToken);
        if (_told.Count >= MostKnown)
        {
            _told.Clear();
        }

        _told[conversation] = (digest, time.GetTimestamp());
    }

    /// <summary>A turn of this conversation gave wrong details.</summary>
    public async Task GuessedAsync(ConversationId conversation, CancellationToken cancellationToken)
    {
        if (await AddressOfAsync(conversation, cancellationToken) is { } address)
        {
            await _guesses.TakeAsync(address, cancellationToken);
        }
    }

    /// <summary>Whether so many wrong details came from there that one detail is no proof.</summary>
    public async Task<bool> IsSuspectAsync(ConversationId conversation, CancellationToken cancellationToken) =>
        await AddressOfAsync(conversation, cancellationToken) is { } address && await _guesses.WaitAsync(address, cancellationToken) is not null;

    private ValueTask<string?> AddressOfAsync(ConversationId conversation, CancellationToken cancellationToken) =>
        values.FindAsync(TemporaryKind.Origin, conversation.ToString(), cancellationToken);

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

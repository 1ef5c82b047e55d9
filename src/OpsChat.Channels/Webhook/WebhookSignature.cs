using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace OpsChat.Channels.Webhook;

/// <summary>
/// Who sent a request, and when: HMAC-SHA256 (RFC 2104) over the time in Unix seconds, a dot and the body's bytes as they were sent. Both
/// directions sign so; which of them a body is meant for stands in the body (<see cref="WebhookEvents"/>), so that a call of ours that is sent
/// back is not taken for one of theirs.
/// </summary>
public static class WebhookSignature
{
    public const string TimestampHeader = "X-OpsChat-Timestamp", SignatureHeader = "X-OpsChat-Signature", KeyHeader = "Idempotency-Key";
    private const string Version = "v1=";

    /// <summary>How far the sender's clock may be from ours, either way; an old request that somebody kept is worth nothing afterwards.</summary>
    public static TimeSpan Window { get; } = TimeSpan.FromMinutes(5);

    /// <summary><c>v1=</c> and 64 hexadecimal digits.</summary>
    public static string Of(string secret, long unixSeconds, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hash.AppendData(Encoding.UTF8.GetBytes($"{unixSeconds.ToString(CultureInfo.InvariantCulture)}."));
        hash.AppendData(body);
        return Version + Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Compares in constant time.</summary>
    public static SignatureVerdict Judge(string secret, string timestamp, string signature, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        if (!long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var at) || signature.Length == 0)
        {
            return SignatureVerdict.Missing;
        }

        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Of(secret, at, body)), Encoding.UTF8.GetBytes(signature)))
        {
            return SignatureVerdict.Wrong;
        }

        return Math.Abs(now.ToUnixTimeSeconds() - at) <= (long)Window.TotalSeconds ? SignatureVerdict.Right : SignatureVerdict.OutOfTime;
    }
}

public enum SignatureVerdict
{
    Right,

    /// <summary>A header is missing, or the time is no number.</summary>
    Missing,

    /// <summary>Another secret, another body or another time than was signed.</summary>
    Wrong,

    /// <summary>Rightly signed, but too long ago or in the future.</summary>
    OutOfTime,
}

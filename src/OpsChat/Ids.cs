using System.Security.Cryptography;

namespace OpsChat;

/// <summary>Makes ids: a letter for the kind, then 20 hex digits, 40 bits of milliseconds and 40 of chance. They sort by time and fit a
/// button.</summary>
public static class Ids
{
    public static string New(char kind, DateTimeOffset now)
    {
        Span<byte> bytes = stackalloc byte[10];
        var ms = now.ToUnixTimeMilliseconds();
        for (var i = 0; i < 5; i++)
        {
            bytes[i] = (byte)(ms >> (8 * (4 - i)));
        }

        RandomNumberGenerator.Fill(bytes[5..]);
        return kind + Convert.ToHexStringLower(bytes);
    }
}

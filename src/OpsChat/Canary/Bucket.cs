using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace OpsChat.Canary;

/// <summary>Which side of the experiment a customer is on: answered by the agent, or by a person with the agent's draft.</summary>
public enum Arm { Control, Canary }

/// <summary>
/// Where a customer falls, from 0 to 9999. It depends on nothing but salt, channel and customer, so a customer who is in at 10 %
/// is in at 25 %, in every playbook, on every host and after every restart.
/// </summary>
public static class Bucket
{
    public const int Count = 10_000;

    /// <summary>The first 8 bytes (big-endian) of SHA-256 of <c>salt:channel:customer</c>, modulo 10,000.</summary>
    public static int Of(string salt, string channel, string customer)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{salt}:{channel}:{customer}"));
        return (int)(BinaryPrimitives.ReadUInt64BigEndian(hash) % Count);
    }

    /// <summary>
    /// The arm of a customer under the percentage in force. The highest buckets, the holdout, stay in control at any percentage.
    /// </summary>
    /// <param name="playbook">The playbook that would answer; null for the percentage of the whole.</param>
    public static Arm Arm(CanaryConfig config, string? playbook, string channel, string customer)
    {
        var bucket = Of(config.Salt, channel, customer);
        return bucket < config.PercentageOf(playbook) * 100 && bucket < (1 - config.Holdout) * Count ? Canary.Arm.Canary : Canary.Arm.Control;
    }
}

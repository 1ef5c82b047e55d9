using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace OpsChat.Approvals;

/// <summary>
/// What has to be confirmed before a text leaves, in the sentences that somebody is shown. Whoever confirms gives the digest of what they saw:
/// another text, or a doubt that arose meanwhile, is shown and asked again. Pure.
/// </summary>
/// <param name="Text">The words that would leave.</param>
/// <param name="Sentences">What is new in them or does not fit; never empty.</param>
public sealed record SecondStep(string Text, IReadOnlyList<string> Sentences)
{
    /// <summary>28 bits, so that a Telegram button of 64 bytes has room for it. It tells what was shown from what was not; it keeps nobody
    /// out.</summary>
    private const int Bits = 28;

    /// <summary>Seven hexadecimal digits over the text and the sentences.</summary>
    public string Digest => Confirmation.Of(Number).Digest!;

    /// <summary>The digest as a number, from 0 to 2^28 - 1.</summary>
    public int Number =>
        (int)(BitConverter.ToUInt32(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', [Text, .. Sentences])))) >> (32 - Bits));
}

/// <summary>Somebody saw what has to be confirmed, and wants it all the same.</summary>
/// <param name="Digest">Of what they saw; null takes what was last shown to them, and nothing when nothing was.</param>
public sealed record Confirmation(string? Digest)
{
    /// <summary>Of what was last shown to this person for this very content.</summary>
    public static Confirmation OfWhatWasShown { get; } = new((string?)null);

    public static Confirmation Of(int number) => new(number.ToString("x7", CultureInfo.InvariantCulture));
}

/// <summary>Something that was shown to somebody as having to be confirmed.</summary>
/// <param name="Digest">Of the text and the sentences.</param>
public sealed record ShownStep(string Digest, IReadOnlyList<string> Sentences);

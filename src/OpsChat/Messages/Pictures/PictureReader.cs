namespace OpsChat.Messages;

/// <summary>What a file that shall be a picture is. Closed.</summary>
public abstract record PictureReading
{
    private PictureReading() { }

    /// <summary>A picture without what cameras and programs write beside it.</summary>
    public sealed record Clean(PictureKind Kind, int Width, int Height, byte[] Bytes) : PictureReading;

    /// <param name="Why">For the customer, in a sentence or two: what is wrong and what to send instead.</param>
    public sealed record Refused(string Why) : PictureReading;
}

/// <summary>
/// Tells by a file's bytes, never by its name, whether it is a picture, and keeps of it what is needed to show it: pixels, colours, animation,
/// and which way is up. Place, time, camera, comments, previews and whatever else is written beside them is left out, also what follows the
/// picture's end. No pixel is decoded or changed.
/// </summary>
public static class PictureReader
{
    /// <summary>A small file may claim to be a picture so large that it fills the memory of whoever looks at it.</summary>
    public const long MostPixels = 100_000_000;

    public static PictureReading Read(ReadOnlySpan<byte> file)
    {
        var reading = KindOf(file) switch
        {
            PictureKind.Jpeg => JpegPicture.Read(file),
            PictureKind.Png => PngPicture.Read(file),
            PictureKind.WebP => WebPPicture.Read(file),
            _ => new PictureReading.Refused(IsHeic(file)
                ? "This picture is in Apple's HEIC form, which most browsers cannot show. Please send it as JPEG, or a screenshot of it."
                : "This is no picture that can be shown here. Please send JPEG, PNG or WebP."),
        };
        return reading is PictureReading.Clean clean && (long)clean.Width * clean.Height > MostPixels
            ? new PictureReading.Refused($"This picture has more than {MostPixels / 1_000_000} million pixels. Please send a smaller one.")
            : reading;
    }

    internal static PictureReading.Refused Damaged(string kind) =>
        new($"This {kind} picture is damaged or not complete. Please save or take it again, and send that one.");

    private static PictureKind? KindOf(ReadOnlySpan<byte> file) =>
        file.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? PictureKind.Jpeg
        : file.StartsWith(PngPicture.Signature) ? PictureKind.Png
        : file.Length > 12 && file.StartsWith("RIFF"u8) && file[8..].StartsWith("WEBP"u8) ? PictureKind.WebP
        : null;

    /// <summary>An ISO media file whose brand says still pictures of that sort.</summary>
    private static bool IsHeic(ReadOnlySpan<byte> file) =>
        file.Length > 12
        && file[4..].StartsWith("ftyp"u8)
        && (file[8..].StartsWith("he"u8) || file[8..].StartsWith("mif1"u8) || file[8..].StartsWith("msf1"u8));
}

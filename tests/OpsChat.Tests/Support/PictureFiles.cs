using System.Buffers.Binary;
using System.Text;

namespace OpsChat.Tests.Support;

/// <summary>Small pictures of 24 by 16 pixels, each with a colour profile, as a browser wrote them; and the same with what cameras add.</summary>
static class PictureFiles
{
    /// <summary>Stands in everything that is added, and so must stand in nothing that is kept.</summary>
    public const string Secret = "3.1390N 101.6869E";

    private static readonly byte[] s_secret = Encoding.ASCII.GetBytes(Secret);

    public static byte[] Jpeg => Read("kettle.jpg");
    public static byte[] Png => Read("kettle.png");
    public static byte[] WebP => Read("kettle.webp");

    /// <summary>The beginning of a file as iPhones make them.</summary>
    public static byte[] Heic => [0, 0, 0, 24, .. "ftypheic"u8, 0, 0, 0, 0, .. "mif1heic"u8, .. new byte[64]];

    public static byte[] Of(string kind) => kind switch { "jpeg" => Jpeg, "png" => Png, _ => WebP };

    /// <summary>As a phone that was held upright writes it: Exif with place and orientation 6, XMP, IPTC, a comment, a second picture
    /// behind.</summary>
    public static byte[] Photo(string kind) =>
        kind switch
        {
            "jpeg" =>
            [
                .. Jpeg[..20],
                .. Segment(0xE1, [.. "Exif\0\0"u8, .. Exif()]),
                .. Segment(0xE1, [.. "http://ns.adobe.com/xap/1.0/\0"u8, .. s_secret]),
                .. Segment(0xED, [.. "Photoshop 3.0\0"u8, .. s_secret]),
                .. Segment(0xE2, [.. "MPF\0"u8, .. s_secret]),
                .. Segment(0xFE, s_secret),
                .. Jpeg[20..],
                .. s_secret,
                .. Jpeg,
            ],
            "png" =>
            [
                .. Png[..33],
                .. Chunk("eXIf", Exif()),
                .. Chunk("tEXt", [.. "Comment\0"u8, .. s_secret]),
                .. Chunk("iTXt", [.. "XML:com.adobe.xmp\0\0\0\0\0"u8, .. s_secret]),
                .. Chunk("prVt", s_secret),
                .. Png[33..],
                .. s_secret,
            ],
            _ => Riff([.. WebP[12..], .. WebPChunk("EXIF", Exif()), .. WebPChunk("XMP ", s_secret), .. WebPChunk("oddz", s_secret)]),
        };

    /// <summary>Where the picture says which way is up, as 26 bytes; -1 when it does not.</summary>
    public static int OrientationIn(byte[] file) =>
        file.AsSpan().IndexOf((ReadOnlySpan<byte>)[.. "MM\0*"u8, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0]);

    /// <summary>A picture's header may claim any size.</summary>
    public static byte[] PngOf(int width, int height)
    {
        var file = Png;
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(16), width);
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(20), height);
        return file;
    }

    private static byte[] Read(string name) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Fixtures", "Pictures", name));

    /// <summary>Little-endian, with the place before the orientation.</summary>
    private static byte[] Exif() =>
    [
        .. "II*\0"u8, 8, 0, 0, 0, 2, 0,
        0x0E, 0x01, 2, 0, (byte)s_secret.Length, 0, 0, 0, 38, 0, 0, 0,
        0x12, 0x01, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0,
        0, 0, 0, 0, .. s_secret,
    ];

    private static byte[] Segment(byte marker, byte[] content) =>
        [0xFF, marker, (byte)((content.Length + 2) >> 8), (byte)(content.Length + 2), .. content];

    private static byte[] Chunk(string type, byte[] content) =>
        [0, 0, 0, (byte)content.Length, .. Encoding.ASCII.GetBytes(type), .. content, 0, 0, 0, 0];

    private static byte[] WebPChunk(string type, byte[] content) =>
        [.. Encoding.ASCII.GetBytes(type), (byte)content.Length, 0, 0, 0, .. content, .. new byte[content.Length & 1]];

    private static byte[] Riff(byte[] chunks)
    {
        byte[] file = [.. "RIFF"u8, 0, 0, 0, 0, .. "WEBP"u8, .. chunks];
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(4), file.Length - 8);
        file[20] |= 0x0C; // Says that it has Exif and XMP.
        return file;
    }
}

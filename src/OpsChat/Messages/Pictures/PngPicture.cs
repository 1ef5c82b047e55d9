using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace OpsChat.Messages;

/// <summary>A PNG file as a row of chunks (PNG, third edition, section 5): those that make the picture are kept as they are.</summary>
static class PngPicture
{
    private const int ChunkAround = 12, HeaderLength = 13;

    // Pixels, colours, size on paper and animation. No text, time, Exif or private chunk.
    private static readonly string[] s_kept =
    [
        "IHDR",
        "PLTE",
        "IDAT",
        "IEND",
        "tRNS",
        "cHRM",
        "cICP",
        "gAMA",
        "iCCP",
        "mDCV",
        "cLLI",
        "sBIT",
        "sRGB",
        "bKGD",
        "hIST",
        "pHYs",
        "acTL",
        "fcTL",
        "fdAT",
    ];

    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    public static PictureReading Read(ReadOnlySpan<byte> file)
    {
        var kept = new ArrayBufferWriter<byte>(file.Length + 64);
        ushort? orientation = null;
        var (width, height, hasPixels) = (0, 0, false);
        for (var rest = file[Signature.Length..]; rest.Length >= ChunkAround; )
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(rest);
            if (length > rest.Length - ChunkAround)
            {
                break;
            }

            var chunk = rest[..((int)length + ChunkAround)];
            var content = chunk[8..^4];
            var type = Encoding.Latin1.GetString(chunk[4..8]);
            rest = rest[chunk.Length..];
            if (width == 0)
            {
                if (type != "IHDR" || length != HeaderLength || Size(content) is not { } size)
                {
                    break;
                }

                (width, height) = size;
            }

            orientation ??= type == "eXIf" ? ExifOrientation.Read(content) : null;
            hasPixels |= type == "IDAT";
            if (Array.IndexOf(s_kept, type) >= 0)
            {
                kept.Write(chunk);
            }

            if (type == "IEND")
            {
                return hasPixels
                    ? new PictureReading.Clean(PictureKind.Png, width, height, Written(kept.WrittenSpan, orientation))
                    : PictureReader.Damaged("PNG");
            }
        }

        return PictureReader.Damaged("PNG");
    }

    private static (int Width, int Height)? Size(ReadOnlySpan<byte> header) =>
        (BinaryPrimitives.ReadInt32BigEndian(header), BinaryPrimitives.ReadInt32BigEndian(header[4..])) is ( > 0, > 0) and var size ? size : null;

    private static byte[] Written(ReadOnlySpan<byte> kept, ushort? orientation)
    {
        const int Header = ChunkAround + HeaderLength;
        return [.. Signature, .. kept[..Header], .. orientation is { } known ? Chunk("eXIf"u8, ExifOrientation.Write(known)) : [], .. kept[Header..]];
    }

    private static byte[] Chunk(ReadOnlySpan<byte> type, byte[] content)
    {
        byte[] checkedPart = [.. type, .. content];
        var chunk = new byte[content.Length + ChunkAround];
        BinaryPrimitives.WriteInt32BigEndian(chunk, content.Length);
        checkedPart.CopyTo(chunk, 4);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(chunk.Length - 4), Crc(checkedPart));
        return chunk;
    }

    /// <summary>CRC-32 of ISO 3309, as annex D of the standard computes it.</summary>
    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var one in bytes)
        {
            crc ^= one;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320;
            }
        }

        return ~crc;
    }
}

using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace OpsChat.Messages;

/// <summary>A WebP file as a row of RIFF chunks (RFC 9649): those that make the picture are kept as they are.</summary>
static class WebPPicture
{
    private const int ChunkHeader = 8, FileHeader = 12, FrameHeader = 16;
    private const byte SaysExif = 0x08, SaysXmp = 0x04;

    // Of the picture, and of one frame of an animation.
    private static readonly string[] s_kept = ["VP8X", "ICCP", "ANIM", "ANMF", "ALPH", "VP8 ", "VP8L"], s_keptOfFrame = ["ALPH", "VP8 ", "VP8L"];

    public static PictureReading Read(ReadOnlySpan<byte> file)
    {
        var end = Math.Clamp(BinaryPrimitives.ReadUInt32LittleEndian(file[4..]) + ChunkHeader, FileHeader, file.Length);
        var kept = new ArrayBufferWriter<byte>(file.Length + 64);
        ushort? orientation = null;
        (int Width, int Height)? size = null;
        var hasPixels = false;
        for (var rest = file[FileHeader..(int)end]; rest.Length > 0; )
        {
            if (Chunk(rest) is not { } length)
            {
                return PictureReader.Damaged("WebP");
            }

            var type = TypeOf(rest);
            var content = rest.Slice(ChunkHeader, length);
            rest = rest[Math.Min(rest.Length, Padded(length))..];
            orientation ??= type == "EXIF" ? ExifOrientation.Read(content) : null;
            size ??= SizeIn(type, content);
            hasPixels |= type is "ANMF" or "VP8 " or "VP8L";
            if (Array.IndexOf(s_kept, type) >= 0 && !(type == "ANMF" ? KeepFrame(kept, content) : Keep(kept, type, content)))
            {
                return PictureReader.Damaged("WebP");
            }
        }

        return hasPixels && size is { } known
            ? new PictureReading.Clean(PictureKind.WebP, known.Width, known.Height, Written(kept, orientation))
            : PictureReader.Damaged("WebP");
    }

    /// <summary>The length of the chunk's content; null when the chunk is not whole.</summary>
    private static int? Chunk(ReadOnlySpan<byte> rest) =>
        rest.Length >= ChunkHeader
        && BinaryPrimitives.ReadUInt32LittleEndian(rest[4..]) is var length
        && length <= rest.Length - ChunkHeader
            ? (int)length
            : null;

    private static string TypeOf(ReadOnlySpan<byte> chunk) => Encoding.Latin1.GetString(chunk[..4]);

    private static int Padded(int length) => ChunkHeader + length + (length & 1);

    private static bool Keep(ArrayBufferWriter<byte> kept, string type, ReadOnlySpan<byte> content)
    {
        Span<byte> header = stackalloc byte[ChunkHeader];
        Encoding.Latin1.GetBytes(type, header);
        BinaryPrimitives.WriteInt32LittleEndian(header[4..], content.Length);
        kept.Write(header);
        kept.Write(content);
        kept.Write(new byte[content.Length & 1]);
        return true;
    }

    /// <summary>A frame of an animation holds chunks of its own.</summary>
    private static bool KeepFrame(ArrayBufferWriter<byte> kept, ReadOnlySpan<byte> content)
    {
        if (content.Length < FrameHeader)
        {
            return false;
        }

        var frame = new ArrayBufferWriter<byte>(content.Length + 1);
        frame.Write(content[..FrameHeader]);
        for (var rest = content[FrameHeader..]; rest.Length > 0; )
        {
            if (Chunk(rest) is not { } length)
            {
                return false;
            }

            if (Array.IndexOf(s_keptOfFrame, TypeOf(rest)) >= 0)
            {
                Keep(frame, TypeOf(rest), rest.Slice(ChunkHeader, length));
            }

            rest = rest[Math.Min(rest.Length, Padded(length))..];
        }

        return Keep(kept, "ANMF", frame.WrittenSpan);
    }

    /// <summary>Width and height, where this chunk tells them: the canvas, or the picture itself in the simple forms.</summary>
    private static (int Width, int Height)? SizeIn(string type, ReadOnlySpan<byte> content) => type switch
    {
        "VP8X" when content.Length >= 10 => (1 + Number24(content[4..]), 1 + Number24(content[7..])),
        "VP8 " when content.Length >= 10 && content[3..].StartsWith((ReadOnlySpan<byte>)[0x9D, 0x01, 0x2A]) =>
            (BinaryPrimitives.ReadUInt16LittleEndian(content[6..]) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(content[8..]) & 0x3FFF),
        "VP8L" when content.Length >= 5 && content[0] == 0x2F && BinaryPrimitives.ReadUInt32LittleEndian(content[1..]) is var bits =>
            (1 + (int)(bits & 0x3FFF), 1 + (int)((bits >> 14) & 0x3FFF)),
        _ => null,
    };

    private static int Number24(ReadOnlySpan<byte> at) => at[0] | (at[1] << 8) | (at[2] << 16);

    private static byte[] Written(ArrayBufferWriter<byte> kept, ushort? orientation)
    {
        var isExtended = TypeOf(kept.WrittenSpan) == "VP8X";
        if (isExtended && orientation is { } known)
        {
            Keep(kept, "EXIF", ExifOrientation.Write(known));
        }

        byte[] file = [.. "RIFF"u8, 0, 0, 0, 0, .. "WEBP"u8, .. kept.WrittenSpan];
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(4), file.Length - ChunkHeader);
        if (isExtended)
        {
            ref var says = ref file[FileHeader + ChunkHeader];
            says = (byte)((says & ~(SaysExif | SaysXmp)) | (orientation is null ? 0 : SaysExif));
        }

        return file;
    }
}

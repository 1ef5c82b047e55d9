using System.Buffers.Binary;

namespace OpsChat.Messages;

/// <summary>Which way is up, the one thing of a picture's Exif block that is needed to show it (TIFF 6.0; Exif 2.3, section 4.6.4).</summary>
static class ExifOrientation
{
    private const int HeaderLength = 8, EntryLength = 12;
    private const ushort Tag = 0x0112, Short = 3;

    /// <param name="tiff">From the byte order on.</param>
    /// <returns>2 to 8; null for the usual one, and when none can be read.</returns>
    public static ushort? Read(ReadOnlySpan<byte> tiff)
    {
        if (tiff.StartsWith("Exif\0\0"u8))
        {
            tiff = tiff[6..];
        }

        if (tiff.Length < HeaderLength || !(tiff.StartsWith("II*\0"u8) || tiff.StartsWith("MM\0*"u8)))
        {
            return null;
        }

        var isLittle = tiff[0] == 'I';
        var directory = isLittle ? BinaryPrimitives.ReadUInt32LittleEndian(tiff[4..]) : BinaryPrimitives.ReadUInt32BigEndian(tiff[4..]);
        if (directory > tiff.Length - 2)
        {
            return null;
        }

        var entries = tiff[((int)directory + 2)..];
        for (var left = Number(tiff[(int)directory..], isLittle); left > 0 && entries.Length >= EntryLength; left--, entries = entries[EntryLength..])
        {
            if (Number(entries, isLittle) == Tag && Number(entries[2..], isLittle) == Short)
            {
                return Number(entries[8..], isLittle) is >= 2 and <= 8 and var orientation ? orientation : null;
            }
        }

        return null;
    }

    /// <summary>A TIFF block with nothing else in it, 26 bytes.</summary>
    public static byte[] Write(ushort orientation) =>
    [
        .. "MM\0*"u8, 0, 0, 0, HeaderLength, // Byte order, and where the directory begins.
        0, 1, // One entry:
        Tag >> 8, Tag & 0xFF, 0, (byte)Short, 0, 0, 0, 1, (byte)(orientation >> 8), (byte)orientation, 0, 0,
        0, 0, 0, 0, // No further directory.
    ];

    private static ushort Number(ReadOnlySpan<byte> at, bool isLittle) =>
        isLittle ? BinaryPrimitives.ReadUInt16LittleEndian(at) : BinaryPrimitives.ReadUInt16BigEndian(at);
}

using System.Buffers;
using System.Buffers.Binary;

namespace OpsChat.Messages;

/// <summary>A JPEG file as a row of segments (ITU T.81, annex B): those that make the picture are kept as they are.</summary>
ref struct JpegPicture
{
    private const byte StartOfImage = 0xD8,
        EndOfImage = 0xD9,
        StartOfScan = 0xDA,
        QuantizationTables = 0xDB,
        NumberOfLines = 0xDC,
        RestartInterval = 0xDD,
        Baseline = 0xC0,
        Extended = 0xC1,
        Progressive = 0xC2,
        HuffmanTables = 0xC4,
        ArithmeticTables = 0xCC,
        App0 = 0xE0,
        App1 = 0xE1,
        App2 = 0xE2,
        App14 = 0xEE,
        App15 = 0xEF,
        Comment = 0xFE;

    private readonly ReadOnlySpan<byte> _file;
    private readonly ArrayBufferWriter<byte> _kept;
    private byte[]? _jfif;
    private ushort? _orientation;
    private int _at, _width, _height;
    private bool _hasScan;

    private JpegPicture(ReadOnlySpan<byte> file)
    {
        _file = file;
        _kept = new(file.Length + 64);
        _at = 2;
    }

    public static PictureReading Read(ReadOnlySpan<byte> file)
    {
        var picture = new JpegPicture(file);
        while (picture.TakeSegment())
        {
        }

        return picture is { _hasScan: true, _width: > 0, _height: > 0 } && picture._at >= 0
            ? new PictureReading.Clean(PictureKind.Jpeg, picture._width, picture._height, picture.Written())
            : PictureReader.Damaged("JPEG");
    }

    /// <summary>Takes the next segment. False at the end of the picture; <see cref="_at"/> is negative when that came where none may be.</summary>
    private bool TakeSegment()
    {
        if (Marker() is not { } marker)
        {
            return false;
        }

        if (_at + 2 > _file.Length || BinaryPrimitives.ReadUInt16BigEndian(_file[_at..]) is var length && (length < 2 || _at + length > _file.Length))
        {
            return Broken();
        }

        var whole = _file.Slice(_at - 2, length + 2);
        var content = whole[4..];
        _at += length;
        switch (marker)
        {
            case App0 when content.StartsWith("JFIF\0"u8) && content.Length >= 14:
                // Without its preview, which may show what was cut off the picture.
                _jfif ??= [0xFF, App0, 0, 16, .. content[..12], 0, 0];
                return true;
            case App1:
                _orientation ??= content.StartsWith("Exif\0\0"u8) ? ExifOrientation.Read(content) : null;
                return true;
            case App2 when content.StartsWith("ICC_PROFILE\0"u8):
            case App14 when content.StartsWith("Adobe"u8):
            case QuantizationTables or HuffmanTables or ArithmeticTables or RestartInterval or NumberOfLines:
                return Keep(whole);
            case >= App0 and <= App15 or Comment:
                return true;
            case Baseline or Extended or Progressive when content.Length >= 6 && _width == 0:
                (_height, _width) = (BinaryPrimitives.ReadUInt16BigEndian(content[1..]), BinaryPrimitives.ReadUInt16BigEndian(content[3..]));
                return Keep(whole);
            case StartOfScan when _width > 0:
                _hasScan = true;
                return Keep(whole) && KeepScan();
            default:
                return Broken();
        }
    }

    /// <summary>The next marker, any filling before it left out; null at the end.</summary>
    private byte? Marker()
    {
        if (_at >= _file.Length)
        {
            return null;
        }

        var filling = _file[_at..].IndexOfAnyExcept((byte)0xFF);
        if (filling <= 0)
        {
            // Some cameras end a picture without saying so.
            _at = filling < 0 && _hasScan ? _at : -1;
            return null;
        }

        _at += filling + 1;
        return _file[_at - 1] is EndOfImage ? null : _file[_at - 1];
    }

    /// <summary>The coded pixels of a scan: up to a marker that is neither a coded FF nor a restart.</summary>
    private bool KeepScan()
    {
        var begin = _at;
        while (true)
        {
            var next = _file[_at..].IndexOf((byte)0xFF);
            if (next < 0 || _at + next + 1 >= _file.Length)
            {
                _at = _file.Length;
                break;
            }

            _at += next;
            if (_file[_at + 1] is not (0 or (>= 0xD0 and <= 0xD7)))
            {
                break;
            }

            _at += 2;
        }

        return Keep(_file[begin.._at]);
    }

    private readonly bool Keep(ReadOnlySpan<byte> bytes)
    {
        _kept.Write(bytes);
        return true;
    }

    private bool Broken()
    {
        _at = -1;
        return false;
    }

    private readonly byte[] Written()
    {
        byte[] exif = _orientation is { } orientation ? [0xFF, App1, 0, 34, .. "Exif\0\0"u8, .. ExifOrientation.Write(orientation)] : [];
        return [0xFF, StartOfImage, .. _jfif ?? [], .. exif, .. _kept.WrittenSpan, 0xFF, EndOfImage];
    }
}

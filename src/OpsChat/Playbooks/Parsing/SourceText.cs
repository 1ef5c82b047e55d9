using System.Text;
using OpsChat.Text;

namespace OpsChat.Playbooks.Parsing;

/// <summary>A file's text with a way from an offset to line and column.</summary>
internal sealed class SourceText
{
    /// <summary>Files above this size are not read: no playbook that a person wrote comes near it.</summary>
    public const int LargestFileInBytes = 1_000_000;

    private readonly List<int> _lineStarts = [0];

    private SourceText(string text)
    {
        Text = text;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.Length || text[i + 1] != '\n')))
            {
                _lineStarts.Add(i + 1);
            }
        }
    }

    public string Text { get; }

    /// <summary>1-based line and column (in UTF-16 characters) of an offset.</summary>
    public (int Line, int Column) At(int offset)
    {
        var found = _lineStarts.BinarySearch(Math.Clamp(offset, 0, Text.Length));
        var line = found >= 0 ? found : ~found - 1;
        return (line + 1, Math.Max(0, offset) - _lineStarts[line] + 1);
    }

    /// <summary>The offset of a 1-based line and column; ends are clamped.</summary>
    public int Offset(long line, long column) =>
        (int)Math.Min(Text.Length, _lineStarts[(int)Math.Clamp(line - 1, 0, _lineStarts.Count - 1)] + Math.Max(0, column - 1));

    /// <summary>The text of a file's bytes (UTF-8, with or without a byte order mark), or what is wrong with them.</summary>
    public static (SourceText? Source, Finding? Problem) Read(string file, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > LargestFileInBytes)
        {
            return (
                null,
                new(
                    file,
                    1,
                    1,
                    $"The file has {bytes.Length / 1_000_000.0:0.0} MB.",
                    $"A playbook has at most {LargestFileInBytes / 1_000_000} MB; split it."
                )
            );
        }

        if (bytes.StartsWith(Encoding.UTF8.Preamble))
        {
            bytes = bytes[3..];
        }

        var zero = bytes.IndexOf((byte)0);
        if (zero >= 0)
        {
            var line = bytes[..zero].Count((byte)'\n') + 1;
            return (null, new(file, line, 1, "The file is not text.", "Save it as plain text in UTF-8."));
        }

        try
        {
            return (new(Html.WithoutComments(new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes))), null);
        }
        catch (DecoderFallbackException notUtf8)
        {
            var line = bytes[..Math.Clamp(notUtf8.Index, 0, bytes.Length)].Count((byte)'\n') + 1;
            return (null, new(file, line, 1, "The file is not UTF-8 text.", "Save it in the encoding UTF-8."));
        }
    }
}

/// <summary>Collects what is wrong in one file.</summary>
internal sealed class FindingList(string file, SourceText source)
{
    /// <summary>Nobody mends more than this at a time.</summary>
    private const int Most = 200;

    private readonly List<Finding> _findings = [];

    public bool HasErrors => _findings.Exists(finding => finding.IsError);

    /// <summary>All findings in reading order.</summary>
    public IReadOnlyList<Finding> InOrder => [.. _findings.OrderBy(finding => finding.Line).ThenBy(finding => finding.Column)];

    /// <param name="offset">0-based offset in the file's text.</param>
    public void Error(int offset, string problem, string remedy) => Add(offset, problem, remedy, isError: true);

    /// <inheritdoc cref="Error"/>
    public void Warn(int offset, string problem, string remedy) => Add(offset, problem, remedy, isError: false);

    private void Add(int offset, string problem, string remedy, bool isError)
    {
        if (_findings.Count >= Most && (!isError || HasErrors))
        {
            return;
        }

        var (line, column) = source.At(offset);
        _findings.Add(new(file, line, column, problem, remedy, isError));
    }
}

using System.Text;

namespace OpsChat.ShopData;

/// <summary>
/// Reads files that an owner put into a folder. What has no length is never opened: reading from a pipe or a device among them would wait for
/// ever, or never end. On a file system that tells no lengths files count as empty.
/// </summary>
public static class OwnersFile
{
    /// <summary>The bytes; none of what is empty, or no regular file.</summary>
    /// <param name="path">Symbolic links are followed.</param>
    /// <param name="most">Bytes that are read at most.</param>
    /// <exception cref="IOException">It is not there, or cannot be read now.</exception>
    /// <exception cref="UnauthorizedAccessException">OpsChat may not read it.</exception>
    public static byte[] Bytes(string path, int most = int.MaxValue)
    {
        var length = LengthOf(path);
        if (length == 0)
        {
            return [];
        }

        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[Math.Min(Math.Max(stream.Length, 0), most)];
        var read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return read == bytes.Length ? bytes : bytes[..read];
    }

    /// <summary>The same as UTF-8 text, without its byte order mark.</summary>
    /// <inheritdoc cref="Bytes"/>
    public static string Text(string path)
    {
        using var reader = new StreamReader(new MemoryStream(Bytes(path)), Encoding.UTF8, detectEncodingFromByteOrderMarks: true);
        return reader.ReadToEnd();
    }

    /// <summary>Bytes of the file that the path leads to; 0 for pipes, devices and sockets.</summary>
    /// <exception cref="IOException">It is not there, or a link leads nowhere.</exception>
    public static long LengthOf(string path)
    {
        var file = new FileInfo(path);
        return file.LinkTarget is null ? file.Length
            : file.ResolveLinkTarget(returnFinalTarget: true) is FileInfo target ? target.Length
            : throw new FileNotFoundException($"{path} is a link to what is no file.", path);
    }
}

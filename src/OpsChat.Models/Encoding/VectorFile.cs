using System.Runtime.InteropServices;
using OpsChat.Understanding;

namespace OpsChat.Models.Encoding;

/// <summary>
/// Vectors of the shop's own texts, kept on the disk so that a start need not compute them again. Holds no text, only keys of texts. A file that
/// is not whole, or is of another model, counts as absent: everything in it can be computed again.
/// </summary>
/// <param name="path">For example <c>encoder-vectors.bin</c> in the data folder.</param>
public sealed class VectorFile(string path)
{
    /// <summary>By text key.</summary>
    /// <param name="origin">The model that must have made them.</param>
    public IReadOnlyDictionary<string, float[]> Read(string origin)
    {
        var vectors = new Dictionary<string, float[]>();
        if (!File.Exists(path))
        {
            return vectors;
        }

        using var reader = new BinaryReader(File.OpenRead(path));
        try
        {
            for (var left = reader.ReadString() == origin ? reader.ReadInt32() : 0; left > 0; left--)
            {
                vectors[reader.ReadString()] = ReadVector(reader);
            }
        }
        catch (Exception e) when (e is EndOfStreamException or FormatException)
        {
            vectors.Clear();
        }

        return vectors;
    }

    /// <summary>Writes a new file beside the old one and puts it in its place: a reader sees one of them, whole.</summary>
    public void Write(string origin, IReadOnlyDictionary<string, float[]> vectorsByText)
    {
        var made = $"{path}.{Environment.ProcessId}.tmp";
        using (var writer = new BinaryWriter(File.Create(made)))
        {
            writer.Write(origin);
            writer.Write(vectorsByText.Count);
            foreach (var (text, vector) in vectorsByText)
            {
                writer.Write(TextKey.Of(text));
                writer.Write(MemoryMarshal.AsBytes<Half>(Array.ConvertAll(vector, number => (Half)number)));
            }
        }

        File.Move(made, path, overwrite: true);
    }

    private static float[] ReadVector(BinaryReader reader)
    {
        var halves = new Half[MiniLmEncoder.Size];
        reader.ReadExactly(MemoryMarshal.AsBytes(halves.AsSpan()));
        return Array.ConvertAll(halves, number => (float)number);
    }
}

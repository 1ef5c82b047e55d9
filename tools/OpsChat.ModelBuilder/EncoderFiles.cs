namespace OpsChat.ModelBuilder;

/// <summary>The files that the build tool leaves behind.</summary>
internal sealed class EncoderFiles(string folder)
{
    // Raised when the arithmetic changes: files made by an older tool are made again.
    private const string Recipe = "int8-per-channel-1";

    public string Model => Path.Combine(folder, "minilm-l6-v2-int8.onnx");

    private string Vocabulary => Path.Combine(folder, "vocab.txt");

    private string Stamp => Path.Combine(folder, "made-from.txt");

    /// <param name="source">SHA-256 of the assembly.</param>
    public bool AreMadeFrom(string source) =>
        File.Exists(Model) && File.Exists(Vocabulary) && File.Exists(Stamp) && File.ReadAllText(Stamp) == StampOf(source);

    /// <summary>Writes the stamp last: a build that is stopped in between begins anew.</summary>
    public void Write(byte[] model, byte[] vocabulary, string source)
    {
        Directory.CreateDirectory(folder);
        File.Delete(Stamp);
        File.WriteAllBytes(Model, model);
        File.WriteAllBytes(Vocabulary, vocabulary);
        File.WriteAllText(Stamp, StampOf(source));
    }

    private static string StampOf(string source) => $"{Recipe} {source}";
}

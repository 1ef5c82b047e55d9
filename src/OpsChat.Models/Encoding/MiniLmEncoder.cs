using OpsChat.Text;
using OpsChat.Understanding;
using FastBertTokenizer;
using Microsoft.ML.OnnxRuntime;

namespace OpsChat.Models.Encoding;

/// <summary>
/// The sentence encoder all-MiniLM-L6-v2 with weights of 8 bits: runs in this process, needs no key and no network. Vectors have 384 numbers.
/// Thread-safe; one call works on one thread.
/// </summary>
/// <remarks>
/// A text's vector is the mean over its tokens' vectors, scaled to length 1 (Reimers and Gurevych, "Sentence-BERT", 2019). Numbers are rounded to
/// <see cref="Half"/>, so that a vector read back from <see cref="VectorFile"/> is the one that was computed.
/// </remarks>
public sealed class MiniLmEncoder : ISentenceEncoder, IDisposable
{
    /// <summary>How many numbers a vector has.</summary>
    public const int Size = 384;

    // Longer texts are read up to here. The model was trained on texts of this length.
    private const int MostTokens = 128;

    private const string ModelFile = "minilm-l6-v2-int8.onnx", VocabularyFile = "vocab.txt", OriginFile = "made-from.txt";

    private static readonly string[] Inputs = ["input_ids", "attention_mask", "token_type_ids"];
    private static readonly string[] Outputs = ["last_hidden_state"];

    private readonly BertTokenizer tokenizer = new();
    private readonly InferenceSession session;
    private readonly RunOptions run = new();

    private MiniLmEncoder(string folder)
    {
        Origin = File.ReadAllText(Path.Combine(folder, OriginFile));
        using var vocabulary = new StreamReader(Path.Combine(folder, VocabularyFile));
        tokenizer.LoadVocabulary(vocabulary, convertInputToLowercase: true);
        // Customers' messages are short: a second thread would wait more than it works. An arena would keep the memory of the largest batch for ever.
        using var options = new SessionOptions
        {
            IntraOpNumThreads = 1,
            InterOpNumThreads = 1,
            EnableCpuMemArena = false,
            EnableMemoryPattern = false,
        };
        session = new InferenceSession(Path.Combine(folder, ModelFile), options);
    }

    /// <summary>Where the build puts the encoder's files.</summary>
    public static string UsualFolder => Path.Combine(AppContext.BaseDirectory, "encoder");

    /// <summary>Names the model: vectors of another one cannot be compared with these.</summary>
    public string Origin { get; }

    /// <summary>Loads the encoder, which takes about 0.2 s and 80 MB.</summary>
    public static OpenedEncoder Open(string folder)
    {
        foreach (var file in new[] { ModelFile, VocabularyFile, OriginFile }.Where(file => !File.Exists(Path.Combine(folder, file))))
        {
            return new OpenedEncoder.Unavailable($"The encoder's file {file} is missing in {folder}. Build or publish OpsChat again.");
        }

        try
        {
            return new OpenedEncoder.Ready(new MiniLmEncoder(folder));
        }
        catch (Exception e)
            when (e is DllNotFoundException or BadImageFormatException or EntryPointNotFoundException
                || e.InnerException is DllNotFoundException
            )
        {
            // The library is loaded by a static constructor, which wraps what went wrong.
            return new OpenedEncoder.Unavailable(
                "The native library onnxruntime is missing or is for another platform. Publish OpsChat for this one: dotnet publish -r "
                    + System.Runtime.InteropServices.RuntimeInformation.RuntimeIdentifier
            );
        }
        catch (OnnxRuntimeException e)
        {
            return new OpenedEncoder.Unavailable(
                $"The encoder's file {ModelFile} in {folder} cannot be read ({e.Message}). Build or publish OpsChat again."
            );
        }
    }

    /// <summary>
    /// The text's vector, of length 1. One text at a time: in a batch the scale of the 8-bit numbers would depend on the other texts, and so
    /// would the vector.
    /// </summary>
    public float[] Encode(string message)
    {
        Span<long> room = stackalloc long[MostTokens], mask = stackalloc long[MostTokens];
        // Folded by us: accents are not taken off where globalization is invariant.
        var length = tokenizer.Encode(PlainText.Fold(message), room, mask);
        return Mean(Run(room[..length].ToArray()));
    }

    public IReadOnlyList<float[]> EncodeOwn(IReadOnlyList<string> texts) => [.. texts.Select(Encode)];

    public void Dispose()
    {
        session.Dispose();
        run.Dispose();
    }

    private float[] Run(long[] tokens)
    {
        long[] shape = [1, tokens.Length], all = new long[tokens.Length];
        Array.Fill(all, 1);
        using var ids = OrtValue.CreateTensorValueFromMemory(tokens, shape);
        using var mask = OrtValue.CreateTensorValueFromMemory(all, shape);
        using var types = OrtValue.CreateTensorValueFromMemory(new long[tokens.Length], shape);
        using var results = session.Run(run, Inputs, [ids, mask, types], Outputs);
        return results[0].GetTensorDataAsSpan<float>().ToArray();
    }

    /// <summary>The mean of the tokens' vectors at length 1; the mean's own length does not matter for it.</summary>
    private static float[] Mean(float[] tokens)
    {
        var sum = new float[Size];
        for (var i = 0; i < tokens.Length; i++)
        {
            sum[i % Size] += tokens[i];
        }

        var length = MathF.Sqrt(sum.Sum(x => x * x));
        return Array.ConvertAll(sum, x => (float)(Half)(x / length));
    }
}

/// <summary>The encoder, or why there is none.</summary>
public abstract record OpenedEncoder
{
    private OpenedEncoder() { }

    public sealed record Ready(MiniLmEncoder Encoder) : OpenedEncoder;

    /// <param name="Sentence">For the owner: what is missing and what to do.</param>
    public sealed record Unavailable(string Sentence) : OpenedEncoder;
}

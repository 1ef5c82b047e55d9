using FastBertTokenizer;
using Microsoft.ML.OnnxRuntime;
using OpsChat.Understanding;

namespace OpsChat.Models.Encoding;

/// <summary>
/// The sentence encoder all-MiniLM-L6-v2 with weights of 8 bits: runs in this process, needs no key and no network. Vectors have
/// 384 numbers. Thread-safe; one call works on one thread.
/// </summary>
/// <remarks>
/// A text's vector is the mean over its tokens' vectors, scaled to length 1 (Reimers and Gurevych, "Sentence-BERT", 2019). Numbers are rounded to <see cref="Half"/>, so that
/// a vector read back from <see cref="VectorFile"/> is the one that was computed.
/// </remarks>
public sealed class MiniLmEncoder : IDisposable
{
    /// <summary>How many numbers a vector has.</summary>
    public const int Size = 384;

    // Longer texts are read up to here. The model was trained on texts of this length.
    private const int MostTokens = 128;

    // A text has few tokens, and the memory that a run needs grows with their number.
    private const int MostInBatch = 16;

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
        using var options = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1, EnableCpuMemArena = false, EnableMemoryPattern = false };
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
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException or EntryPointNotFoundException || e.InnerException is DllNotFoundException)
        {
            // The library is loaded by a static constructor, which wraps what went wrong.
            return new OpenedEncoder.Unavailable("The native library onnxruntime is missing or is for another platform. Publish OpsChat for this one: dotnet publish -r " +
                System.Runtime.InteropServices.RuntimeInformation.RuntimeIdentifier);
        }
        catch (OnnxRuntimeException e)
        {
            return new OpenedEncoder.Unavailable($"The encoder's file {ModelFile} in {folder} cannot be read ({e.Message}). Build or publish OpsChat again.");
        }
    }

    /// <returns>The vectors in the order of the texts, of length 1; all 0 for a text without words.</returns>
    public float[][] Encode(IReadOnlyList<string> texts)
    {
        var tokens = texts.Select(Tokenize).ToArray();
        var vectors = new float[texts.Count][];
        // Texts of about the same length go together: each batch is as wide as its longest one.
        foreach (var batch in Enumerable.Range(0, texts.Count).OrderBy(i => tokens[i].Length).Chunk(MostInBatch))
        {
            foreach (var (text, vector) in batch.Zip(Run(Array.ConvertAll(batch, i => tokens[i]))))
            {
                vectors[text] = vector;
            }
        }

        return vectors;
    }

    public void Dispose()
    {
        session.Dispose();
        run.Dispose();
    }

    private long[] Tokenize(string text)
    {
        Span<long> ids = stackalloc long[MostTokens], mask = stackalloc long[MostTokens];
        // Folded by us: accents are not taken off where globalization is invariant.
        var length = tokenizer.Encode(PlainText.Fold(text), ids, mask);
        return ids[..length].ToArray();
    }

    private float[][] Run(long[][] texts)
    {
        var width = texts.Max(text => text.Length);
        var (ids, mask) = (new long[texts.Length * width], new long[texts.Length * width]);
        for (var text = 0; text < texts.Length; text++)
        {
            texts[text].CopyTo(ids, text * width);
            mask.AsSpan(text * width, texts[text].Length).Fill(1);
        }

        long[] shape = [texts.Length, width];
        using var idsValue = OrtValue.CreateTensorValueFromMemory(ids, shape);
        using var maskValue = OrtValue.CreateTensorValueFromMemory(mask, shape);
        using var typesValue = OrtValue.CreateTensorValueFromMemory(new long[ids.Length], shape);
        using var results = session.Run(run, Inputs, [idsValue, maskValue, typesValue], Outputs);
        var hidden = results[0].GetTensorDataAsSpan<float>();
        var vectors = new float[texts.Length][];
        for (var text = 0; text < texts.Length; text++)
        {
            vectors[text] = Mean(hidden.Slice(text * width * Size, texts[text].Length * Size));
        }

        return vectors;
    }

    /// <summary>The mean of the tokens' vectors at length 1; the mean's own length does not matter for it.</summary>
    private static float[] Mean(ReadOnlySpan<float> tokens)
    {
        var sum = new float[Size];
        for (var i = 0; i < tokens.Length; i++)
        {
            sum[i % Size] += tokens[i];
        }

        var length = MathF.Sqrt(sum.Sum(x => x * x));
        return length == 0 ? sum : Array.ConvertAll(sum, x => (float)(Half)(x / length));
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

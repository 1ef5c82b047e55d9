using System.Reflection;
using System.Runtime.InteropServices;

namespace OpsChat.Understanding;

/// <summary>
/// How much a message reads like a wish that money or goods move, learned from examples: a logistic regression over words, meanings and letters
/// (<see cref="TextFeatures"/>) and over what the lists found in the text (<see cref="MoneyDetector.Kinds"/>), hashed to <see cref="Size"/> weights.
/// It hears wishes in words that no list has, and doubts words of the lists that only sound like one. The weights are a file beside the lists,
/// made of <c>wish-examples.csv</c> beside them by the benchmarks' command <c>wishes</c>.
/// </summary>
internal sealed class WishModel
{
    /// <summary>Weights; a power of two.</summary>
    public const int Size = 1 << Bits;

    private const int Bits = 17, Rounds = 20;

    // Found by cross-validation over the examples; the figures change little around these values.
    private const float FirstStep = 3, StepDecay = 0.2f, Decay = 2e-6f, BiasStep = 0.05f;
    private const float LettersWeigh = 0.5f, PhrasesWeigh = 1.5f, MostOfAFeature = 2;

    private readonly sbyte[] _weights;
    private readonly float _step, _bias;

    private WishModel(sbyte[] weights, float step, float bias) => (_weights, _step, _bias) = (weights, step, bias);

    /// <summary>The shipped one.</summary>
    public static WishModel Shipped { get; } = Load();

    /// <summary>The log-odds that the text is such a wish: 0 is as likely as not, 2 is seven to one.</summary>
    /// <param name="kinds">Of what the lists found in it.</param>
    public double LogOdds(string text, IReadOnlyList<string> kinds)
    {
        double score = 0;
        foreach (var (feature, value) in Vector(text, kinds))
        {
            score += _weights[feature] * value;
        }

        return (score * _step) + _bias;
    }

    /// <summary>Learns from examples, in an order that is always the same.</summary>
    public static WishModel Train(IReadOnlyList<(string Language, bool IsWish, string Text)> examples)
    {
        var vectors = examples.AsParallel().AsOrdered().Select(example => Vector(example.Text, MoneyDetector.Kinds(example.Text))).ToArray();
        var (weights, bias, random) = (new float[Size], 0f, new Random(1));
        var order = Enumerable.Range(0, vectors.Length).ToArray();
        for (var round = 0; round < Rounds; round++)
        {
            random.Shuffle(order);
            var step = FirstStep / (1 + (round * StepDecay));
            foreach (var example in order)
            {
                var score = bias;
                foreach (var (feature, value) in vectors[example])
                {
                    score += weights[feature] * value;
                }

                var error = ((examples[example].IsWish ? 1 : 0) - (1 / (1 + MathF.Exp(-score)))) * step;
                foreach (var (feature, value) in vectors[example])
                {
                    weights[feature] = (weights[feature] * (1 - (Decay * step))) + (error * value);
                }

                bias += error * BiasStep;
            }
        }

        var largest = weights.Max(MathF.Abs);
        var unit = largest > 0 ? largest / sbyte.MaxValue : 1;
        return new([.. weights.Select(weight => (sbyte)MathF.Round(weight / unit))], unit, bias);
    }

    /// <summary>Unit and bias as two little-endian floats, then the weights.</summary>
    public byte[] ToBytes() => [.. BitConverter.GetBytes(_step), .. BitConverter.GetBytes(_bias), .. MemoryMarshal.AsBytes<sbyte>(_weights)];

    private static WishModel Load()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("OpsChat.Understanding.Words.wishes.weights")
            ?? throw new InvalidOperationException("The weights of the wish model are missing from the program.");
        using var reader = new BinaryReader(stream);
        var (unit, bias) = (reader.ReadSingle(), reader.ReadSingle());
        return new([.. MemoryMarshal.Cast<byte, sbyte>(reader.ReadBytes(Size))], unit, bias);
    }

    /// <summary>What the text holds, each once, of length 1.</summary>
    private static (int Feature, float Value)[] Vector(string text, IReadOnlyList<string> kinds)
    {
        var counts = new Dictionary<int, float>();
        foreach (var kind in kinds)
        {
            var place = (int)(TextFeatures.Key(FeatureKind.Phrase, kind) >> (64 - Bits));
            counts[place] = counts.GetValueOrDefault(place) + PhrasesWeigh;
        }

        foreach (var feature in TextFeatures.Of(Addresses.Without(text)).Features)
        {
            var place = (int)(feature.Key >> (64 - Bits));
            counts[place] = counts.GetValueOrDefault(place) + (feature.Kind == FeatureKind.Letters ? LettersWeigh : 1);
        }

        var length = MathF.Sqrt(counts.Values.Sum(count => MathF.Pow(MathF.Min(count, MostOfAFeature), 2)));
        return [.. counts.Select(pair => (pair.Key, MathF.Min(pair.Value, MostOfAFeature) / length))];
    }
}

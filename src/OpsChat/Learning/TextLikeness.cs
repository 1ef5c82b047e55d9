using OpsChat.Understanding;

namespace OpsChat.Learning;

/// <summary>
/// How much texts say the same, 0 to 1: the cosine of what their words mean, the rarer the weightier, and where an encoder knows both languages the
/// mean of that and of the sentences' cosine.
/// </summary>
internal sealed class TextLikeness
{
    // Any two answers of one shop are so near to each other in meaning; what is above tells.
    private const float OfOneTrade = 0.35f;

    private readonly (ulong Key, float Weight)[][] _texts;
    private readonly float[]?[] _vectors;

    public TextLikeness(IReadOnlyList<string> texts, ISentenceEncoder? encoder)
    {
        var keys = texts
            .Select(text =>
                TextFeatures
                    .Of(text)
                    .Features.Where(feature => feature.Kind == FeatureKind.Meaning)
                    .Select(feature => feature.Key)
                    .Distinct()
                    .Order()
                    .ToArray()
            )
            .ToArray();
        var users = keys.SelectMany(text => text).CountBy(key => key).ToDictionary();
        _texts = [.. keys.Select(text => Normed([.. text.Select(key => (key, (float)Math.Log(1 + ((double)texts.Count / users[key]))))]))];
        _vectors = [.. texts.Select(text => encoder is not null && text.Length > 0 && EncoderLanguages.Know(text) ? encoder.Encode(text) : null)];
    }

    public float Between(int one, int other)
    {
        var words = Words(_texts[one], _texts[other]);
        return _vectors[one] is { } a && _vectors[other] is { } b ? (words + Math.Max(0, (Dot(a, b) - OfOneTrade) / (1 - OfOneTrade))) / 2 : words;
    }

    private static float Dot(float[] one, float[] other)
    {
        var sum = 0f;
        for (var i = 0; i < one.Length; i++)
        {
            sum += one[i] * other[i];
        }

        return sum;
    }

    private static float Words((ulong Key, float Weight)[] one, (ulong Key, float Weight)[] other)
    {
        var sum = 0f;
        for (int i = 0, j = 0; i < one.Length && j < other.Length;)
        {
            var (a, b) = (one[i].Key, other[j].Key);
            sum += a == b ? one[i].Weight * other[j].Weight : 0;
            i += a <= b ? 1 : 0;
            j += b <= a ? 1 : 0;
        }

        return sum;
    }

    private static (ulong Key, float Weight)[] Normed((ulong Key, float Weight)[] text)
    {
        var length = MathF.Sqrt(text.Sum(feature => feature.Weight * feature.Weight));
        return length == 0 ? text : [.. text.Select(feature => (feature.Key, feature.Weight / length))];
    }
}

using System.Diagnostics;
using OpsChat.Understanding;

namespace OpsChat.Decisions;

/// <summary>Measures how long the encoder takes for messages; for one thread at a time.</summary>
/// <param name="ofMessages">Without a memory: a message that was seen before would take no time.</param>
public sealed class TimedEncoder(ISentenceEncoder ofOwnTexts, ISentenceEncoder ofMessages) : ISentenceEncoder
{
    private readonly Stopwatch _watch = new();
    private int _asked;

    public TimeSpan Elapsed => _watch.Elapsed;

    public EncoderFigures Figures => new(_asked, _watch.Elapsed.TotalMicroseconds / Math.Max(1, _asked));

    public IReadOnlyList<float[]> EncodeOwn(IReadOnlyList<string> texts) => ofOwnTexts.EncodeOwn(texts);

    public float[] Encode(string message)
    {
        _watch.Start();
        var vector = ofMessages.Encode(message);
        _watch.Stop();
        _asked++;
        return vector;
    }

    public void Restart()
    {
        _watch.Reset();
        _asked = 0;
    }
}

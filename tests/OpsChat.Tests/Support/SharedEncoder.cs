using OpsChat.Models.Encoding;

namespace OpsChat.Tests.Support;

/// <summary>The sentence encoder, opened once in a run, and with a memory: each text of the tests is encoded once.</summary>
static class SharedEncoder
{
    private static readonly Lazy<MiniLmEncoder> s_one = new(() => ((OpenedEncoder.Ready)MiniLmEncoder.Open(MiniLmEncoder.UsualFolder)).Encoder);
    private static readonly Lazy<CachedEncoder> s_remembering = new(() => new(One, null));

    /// <summary>As it comes with OpsChat.</summary>
    public static MiniLmEncoder One => s_one.Value;

    public static CachedEncoder Remembering => s_remembering.Value;
}

using System.Text;

namespace OpsChat.Storage;

/// <summary>Scripts that put no spaces between words: Thai, Lao, Burmese, Khmer, Chinese, Japanese, and Korean, which puts few. The indexes of
/// words know the same ranges.</summary>
static class UnspacedScripts
{
    private static readonly (int First, int Last)[] s_ranges =
    [
        (0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1100, 0x11FF), (0x1780, 0x17FF), (0x2E80, 0xD7AF), (0xF900, 0xFAFF), (0xFF66, 0xFF9F),
        (0x20000, 0x3FFFF),
    ];

    /// <summary>The text with each sign of these scripts standing alone, as the index has it.</summary>
    public static string Apart(string text)
    {
        var apart = new StringBuilder();
        foreach (var sign in text.EnumerateRunes())
        {
            apart.Append(IsOne(sign) ? $" {sign} " : sign.ToString());
        }

        return apart.ToString();
    }

    private static bool IsOne(Rune sign) => s_ranges.Any(range => sign.Value >= range.First && sign.Value <= range.Last);
}

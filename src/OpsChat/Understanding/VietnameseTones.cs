using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace OpsChat.Understanding;

/// <summary>
/// Lexicons are read without accents, as many customers type. Who does type them says which word is meant: đôi (pair) and đợi (wait) are not đổi
/// (exchange), cốc (cup) is not cọc (deposit).
/// </summary>
internal static partial class VietnameseTones
{
    /// <summary>Words that would be read as money without their accents, and have nothing to do with it.</summary>
    private static readonly FrozenSet<string> s_otherWords = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "đợi",
        "đôi",
        "đội",
        "đời",
        "đồi",
        "dội",
        "dời",
        "dối",
        "trà",
        "trá",
        "cốc",
        "cóc",
        "bột",
        "bọt",
        "bốt",
        "tiện",
        "tiên",
        "tiến",
        "phì",
        "giám",
        "giấm",
        "bự",
        "bụ",
        "thế",
        "thể",
        "thề",
        "chuyện",
        "chuyến",
        "trú",
        "trụ",
        "trữ",
        "trứ",
        "nơ",
        "nở",
        "nỡ",
        "vở",
        "vợ",
        "vô",
        "hồng",
        "hông",
        "lời",
        "lối",
        "thiệu",
        "hả",
        "hà",
        "há",
        "bộ",
        "bò",
        "bó",
        "bố",
        "lái",
        "lãi",
        "lài",
        "hoạn",
        "hoãn",
        "mưa",
        "mùa",
        "múa",
        "lây",
        "lẫy"
    );

    /// <summary>The text without those words.</summary>
    public static string WithoutOtherWords(string text) =>
        text.All(char.IsAscii) ? text : Word().Replace(text, word => s_otherWords.Contains(word.Value) ? " " : word.Value);

    [GeneratedRegex(@"\p{L}+")]
    private static partial Regex Word();
}

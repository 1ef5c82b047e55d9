using OpsChat.Text;

namespace OpsChat.Facts;

/// <summary>Facts whose value is a word, as a text in another language says it. Conditions compare the fact itself, never these.</summary>
internal static class FactWords
{
    private static readonly Dictionary<string, string> s_returnsInChinese = new()
    {
        ["requested"] = "已申请",
        ["approved"] = "已批准",
        ["in transit"] = "寄回途中",
        ["received"] = "已收到",
        ["refunded"] = "已退款",
        ["rejected"] = "未获批准",
    };

    /// <summary>Those of the facts that are said otherwise in this language; English words stay where none are known.</summary>
    public static IEnumerable<Fact> In(string language, FactSet facts)
    {
        if (language.Split('-')[0] != "zh")
        {
            yield break;
        }

        if (facts.Find("told.place") is { } place)
        {
            yield return place with { Value = FactValue.Of(Places.NameIn(language, place.Value.Shown)) };
        }

        if (facts.Find(FactNames.ReturnStatus) is { } status && s_returnsInChinese.TryGetValue(status.Value.Shown, out var said))
        {
            yield return status with { Value = FactValue.Of(said) };
        }
    }
}

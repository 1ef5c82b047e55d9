namespace OpsChat.Understanding;

/// <summary>Finds in a text whether money or goods shall move.</summary>
public static class MoneyDetector
{
    public static MoneyReading Read(string text) =>
        text.Contains("refund", StringComparison.OrdinalIgnoreCase) ? new MoneyReading(MoneySense.Moves, 1, ["refund"]) : MoneyReading.Nothing;
}

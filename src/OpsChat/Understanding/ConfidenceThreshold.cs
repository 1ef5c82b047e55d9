namespace OpsChat.Understanding;

/// <summary>Chooses from which confidence a playbook answers.</summary>
internal static class ConfidenceThreshold
{
    // Below an even chance nobody should answer, whatever the budget; and a threshold that nothing reaches tells nothing.
    private const double Lowest = 0.5, Highest = 0.95;

    /// <summary>
    /// The lowest threshold at which the share of wrong guesses among those at or above it stays within <paramref name="errorBudget"/>. One
    /// wrong guess is added to those seen: with few guesses the threshold is careful.
    /// </summary>
    public static double Within(double errorBudget, IReadOnlyList<(double Confidence, bool IsRight, double Weight)> guesses)
    {
        double answered = 0, wrong = 1, threshold = Highest;
        foreach (var (confidence, isRight, weight) in guesses.OrderByDescending(guess => guess.Confidence))
        {
            answered += weight;
            wrong += isRight ? 0 : weight;
            threshold = wrong <= errorBudget * answered ? Math.Min(threshold, confidence) : threshold;
        }

        return Math.Clamp(threshold, Lowest, Highest);
    }
}

namespace OpsChat.Understanding;

/// <summary>Chooses from which confidence a playbook answers.</summary>
internal static class ConfidenceThreshold
{
    // Below an even chance nobody should answer, whatever the budget; and a threshold that nothing reaches tells nothing.
    private const double Lowest = 0.5, Highest = 0.95;

    /// <summary>
    /// The lowest threshold at which the expected share of wrong guesses among those at or above it stays within
    /// <paramref name="errorBudget"/>. What is expected is 1 − confidence, as confidences are calibrated on these very guesses: with few
    /// of them that is steadier than counting the wrong ones.
    /// </summary>
    /// <param name="guesses">Confidence and weight of each guess on a message that was not learned.</param>
    public static double Within(double errorBudget, IReadOnlyList<(double Confidence, double Weight)> guesses)
    {
        double answered = 0, wrong = 0, threshold = Highest;
        foreach (var (confidence, weight) in guesses.OrderByDescending(guess => guess.Confidence))
        {
            answered += weight;
            wrong += (1 - confidence) * weight;
            threshold = wrong <= errorBudget * answered ? confidence : threshold;
        }

        return Math.Clamp(threshold, Lowest, Highest);
    }
}

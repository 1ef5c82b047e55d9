namespace OpsChat.Understanding;

/// <summary>Chooses from which confidence a playbook answers.</summary>
internal static class ConfidenceThreshold
{
    // Below an even chance nobody should answer, whatever the budget; and a threshold that nothing reaches tells nothing.
    private const double Lowest = 0.5, Highest = 0.95;

    /// <summary>
    /// How much more often confident guesses are wrong on customers' own messages than their confidence, fitted on the owner's examples, says:
    /// measured on simulated shops (a third of their issues unknown), where the plain estimate gave 6 % wrong at a budget of 5 %. With 1.6 instead
    /// a real shop would answer a fifth fewer of its messages; issues withheld from among near ones would still be over the budget, at 6 instead
    /// of 7 %.
    /// </summary>
    private const double Optimism = 1.25;

    /// <summary>Standard errors of the expected share that are added to it, so that a shop with few examples is more careful than one with
    /// many.</summary>
    private const double StandardErrors = 0.5;

    /// <summary>
    /// The lowest threshold at which the expected share of wrong guesses among those at or above it, with a margin, stays within
    /// <paramref name="errorBudget"/>. What is expected is 1 − confidence, as confidences are calibrated on these very guesses: with few
    /// of them that is steadier than counting the wrong ones.
    /// </summary>
    /// <param name="guesses">Confidence and weight of each guess on a message that was not learned.</param>
    public static double Within(double errorBudget, IReadOnlyList<(double Confidence, double Weight)> guesses)
    {
        double answered = 0, wrong = 0, variance = 0, threshold = Highest;
        foreach (var (confidence, weight) in guesses.OrderByDescending(guess => guess.Confidence))
        {
            answered += weight;
            wrong += (1 - confidence) * weight;
            variance += confidence * (1 - confidence) * weight * weight;
            var mostWrong = (Optimism * wrong) + (StandardErrors * Math.Sqrt(variance));
            threshold = mostWrong <= errorBudget * answered ? confidence : threshold;
        }

        return Math.Clamp(threshold, Lowest, Highest);
    }
}

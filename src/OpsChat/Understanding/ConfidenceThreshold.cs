using System.Runtime.InteropServices;

namespace OpsChat.Understanding;

/// <summary>A guess on a message that was not learned.</summary>
/// <param name="InThisShop">The confidence that as many unknown messages as this shop gets would give it.</param>
/// <param name="Usual">The confidence that it has.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ThresholdGuess(double InThisShop, double Usual, double Weight);

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
    /// <paramref name="errorBudget"/>. What is expected is 1 − the confidence in this shop, as these are calibrated on these very guesses: with few
    /// of them that is steadier than counting the wrong ones. The threshold is one of the usual confidences, which messages get: the one that as
    /// many guesses reach.
    /// </summary>
    /// <param name="guesses">Guesses on messages that were not learned.</param>
    public static double Within(double errorBudget, IReadOnlyList<ThresholdGuess> guesses)
    {
        double answered = 0, wrong = 0, variance = 0, mostAnswered = 0;
        foreach (var (confidence, _, weight) in guesses.OrderByDescending(guess => guess.InThisShop))
        {
            answered += weight;
            wrong += (1 - confidence) * weight;
            variance += confidence * (1 - confidence) * weight * weight;
            var mostWrong = (Optimism * wrong) + (StandardErrors * Math.Sqrt(variance));
            mostAnswered = mostWrong <= errorBudget * answered && confidence >= Lowest ? answered : mostAnswered;
        }

        return Math.Clamp(ReachedBy(mostAnswered, guesses), Lowest, Highest);
    }

    private static double ReachedBy(double weight, IReadOnlyList<ThresholdGuess> guesses)
    {
        var (reached, threshold) = (0.0, Highest);
        foreach (var guess in guesses.OrderByDescending(guess => guess.Usual).TakeWhile(_ => reached < weight))
        {
            reached += guess.Weight;
            threshold = guess.Usual;
        }

        return threshold;
    }
}

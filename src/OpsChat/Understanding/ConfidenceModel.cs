namespace OpsChat.Understanding;

/// <summary>A judged guess: the evidence that was there, and whether the guess was right.</summary>
/// <param name="Weight">How often such a message comes, compared with one that a playbook is for.</param>
internal sealed record JudgedGuess(IssueEvidence Evidence, bool IsRight, double Weight);

/// <summary>Turns evidence into the probability that the issue is right: a logistic function of the evidence's weighted sum.</summary>
internal sealed class ConfidenceModel
{
    /// <summary>
    /// What the evidence is worth before a shop's own examples are seen, in the order of <see cref="IssueEvidence"/>, while the encoder is not
    /// asked. Fitted to guesses in small shops simulated from public sets (15 to 30 issues of 5 to 20 examples, a third of the messages about
    /// issues withheld), and rounded. The weight of a negation that the issue's examples lack ("option not showing") is a judgement, as such
    /// messages are missing in examples by nature.
    /// </summary>
    private static readonly double[] WordsPrior = [-0.8, 0.8, 0.9, 1.1, 0, 1.2, -1, 0.15, 0.5, 1.75];

    /// <summary>
    /// The same where the encoder was asked; fitted and rounded in the same way, and tempered towards the figures above: in the public sets,
    /// which were made by asking for paraphrases, the encoder looks better than with the messages of a shop.
    /// </summary>
    private static readonly double[] SentencePrior = [-1.6, 0.8, 0.8, 1.2, 0.15, 1.2, -1, 0.1, 0.3, 1.2, 1.25, 1.6, 1, 0.6];

    // How many guesses the prior is worth: with few examples it decides, with many the shop's own do.
    private const double PriorStrength = 60;
    private const int MostSteps = 200;
    private const double SmallestMove = 1e-4;

    private readonly double[] weights;

    private ConfidenceModel(double[] weights) => this.weights = weights;

    /// <summary>0 to 1.</summary>
    public double Confidence(IssueEvidence evidence) => Logistic(Dot(weights, evidence.Values));

    /// <summary>How much each kind of evidence speaks for the issue: their sum is the logarithm of the odds that it is right.</summary>
    public IReadOnlyList<WeighedEvidence> Weigh(IssueEvidence evidence) => [.. evidence.Values.Select((value, i) =>
        new WeighedEvidence(IssueEvidence.Names[i], Math.Round(value, 3), Math.Round(value * weights[i], 3)))];

    /// <summary>
    /// For evidence without the encoder: the most probable weights given the guesses and the prior: logistic regression with a Gaussian prior.
    /// Each step is Newton's with the curvature replaced by its upper bound, a quarter of Σ x·xᵀ, so that every step improves the fit whatever
    /// the guesses (Böhning and Lindsay, "Monotonicity of quadratic-approximation algorithms", 1988).
    /// </summary>
    public static ConfidenceModel Fit(IReadOnlyList<JudgedGuess> guesses) => Fit(guesses, WordsPrior);

    /// <summary>The same for evidence with the encoder.</summary>
    public static ConfidenceModel FitWithSentence(IReadOnlyList<JudgedGuess> guesses) => Fit(guesses, SentencePrior);

    private static ConfidenceModel Fit(IReadOnlyList<JudgedGuess> guesses, double[] prior)
    {
        var curvature = Cholesky(CurvatureBound(guesses, prior.Length));
        var fitted = prior.ToArray();
        for (var step = 0; step < MostSteps; step++)
        {
            var move = Solve(curvature, Gradient(guesses, prior, fitted));
            for (var i = 0; i < fitted.Length; i++)
            {
                fitted[i] += move[i];
            }

            if (move.Max(Math.Abs) < SmallestMove)
            {
                break;
            }
        }

        return new ConfidenceModel(fitted);
    }

    private static double[,] CurvatureBound(IReadOnlyList<JudgedGuess> guesses, int size)
    {
        var bound = new double[size, size];
        for (var i = 0; i < size; i++)
        {
            bound[i, i] = PriorStrength;
            for (var j = 0; j < size; j++)
            {
                bound[i, j] += guesses.Sum(guess => guess.Weight * guess.Evidence.Values[i] * guess.Evidence.Values[j]) / 4;
            }
        }

        return bound;
    }

    private static double[] Gradient(IReadOnlyList<JudgedGuess> guesses, double[] prior, double[] fitted)
    {
        double[] gradient = [.. prior.Zip(fitted, (before, now) => PriorStrength * (before - now))];
        foreach (var guess in guesses)
        {
            var error = guess.Weight * ((guess.IsRight ? 1 : 0) - Logistic(Dot(fitted, guess.Evidence.Values)));
            for (var i = 0; i < gradient.Length; i++)
            {
                gradient[i] += error * guess.Evidence.Values[i];
            }
        }

        return gradient;
    }

    /// <summary>The lower triangle L with L · Lᵀ = matrix; the matrix is symmetric and positive definite, as the prior makes it.</summary>
    private static double[,] Cholesky(double[,] matrix)
    {
        var size = matrix.GetLength(0);
        var lower = new double[size, size];
        for (var row = 0; row < size; row++)
        {
            for (var column = 0; column <= row; column++)
            {
                var rest = matrix[row, column];
                for (var k = 0; k < column; k++)
                {
                    rest -= lower[row, k] * lower[column, k];
                }

                lower[row, column] = row == column ? Math.Sqrt(rest) : rest / lower[column, column];
            }
        }

        return lower;
    }

    /// <summary>x with L · Lᵀ · x = right: down through L, then up through Lᵀ.</summary>
    private static double[] Solve(double[,] lower, double[] right)
    {
        var x = right.ToArray();
        for (var row = 0; row < x.Length; row++)
        {
            for (var k = 0; k < row; k++)
            {
                x[row] -= lower[row, k] * x[k];
            }

            x[row] /= lower[row, row];
        }

        for (var row = x.Length - 1; row >= 0; row--)
        {
            for (var k = row + 1; k < x.Length; k++)
            {
                x[row] -= lower[k, row] * x[k];
            }

            x[row] /= lower[row, row];
        }

        return x;
    }

    private static double Logistic(double sum) => 1 / (1 + Math.Exp(-sum));

    private static double Dot(double[] left, double[] right)
    {
        var sum = 0.0;
        for (var i = 0; i < left.Length; i++)
        {
            sum += left[i] * right[i];
        }

        return sum;
    }
}

namespace OpsChat.Understanding;

/// <summary>A judged guess: the evidence that was there, and whether the guess was right.</summary>
/// <param name="Weight">How often such a message comes, compared with one that a playbook is for.</param>
internal sealed record JudgedGuess(Evidence Evidence, bool IsRight, double Weight);

/// <summary>Turns evidence into the probability that the issue is right: a logistic function of the evidence's weighted sum.</summary>
internal sealed class ConfidenceModel
{
    /// <summary>
    /// What the evidence is worth before a shop's own examples are seen, in the order of <see cref="Evidence.Names"/>. Fitted to guesses
    /// on examples held out of public sets, among them examples of whole issues held out (messages that no playbook is for), and
    /// rounded. The weight of a negation that the examples lack ("option not showing") is a judgement, as such
    /// messages are missing in examples by nature.
    /// </summary>
    private static readonly double[] Prior = [-2, 1.05, 0.6, 1.05, -0.7, 1.05, -1, 0.55, 0.7, 1.1];

    // How many guesses the prior is worth: with few examples it decides, with many the shop's own do.
    private const double PriorStrength = 10;
    private const int NewtonSteps = 12;

    private readonly double[] weights;

    private ConfidenceModel(double[] weights) => this.weights = weights;

    /// <summary>The weights of <see cref="Evidence.Names"/>.</summary>
    public IReadOnlyList<double> Weights => weights;

    /// <summary>0 to 1.</summary>
    public double Confidence(Evidence evidence) => 1 / (1 + Math.Exp(-Dot(weights, evidence.Values)));

    /// <summary>
    /// The most probable weights given the guesses and the prior: logistic regression with a Gaussian prior, by Newton's method
    /// (Hastie, Tibshirani and Friedman, "The Elements of Statistical Learning", section 4.4.1).
    /// </summary>
    public static ConfidenceModel Fit(IReadOnlyList<JudgedGuess> guesses)
    {
        var fitted = Prior.ToArray();
        for (var step = 0; step < NewtonSteps; step++)
        {
            var gradient = new double[fitted.Length];
            var curvature = new double[fitted.Length, fitted.Length];
            for (var i = 0; i < fitted.Length; i++)
            {
                gradient[i] = PriorStrength * (Prior[i] - fitted[i]);
                curvature[i, i] = PriorStrength;
            }

            foreach (var guess in guesses)
            {
                Add(guess, fitted, gradient, curvature);
            }

            var move = Solve(curvature, gradient);
            fitted = [.. fitted.Zip(move, (weight, by) => weight + by)];
        }

        return new ConfidenceModel(fitted);
    }

    private static void Add(JudgedGuess guess, double[] weights, double[] gradient, double[,] curvature)
    {
        var values = guess.Evidence.Values;
        var probability = 1 / (1 + Math.Exp(-Dot(weights, values)));
        var error = guess.Weight * ((guess.IsRight ? 1 : 0) - probability);
        var spread = guess.Weight * probability * (1 - probability);
        for (var i = 0; i < values.Length; i++)
        {
            gradient[i] += error * values[i];
            for (var j = 0; j < values.Length; j++)
            {
                curvature[i, j] += spread * values[i] * values[j];
            }
        }
    }

    /// <summary>x with matrix · x = right, by Cholesky's decomposition; the matrix is symmetric and positive, as the prior makes it.</summary>
    private static double[] Solve(double[,] matrix, double[] right)
    {
        var n = right.Length;
        var lower = new double[n, n];
        for (var row = 0; row < n; row++)
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

        var x = right.ToArray();
        for (var row = 0; row < n; row++)
        {
            for (var k = 0; k < row; k++)
            {
                x[row] -= lower[row, k] * x[k];
            }

            x[row] /= lower[row, row];
        }

        for (var row = n - 1; row >= 0; row--)
        {
            for (var k = row + 1; k < n; k++)
            {
                x[row] -= lower[k, row] * x[k];
            }

            x[row] /= lower[row, row];
        }

        return x;
    }

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

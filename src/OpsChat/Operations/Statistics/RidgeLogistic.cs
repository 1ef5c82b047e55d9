namespace OpsChat.Operations.Statistics;

/// <summary>
/// Logistic regression with a ridge penalty on standardised features, fitted by Newton's method (OPERATIONS F8). The bias is not
/// penalised.
/// </summary>
public sealed class RidgeLogistic
{
    private const int MostSteps = 50;

    private readonly double[] _mean;
    private readonly double[] _deviation;

    private RidgeLogistic(double[] mean, double[] deviation, double[] weights) => (_mean, _deviation, Weights) = (mean, deviation, weights);

    /// <summary>Bias first, then one weight for each standardised feature.</summary>
    public IReadOnlyList<double> Weights { get; }

    /// <summary>The chance of <c>true</c>, 0 to 1.</summary>
    public double Chance(ReadOnlySpan<double> row)
    {
        var z = Weights[0];
        for (var j = 0; j < row.Length; j++)
        {
            z += Weights[j + 1] * (row[j] - _mean[j]) / _deviation[j];
        }

        return Logistic(z);
    }

    /// <param name="rows">Feature rows of equal length, at least one.</param>
    /// <param name="outcomes">Whether each came true.</param>
    /// <param name="penalty">L2.</param>
    public static RidgeLogistic Fit(IReadOnlyList<double[]> rows, IReadOnlyList<bool> outcomes, double penalty = 1)
    {
        var width = rows[0].Length;
        var (mean, deviation) = Scale(rows, width);
        var scaled = rows.Select(row => Standardised(row, mean, deviation)).ToArray();
        var weights = new double[width + 1];
        for (var step = 0; step < MostSteps; step++)
        {
            var (gradient, hessian) = Slope(scaled, outcomes, weights, penalty);
            var move = Solve(hessian, gradient);
            var largest = 0.0;
            for (var j = 0; j <= width; j++)
            {
                weights[j] += move[j];
                largest = Math.Max(largest, Math.Abs(move[j]));
            }

            if (largest < 1e-9)
            {
                break;
            }
        }

        return new(mean, deviation, weights);
    }

    private static (double[] Mean, double[] Deviation) Scale(IReadOnlyList<double[]> rows, int width)
    {
        var (mean, deviation) = (new double[width], new double[width]);
        for (var j = 0; j < width; j++)
        {
            mean[j] = rows.Average(row => row[j]);
            var variance = rows.Average(row => (row[j] - mean[j]) * (row[j] - mean[j]));
            deviation[j] = variance > 1e-18 ? Math.Sqrt(variance) : 1;
        }

        return (mean, deviation);
    }

    private static double[] Standardised(double[] row, double[] mean, double[] deviation)
    {
        var scaled = new double[row.Length + 1];
        scaled[0] = 1;
        for (var j = 0; j < row.Length; j++)
        {
            scaled[j + 1] = (row[j] - mean[j]) / deviation[j];
        }

        return scaled;
    }

    private static (double[] Gradient, double[,] Hessian) Slope(double[][] rows, IReadOnlyList<bool> outcomes, double[] weights, double penalty)
    {
        var size = weights.Length;
        var (gradient, hessian) = (new double[size], new double[size, size]);
        for (var i = 0; i < rows.Length; i++)
        {
            var row = rows[i];
            var z = 0.0;
            for (var j = 0; j < size; j++)
            {
                z += weights[j] * row[j];
            }

            var chance = Logistic(z);
            var (miss, curve) = ((outcomes[i] ? 1 : 0) - chance, Math.Max(chance * (1 - chance), 1e-12));
            for (var j = 0; j < size; j++)
            {
                gradient[j] += miss * row[j];
                for (var k = 0; k <= j; k++)
                {
                    hessian[j, k] += curve * row[j] * row[k];
                }
            }
        }

        for (var j = 0; j < size; j++)
        {
            if (j > 0)
            {
                gradient[j] -= penalty * weights[j];
                hessian[j, j] += penalty;
            }

            for (var k = j + 1; k < size; k++)
            {
                hessian[j, k] = hessian[k, j];
            }
        }

        return (gradient, hessian);
    }

    /// <summary>Gauss's elimination with the largest pivot.</summary>
    private static double[] Solve(double[,] matrix, double[] right)
    {
        var size = right.Length;
        var (a, x) = ((double[,])matrix.Clone(), (double[])right.Clone());
        for (var column = 0; column < size; column++)
        {
            var pivot = column;
            for (var row = column + 1; row < size; row++)
            {
                pivot = Math.Abs(a[row, column]) > Math.Abs(a[pivot, column]) ? row : pivot;
            }

            Swap(a, x, column, pivot);
            for (var row = column + 1; row < size; row++)
            {
                var share = a[row, column] / a[column, column];
                x[row] -= share * x[column];
                for (var k = column; k < size; k++)
                {
                    a[row, k] -= share * a[column, k];
                }
            }
        }

        for (var row = size - 1; row >= 0; row--)
        {
            for (var k = row + 1; k < size; k++)
            {
                x[row] -= a[row, k] * x[k];
            }

            x[row] /= a[row, row];
        }

        return x;
    }

    private static void Swap(double[,] a, double[] x, int one, int other)
    {
        if (one == other)
        {
            return;
        }

        for (var k = 0; k < x.Length; k++)
        {
            (a[one, k], a[other, k]) = (a[other, k], a[one, k]);
        }

        (x[one], x[other]) = (x[other], x[one]);
    }

    private static double Logistic(double z) => 1 / (1 + Math.Exp(-z));
}

using System.Numerics;

namespace OpsChat.Understanding;

/// <summary>
/// Turns the encoder's vectors so that directions in which the examples of one issue differ among themselves count less, and those in which issues
/// differ count more: a linear discriminant of the shop's own. The spread within the issues is mixed with an even one, as a shop has fewer examples
/// than a vector has numbers (Friedman, "Regularized discriminant analysis", 1989).
/// </summary>
internal sealed class Whitening
{
    /// <summary>The share of the even spread.</summary>
    private const float Shrinkage = 0.7f;

    /// <summary>Of a shop with one example an issue no spread is known: then all directions count alike.</summary>
    private const float SmallestSpread = 1e-6f;

    /// <summary>The lower triangle L with L · Lᵀ = spread, row by row; each row has room for whole vectors.</summary>
    private readonly float[][] lower;

    /// <param name="labels">For each vector its issue's index.</param>
    public Whitening(float[][] vectors, int[] labels) => lower = Cholesky(Spread(vectors, labels));

    /// <summary>The turned vector, of length 1.</summary>
    public float[] Of(float[] vector)
    {
        var turned = new float[vector.Length];
        var square = 0f;
        for (var row = 0; row < turned.Length; row++)
        {
            turned[row] = (vector[row] - Dot(lower[row], turned, row)) / lower[row][row];
            square += turned[row] * turned[row];
        }

        var length = MathF.Sqrt(square);
        return length > 0 ? Array.ConvertAll(turned, value => value / length) : turned;
    }

    /// <summary>The covariance within the issues, with its mean variance mixed in. The lower triangle only.</summary>
    private static float[][] Spread(float[][] vectors, int[] labels)
    {
        var size = vectors[0].Length;
        var spread = Enumerable.Range(0, size).Select(_ => new float[size]).ToArray();
        var means = vectors.Zip(labels).GroupBy(pair => pair.Second, pair => pair.First).ToDictionary(issue => issue.Key, issue => Mean([.. issue]));
        var difference = new float[size];
        for (var i = 0; i < vectors.Length; i++)
        {
            var mean = means[labels[i]];
            for (var row = 0; row < size; row++)
            {
                difference[row] = vectors[i][row] - mean[row];
            }

            for (var row = 0; row < size; row++)
            {
                AddScaled(difference, difference[row], spread[row], row + 1);
            }
        }

        var even = Math.Max(SmallestSpread, Enumerable.Range(0, size).Average(row => spread[row][row] / vectors.Length));
        for (var row = 0; row < size; row++)
        {
            for (var column = 0; column <= row; column++)
            {
                spread[row][column] = ((1 - Shrinkage) * spread[row][column] / vectors.Length) + (row == column ? Shrinkage * even : 0);
            }
        }

        return spread;
    }

    private static float[] Mean(float[][] vectors)
    {
        var mean = new float[vectors[0].Length];
        foreach (var vector in vectors)
        {
            AddScaled(vector, 1f / vectors.Length, mean, mean.Length);
        }

        return mean;
    }

    private static float[][] Cholesky(float[][] matrix)
    {
        var triangle = Array.ConvertAll(matrix, row => new float[row.Length]);
        for (var row = 0; row < matrix.Length; row++)
        {
            for (var column = 0; column <= row; column++)
            {
                var rest = matrix[row][column] - Dot(triangle[row], triangle[column], column);
                triangle[row][column] = row == column ? MathF.Sqrt(MathF.Max(rest, Shrinkage * SmallestSpread)) : rest / triangle[column][column];
            }
        }

        return triangle;
    }

    /// <summary>Of the first numbers of both.</summary>
    private static float Dot(float[] left, float[] right, int count)
    {
        var (sums, at) = (Vector<float>.Zero, 0);
        for (; at <= count - Vector<float>.Count; at += Vector<float>.Count)
        {
            sums += new Vector<float>(left, at) * new Vector<float>(right, at);
        }

        var sum = Vector.Sum(sums);
        for (; at < count; at++)
        {
            sum += left[at] * right[at];
        }

        return sum;
    }

    private static void AddScaled(float[] source, float scale, float[] target, int count)
    {
        var at = 0;
        for (; at <= count - Vector<float>.Count; at += Vector<float>.Count)
        {
            (new Vector<float>(target, at) + (new Vector<float>(source, at) * scale)).CopyTo(target, at);
        }

        for (; at < count; at++)
        {
            target[at] += source[at] * scale;
        }
    }
}

using OpsChat.Understanding;

namespace OpsChat.Tests.Understanding;

public class Turned_vectors
{
    /// <summary>Two issues that differ in the first number; the examples of each differ among themselves in the second.</summary>
    private static readonly float[][] s_vectors = [Unit(0.5f, 0.9f), Unit(0.5f, -0.9f), Unit(-0.5f, 0.9f), Unit(-0.5f, -0.9f)];

    private static readonly Whitening s_whitening = new(s_vectors, [0, 0, 1, 1]);

    [Fact]
    public void of_one_issue_lie_nearer_together_than_before_and_those_of_two_farther_apart()
    {
        var turned = s_vectors.Select(s_whitening.Of).ToArray();

        Cosine(turned[0], turned[1]).Should().BeGreaterThan(Cosine(s_vectors[0], s_vectors[1]));
        Cosine(turned[0], turned[2]).Should().BeLessThan(Cosine(s_vectors[0], s_vectors[2]));
    }

    [Fact]
    public void have_the_length_1() => s_vectors.Select(s_whitening.Of).Should().OnlyContain(vector => Math.Abs(Cosine(vector, vector) - 1) < 1e-5);

    [Fact]
    public void of_one_example_an_issue_are_as_before() =>
        Cosine(new Whitening(s_vectors, [0, 1, 2, 3]).Of(s_vectors[0]), s_vectors[0]).Should().BeApproximately(1, 1e-5f);

    private static float[] Unit(float first, float second)
    {
        var length = MathF.Sqrt((first * first) + (second * second));
        return [first / length, second / length];
    }

    private static float Cosine(float[] left, float[] right) => left.Zip(right, (l, r) => l * r).Sum();
}

namespace OpsChat.Understanding;

/// <summary>A text as the learners see it.</summary>
/// <param name="Vector">The encoder's; null when it is not asked.</param>
internal sealed record EncodedText(TextFeatures Features, float[]? Vector)
{
    /// <summary>The same text without the encoder.</summary>
    public EncodedText ByWords => this with { Vector = null };
}

/// <summary>An example phrase of an issue.</summary>
/// <param name="Issue">The issue's index.</param>
/// <param name="IsKnownToEncoder">Whether the encoder would be asked about such a text.</param>
internal sealed record LabelledText(EncodedText Text, int Issue, bool IsKnownToEncoder);

/// <summary>What speaks for one issue being what a text is about; the input of <see cref="ConfidenceModel"/>.</summary>
/// <param name="Values"> Always 1; the learners' mean score; ln of the issue's softmax share; how much nearer its nearest example is than any
/// other issue's; the share of the text that no example has; the share that the issue's examples have; 1 − the share of its examples that deny
/// something, when the text does; ln(1 + words); the lead over the next issue by words; the same by letters. Where the encoder was asked, also:
/// the lead by sentence; the cosine with the issue's nearest example; how much nearer that is than any other issue's; minus the cosine with the
/// nearest text about nothing. </param>
internal sealed record IssueEvidence(int Issue, double[] Values)
{
    /// <summary>One for each of <see cref="Values"/>, for explanations.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "base", "score", "share", "nearer by words", "unknown words", "known to the issue", "denies", "length", "lead by words", "lead by letters",
        "lead by sentence", "nearness", "nearer by sentence", "far from chat",
    ];
}

/// <summary>
/// Everything learned from one set of examples: a learner that looks at words and their meanings, a learner that looks at letters (and so
/// forgives misspelling), one that looks at the encoder's vector of the whole sentence (and so knows other words for the same), and the examples
/// themselves. Where the learners and the nearest example agree, the issue is likely right.
/// </summary>
internal sealed class IssueModel
{
    private const double Sharpness = 3;

    // Found by trial on public sets of shop, bank and assistant messages; the figures change little around these values.
    private static readonly FeatureWeights ByWords =
        new(Word: 0.5f, Pair: 0.4f, Meaning: 1, MeaningPair: 0.6f, Together: 0.6f, RarityPower: 0.6f, Unknown: 0.6f);

    private static readonly FeatureWeights ByLetters = new(Letters: 1, RarityPower: 0.6f, Unknown: 0.6f);
    private static readonly FeatureWeights ByMeaning = new(Meaning: 1, MeaningPair: 0.5f);

    private readonly int issues;
    private readonly (FeatureSpace Space, LinearIssueLearner Learner) words, letters;
    private readonly FeatureSpace meanings;
    private readonly ExampleIndex index;
    private readonly SentenceModel? sentences;
    private readonly double[] negatedShare;

    /// <param name="examples">All with a vector or all without: then the encoder's part stays out.</param>
    /// <param name="background">Texts that are about no issue at all: a class of its own that competes with the issues and is never chosen.</param>
    public IssueModel(IReadOnlyList<LabelledText> examples, int issues, IReadOnlyList<EncodedText> background, int seed)
    {
        this.issues = issues;
        TextFeatures[] texts = [.. examples.Select(example => example.Text.Features)];
        int[] labels = [.. examples.Select(example => example.Issue)];
        TextFeatures[] allTexts = [.. texts, .. background.Select(text => text.Features)];
        int[] allLabels = [.. labels, .. Enumerable.Repeat(issues, background.Count)];
        words = Learn(allTexts, allLabels, issues + 1, ByWords, seed);
        letters = Learn(allTexts, allLabels, issues + 1, ByLetters, seed);
        meanings = new FeatureSpace(texts, ByMeaning);
        index = new ExampleIndex([.. texts.Select(meanings.Vector)], labels, meanings.Size, issues);
        float[][] vectors = [.. examples.Select(example => example.Text).Concat(background).Select(text => text.Vector).OfType<float[]>()];
        sentences = vectors.Length == allTexts.Length ? new SentenceModel(vectors, allLabels, issues, seed) : null;
        negatedShare = new double[issues];
        foreach (var issue in examples.GroupBy(example => example.Issue))
        {
            negatedShare[issue.Key] = issue.Average(example => example.Text.Features.IsNegated ? 1 : 0);
        }
    }

    private static (FeatureSpace, LinearIssueLearner) Learn(TextFeatures[] texts, int[] labels, int classes, FeatureWeights weights, int seed)
    {
        var space = new FeatureSpace(texts, weights);
        return (space, LinearIssueLearner.Train([.. texts.Select(space.Vector)], labels, space.Size, classes, seed));
    }

    /// <summary>The issues that a text may be about, best first, each with its evidence.</summary>
    /// <param name="most">How many issues at most; at least 1.</param>
    /// <param name="nearest">Filled with the nearest examples, best first: in meaning when the text has a vector, else in words.</param>
    public IssueEvidence[] Rank(EncodedText text, int most, Span<(int Example, float Similarity)> nearest)
    {
        var sentence = text.Vector is { } vector ? sentences?.Read(vector, nearest) : null;
        var near = meanings.Vector(text.Features);
        var nearness = index.NearestByIssue(near, sentence is null ? nearest : stackalloc (int, float)[1]);
        var byWords = Scores(words, text.Features);
        var byLetters = Scores(letters, text.Features);
        var scores = sentence is null ? Mean(byWords, byLetters) : Mean(byWords, byLetters, sentence.Scores);
        var logTotal = LogSumExp(scores);
        var unknown = 1 - Math.Min(1, near.SquaredLength);
        return [.. Best(scores, most).Select(issue => new IssueEvidence(issue,
            [
                1,
                scores[issue],
                (Sharpness * scores[issue]) - logTotal,
                Lead(nearness, issue, issues),
                unknown,
                index.Covered(near, issue),
                text.Features.IsNegated ? 1 - negatedShare[issue] : 0,
                Math.Log(1 + text.Features.Tokens.Count),
                Lead(byWords, issue, issues),
                Lead(byLetters, issue, issues),
                .. sentence is null ? [] : BySentence(sentence, issue),
            ]))];
    }

    private double[] BySentence(SentenceScores sentence, int issue) =>
    [
        Lead(sentence.Scores, issue, issues),
        sentence.Nearness[issue],
        Lead(sentence.Nearness, issue, issues),
        -sentence.Nearness[issues],
    ];

    /// <summary>For each word of the text how much it speaks for <paramref name="issue"/>.</summary>
    public double[] Weigh(TextFeatures text, int issue)
    {
        var weights = new double[text.Tokens.Count];
        foreach (var (space, learner) in new[] { words, letters })
        {
            var vector = space.Vector(text);
            for (var i = 0; i < vector.Ids.Length; i++)
            {
                weights[vector.Tokens[i]] += vector.Values[i] * learner.Weight(vector.Ids[i], issue) / 2;
            }
        }

        return weights;
    }

    private static float[] Scores((FeatureSpace Space, LinearIssueLearner Learner) learned, TextFeatures text)
    {
        var scores = new float[learned.Learner.Room];
        learned.Learner.Score(learned.Space.Vector(text), scores);
        return scores;
    }

    private static float[] Mean(params ReadOnlySpan<float[]> scores)
    {
        var mean = new float[scores[0].Length];
        foreach (var learner in scores)
        {
            for (var i = 0; i < mean.Length; i++)
            {
                mean[i] += learner[i] / scores.Length;
            }
        }

        return mean;
    }

    private IEnumerable<int> Best(float[] scores, int most) =>
        Enumerable.Range(0, issues).OrderByDescending(issue => scores[issue]).Take(most);

    /// <summary>How far the issue's value lies above the best other issue's.</summary>
    private static double Lead(float[] values, int issue, int issues)
    {
        var other = issues == 1 ? 0 : float.NegativeInfinity;
        for (var i = 0; i < issues; i++)
        {
            other = i == issue ? other : MathF.Max(other, values[i]);
        }

        return values[issue] - other;
    }

    /// <summary>ln Σ exp(sharpness · score) over the issues and the background; the scores' share of it is a softmax.</summary>
    private double LogSumExp(float[] scores)
    {
        var highest = scores.AsSpan(0, issues + 1).ToArray().Max();
        var sum = 0.0;
        for (var issue = 0; issue <= issues; issue++)
        {
            sum += Math.Exp(Sharpness * (scores[issue] - highest));
        }

        return (Sharpness * highest) + Math.Log(sum);
    }
}

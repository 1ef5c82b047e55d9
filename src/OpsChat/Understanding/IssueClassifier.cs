namespace OpsChat.Understanding;

/// <summary>What one playbook teaches about its issue.</summary>
/// <param name="Issue">Playbook name.</param>
/// <param name="Description">The prose of the Issue Type section.</param>
/// <param name="Phrases">Example phrases, as customers would write them.</param>
public sealed record IssueExamples(string Issue, string Description, IReadOnlyList<string> Phrases);

/// <param name="ErrorBudget">The share of answered messages that may go to the wrong playbook; from 0.001 to 0.5, default 0.05.</param>
/// <param name="Seed">For the order of training and the folds of cross-validation: the same examples give the same classifier.</param>
public sealed record ClassifierOptions(double ErrorBudget = 0.05, int Seed = 1);

/// <summary>What a message is about, and why.</summary>
/// <param name="Issues">Best first, at most five.</param>
public sealed record Classification(
    IReadOnlyList<IssueScore> Issues, IReadOnlyList<NearExample> NearExamples, IReadOnlyList<WeighedWord> Words)
{
    public static Classification Nothing { get; } = new([], [], []);
}

/// <summary>Two playbooks whose examples are taken for each other.</summary>
/// <param name="Phrases">The examples of <paramref name="Issue"/> that look like <paramref name="TakenFor"/>.</param>
public sealed record Confusion(string Issue, string TakenFor, IReadOnlyList<string> Phrases);

/// <summary>Tells which playbook a message is about, and how sure that is. Immutable and thread-safe; the same examples give the same classifier.</summary>
public sealed class IssueClassifier
{
    private const int MostIssues = 5, MostNearExamples = 3, MostWords = 6;

    private readonly string[] issues;
    private readonly (int Issue, string Phrase)[] examples;
    private readonly FeatureSpace space;
    private readonly ExampleIndex index;
    private readonly LinearIssueLearner learner;

    private IssueClassifier(IReadOnlyList<IssueExamples> playbooks, ClassifierOptions options)
    {
        issues = [.. playbooks.Select(playbook => playbook.Issue)];
        examples = [.. playbooks.SelectMany((playbook, issue) => playbook.Phrases.Distinct().Select(phrase => (issue, phrase)))];
        var tokens = examples.Select(example => Tokens.Of(example.Phrase)).ToList();
        space = new FeatureSpace(tokens);
        var vectors = tokens.ConvertAll(space.Vector);
        index = new ExampleIndex(vectors, space.Count);
        learner = LinearIssueLearner.Train(
            vectors, [.. examples.Select(example => example.Issue)], space.Count, issues.Length, cost: 1, positiveCost: 1, rounds: 12, options.Seed);
        Threshold = 0.6;
    }

    /// <summary>The confidence from which a playbook is chosen; 0 to 1.</summary>
    public double Threshold { get; }

    public IReadOnlyList<Confusion> Confusions { get; } = [];

    public static IssueClassifier Train(IReadOnlyList<IssueExamples> issues, ClassifierOptions options) => new(issues, options);

    public Classification Classify(string text)
    {
        var tokens = Tokens.Of(text);
        if (issues.Length == 0 || tokens.Count == 0)
        {
            return Classification.Nothing;
        }

        var vector = space.Vector(tokens);
        var scores = new float[learner.Room];
        learner.Score(vector, scores);
        var best = Enumerable.Range(0, issues.Length).OrderByDescending(issue => scores[issue]).Take(MostIssues).ToArray();
        return new Classification(
            [.. best.Select(issue => new IssueScore(issues[issue], 1 / (1 + Math.Exp(-3 * scores[issue]))))],
            Nearest(vector),
            Weighed(vector, tokens, best[0]));
    }

    /// <summary>The best issue, or null when its confidence is below <see cref="Threshold"/>: nobody guesses.</summary>
    public string? Choose(Classification classification) =>
        classification.Issues is [var best, ..] && best.Confidence >= Threshold ? best.Issue : null;

    private NearExample[] Nearest(TextVector vector)
    {
        var similarities = index.Similarities(vector);
        return [.. similarities.Select((similarity, example) => (similarity, example))
            .OrderByDescending(pair => pair.similarity).Take(MostNearExamples).Where(pair => pair.similarity > 0)
            .Select(pair => new NearExample(issues[examples[pair.example].Issue], examples[pair.example].Phrase, pair.similarity))];
    }

    private WeighedWord[] Weighed(TextVector vector, List<string> tokens, int issue)
    {
        var weights = new double[tokens.Count];
        for (var i = 0; i < vector.Ids.Length; i++)
        {
            weights[vector.Tokens[i]] += vector.Values[i] * learner.Weight(vector.Ids[i], issue);
        }

        return [.. tokens.Zip(weights, (word, weight) => new WeighedWord(word, Math.Round(weight, 3)))
            .OrderByDescending(word => Math.Abs(word.Weight)).Take(MostWords)];
    }
}

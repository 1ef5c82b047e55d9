namespace OpsChat.Understanding;

/// <summary>What one playbook teaches about its issue.</summary>
/// <param name="Issue">Playbook name.</param>
/// <param name="Description">The prose of the Issue Type section.</param>
/// <param name="Phrases">Example phrases, as customers would write them.</param>
public sealed record IssueExamples(string Issue, string Description, IReadOnlyList<string> Phrases);

/// <param name="ErrorBudget">The share of answered messages that may go to the wrong playbook; from 0.001 to 0.5, default 0.05.</param>
/// <param name="Seed">For the order of training: the same examples and seed give the same classifier.</param>
public sealed record ClassifierOptions(double ErrorBudget = 0.05, int Seed = 1);

/// <summary>What a message is about, and why.</summary>
/// <param name="Issues">Best first, at most five, confidences calibrated. Empty when no issue is known or the message has no words.</param>
/// <param name="NearExamples">At most three, nearest first.</param>
/// <param name="Words">The words that counted most for the best issue (or against it: negative), at most six.</param>
public sealed record Classification(
    IReadOnlyList<IssueScore> Issues, IReadOnlyList<NearExample> NearExamples, IReadOnlyList<WeighedWord> Words)
{
    public static Classification Nothing { get; } = new([], [], []);
}

/// <summary>Two playbooks whose examples are taken for each other.</summary>
/// <param name="Phrases">The examples of <paramref name="Issue"/> that look like <paramref name="TakenFor"/>.</param>
public sealed record Confusion(string Issue, string TakenFor, IReadOnlyList<string> Phrases);

/// <summary>
/// Tells which playbook a message is about, and how sure that is. Trained in memory from the playbooks' examples; immutable and
/// thread-safe; the same examples give the same classifier.
/// </summary>
/// <remarks>
/// How a message gets its confidence: its slips of the fingers are undone (<see cref="Spelling"/>), it is cut into features (<see cref="TextFeatures"/>); two learners and the nearest examples rank the issues
/// and give evidence for each (<see cref="IssueModel"/>); the evidence is weighed (<see cref="ConfidenceModel"/>) as cross-validation on the
/// playbooks' own examples taught (<see cref="CrossValidation"/>), which also sets the threshold.
/// </remarks>
public sealed class IssueClassifier
{
    private const int MostIssues = 5, MostNearExamples = 3, MostWords = 6;

    private const double SureClause = 0.45, OtherIssue = 0.1;

    private readonly string[] issues;
    private readonly string[] phrases;
    private readonly LabelledText[] examples;
    private readonly HashSet<string> wholeExamples;
    private readonly Spelling spelling;
    private readonly IssueModel model;
    private readonly ConfidenceModel confidence;
    private readonly Lazy<IReadOnlyList<Confusion>> confusions;

    private IssueClassifier(IReadOnlyList<IssueExamples> playbooks, ClassifierOptions options)
    {
        issues = [.. playbooks.Select(playbook => playbook.Issue)];
        var labelled = playbooks.SelectMany((playbook, issue) => Phrases(playbook).Select(phrase => (Phrase: phrase, Issue: issue))).ToList();
        phrases = [.. labelled.Select(pair => pair.Phrase)];
        spelling = new Spelling(labelled.SelectMany(pair => Tokens.Of(pair.Phrase)));
        examples = [.. labelled.Select(pair => new LabelledText(TextFeatures.Of(pair.Phrase), pair.Issue))];
        wholeExamples = [.. examples.Select(example => string.Join(' ', example.Text.Tokens))];
        (IssueModel? whole, IReadOnlyList<JudgedGuess> guesses) = (null, []);
        Parallel.Invoke(
            () => whole = new IssueModel(examples, issues.Length, BackgroundChat.Texts, options.Seed),
            () => guesses = CrossValidation.WithUnknownIssues(examples, issues.Length, BackgroundChat.Texts, options.Seed));
        model = whole!;
        confidence = ConfidenceModel.Fit(guesses);
        Threshold = ConfidenceThreshold.Within(options.ErrorBudget, [.. guesses.Select(guess => (confidence.Confidence(guess.Evidence), guess.Weight))]);
        confusions = new(() => FindConfusions(options.Seed));
    }

    /// <summary>The confidence from which a playbook is chosen; 0 to 1.</summary>
    public double Threshold { get; }

    /// <summary>Which playbooks are taken for which others, most phrases first. Found by cross-validation on first use (some training times long).</summary>
    public IReadOnlyList<Confusion> Confusions => confusions.Value;

    public static IssueClassifier Train(IReadOnlyList<IssueExamples> issues, ClassifierOptions options) => new(issues, options);

    public Classification Classify(string text)
    {
        var features = TextFeatures.Of(text, spelling);
        if (examples.Length == 0 || features.Tokens.Count == 0)
        {
            return Classification.Nothing;
        }

        var nearest = new (int Example, float Similarity)[MostNearExamples];
        var ranked = model.Rank(features, MostIssues, nearest);
        return new Classification(
            [.. ranked.Select(evidence => new IssueScore(issues[evidence.Issue], confidence.Confidence(evidence))).OrderByDescending(score => score.Confidence)],
            [.. nearest.Where(near => near.Similarity > 0).Select(near => new NearExample(issues[examples[near.Example].Issue], phrases[near.Example], Math.Min(1, near.Similarity)))],
            Words(features, ranked[0].Issue));
    }

    /// <summary>The best issue, or null when its confidence is below <see cref="Threshold"/>: nobody guesses.</summary>
    public string? Choose(Classification classification) =>
        classification.Issues is [var best, ..] && best.Confidence >= Threshold ? best.Issue : null;

    /// <summary>Whether the text is, word for word, an example of a playbook: then even "thank you" is an issue.</summary>
    public bool IsExample(string text) => wholeExamples.Contains(string.Join(' ', Tokens.Of(text)));

    /// <summary>
    /// The issues of a message that is about more than one, else empty: two clauses that are each about another issue, and each hardly about the
    /// other's. A long message about one thing does not fall apart by that.
    /// </summary>
    public IReadOnlyList<string> SeveralIssues(string text)
    {
        var found = Clauses.Of(text).Select(Classify).Where(clause => clause.Issues is [var best, ..] && best.Confidence >= SureClause).ToList();
        string[] several = [.. found.Select(clause => clause.Issues[0].Issue).Distinct()];
        return several.Length > 1 && several.All(issue => found.TrueForAll(clause => clause.Issues[0].Issue == issue || Confidence(clause, issue) < OtherIssue))
            ? several : [];
    }

    private static double Confidence(Classification clause, string issue) =>
        clause.Issues.FirstOrDefault(score => score.Issue == issue)?.Confidence ?? 0;

    /// <summary>The examples, and the issue's name, which owners choose with care: "change-address" is about changing an address.</summary>
    private static IEnumerable<string> Phrases(IssueExamples playbook) =>
        playbook.Phrases.Append(playbook.Issue.Replace('-', ' ')).Where(phrase => Tokens.Of(phrase).Count > 0).Distinct(StringComparer.OrdinalIgnoreCase);

    private WeighedWord[] Words(TextFeatures features, int issue) =>
        [.. features.Tokens.Zip(model.Weigh(features, issue), (word, weight) => new WeighedWord(word, Math.Round(weight, 3)))
            .OrderByDescending(word => Math.Abs(word.Weight)).Take(MostWords)];

    private Confusion[] FindConfusions(int seed)
    {
        const int FewestPhrases = 2;
        return [.. CrossValidation.AmongKnownIssues(examples, issues.Length, BackgroundChat.Texts, seed)
            .Where(guess => guess.Guess != examples[guess.Example].Issue)
            .GroupBy(guess => (examples[guess.Example].Issue, guess.Guess), guess => phrases[guess.Example])
            .Where(pair => pair.Count() >= FewestPhrases)
            .OrderByDescending(pair => pair.Count())
            .Select(pair => new Confusion(issues[pair.Key.Issue], issues[pair.Key.Guess], [.. pair]))];
    }
}

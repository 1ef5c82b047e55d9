namespace OpsChat.Understanding;

/// <summary>What one playbook teaches about its issue.</summary>
/// <param name="Issue">Playbook name.</param>
/// <param name="Description">The prose of the Issue Type section.</param>
/// <param name="Phrases">Example phrases, as customers would write them.</param>
public sealed record IssueExamples(string Issue, string Description, IReadOnlyList<string> Phrases);

/// <param name="ErrorBudget">The share of answered messages that may go to the wrong playbook; from 0.001 to 0.5, default 0.05.</param>
/// <param name="Seed">For the order of training: the same examples and seed give the same classifier.</param>
public sealed record ClassifierOptions(double ErrorBudget = 0.05, int Seed = 1);

/// <summary>One kind of evidence for the best issue, for the explanation.</summary>
/// <param name="Weight">What it adds to the logarithm of the odds that the issue is right; negative against it.</param>
public sealed record WeighedEvidence(string Name, double Value, double Weight);

/// <summary>What a message is about, and why.</summary>
/// <param name="Issues">Best first, at most five, confidences calibrated. Empty when no issue is known or the message has no words.</param>
/// <param name="NearExamples">At most three, nearest first: in meaning when the encoder was asked, else in words.</param>
/// <param name="Words">The words that counted most for the best issue (or against it: negative), at most six.</param>
public sealed record Classification(
    IReadOnlyList<IssueScore> Issues, IReadOnlyList<NearExample> NearExamples, IReadOnlyList<WeighedWord> Words)
{
    public static Classification Nothing { get; } = new([], [], []);

    /// <summary>The confidence from which a playbook is chosen for this message; 0 to 1.</summary>
    public double Threshold { get; init; } = 1;

    /// <summary>What makes up the confidence of the best issue.</summary>
    public IReadOnlyList<WeighedEvidence> Evidence { get; init; } = [];

    /// <summary>The best issue, or null when its confidence is below the threshold: nobody guesses.</summary>
    public string? Chosen => Issues is [var best, ..] && best.Confidence >= Threshold ? best.Issue : null;

    /// <summary>What the encoder contributed, to be recorded; null when it was not asked.</summary>
    public EncoderReading? Encoder { get; init; }
}

/// <summary>Two playbooks whose examples are taken for each other.</summary>
/// <param name="Phrases">The examples of <paramref name="Issue"/> that look like <paramref name="TakenFor"/>.</param>
public sealed record Confusion(string Issue, string TakenFor, IReadOnlyList<string> Phrases);

/// <summary>
/// Tells which playbook a message is about, and how sure that is. Trained in memory from the playbooks' examples; immutable and thread-safe; the
/// same examples give the same classifier.
/// </summary>
/// <remarks>
/// How a message gets its confidence:
/// 1. Slips of the fingers are undone (<see cref="Spelling"/>) and it is cut into features (<see cref="TextFeatures"/>).
/// 2. Two learners, of words and of letters, and the nearest examples rank the issues and give evidence for each (<see cref="IssueModel"/>).
/// 3. The evidence is weighed (<see cref="ConfidenceModel"/>) as cross-validation on the playbooks' own examples taught
/// (<see cref="CrossValidation"/>), which also sets the threshold (<see cref="ConfidenceThreshold"/>) by how often a message comes to this shop that
/// no playbook is for (<see cref="UsualMatters"/>).
/// 4. Where that leaves a doubt and the encoder knows the language (<see cref="EncoderLanguages"/>), the vector of the whole sentence is asked
/// for. A third learner and the examples nearest in meaning join, and steps 2 and 3 are taken again with their evidence, by weights and a
/// threshold of their own.
/// </remarks>
public sealed class IssueClassifier
{
    private const int MostIssues = 5, MostNearExamples = 3, MostWords = 6;

    private const double SureClause = 0.45, OtherIssue = 0.1;

    // Outside of these confidences by words the encoder hardly ever changes what is done, and it takes twenty times as long.
    private const double SurelyNone = 0.004, SurelyRight = 0.98;

    // What is recorded with the turn decides: so many digits are written, and no more are used.
    private const int Digits = 6;

    private readonly string[] issues;
    private readonly string[] phrases;
    private readonly LabelledText[] examples;
    private readonly EncodedText[] background;
    private readonly HashSet<string> wholeExamples;
    private readonly Spelling spelling;
    private readonly ISentenceEncoder? encoder;
    private readonly IssueModel model;
    private readonly ConfidenceModel confidence;
    private readonly ConfidenceModel confidenceWithSentence;
    private readonly Lazy<IReadOnlyList<Confusion>> confusions;

    // A message is read when it comes in, to know whether to wait for more of it, and again when it is decided.
    private readonly RecentReadings<Classification> recent;

    private IssueClassifier(
        IReadOnlyList<IssueExamples> playbooks, ClassifierOptions options, ISentenceEncoder? encoder, IReadOnlySet<string>? correct)
    {
        issues = [.. playbooks.Select(playbook => playbook.Issue)];
        var labelled = playbooks.SelectMany((playbook, issue) => Phrases(playbook).Select(phrase => (Phrase: phrase, Issue: issue))).ToList();
        phrases = [.. labelled.Select(pair => pair.Phrase)];
        spelling = new Spelling(labelled.SelectMany(pair => Tokens.Of(pair.Phrase)), correct);
        this.encoder = phrases.Length == 0 ? null : encoder;
        examples = [.. labelled.Zip(Encoded(phrases), (pair, text) => new LabelledText(text, pair.Issue, EncoderLanguages.Know(pair.Phrase)))];
        background = Encoded(BackgroundChat.Besides(phrases));
        wholeExamples = [.. examples.Select(example => string.Join(' ', example.Text.Features.Tokens))];
        Fingerprint = TextKey.Of(string.Join('\n', [$"{options}", .. labelled.Select(pair => $"{issues[pair.Issue]}\t{pair.Phrase}")]));
        (IssueModel? whole, IReadOnlyList<JudgedText> guesses) = (null, []);
        Parallel.Invoke(
            () => whole = new IssueModel(examples, issues.Length, background, options.Seed),
            () => guesses = CrossValidation.WithUnknownIssues(examples, issues.Length, background, options.Seed));
        model = whole!;
        (confidence, confidenceWithSentence) = Fit(guesses, UsualMatters.UsualWeight);
        var outOfScope = UsualMatters.OutOfScopeWeight(model);
        var (byWords, withSentence) = Fit(guesses, outOfScope);
        JudgedText[] weighed = [.. guesses.Select(guess => guess.Weighed(outOfScope))];
        Threshold = ConfidenceThreshold.Within(
            options.ErrorBudget,
            [.. weighed.Select(guess => new ThresholdGuess(
                byWords.Confidence(guess.ByWords.Evidence), confidence.Confidence(guess.ByWords.Evidence), guess.ByWords.Weight))]
        );
        ThresholdWithSentence = ConfidenceThreshold.Within(
            options.ErrorBudget,
            [.. weighed.Where(guess => guess.WithSentence is not null).Select(guess => new ThresholdGuess(
                Cascaded(guess, byWords, withSentence), Cascaded(guess, confidence, confidenceWithSentence), guess.ByWords.Weight))]
        );
        confusions = new(() => FindConfusions(options.Seed));
        recent = new(text => ClassifyAnew(text, null));
    }

    /// <summary>The confidence from which a playbook is chosen by words and letters alone; 0 to 1.</summary>
    public double Threshold { get; }

    /// <summary>The same for a message that the encoder was asked about.</summary>
    public double ThresholdWithSentence { get; }

    /// <summary>The encoder that takes part; null when none does.</summary>
    internal ISentenceEncoder? Encoder => encoder;

    /// <summary>Whether an encoder takes part.</summary>
    public bool HasEncoder => encoder is not null;

    /// <summary>Names what was learned: the same for the same examples and options. The encoder's answers belong to it.</summary>
    public string Fingerprint { get; }

    /// <summary>Which playbooks are taken for which others, most phrases first. Found by cross-validation on first use (some training times
    /// long).</summary>
    public IReadOnlyList<Confusion> Confusions => confusions.Value;

    /// <param name="encoder">Null: words and letters decide alone.</param>
    /// <param name="correct">Words that are read as they are written, though they come near one of the examples; null for none.</param>
    public static IssueClassifier Train(
        IReadOnlyList<IssueExamples> issues, ClassifierOptions options, ISentenceEncoder? encoder = null, IReadOnlySet<string>? correct = null) =>
        new(issues, options, encoder, correct);

    /// <param name="record">The encoder's answers when the message was first decided; null: the encoder is asked.</param>
    public Classification Classify(string text, RecordedEncoder? record = null) =>
        record is null ? recent.Of(text) : ClassifyAnew(text, record);

    private Classification ClassifyAnew(string text, RecordedEncoder? record)
    {
        var features = TextFeatures.Of(text, spelling);
        if (examples.Length == 0 || features.Tokens.Count == 0)
        {
            return Classification.Nothing;
        }

        var byWords = Weigh(new(features, null), confidence) with { Threshold = Threshold };
        if (IsSure(byWords.Issues[0].Confidence) || Ask(text, features, record) is not { } reading)
        {
            return byWords;
        }

        return byWords with
        {
            Issues = reading.Issues,
            NearExamples = reading.NearExamples,
            Words = Words(features, reading.Issues[0].Issue),
            Threshold = reading.Threshold,
            Evidence = reading.Evidence,
            Encoder = reading,
        };
    }

    /// <summary>Whether the text is, word for word, an example of a playbook: then even "thank you" is an issue.</summary>
    public bool IsExample(string text) => wholeExamples.Contains(string.Join(' ', Tokens.Of(text)));

    /// <summary>What each clause is about, when there are at least two that may be about different issues; else empty.</summary>
    public IReadOnlyList<Classification> ClassifyClauses(string text, RecordedEncoder? record = null) =>
        [.. Clauses.Of(text).Select(clause => Classify(clause, record))];

    /// <summary>
    /// The issues of a message that is about more than one, else empty: two clauses that are each about another issue, and each hardly about the
    /// other's. A long message about one thing does not fall apart by that.
    /// </summary>
    public static IReadOnlyList<string> SeveralIssues(IReadOnlyList<Classification> clauses)
    {
        var found = clauses.Where(clause => clause.Issues is [var best, ..] && best.Confidence >= SureClause).ToList();
        string[] several = [.. found.Select(clause => clause.Issues[0].Issue).Distinct()];
        return
            several.Length > 1
            && several.All(issue => found.TrueForAll(clause => clause.Issues[0].Issue == issue || Confidence(clause, issue) < OtherIssue))
            ? several
            : [];
    }

    private static double Confidence(Classification clause, string issue) =>
        clause.Issues.FirstOrDefault(score => score.Issue == issue)?.Confidence ?? 0;

    /// <summary>The examples, and the issue's name, which owners choose with care: "change-address" is about changing an address.</summary>
    private static IEnumerable<string> Phrases(IssueExamples playbook) =>
        playbook
            .Phrases.Append(playbook.Issue.Replace('-', ' '))
            .Where(phrase => Tokens.Of(phrase).Count > 0)
            .Distinct(StringComparer.OrdinalIgnoreCase);

    private EncodedText[] Encoded(IReadOnlyList<string> texts)
    {
        var vectors = encoder?.EncodeOwn(texts);
        return [.. texts.Select((text, i) => new EncodedText(TextFeatures.Of(text), vectors?[i]))];
    }

    /// <summary>What is recorded is what decides: also while the encoder runs, it is used as it is written down.</summary>
    private EncoderReading? Ask(string text, TextFeatures features, RecordedEncoder? record)
    {
        if ((encoder is null && record is null) || !EncoderLanguages.Know(text))
        {
            return null;
        }

        if (record is not null)
        {
            return record.Reading(text, Fingerprint);
        }

        var found = Weigh(new(features, encoder!.Encode(Written(text, features))), confidenceWithSentence);
        return new(TextKey.Of(text), Fingerprint, found.Issues, found.NearExamples, Math.Round(ThresholdWithSentence, Digits), found.Evidence);
    }

    /// <summary>The text with its slips undone: of a misspelt word the encoder sees only pieces that mean something else.</summary>
    private static string Written(string text, TextFeatures features) =>
        Tokens.Of(text).SequenceEqual(features.Tokens) ? text : string.Join(' ', features.Tokens);

    private Classification Weigh(EncodedText text, ConfidenceModel confidences)
    {
        var nearest = new (int Example, float Similarity)[MostNearExamples];
        var ranked = model.Rank(text, MostIssues, nearest)
            .Select(evidence => (Evidence: evidence, Confidence: Math.Round(confidences.Confidence(evidence), Digits)))
            .OrderByDescending(issue => issue.Confidence).ToArray();
        return new Classification(
            [.. ranked.Select(issue => new IssueScore(issues[issue.Evidence.Issue], issue.Confidence))],
            [.. nearest.Where(near => near.Similarity > 0).Select(near =>
                new NearExample(issues[examples[near.Example].Issue], phrases[near.Example], Math.Round(Math.Min(1, near.Similarity), Digits)))],
            Words(text.Features, issues[ranked[0].Evidence.Issue]))
        {
            Evidence = confidences.Weigh(ranked[0].Evidence),
        };
    }

    private static bool IsSure(double confidenceByWords) => confidenceByWords is <= SurelyNone or >= SurelyRight;

    private static (ConfidenceModel ByWords, ConfidenceModel WithSentence) Fit(IReadOnlyList<JudgedText> guesses, double outOfScope)
    {
        JudgedText[] weighed = [.. guesses.Select(guess => guess.Weighed(outOfScope))];
        return (
            ConfidenceModel.Fit([.. weighed.Select(guess => guess.ByWords)]),
            ConfidenceModel.FitWithSentence([.. weighed.Select(guess => guess.WithSentence).OfType<JudgedGuess>()]));
    }

    /// <summary>The confidence that a held-out text would have got, as <see cref="Classify"/> goes about it.</summary>
    private static double Cascaded(JudgedText guess, ConfidenceModel byWords, ConfidenceModel withSentence)
    {
        var words = byWords.Confidence(guess.ByWords.Evidence);
        return IsSure(words) ? words : withSentence.Confidence(guess.WithSentence!.Evidence);
    }

    private WeighedWord[] Words(TextFeatures features, string issue) =>
        [.. features.Tokens.Zip(model.Weigh(features, Array.IndexOf(issues, issue)), (word, weight) => new WeighedWord(word, Math.Round(weight, 3)))
            .OrderByDescending(word => Math.Abs(word.Weight)).Take(MostWords)];

    private Confusion[] FindConfusions(int seed)
    {
        const int FewestPhrases = 2;
        return [.. CrossValidation.AmongKnownIssues(examples, issues.Length, background, seed)
            .Where(guess => guess.Guess != examples[guess.Example].Issue)
            .GroupBy(guess => (examples[guess.Example].Issue, guess.Guess), guess => phrases[guess.Example])
            .Where(pair => pair.Count() >= FewestPhrases)
            .OrderByDescending(pair => pair.Count())
            .Select(pair => new Confusion(issues[pair.Key.Issue], issues[pair.Key.Guess], [.. pair]))];
    }
}

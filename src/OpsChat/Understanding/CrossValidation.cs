namespace OpsChat.Understanding;

/// <summary>The guesses on one text that was not learned.</summary>
/// <param name="WithSentence">Null where the encoder is not asked about such a text.</param>
/// <param name="IsInScope">Whether a playbook is for it.</param>
internal sealed record JudgedText(JudgedGuess ByWords, JudgedGuess? WithSentence, bool IsInScope)
{
    /// <summary>The same where a text that no playbook is for comes so often, compared with one that a playbook is for.</summary>
    public JudgedText Weighed(double outOfScope) => IsInScope ? this : this with
    {
        ByWords = ByWords with { Weight = outOfScope },
        WithSentence = WithSentence is { } guess ? guess with { Weight = outOfScope } : null,
    };
}

/// <summary>
/// Finds out how good guesses are from the playbooks' own examples: train on some, guess the others. To learn what messages look like that no
/// playbook is for, each fold also leaves out some issues whole and guesses their examples; such a guess is always wrong.
/// </summary>
internal static class CrossValidation
{
    // Beyond this many examples a sample tells enough, in fewer folds: training stays a matter of seconds.
    private const int MostExamples = 3000, Folds = 5, FoldsOfMany = 2;

    /// <summary>Guesses on held-out examples, held-out issues and held-out background, each of the same weight.</summary>
    public static IReadOnlyList<JudgedText> WithUnknownIssues(
        IReadOnlyList<LabelledText> examples, int issues, IReadOnlyList<EncodedText> background, int seed)
    {
        var stride = ((examples.Count - 1) / MostExamples) + 1;
        var folds = stride > 1 ? FoldsOfMany : Folds;
        LabelledText[] sample = [.. examples.Where((_, example) => example % stride == 0)];
        return [.. Enumerable.Range(0, folds).AsParallel().AsOrdered().SelectMany(Fold)];

        IEnumerable<JudgedText> Fold(int fold)
        {
            bool IsUnknown(LabelledText example) => example.Issue % Folds == fold;
            var heldOut = sample.Where((example, place) => Part(place, example.Issue) == fold).ToHashSet(ReferenceEqualityComparer.Instance);
            LabelledText[] known = [.. sample.Where(example => !IsUnknown(example) && !heldOut.Contains(example))];
            var model = new IssueModel(known, issues, [.. background.Where((_, text) => text % Folds != fold)], seed);
            return known.Length == 0 ? []
                : sample.Where(example => IsUnknown(example) || heldOut.Contains(example))
                    .Select(example => Judge(model, IsUnknown(example) ? example with { Issue = -1 } : example))
                    .Concat(background.Where((_, text) => text % Folds == fold).Select(text => Judge(model, new(text, -1, true))));
        }
    }

    /// <summary>Guesses on held-out examples with all issues known: which are taken for each other.</summary>
    public static IEnumerable<(int Example, int Guess)> AmongKnownIssues(
        IReadOnlyList<LabelledText> examples, int issues, IReadOnlyList<EncodedText> background, int seed) =>
        Enumerable.Range(0, Folds).SelectMany(fold =>
        {
            bool IsHeldOut(int example) => Part(example, examples[example].Issue) == fold;
            var all = Enumerable.Range(0, examples.Count).ToArray();
            var model = new IssueModel([.. all.Where(example => !IsHeldOut(example)).Select(example => examples[example])], issues, background, seed);
            return all.Where(IsHeldOut).Select(example => (example, Guess(model, examples[example].Text, -1).Evidence.Issue)).ToArray();
        });

    /// <summary>Spreads each issue's examples over the folds, another example first for each issue.</summary>
    private static int Part(int example, int issue) => (example + (3 * issue)) % Folds;

    /// <param name="held">Its issue's index; −1 when no issue is right.</param>
    private static JudgedText Judge(IssueModel model, LabelledText held) => new(
        Guess(model, held.Text.ByWords, held.Issue),
        held.IsKnownToEncoder && held.Text.Vector is not null ? Guess(model, held.Text, held.Issue) : null,
        held.Issue >= 0);

    private static JudgedGuess Guess(IssueModel model, EncodedText text, int expected)
    {
        var nearest = new (int, float)[1];
        var evidence = model.Rank(text, 1, nearest)[0];
        return new JudgedGuess(evidence, evidence.Issue == expected, Weight: 1);
    }
}

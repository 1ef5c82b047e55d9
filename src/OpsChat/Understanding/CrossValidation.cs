namespace OpsChat.Understanding;

/// <summary>
/// Finds out how good guesses are from the playbooks' own examples: train on some, guess the others. To learn what messages look like that no
/// playbook is for, each fold also leaves out some issues whole and guesses their examples; such a guess is always wrong.
/// </summary>
internal static class CrossValidation
{
    /// <summary>
    /// How often a message that no playbook is for comes, compared with one that a playbook is for: shops see a quarter to a third of such
    /// messages, and most are farther off than an issue held out.
    /// </summary>
    private const double OutOfScopeWeight = 0.4;

    // Beyond this many examples a sample tells enough, in fewer folds: training stays a matter of seconds.
    private const int MostExamples = 3000, Folds = 5, FoldsOfMany = 2;

    /// <summary>Guesses on held-out examples, held-out issues and held-out background.</summary>
    public static IReadOnlyList<JudgedGuess> WithUnknownIssues(
        IReadOnlyList<LabelledText> examples, int issues, IReadOnlyList<TextFeatures> background, int seed)
    {
        var stride = ((examples.Count - 1) / MostExamples) + 1;
        var folds = stride > 1 ? FoldsOfMany : Folds;
        int[] sample = [.. Enumerable.Range(0, examples.Count).Where(example => example % stride == 0)];
        return [.. Enumerable.Range(0, folds).AsParallel().AsOrdered().SelectMany(fold => Fold(fold))];

        IEnumerable<JudgedGuess> Fold(int fold)
        {
            bool IsUnknown(int example) => examples[example].Issue % Folds == fold;
            bool IsHeldOut(int example) => Part(example, examples[example].Issue) == fold;
            LabelledText[] known = [.. sample.Where(example => !IsUnknown(example) && !IsHeldOut(example)).Select(example => examples[example])];
            var model = new IssueModel(known, issues, [.. background.Where((_, text) => text % Folds != fold)], seed);
            return known.Length == 0 ? []
                : sample.Where(example => IsUnknown(example) || IsHeldOut(example))
                    .Select(example => Judge(model, examples[example].Text, IsUnknown(example) ? -1 : examples[example].Issue))
                    .Concat(background.Where((_, text) => text % Folds == fold).Select(text => Judge(model, text, -1)));
        }
    }

    /// <summary>Guesses on held-out examples with all issues known: which are taken for each other.</summary>
    public static IEnumerable<(int Example, int Guess)> AmongKnownIssues(
        IReadOnlyList<LabelledText> examples, int issues, IReadOnlyList<TextFeatures> background, int seed) =>
        Enumerable.Range(0, Folds).SelectMany(fold =>
        {
            bool IsHeldOut(int example) => Part(example, examples[example].Issue) == fold;
            var all = Enumerable.Range(0, examples.Count).ToArray();
            var model = new IssueModel([.. all.Where(example => !IsHeldOut(example)).Select(example => examples[example])], issues, background, seed);
            return all.Where(IsHeldOut).Select(example => (example, Judge(model, examples[example].Text, -1).Evidence.Issue)).ToArray();
        });

    /// <summary>Spreads each issue's examples over the folds, another example first for each issue.</summary>
    private static int Part(int example, int issue) => (example + (3 * issue)) % Folds;

    /// <param name="expected">The issue's index; −1 when no issue is right.</param>
    private static JudgedGuess Judge(IssueModel model, TextFeatures text, int expected)
    {
        var nearest = new (int, float)[1];
        var evidence = model.Rank(text, 1, nearest)[0];
        return new JudgedGuess(evidence, evidence.Issue == expected, expected < 0 ? OutOfScopeWeight : 1);
    }
}

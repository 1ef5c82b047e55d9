namespace OpsChat.Understanding;

/// <summary>
/// How much of what shops' customers usually write about a set of playbooks answers. Who has a playbook for all of it seldom gets a message that is
/// near to a playbook and about something else; who has few gets many. The list is <c>Words/usual-matters.txt</c>.
/// </summary>
internal static class UsualMatters
{
    /// <summary>
    /// What is assumed of any shop, so that confidences mean the same everywhere: a quarter to a third of its messages are about something else, most
    /// of them farther off than an issue held out.
    /// </summary>
    public const double UsualWeight = 0.4;

    /// <summary>
    /// How often messages come that no playbook is for, compared with those that one is for, and that are as near as an issue held out: where none of
    /// the usual matters is covered, and where all are. The first holds the budget of wrong answers in shops simulated from public sets, a third of
    /// whose issues is unknown (with 0.4, up to 7.7 % of the answers were wrong where 5 % may be).
    /// </summary>
    private const double WhereNoneIsCovered = 0.8, WhereAllAreCovered = 0.08;

    /// <summary>One wording that a playbook takes may be chance.</summary>
    private const int FewestTaken = 2;

    private const double Taken = 0.5;

    private static readonly TextFeatures[][] s_matters =
    [
        .. WordList.Lines("usual-matters.txt")
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries).Select(text => TextFeatures.Of(text)).ToArray()),
    ];

    /// <summary>The weight of a message that no playbook is for, where one that a playbook is for weighs 1.</summary>
    public static double OutOfScopeWeight(IssueModel model)
    {
        var confidence = ConfidenceModel.Fit([]);
        var covered = s_matters.Average(matter => matter.Count(IsTaken) >= FewestTaken ? 1.0 : 0);
        // Squared: what is left out of the usual matters lies nearest to those that are covered.
        return WhereNoneIsCovered + (covered * covered * (WhereAllAreCovered - WhereNoneIsCovered));

        // A shop without examples covers nothing.
        bool IsTaken(TextFeatures text) =>
            model.Rank(new(text, null), 1, new (int, float)[1]) is [var best, ..] && confidence.Confidence(best) >= Taken;
    }
}

using OpsChat.Playbooks;
using OpsChat.Understanding;

namespace OpsChat.Decisions;

/// <summary>
/// Tells questions about money from wishes for it where the words alone cannot: "who pays the return postage" has the words of a wish, and is what
/// the owner's playbook about the written terms is for. Pure.
/// </summary>
/// <remarks>
/// Three have to agree: a playbook that moves no money was chosen by its words, and the message is hardly other than one of its examples, or the
/// learned model takes it for no wish either. The lines were drawn on 1,163 wishes and 1,081 other messages of our own in ten languages: of those
/// that such a playbook was chosen for, 13 of 23 questions are freed and no wish is lost.
/// </remarks>
static class DoubtedWish
{
    /// <summary>A similarity from 0 to 1. The nearest wish had 0.73.</summary>
    private const double OwnersExample = 0.8;

    /// <summary>Log-odds below which the learned model hears no wish. The least likely wish that terms were chosen for had 0.3; of other playbooks,
    /// which have no examples about money, more is asked.</summary>
    private const double UnlikelyOfTerms = -0.5, UnlikelyOfOthers = -2;

    /// <summary>How sure a playbook that is not about money has to be of a message with words of a wish.</summary>
    private const double Sure = 0.8;

    /// <summary>The reading, in which a doubted wish is a question about money. What only tells something ("my code does not work") is not
    /// doubted.</summary>
    public static Reading In(string text, Reading reading, PlaybookChoice choice) =>
        reading.Money is { Sense: MoneySense.Moves, IsOfDelivery: false }
        && choice.Playbook is { } playbook
        && reading.Issues is [var best, ..]
        && best.Issue == playbook.Issue
        && RequestDetector.MayAsk(text)
        && IsDoubted(reading, best, playbook.Settings.Financial)
            ? reading with { Money = reading.Money with { Sense = MoneySense.Asks } }
            : reading;

    private static bool IsDoubted(Reading reading, IssueScore best, FinancialUse financial) => financial switch
    {
        FinancialUse.Information => reading.Money.LogOdds < UnlikelyOfTerms || IsExampleOf(best.Issue, reading),
        FinancialUse.No => reading.Money.LogOdds < UnlikelyOfOthers && best.Confidence >= Sure,
        _ => false,
    };

    private static bool IsExampleOf(string issue, Reading reading) =>
        reading.NearExamples is [var nearest, ..] && nearest.Issue == issue && nearest.Similarity >= OwnersExample;
}

using OpsChat.Drafting;
using OpsChat.Playbooks;
using OpsChat.Understanding;

namespace OpsChat.Decisions;

/// <summary>What a playbook would say that comes near and was not chosen; for a person, never sent by itself.</summary>
/// <param name="Confidence">0 to 1.</param>
/// <param name="Text">Its draft, or the question that it would ask; null when neither can be rendered.</param>
public sealed record DraftGuess(Playbook Playbook, double Confidence, string? Text)
{
    private const int Most = 3;

    /// <summary>The playbooks that come nearest, best first; none where one was chosen, or where nothing is asked.</summary>
    public static IReadOnlyList<DraftGuess> Of(PlaybookChoice choice, Reading reading, PlaybookSnapshot known) =>
        choice.Playbook is not null || reading.SmallTalk != SmallTalk.None ? []
        : [.. reading.Issues.Select(issue => (Playbook: known.Playbooks.Find(issue.Issue), issue.Confidence)).Where(near => near.Playbook is not null).Take(Most).Select(near => new DraftGuess(near.Playbook!, near.Confidence, null))];

    /// <summary>The same with their drafts. Where none can be made, the greeting stands for them: a person asks what is wanted.</summary>
    public static IReadOnlyList<DraftGuess> Drafted(IReadOnlyList<DraftGuess> guesses, DraftBrief brief) =>
        [.. guesses.Select(guess => guess with { Text = TextOf(DraftWriter.Write(brief with { Playbook = guess.Playbook })) })];

    /// <summary>From here on a playbook that only asks for what it needs may do so: the question does no harm, should the guess be wrong.</summary>
    private const double MayAsk = 0.4;

    /// <summary>The best guess, where it is likely and its next step is a question; null else. Nothing is asked for the sake of money.</summary>
    public static DraftGuess? ThatAsks(IReadOnlyList<DraftGuess> guesses, DraftBrief brief) =>
        guesses is [{ Confidence: >= MayAsk } best, ..] && brief.Reading.Money.Sense != MoneySense.Moves && best.Playbook.Settings.Financial != FinancialUse.Action
        && DraftWriter.Write(brief with { Playbook = best.Playbook }) is { Question: not null } made && (made.Draft.Asks || made.Draft.Text is null)
            ? best
            : null;

    private static string? TextOf(GuardedDraft made) => made.Draft.Text ?? made.Question;
}

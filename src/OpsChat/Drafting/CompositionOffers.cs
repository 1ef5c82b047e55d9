using OpsChat.Drafting.Prompts;
using OpsChat.Playbooks;
using OpsChat.Understanding;

namespace OpsChat.Drafting;

/// <summary>Makes the offer that a model may choose from for one draft. Pure.</summary>
internal static class CompositionOffers
{
    /// <summary>Phrases in the draft's language, and further reply texts of the playbook whose condition on facts holds.</summary>
    public static CompositionOffer For(Draft draft, DraftBrief brief, PhraseBook phrases) => new(
        draft.Text!,
        [.. phrases.Phrases.Select(phrase => (phrase, Text: phrase.In(LanguageOf(draft, phrases)))).Where(found => found.Text is not null)
            .Select(found => new OfferedPhrase(found.phrase.Id, found.phrase.Kind, found.Text!))],
        [.. Additions(draft, brief)]);

    /// <summary>The owner's default text is in the shop's own language, as the phrases' is; when they differ, no phrase fits.</summary>
    private static string LanguageOf(Draft draft, PhraseBook phrases)
    {
        if (draft.Language != "und" || phrases.Phrases.Count == 0)
        {
            return draft.Language;
        }

        var (texts, own) = (
            LanguageDetector.Detect(draft.Text!).Tag,
            LanguageDetector.Detect(string.Join(' ', phrases.Phrases.Select(phrase => phrase.Default))).Tag
        );
        return texts == own || texts == "und" ? "und" : texts;
    }

    /// <summary>A rule in prose is a judgement and was made once; here only facts are asked.</summary>
    private static IEnumerable<PromptChoice> Additions(Draft draft, DraftBrief brief) => brief.Playbook!.Rules
        .Where(rule => rule.Action == RuleAction.Reply && rule != draft.Rule && !rule.Condition.ProsePhrases.Any())
        .Where(rule => rule.Condition.Evaluate(brief.Facts, _ => Truth.No) == Truth.Yes)
        .Select(rule => (rule.Line, Text: Text(rule.Text, draft, brief)))
        .Where(found => found.Text is not null && MoneyDetector.ReadDraft(found.Text).Sense == MoneySense.None)
        .Select(found => new PromptChoice($"rule-{found.Line}", found.Text!));

    /// <summary>A rule's text is in the shop's own language: it fits only a draft that is so too.</summary>
    private static string? Text(TextTemplate text, Draft draft, DraftBrief brief) =>
        draft.Language == "und" ? (text.Render(brief.Facts, brief.Language) as TextResult.Rendered)?.Text : null;
}

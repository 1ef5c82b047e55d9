using OpsChat.Facts;
using OpsChat.Playbooks;

namespace OpsChat.Drafting;

/// <summary>Makes the draft of a playbook from facts: the first exception rule that holds, else the standard reply. Pure.</summary>
public static class Drafter
{
    /// <param name="language">The conversation's language; a variant of it is used where the owner wrote one.</param>
    /// <param name="prose">Whether a condition in prose fits the customer's words.</param>
    public static Draft Make(Playbook playbook, FactSet facts, string language, Func<string, Truth> prose)
    {
        ExceptionRule? inDoubt = null;
        foreach (var rule in playbook.Rules)
        {
            var holds = rule.Condition.Evaluate(facts, prose);
            if (holds == Truth.Yes)
            {
                return Apply(rule, playbook, facts, language) with { InDoubt = inDoubt };
            }

            if (holds == Truth.Unsure)
            {
                inDoubt ??= rule;
            }
        }

        return Standard(playbook, facts, language) with { InDoubt = inDoubt };
    }

    /// <summary>A standing text of the shop in the customer's language.</summary>
    public static Draft Standing(ReplyText text, FactSet facts, string language) =>
        Render(text, facts, language) with { Origin = DraftOrigin.StandingText };

    private static Draft Standard(Playbook playbook, FactSet facts, string language) =>
        Render(playbook.StandardReply, facts, language) with { Origin = DraftOrigin.StandardReply };

    private static Draft Apply(ExceptionRule rule, Playbook playbook, FactSet facts, string language) => rule.Action switch
    {
        // The rule's words are a note for the person; what the customer might be told is the standard reply.
        RuleAction.HandOff => Standard(playbook, facts, language) with
        {
            Rule = rule,
            HandsOff = true,
            HandOffTo = rule.To,
            Note = (rule.Reply.Default.Render(facts) as TextResult.Rendered)?.Text ?? rule.Reply.Default.WrittenWords,
        },
        _ => Render(rule.Reply, facts, language) with
        {
            Origin = DraftOrigin.Rule,
            Rule = rule,
            Asks = rule.Action == RuleAction.Ask,
            NeedsApproval = rule.Action == RuleAction.Approve,
        },
    };

    private static Draft Render(ReplyText text, FactSet facts, string language)
    {
        var variant = text.For(language);
        var isDefault = ReferenceEquals(variant, text.Default);
        // Dates and hours are worded as the text is, whatever the customer speaks: one language in a text.
        var worded = isDefault ? text.DefaultLanguage : text.TagFor(language);
        return Render(variant, facts.In(worded), worded) with { Language = isDefault ? "und" : language };
    }

    private static Draft Render(TextTemplate template, FactSet facts, string language) => template.Render(facts, language) switch
    {
        TextResult.Rendered done => new() { Text = done.Text, FactsUsed = done.FactsUsed },
        TextResult.Missing missing => new() { MissingFacts = missing.Names, FactsUsed = [] },
        _ => throw new InvalidOperationException("TextResult is closed."),
    };
}

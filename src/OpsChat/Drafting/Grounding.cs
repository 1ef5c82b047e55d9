using OpsChat.Facts;
using OpsChat.Text;

namespace OpsChat.Drafting;

/// <summary>Only written-down knowledge: everything checkable in a draft must stand in the owner's texts, a fact, or (for little) the customer's
/// words.</summary>
internal static class Grounding
{
    public static IEnumerable<GuardFailure> Failures(string draft, GuardInput input)
    {
        var claims = Claims(draft).Concat(ShopNames(draft, input)).ToList();
        if (claims.Count == 0)
        {
            return [];
        }
        var sources = Sources(input, PromiseReader.Commits(draft));
        return claims.Where(c => !c.Keys.Any(sources.Contains)).DistinctBy(c => (c.Kind, c.Words)).Select(Failure);
    }

    /// <summary>What a rewording of <paramref name="reply"/> has lost: an answer without its condition or refusal is another answer.</summary>
    public static IEnumerable<GuardFailure> Lost(string reply, string draft)
    {
        var kept = Claims(draft).SelectMany(c => c.Implied()).ToHashSet(StringComparer.Ordinal);
        return Claims(reply)
            .Where(c =>
                c.Kind is ClaimKind.Link or ClaimKind.Amount or ClaimKind.Date or ClaimKind.Measure or ClaimKind.Code
                || PromiseReader.Limits(c)
            )
            .Where(c => !c.Keys.Any(kept.Contains))
            .DistinctBy(c => (c.Kind, c.Words))
            .Select(c => new GuardFailure(
                Guardrail.Incomplete,
                c.Words,
                $"The reply says “{c.Words}”{(PromiseReader.Limits(c) ? " with a condition or refusal" : "")}; the draft lost it."
            ));
    }

    /// <summary>Everything that may be said, as normal forms.</summary>
    private static HashSet<string> Sources(GuardInput input, bool commits)
    {
        var sources = new HashSet<string>(StringComparer.Ordinal);
        foreach (var text in input.OwnersTexts)
        {
            sources.UnionWith(Claims(text).SelectMany(c => c.Implied()));
            sources.UnionWith(NameReader.WordsOf(text));
        }
        sources.UnionWith(input.Facts.All.SelectMany(OfFact));
        sources.UnionWith(input.OwnDetails.SelectMany(d => ClaimReader.Read(d).SelectMany(c => c.Implied()).Concat(NameReader.WordsOf(d))));
        sources.UnionWith(OfCustomer(input.CustomersWords, commits));
        return sources;
    }

    private static IEnumerable<Claim> Claims(string text) =>
        ClaimReader.Read(text).Concat(PromiseReader.Read(text)).Concat(NameReader.Read(text));

    private static IEnumerable<string> OfFact(Fact fact) =>
        fact switch
        {
            // The message is the customer's words in another shape.
            { Name: var name } when name.StartsWith("message.", StringComparison.Ordinal) => [],
            { Value: FactValue.Number n } => OfNumber(fact.Name, n.Value),
            // What customers are called is chosen by them: it may be a name, never a term of business.
            { Name: var name } when name.StartsWith("customer.", StringComparison.Ordinal) && fact.Value is FactValue.Text =>
                NameReader.WordsOf(fact.Value.Shown),
            _ => Claims(fact.Value.Shown).SelectMany(c => c.Implied()).Concat(NameReader.WordsOf(fact.Value.Shown)),
        };

    /// <summary>A number of days grounds days; a count of pieces grounds a count and not "14 days".</summary>
    private static IEnumerable<string> OfNumber(string name, decimal value)
    {
        yield return ClaimKeys.Number(value);
        if (name.StartsWith("store.", StringComparison.Ordinal) || name.Contains("days") || name.EndsWith(".age", StringComparison.Ordinal))
        {
            yield return ClaimKeys.Measure("day", value);
        }
    }

    /// <summary>
    /// Order numbers, names and addresses that the customer gave. Digits too few for an order number ground nothing ("answer in 3 days"), nor
    /// do any in a draft that commits the shop to something ("you promised me 5000").
    /// </summary>
    private static IEnumerable<string> OfCustomer(string words, bool commits) =>
        ClaimReader.Read(words)
            .Where(c => c.Kind is ClaimKind.Code or ClaimKind.Email or ClaimKind.Phone
                || (c.Kind is ClaimKind.Number && !commits && c.Words.Length >= 4 && c.Words.All(char.IsAsciiDigit)))
            .SelectMany(c => c.Implied())
            .Concat(NameReader.WordsOf(words));

    /// <summary>Products and carriers of the shop that the draft names, wherever in a sentence they stand.</summary>
    private static IEnumerable<Claim> ShopNames(string draft, GuardInput input)
    {
        var folded = PlainText.NormaliseLower(draft);
        return input.ShopNames
            .Select(name => (name, folded: PlainText.NormaliseLower(name)))
            .Where(n => n.folded.Length > 2 && Mentions(folded, n.folded) && !MentionedBySource(n.folded, input))
            .Select(n => new Claim(ClaimKind.Name, n.name, [$"N:{n.folded}"]));
    }

    private static bool MentionedBySource(string name, GuardInput input) =>
        input
            .OwnersTexts.Append(input.CustomersWords)
            .Concat(input.Facts.All.Select(f => f.Value.Shown))
            .Any(s => Mentions(PlainText.NormaliseLower(s), name));

    private static bool Mentions(string text, string name)
    {
        for (var at = text.IndexOf(name, StringComparison.Ordinal); at >= 0; at = text.IndexOf(name, at + 1, StringComparison.Ordinal))
        {
            if (
                (at == 0 || !char.IsLetterOrDigit(text[at - 1]))
                && (at + name.Length == text.Length || !char.IsLetterOrDigit(text[at + name.Length]))
            )
            {
                return true;
            }
        }
        return false;
    }

    private static GuardFailure Failure(Claim claim)
    {
        var said = $"“{claim.Words}”";
        return claim.Kind switch
        {
            ClaimKind.Promise when PromiseWords.All.Any(k => k.IsTime && k.Name == PromiseReader.KindOf(claim.Keys[0])) =>
                new(Guardrail.Ungrounded, claim.Words, $"{said} says when, and neither the playbook nor a fact does."),
            ClaimKind.Promise =>
                new(Guardrail.ForbiddenPromise, claim.Words, $"{said} promises or refuses something that the playbook does not."),
            ClaimKind.Email or ClaimKind.Phone =>
                new(Guardrail.OtherCustomersData, claim.Words, $"{said} is neither the shop's nor this customer's."),
            ClaimKind.Code when claim.Words.StartsWith('#') =>
                new(Guardrail.OtherCustomersData, claim.Words, $"{said} is not an order of this conversation."),
            _ => new(Guardrail.Ungrounded, claim.Words, $"{said} is in neither the playbook nor the facts."),
        };
    }
}

using OpsChat.Drafting.Prompts;

namespace OpsChat.Drafting;

/// <summary>What a model may choose from for one reply: the owner's phrases and further texts, all of them the owner's own words.</summary>
/// <param name="Reply">The owner's reply, rendered. It stays whole and in order.</param>
/// <param name="Phrases">In the reply's language, by id.</param>
/// <param name="Additions">Further texts of the same playbook whose condition holds, by id.</param>
public sealed record CompositionOffer(string Reply, IReadOnlyList<OfferedPhrase> Phrases, IReadOnlyList<PromptChoice> Additions)
{
    /// <summary>With a phrase or a text to choose there is something to ask.</summary>
    public bool IsWorthAsking => Phrases.Count > 0 || Additions.Count > 0;
}

/// <param name="Text">In the reply's language.</param>
public sealed record OfferedPhrase(string Id, PhraseKind Kind, string Text);

/// <summary>The ids that a model answered with; anything else in its answer was dropped before.</summary>
public sealed record CompositionChoice(IReadOnlyList<string> Before, IReadOnlyList<string> Also, IReadOnlyList<string> After)
{
    public static CompositionChoice Nothing { get; } = new([], [], []);
}

/// <summary>A reply with what stands around it.</summary>
/// <param name="Chosen">The ids that were used, in the order of the text.</param>
/// <param name="Parts">The owner's texts that it is made of, in order: the message is these and nothing else.</param>
public sealed record ComposedReply(string Text, IReadOnlyList<string> Chosen, IReadOnlyList<string> Parts);

/// <summary>
/// Puts the owner's phrases around the owner's reply. The model only names ids: an id that is not in the offer, stands in the wrong place or stands
/// twice changes nothing. So whatever a model says, the message is made of the owner's words. Pure.
/// </summary>
public static class ReplyComposer
{
    private const string Paragraph = "\n\n";

    /// <summary>Longer lists are no choice of a few phrases.</summary>
    private const int MostAdditions = 2;

    public static ComposedReply Compose(CompositionOffer offer, CompositionChoice choice)
    {
        var before = OneOfEach(offer, choice.Before, kind => kind != PhraseKind.Closing);
        var after = OneOfEach(offer, choice.After, kind => kind == PhraseKind.Closing);
        var also = offer.Additions.Where(addition => choice.Also.Contains(addition.Id, StringComparer.Ordinal)).Take(MostAdditions).ToList();

        string[] opening = [.. before.Select(phrase => phrase.Text), offer.Reply];
        string[] rest = [.. also.Select(addition => addition.Text), .. after.Select(phrase => phrase.Text)];
        var text = string.Join(Paragraph, rest.Prepend(string.Join(' ', opening)));
        string[] chosen = [.. before.Select(phrase => phrase.Id), .. also.Select(addition => addition.Id), .. after.Select(phrase => phrase.Id)];
        return new(text, chosen, [.. opening, .. rest]);
    }

    /// <summary>The first phrase of each kind that was chosen, in the order of the kinds.</summary>
    private static List<OfferedPhrase> OneOfEach(CompositionOffer offer, IReadOnlyList<string> ids, Func<PhraseKind, bool> fits) =>
        [.. offer.Phrases.Where(phrase => fits(phrase.Kind) && ids.Contains(phrase.Id, StringComparer.Ordinal))
            .DistinctBy(phrase => phrase.Kind).OrderBy(phrase => phrase.Kind)];
}

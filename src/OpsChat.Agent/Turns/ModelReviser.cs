using OpsChat.Decisions;
using OpsChat.Drafting;
using OpsChat.Drafting.Prompts;
using OpsChat.Facts;
using OpsChat.Messages;
using OpsChat.Playbooks;
using OpsChat.Storage;
using OpsChat.Understanding;

namespace OpsChat.Agent;

/// <summary>
/// What a model may do to one turn: read what the classifier is not sure of, doubt a prose condition, choose the owner's phrases that go with a
/// reply, word a draft for a person, look up and suggest where no playbook fits, and sum a long conversation up. What leaves by itself stays the
/// owner's words, unless the owner chose <see cref="ModelWording.Free"/>; texts about money stay as the owner wrote them in any case. No
/// transaction is open while it is asked.
/// </summary>
public sealed class ModelReviser(ModelWriter writer, IStore store, IShop shop, PromptLibrary prompts, ModelOptions options)
{
    /// <summary>How much of the conversation a prompt holds.</summary>
    private const int MostLines = 12, MostCharactersOfLine = 500;

    /// <summary>A shorter conversation is read faster than a note on it.</summary>
    private const int FewestLinesToSummarise = 8;
    private const int MostWordsOfSummary = 80;
    private const int MostWordsOfSuggestion = 90;

    /// <summary>What the model reads in the turn; null when it fails.</summary>
    public async Task<ModelRead> ReadAsync(PlaybookSnapshot known, Turn turn, CancellationToken cancellationToken)
    {
        var context = await ContextAsync(null, turn, cancellationToken);
        PromptChoice[] choices = [.. ModelQuestions.Offered(known).Select(p => new PromptChoice(p.Issue, p.Title, p.Description))];
        var answer = await writer.ReadAsync(context, choices, cancellationToken);
        return answer is ModelAnswer<ModelReading>.None none
            ? new(null, none.Uses, none.Sentence)
            : new(((ModelAnswer<ModelReading>.Given)answer).Value, answer.Uses, "");
    }

    /// <summary>
    /// A reply for a person where no playbook fits, from look-ups in the shop's data. Never sent by itself; an action in it is the owner's to decide.
    /// </summary>
    public async Task<ModelSuggestion> SuggestAsync(DraftBrief brief, Turn turn, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var context = await ContextAsync(brief.Gathered, turn, cancellationToken);
        var lookups = new ShopLookups(shop, brief.PlaybookSnapshot, brief.Gathered.Order, now, OrderApprovals.In(store));
        var guards = new GuardInput
        {
            Draft = "",
            Language = brief.Language,
            MaxWords = MostWordsOfSuggestion,
            CustomersWords = brief.SupportCase.Words,
            OwnDetails = [.. OwnDetails(brief.Gathered).Select(d => d.Value)],
            OwnersTexts = [brief.PlaybookSnapshot.Shop.Texts.Holding.Default.WrittenWords],
        };
        var answer = await writer.SuggestAsync(context, guards, lookups, cancellationToken);
        return new((answer as ModelAnswer<string>.Given)?.Value, lookups.Facts, lookups.Proposals, lookups.Calls, answer.Uses);
    }

    /// <summary>The owner's draft, doubted, composed or worded; the same draft when the model fails, with a note that says why.</summary>
    /// <param name="leaves">It will be sent unless the model has a doubt, or is what would be sent but for the arm; otherwise a person sends
    /// it.</param>
    public async Task<GuardedDraft> ReviseAsync(GuardedDraft owners, DraftBrief brief, Turn turn, bool leaves, CancellationToken cancellationToken)
    {
        var isFree = options.Wording == ModelWording.Free || !leaves;
        var context = await ContextAsync(brief.Gathered, turn, cancellationToken);
        var log = new ModelNotes();
        var doubted = await DoubtAsync(owners, brief, context, log, cancellationToken);
        var draft = doubted.Draft;
        var revised = draft switch
        {
            { InDoubt: not null } => doubted,
            { Text: null } or { Asks: true } => doubted.Question is null || !isFree
                ? doubted
                : await QuestionAsync(doubted, brief, context, log, cancellationToken),
            _ when IsOwnersAlone(doubted, brief) => doubted,
            _ when ForeignTo(brief.Language, draft.Text, draft.Language) => isFree
                ? await TranslatedAsync(doubted, brief, context, log, cancellationToken)
                : doubted with { Translation = await ProposedAsync(doubted, brief, context, log, cancellationToken) },
            { Origin: DraftOrigin.StandingText } => doubted,
            _ => isFree
                ? await WordedAsync(doubted, brief, context, log, cancellationToken)
                : await ComposedAsync(doubted, brief, context, log, cancellationToken),
        };
        return revised with { ModelNotes = log.Sentences, ModelUses = log.Uses };
    }

    /// <summary>A note for whoever takes a long conversation over; null for a short one, or when the model fails.</summary>
    public async Task<HandOffSummary?> SummariseAsync(
        PlaybookSnapshot knowledge,
        GatheredFacts gathered,
        Turn turn,
        CancellationToken cancellationToken
    )
    {
        var context = await ContextAsync(gathered, turn, cancellationToken);
        if (context.Turns.Count < FewestLinesToSummarise)
        {
            return null;
        }

        // The owner reads the language of the shop's own texts.
        var language = LanguageDetector.Detect(knowledge.Shop.Texts.Holding.Default.WrittenWords).Tag;
        var answer = await writer.SummariseAsync(context, language, MostWordsOfSummary, cancellationToken);
        return new((answer as ModelAnswer<string>.Given)?.Value, answer.Uses);
    }

    /// <summary>Asks about every prose condition that had a say. Where model and matcher differ nobody knows, and a person decides.</summary>
    private async Task<GuardedDraft> DoubtAsync(
        GuardedDraft owners,
        DraftBrief brief,
        ModelContext context,
        ModelNotes log,
        CancellationToken cancellationToken
    )
    {
        // Without its facts a rule is not decided yet; the turn that brings them asks.
        var own = owners.Draft.Text is null ? new Dictionary<string, Truth>() : DraftWriter.ProseAsked(brief);
        if (own.Count == 0)
        {
            return owners;
        }

        var answers = await Task.WhenAll(
            own.Select(async said => (said.Key, said.Value, Answer: await writer.JudgeAsync(said.Key, context, cancellationToken)))
        );
        var joined = new Dictionary<string, Truth>(StringComparer.Ordinal);
        foreach (var (phrase, ours, answer) in answers)
        {
            joined[phrase] = answer is ModelAnswer<ConditionJudgement>.Given given ? ConditionJudgement.Joined(ours, given.Value.Holds) : ours;
            log.Judged(phrase, ours, answer);
        }

        return joined.All(j => j.Value == own[j.Key]) ? owners : DraftWriter.Write(brief, joined);
    }

    /// <summary>
    /// The owner's reply with the owner's phrases around it. Whatever the model answers, nothing else can be in the message; the whole is guarded
    /// once more, because two true texts side by side may be too long or in two languages.
    /// </summary>
    private async Task<GuardedDraft> ComposedAsync(
        GuardedDraft owners,
        DraftBrief brief,
        ModelContext context,
        ModelNotes log,
        CancellationToken cancellationToken
    )
    {
        var offer = CompositionOffers.For(owners.Draft, brief, prompts.Current.Phrases);
        if (!offer.IsWorthAsking)
        {
            return owners;
        }

        var answer = await writer.ComposeAsync(context, brief.Playbook!.Title, offer, cancellationToken);
        log.Composed(answer);
        if (answer is not ModelAnswer<ComposedReply>.Given { Value: { Chosen.Count: > 0 } composed })
        {
            return owners;
        }

        var failures = Guardrails.Check(DraftWriter.GuardsOf(owners.Draft, brief) with { Draft = composed.Text, OwnersTexts = composed.Parts });
        if (failures.Count > 0 || MoneyDetector.ReadDraft(composed.Text).Sense != MoneySense.None)
        {
            log.Kept(failures.Count > 0 ? failures[0].Sentence : "Together the texts would speak of money.");
            return owners;
        }

        return owners with { Draft = owners.Draft with { Text = composed.Text, Phrases = composed.Chosen } };
    }

    private async Task<GuardedDraft> WordedAsync(
        GuardedDraft owners,
        DraftBrief brief,
        ModelContext context,
        ModelNotes log,
        CancellationToken cancellationToken
    )
    {
        var playbook = brief.Playbook!;
        if (await ProductTitlesAsync(cancellationToken) is not { } titles)
        {
            log.Kept("The names of the shop's products could not be read.");
            return owners;
        }

        var guards = DraftWriter.GuardsOf(owners.Draft, brief) with
        {
            Language = owners.Draft.Language == "und" ? LanguageDetector.Detect(owners.Draft.Text!).Tag : owners.Draft.Language,
            Facts = Told(playbook, brief.Facts),
            OwnDetails = [.. OwnDetails(brief.Gathered).Select(d => d.Value)],
            Instructions =
            [
                playbook.Description,
                .. playbook.Rules.Select(r => r.Condition.Shown),
                .. playbook.Rules.Where(r => r.Action == RuleAction.HandOff).Select(r => r.Text.WrittenWords),
            ],
            ShopNames = [.. titles, .. brief.PlaybookSnapshot.Shop.Carriers],
        };
        var answer = await writer.DraftAsync(new(context, playbook.Title, owners.Draft.Text!, guards), cancellationToken);
        log.Worded(answer);
        return answer.ByModel ? Taken(owners, answer.Text, brief, guards.Language, log) : owners;
    }

    /// <summary>Null while the shop's data cannot be read: then nobody can tell whether a reply names another product.</summary>
    private async Task<IReadOnlyList<string>?> ProductTitlesAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await shop.ProductTitlesAsync(cancellationToken);
        }
        catch (ShopUnavailableException)
        {
            return null;
        }
    }

    private async Task<GuardedDraft> TranslatedAsync(
        GuardedDraft owners,
        DraftBrief brief,
        ModelContext context,
        ModelNotes log,
        CancellationToken cancellationToken
    )
    {
        var answer = await writer.TranslateAsync(owners.Draft.Text!, brief.Language, context, cancellationToken);
        log.Translated(answer);
        return answer is ModelAnswer<string>.Given given ? Taken(owners, given.Value, brief, brief.Language, log) : owners;
    }

    /// <summary>
    /// A translation of the standard reply itself, with its places, for the owner to take: once for a version and language. The customer has the text
    /// in the language that the owner wrote.
    /// </summary>
    private async Task<ProposedTranslation?> ProposedAsync(
        GuardedDraft owners,
        DraftBrief brief,
        ModelContext context,
        ModelNotes log,
        CancellationToken cancellationToken
    )
    {
        var language = Primary(brief.Language);
        if (owners.Draft is not { Origin: DraftOrigin.StandardReply, Language: "und" } || brief.Playbook is not { } playbook
            || await store.ReadAsync(session => session.Translations.Knows(playbook.Issue, playbook.Version, language), cancellationToken))
        {
            return null;
        }

        var text = playbook.StandardReply.Default;
        var template = new TemplateTranslation(text);
        var answer = await writer.TranslateAsync(template.Marked, language, context, cancellationToken);
        var translated = answer is ModelAnswer<string>.Given given ? template.Restored(given.Value) : null;
        log.Proposed(answer, language, translated is not null);
        return translated is null ? null : new(playbook.Issue, playbook.Version, language, text.Source, translated);
    }

    /// <summary>A question for the customer keeps its meaning word for word; only its language may change.</summary>
    private async Task<GuardedDraft> QuestionAsync(
        GuardedDraft owners,
        DraftBrief brief,
        ModelContext context,
        ModelNotes log,
        CancellationToken cancellationToken
    )
    {
        var question = owners.Question!;
        if (MoneyDetector.ReadDraft(question).Sense != MoneySense.None || !ForeignTo(brief.Language, question, "und"))
        {
            return owners;
        }

        var answer = await writer.TranslateAsync(question, brief.Language, context, cancellationToken);
        log.Translated(answer);
        return answer is ModelAnswer<string>.Given { Value: var text } && MoneyDetector.ReadDraft(text).Sense == MoneySense.None
            ? owners with { Question = text, Draft = owners.Draft.Asks ? owners.Draft with { Text = text, Language = brief.Language } : owners.Draft }
            : owners;
    }

    /// <summary>The model's text in place of the owner's, unless a last look finds that it fails a guardrail or speaks of money.</summary>
    private static GuardedDraft Taken(GuardedDraft owners, string text, DraftBrief brief, string language, ModelNotes log)
    {
        var failures = Guardrails.Check(DraftWriter.GuardsOf(owners.Draft, brief) with { Draft = text });
        if (failures.Count > 0 || MoneyDetector.ReadDraft(text).Sense != MoneySense.None)
        {
            log.Kept(failures.Count > 0 ? failures[0].Sentence : "The model's words speak of money, and the owner's did not.");
            return owners;
        }

        return owners with { Draft = owners.Draft with { Text = text, Origin = DraftOrigin.Model, Language = language } };
    }

    /// <summary>Texts that no model may touch: about money in any sense, for approval, of a financial playbook, or stopped already.</summary>
    private static bool IsOwnersAlone(GuardedDraft guarded, DraftBrief brief) =>
        guarded.DraftMoney.Sense != MoneySense.None || guarded.Failures.Count > 0 || guarded.Draft is { NeedsApproval: true } or { HandsOff: true }
        || brief.Playbook is { Settings.Financial: not FinancialUse.No };

    /// <summary>Whether the customer's language is known, and is another one than the text's.</summary>
    /// <param name="tag">Of the text's variant; <c>und</c> for the owner's default text, whose language is read from it.</param>
    private static bool ForeignTo(string customers, string text, string tag)
    {
        var texts = tag == "und" ? LanguageDetector.Detect(text).Tag : tag;
        return customers != "und" && texts != "und" && Primary(customers) != Primary(texts);
    }

    private static string Primary(string tag) => tag.Split('-')[0];

    /// <summary>Facts that the playbook's texts tell; those that only its conditions look at are nobody's to say.</summary>
    private static FactSet Told(Playbook playbook, FactSet facts)
    {
        var names = playbook
            .Rules.Where(r => r.Action == RuleAction.Reply)
            .SelectMany(r => r.Reply.All.SelectMany(text => text.Names))
            .Concat(playbook.StandardReply.Default.Names)
            .Concat(playbook.StandardReply.ByLanguage.Values.SelectMany(t => t.Names))
            .ToHashSet(StringComparer.Ordinal);
        return new(facts.All.Where(f => names.Contains(f.Name)));
    }

    private async Task<ModelContext> ContextAsync(GatheredFacts? gathered, Turn turn, CancellationToken cancellationToken)
    {
        var first = turn.Messages[0].Seq;
        var lines = await store.ReadAsync(
            session => session.Conversations.LastLines(turn.Conversation.Id, MostLines + turn.Messages.Count),
            cancellationToken
        );
        var known = OwnDetails(gathered)
            .Concat(turn.Conversation.Name is { Length: > 0 } name ? [new(DetailKind.Name, name)] : Array.Empty<KnownDetail>());
        return new(
            turn.Conversation.Id.ToString(),
            turn.Text,
            [
                .. lines
                    .Where(l => l.Seq < first)
                    .Select(l => new DialogueLine(
                        l.From == Sender.Customer,
                        l.Text.Length > MostCharactersOfLine ? l.Text[..MostCharactersOfLine] : l.Text
                    )),
            ],
            [.. known]
        );
    }

    /// <summary>From the proven order. How a chat calls itself is not among them: it may be hidden from the model, and grounds nothing.</summary>
    private static IEnumerable<KnownDetail> OwnDetails(GatheredFacts? gathered)
    {
        if (gathered?.Order?.BuyerName is { Length: > 0 } name)
        {
            yield return new(DetailKind.Name, name);
        }

        if (gathered?.Order?.Email is { Length: > 0 } email)
        {
            yield return new(DetailKind.Email, email);
        }
    }
}

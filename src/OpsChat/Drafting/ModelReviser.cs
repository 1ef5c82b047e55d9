using OpsChat.Facts;
using OpsChat.Decisions;
using OpsChat.Messages;
using OpsChat.Playbooks;
using OpsChat.Storage;
using OpsChat.Understanding;

namespace OpsChat.Drafting;

/// <summary>
/// What a model may do to one turn: doubt a prose condition, word or translate a reply that would leave anyway, sum a long conversation up
/// for the person who takes it over. It can make a turn a person's and never the reverse; texts about money stay as the owner wrote them.
/// No transaction is open while it is asked.
/// </summary>
public sealed class ModelReviser(ModelWriter writer, IStore store, IShop shop)
{
    /// <summary>How much of the conversation a prompt holds.</summary>
    private const int MostLines = 12, MostCharactersOfLine = 500;

    /// <summary>A shorter conversation is read faster than a note on it.</summary>
    private const int FewestLinesToSummarise = 8;
    private const int MostWordsOfSummary = 80;

    /// <summary>The owner's draft, doubted, worded or translated; the same draft when the model fails, with a note that says why.</summary>
    public async Task<GuardedDraft> ReviseAsync(GuardedDraft owners, DraftBrief brief, Turn turn, CancellationToken cancellationToken)
    {
        var context = await ContextAsync(brief.Gathered, turn, cancellationToken);
        var log = new ModelNotes();
        var doubted = await DoubtAsync(owners, brief, context, log, cancellationToken);
        var draft = doubted.Draft;
        var revised = draft switch
        {
            { InDoubt: not null } => doubted,
            { Text: null } or { Asks: true } => doubted.Question is null ? doubted : await QuestionAsync(doubted, brief, context, log, cancellationToken),
            _ when IsOwnersAlone(doubted, brief) => doubted,
            _ when ForeignTo(brief.Language, draft.Text, draft.Language) => await TranslatedAsync(doubted, brief, context, log, cancellationToken),
            { Origin: DraftOrigin.StandingText } => doubted,
            _ => await WordedAsync(doubted, brief, context, log, cancellationToken),
        };
        return revised with { ModelNotes = log.Sentences, ModelUses = log.Uses };
    }

    /// <summary>A note for whoever takes a long conversation over; null for a short one, or when the model fails.</summary>
    public async Task<HandOffSummary?> SummariseAsync(PlaybookSnapshot knowledge, GatheredFacts gathered, Turn turn, CancellationToken cancellationToken)
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
    private async Task<GuardedDraft> DoubtAsync(GuardedDraft owners, DraftBrief brief, ModelContext context, ModelNotes log, CancellationToken cancellationToken)
    {
        // Without its facts a rule is not decided yet; the turn that brings them asks.
        var own = owners.Draft.Text is null ? new Dictionary<string, Truth>() : DraftWriter.ProseAsked(brief);
        if (own.Count == 0)
        {
            return owners;
        }

        var answers = await Task.WhenAll(own.Select(async said => (said.Key, said.Value, Answer: await writer.JudgeAsync(said.Key, context, cancellationToken))));
        var joined = new Dictionary<string, Truth>(StringComparer.Ordinal);
        foreach (var (phrase, ours, answer) in answers)
        {
            joined[phrase] = answer is ModelAnswer<ConditionJudgement>.Given given ? ConditionJudgement.Joined(ours, given.Value.Holds) : ours;
            log.Judged(phrase, ours, answer);
        }

        return joined.All(j => j.Value == own[j.Key]) ? owners : DraftWriter.Write(brief, joined);
    }

    private async Task<GuardedDraft> WordedAsync(GuardedDraft owners, DraftBrief brief, ModelContext context, ModelNotes log, CancellationToken cancellationToken)
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
            Instructions = [playbook.Description, .. playbook.Rules.Select(r => r.Condition.Shown), .. playbook.Rules.Where(r => r.Action == RuleAction.HandOff).Select(r => r.Text.WrittenWords)],
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

    private async Task<GuardedDraft> TranslatedAsync(GuardedDraft owners, DraftBrief brief, ModelContext context, ModelNotes log, CancellationToken cancellationToken)
    {
        var answer = await writer.TranslateAsync(owners.Draft.Text!, brief.Language, context, cancellationToken);
        log.Translated(answer);
        return answer is ModelAnswer<string>.Given given ? Taken(owners, given.Value, brief, brief.Language, log) : owners;
    }

    /// <summary>A question for the customer keeps its meaning word for word; only its language may change.</summary>
    private async Task<GuardedDraft> QuestionAsync(GuardedDraft owners, DraftBrief brief, ModelContext context, ModelNotes log, CancellationToken cancellationToken)
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
        var names = playbook.Rules.Where(r => r.Action == RuleAction.Reply).SelectMany(r => r.Text.Names)
            .Concat(playbook.StandardReply.Default.Names).Concat(playbook.StandardReply.ByLanguage.Values.SelectMany(t => t.Names)).ToHashSet(StringComparer.Ordinal);
        return new(facts.All.Where(f => names.Contains(f.Name)));
    }

    private async Task<ModelContext> ContextAsync(GatheredFacts gathered, Turn turn, CancellationToken cancellationToken)
    {
        var first = turn.Messages[0].Seq;
        var lines = await store.ReadAsync(session => session.Conversations.LastLines(turn.Conversation.Id, MostLines + turn.Messages.Count), cancellationToken);
        var known = OwnDetails(gathered).Concat(turn.Conversation.Name is { Length: > 0 } name ? [new(DetailKind.Name, name)] : Array.Empty<KnownDetail>());
        return new(
            turn.Conversation.Id.ToString(), turn.Text,
            [.. lines.Where(l => l.Seq < first).Select(l => new DialogueLine(l.From == Sender.Customer, l.Text.Length > MostCharactersOfLine ? l.Text[..MostCharactersOfLine] : l.Text))],
            [.. known]);
    }

    /// <summary>From the proven order. How a chat calls itself is not among them: it may be hidden from the model, and grounds nothing.</summary>
    private static IEnumerable<KnownDetail> OwnDetails(GatheredFacts gathered)
    {
        if (gathered.Order?.BuyerName is { Length: > 0 } name)
        {
            yield return new(DetailKind.Name, name);
        }

        if (gathered.Order?.Email is { Length: > 0 } email)
        {
            yield return new(DetailKind.Email, email);
        }
    }
}

/// <summary>A note on a long conversation, with what it took.</summary>
/// <param name="Text">Null when the model failed.</param>
public sealed record HandOffSummary(string? Text, IReadOnlyList<ModelUse> Uses);

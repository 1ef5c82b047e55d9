using OpsChat.Drafting.Prompts;
using OpsChat.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace OpsChat.Drafting;

/// <summary>
/// The model's jobs. It sees quoted words and released facts with private details hidden, returns a proposal, and everything that
/// it says is checked. Whatever goes wrong, the result is the owner's own text or a failure to hand off with, never an exception.
/// </summary>
/// <param name="detectLanguage">The detector: tag and score of a text.</param>
public sealed partial class ModelWriter(IModelJobs jobs, PromptLibrary prompts, Func<string, (string Tag, double Score)> detectLanguage)
{
    /// <summary>
    /// Words the chosen reply for this customer. A draft that a guardrail stops is tried once more with the failures as feedback; then
    /// the owner's reply is taken as it is. The result still goes through the guardrails and the gate like every draft.
    /// </summary>
    public async Task<ModelDraft> DraftAsync(DraftRequest request, CancellationToken cancellationToken)
    {
        var set = prompts.Current;
        var hidden = new Placeholders([.. request.Context.Known, .. Names(request)]);
        List<GuardFailure> caught = [];
        var question = Question(set, PromptJob.Draft, request.Context, Data(request), ModelJson.WordingSchema, hidden) with
        {
            Review = json => ModelJson.TryRead<ModelJson.Wording>(json, out var wording) ? Turned(wording.Reply) : [],
        };
        var answer = await AskAsync<ModelJson.Wording>(question, cancellationToken);
        return answer is ModelAnswer<ModelJson.Wording>.Given { Value: var given }
            ? new(hidden.Restore(given.Reply).Trim(), true, "", caught, answer.Uses)
            : new(request.OwnersReply, false, ((ModelAnswer<ModelJson.Wording>.None)answer).Sentence, caught, answer.Uses);

        IReadOnlyList<string> Turned(string reply)
        {
            var failures = Check(hidden.Restore(reply).Trim(), request, set);
            caught.AddRange(failures);
            return [.. failures.Select(failure => failure.Sentence)];
        }
    }

    /// <summary>Whether <paramref name="condition"/> holds for the customer's words. A yes without a quote that is really there is unsure.</summary>
    public async Task<ModelAnswer<ConditionJudgement>> JudgeAsync(string condition, ModelContext context, CancellationToken cancellationToken)
    {
        var hidden = new Placeholders(context.Known);
        var data = Data(context) with { Condition = condition };
        var answer = await AskAsync<ModelJson.Ruling>(
            Question(prompts.Current, PromptJob.JudgeCondition, context, data, ModelJson.RulingSchema, hidden),
            cancellationToken
        );
        return answer.Then(ruling => Judged(ruling, hidden, context));
    }

    /// <summary>The text in another language, for a reader on either side. Numbers, dates, links and names must come through unchanged.</summary>
    /// <param name="language">BCP 47 tag.</param>
    public async Task<ModelAnswer<string>> TranslateAsync(string text, string language, ModelContext context, CancellationToken cancellationToken)
    {
        var hidden = new Placeholders(context.Known);
        PromptData data = new() { Text = text, Language = language };
        var answer = await AskAsync<ModelJson.Translated>(
            Question(prompts.Current, PromptJob.Translate, context, data, ModelJson.TranslatedSchema, hidden),
            cancellationToken
        );
        GuardInput guards = new()
        {
            Draft = "",
            Language = language,
            OwnersTexts = [text],
            MaxWords = int.MaxValue,
        };
        return answer.Then(t => Checked(hidden.Restore(t.Translation).Trim(), text, guards));
    }

    /// <summary>A note for whoever takes the conversation over: what is wanted, answered, open. At most <paramref name="maxWords"/> words.</summary>
    public async Task<ModelAnswer<string>> SummariseAsync(ModelContext context, string language, int maxWords, CancellationToken cancellationToken)
    {
        var hidden = new Placeholders(context.Known);
        var data = Data(context) with { Language = language, MaxWords = maxWords };
        var answer = await AskAsync<ModelJson.Note>(
            Question(prompts.Current, PromptJob.Summarise, context, data, ModelJson.NoteSchema, hidden),
            cancellationToken
        );
        GuardInput guards = new()
        {
            Draft = "",
            OwnersTexts = [.. context.Turns.Select(t => t.Text), context.CustomersWords],
            MaxWords = maxWords,
        };
        return answer.Then(s => Noted(hidden.Restore(s.Summary).Trim(), guards));
    }

    /// <summary>Which of the offered phrases and texts go with the owner's reply. Ids that were not offered are nobody's and fall away.</summary>
    public async Task<ModelAnswer<ComposedReply>> ComposeAsync(
        ModelContext context,
        string playbookTitle,
        CompositionOffer offer,
        CancellationToken cancellationToken
    )
    {
        var hidden = new Placeholders(context.Known);
        var data = Data(context) with
        {
            PlaybookTitle = playbookTitle,
            PlaybookReply = offer.Reply,
            Phrases = [.. offer.Phrases.Select(phrase => new PromptChoice(phrase.Id, phrase.Text))],
            Additions = offer.Additions,
        };
        var answer = await AskAsync<ModelJson.Composition>(
            Question(prompts.Current, PromptJob.Compose, context, data, ModelJson.CompositionSchema, hidden),
            cancellationToken
        );
        return answer.Then<ComposedReply>(chosen => new ModelAnswer<ComposedReply>.Given(
            ReplyComposer.Compose(offer, new(chosen.Before, chosen.Also, chosen.After))
        ));
    }

    /// <summary>Which of the playbooks the message is about, or none. A choice without words of the customer that say so is none.</summary>
    public async Task<ModelAnswer<ModelReading>> ReadAsync(
        ModelContext context,
        IReadOnlyList<PromptChoice> playbooks,
        CancellationToken cancellationToken
    )
    {
        var hidden = new Placeholders(context.Known);
        var data = Data(context) with { Playbooks = playbooks, Slots = [OrderNumberSlot] };
        var answer = await AskAsync<ModelJson.Reading>(
            Question(prompts.Current, PromptJob.Read, context, data, ModelJson.ReadingSchema, hidden),
            cancellationToken
        );
        return answer.Then<ModelReading>(read => new ModelAnswer<ModelReading>.Given(
            Read(read, playbooks, hidden, context.CustomersWords)
        ));
    }

    /// <summary>A reply for a person to look at and send, from what the model looked up. Never sent by itself.</summary>
    public Task<ModelAnswer<string>> SuggestAsync(ModelContext context, GuardInput guards, ShopLookups lookups, CancellationToken cancellationToken)
    {
        var set = prompts.Current;
        var hidden = new Placeholders(context.Known);
        var data = Data(context) with { Language = guards.Language, MaxWords = guards.MaxWords };
        var question = Question(set, PromptJob.Suggest, context, data, ModelJson.SuggestedSchema, hidden) with
        {
            Lookups = lookups,
            Review = json => ModelJson.TryRead<ModelJson.Suggested>(json, out var suggested)
                ? [.. Guardrails.Check(guards with
                {
                    Draft = hidden.Restore(suggested.Suggestion).Trim(),
                    Facts = new(guards.Facts.All.Concat(lookups.Facts)),
                    Instructions = [.. guards.Instructions, .. set.Sources],
                }).Select(failure => failure.Sentence)]
                : [],
        };
        return ThenRestored(AskAsync<ModelJson.Suggested>(question, cancellationToken), hidden);
    }

    /// <summary>An owner's question, answered in words from what the model looked up.</summary>
    /// <param name="about">Whose budget pays for it.</param>
    /// <param name="review">Why an answer cannot be taken, a sentence each; it is then asked once more.</param>
    public async Task<ModelAnswer<string>> AnswerOwnerAsync(
        string about,
        string question,
        IModelLookups lookups,
        Func<string, IReadOnlyList<string>> review,
        CancellationToken cancellationToken
    )
    {
        var hidden = new Placeholders([]);
        var data = new PromptData { Question = question, Language = LanguageOf(question), MaxWords = MostWordsForOwners };
        var asked = new ModelQuestion(prompts.Current, PromptJob.Ask, about, data, ModelJson.AnsweredSchema, hidden)
        {
            Lookups = lookups,
            Review = json => ModelJson.TryRead<ModelJson.Answered>(json, out var answered) ? review(hidden.Restore(answered.Answer).Trim()) : [],
        };
        return (await AskAsync<ModelJson.Answered>(asked, cancellationToken))
            .Then<string>(answered => new ModelAnswer<string>.Given(hidden.Restore(answered.Answer).Trim()));
    }

    private const int MostWordsForOwners = 120;
    private const double SureOfLanguage = 0.7;

    private string LanguageOf(string words) => detectLanguage(words) is var (tag, score) && score >= SureOfLanguage && tag != "und" ? tag : "en";

    private static async Task<ModelAnswer<string>> ThenRestored(Task<ModelAnswer<ModelJson.Suggested>> asked, Placeholders hidden) =>
        (await asked).Then<string>(suggested => new ModelAnswer<string>.Given(hidden.Restore(suggested.Suggestion).Trim()));

    private const string OrderNumberSlot = "order number";

    /// <summary>Nothing that the customer did not write: neither the words that decided it nor a value.</summary>
    private static ModelReading Read(ModelJson.Reading read, IReadOnlyList<PromptChoice> playbooks, Placeholders hidden, string words)
    {
        var said = Squeezed(words);
        var quote = hidden.Restore(read.Quote).Trim();
        var isThere = quote.Length > 0 && said.Contains(Squeezed(quote), StringComparison.Ordinal);
        return new(
            isThere && playbooks.Any(playbook => playbook.Id == read.Playbook) ? read.Playbook : null,
            isThere ? quote : "",
            [.. read.Values.Where(value => value.Slot == OrderNumberSlot).Select(value => value.Value.Trim())
                .Where(value => OrderNumberWord().IsMatch(value) && said.Contains(Squeezed(value), StringComparison.Ordinal))]);
    }

    [GeneratedRegex(@"^#?[\p{L}\p{N}-]{2,20}$")]
    private static partial Regex OrderNumberWord();

    private static ModelQuestion Question(
        PromptSet set,
        PromptJob job,
        ModelContext context,
        PromptData data,
        JsonElement schema,
        Placeholders hidden
    ) => new(set, job, context.Conversation, data, schema, hidden);

    private async Task<ModelAnswer<T>> AskAsync<T>(ModelQuestion question, CancellationToken cancellationToken)
        where T : class
    {
        if (!question.Prompts.Has(question.Job))
        {
            return new ModelAnswer<T>.None(ModelFailure.Off, "The prompt for this job is missing.");
        }

        var answer = await jobs.AskAsync(question, cancellationToken);
        return answer.Then<T>(json => ModelJson.TryRead<T>(json, out var value)
            ? new ModelAnswer<T>.Given(value)
            : new ModelAnswer<T>.None(ModelFailure.Malformed, "The model's answer was not the JSON that was asked for."));
    }

    private List<GuardFailure> Check(string draft, DraftRequest request, PromptSet set)
    {
        var (tag, score) = detectLanguage(draft);
        var guards = request.Guards with
        {
            Draft = draft,
            DraftLanguage = tag,
            DraftLanguageScore = score,
            OwnersTexts = [request.OwnersReply, .. request.Guards.OwnersTexts],
            Instructions = [.. request.Guards.Instructions, .. set.Sources],
            AvoidedWords = [.. request.Guards.AvoidedWords, .. set.AvoidedWords],
        };
        var failures = Guardrails.Check(guards);
        return failures is [{ Guardrail: Guardrail.Empty }] ? [.. failures] : [.. failures, .. Grounding.Lost(request.OwnersReply, draft)];
    }

    private ModelAnswer<string> Checked(string translation, string text, GuardInput guards)
    {
        var (tag, score) = detectLanguage(translation);
        List<GuardFailure> failures =
        [
            .. Guardrails.Check(guards with { Draft = translation, DraftLanguage = tag, DraftLanguageScore = score }),
            .. Grounding.Lost(text, translation),
        ];
        return failures.Count == 0
            ? new ModelAnswer<string>.Given(translation)
            : new ModelAnswer<string>.None(ModelFailure.Stopped, $"The translation was stopped: {failures[0].Guardrail}.");
    }

    /// <summary>Staff read the note, so it may report a wish for money back in its own words; it may not state what nobody said.</summary>
    private static ModelAnswer<string> Noted(string note, GuardInput guards)
    {
        var failures = Guardrails
            .Check(guards with { Draft = note })
            .Where(f => f.Guardrail is not (Guardrail.ForbiddenPromise or Guardrail.Tone))
            .ToList();
        return failures.Count == 0
            ? new ModelAnswer<string>.Given(note)
            : new ModelAnswer<string>.None(ModelFailure.Stopped, $"The note was stopped: {failures[0].Guardrail}.");
    }

    private static ModelAnswer<ConditionJudgement> Judged(ModelJson.Ruling ruling, Placeholders hidden, ModelContext context)
    {
        var quote = hidden.Restore(ruling.Quote).Trim();
        var isThere = quote.Length > 0 && Spoken(context).Any(words => Squeezed(words).Contains(Squeezed(quote)));
        Truth? holds = ruling.Verdict switch
        {
            "yes" => isThere ? Truth.Yes : Truth.Unsure,
            "no" => isThere || quote.Length == 0 ? Truth.No : Truth.Unsure,
            "unsure" => Truth.Unsure,
            _ => null,
        };
        return holds is { } truth
            ? new ModelAnswer<ConditionJudgement>.Given(new(truth, isThere ? quote : "", hidden.Restore(ruling.Reason)))
            : new ModelAnswer<ConditionJudgement>.None(ModelFailure.Malformed, "The model's verdict was none of yes, no and unsure.");
    }

    private static IEnumerable<string> Spoken(ModelContext context) =>
        context.Turns.Where(t => t.FromCustomer).Select(t => t.Text).Append(context.CustomersWords);

    private static string Squeezed(string words) =>
        string.Join(' ', PlainText.NormaliseLower(words).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Trim('"', '\'', '.');

    private static IEnumerable<KnownDetail> Names(DraftRequest request) =>
        new[] { "customer.name", "customer.first_name" }
            .Select(request.Guards.Facts.Text)
            .OfType<string>()
            .Select(name => new KnownDetail(DetailKind.Name, name));

    private static PromptData Data(DraftRequest request) =>
        Data(request.Context) with
        {
            PlaybookTitle = request.PlaybookTitle,
            PlaybookReply = request.OwnersReply,
            Facts =
            [
                .. request
                    .Guards.Facts.All.Where(f => !f.Name.StartsWith("message.", StringComparison.Ordinal))
                    .Select(f => (f.Name, f.Value.Shown)),
            ],
            Language = request.Guards.Language,
            MaxWords = request.Guards.MaxWords,
        };

    private static PromptData Data(ModelContext context) => new()
    {
        CustomerWords = context.CustomersWords,
        Conversation = string.Join('\n', context.Turns.Select(t => $"{(t.FromCustomer ? "Customer" : "Shop")}: {OneLine(t.Text)}")),
    };

    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}

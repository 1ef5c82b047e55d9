using System.Text.Json;
using OpsChat.Decisions;
using OpsChat.Playbooks;
using OpsChat.Prompts;

namespace OpsChat.Drafting;

/// <summary>
/// The model's four jobs. It sees quoted words and released facts with private details hidden, returns a proposal, and everything that
/// it says is checked. Whatever goes wrong, the result is the owner's own text or a failure to hand off with, never an exception.
/// </summary>
/// <param name="detectLanguage">The detector: tag and score of a text.</param>
public sealed class ModelWriter(ModelGateway line, PromptLibrary prompts, Func<string, (string Tag, double Score)> detectLanguage)
{
    /// <summary>
    /// Words the chosen reply for this customer. A draft that a guardrail stops is tried once more with the failures as feedback; then
    /// the owner's reply is taken as it is. The result still goes through the guardrails and the gate like every draft.
    /// </summary>
    public async Task<ModelDraft> DraftAsync(DraftRequest request, CancellationToken cancellationToken)
    {
        var set = prompts.Current;
        var hidden = new Placeholders([.. request.Context.Known, .. Names(request)]);
        var data = Data(request, hidden);
        List<ModelUse> uses = [];
        List<GuardFailure> caught = [];
        for (var attempt = 0; attempt < 2; attempt++)
        {
            var answer = await AskAsync<ModelJson.Wording>(set, PromptJob.Draft, request.Context.Conversation, data, ModelJson.WordingSchema, cancellationToken);
            uses.AddRange(answer.Uses);
            if (answer is not ModelAnswer<ModelJson.Wording>.Given given)
            {
                var none = (ModelAnswer<ModelJson.Wording>.None)answer;
                return new(request.OwnersReply, false, none.Sentence, caught, uses);
            }
            var text = hidden.Restore(given.Value.Reply).Trim();
            var failures = Check(text, request, set);
            if (failures.Count == 0)
            {
                return new(text, true, "", caught, uses);
            }
            caught.AddRange(failures);
            data = data with { Failures = [.. failures.Select(f => hidden.Hide(f.Sentence))] };
        }
        return new(request.OwnersReply, false, "The guardrails stopped both of the model's drafts.", caught, uses);
    }

    /// <summary>Whether <paramref name="condition"/> holds for the customer's words. A yes without a quote that is really there is unsure.</summary>
    public async Task<ModelAnswer<ConditionJudgement>> JudgeAsync(string condition, ModelContext context, CancellationToken cancellationToken)
    {
        var hidden = new Placeholders(context.Known);
        var data = Data(context, hidden) with { Condition = condition };
        var answer = await AskAsync<ModelJson.Ruling>(prompts.Current, PromptJob.JudgeCondition, context.Conversation, data, ModelJson.RulingSchema, cancellationToken);
        return answer.Then(ruling => Judged(ruling, hidden, context));
    }

    /// <summary>The text in another language, for a reader on either side. Numbers, dates, links and names must come through unchanged.</summary>
    /// <param name="language">BCP 47 tag.</param>
    public async Task<ModelAnswer<string>> TranslateAsync(string text, string language, ModelContext context, CancellationToken cancellationToken)
    {
        var hidden = new Placeholders(context.Known);
        PromptData data = new() { Text = hidden.Hide(text), Language = language };
        var answer = await AskAsync<ModelJson.Translated>(prompts.Current, PromptJob.Translate, context.Conversation, data, ModelJson.TranslatedSchema, cancellationToken);
        GuardInput guards = new() { Draft = "", Language = language, OwnersTexts = [text], MaxWords = int.MaxValue };
        return answer.Then(t => Checked(hidden.Restore(t.Translation).Trim(), text, guards));
    }

    /// <summary>A note for whoever takes the conversation over: what is wanted, answered, open. At most <paramref name="maxWords"/> words.</summary>
    public async Task<ModelAnswer<string>> SummariseAsync(ModelContext context, string language, int maxWords, CancellationToken cancellationToken)
    {
        var hidden = new Placeholders(context.Known);
        var data = Data(context, hidden) with { Language = language, MaxWords = maxWords };
        var answer = await AskAsync<ModelJson.Note>(prompts.Current, PromptJob.Summarise, context.Conversation, data, ModelJson.NoteSchema, cancellationToken);
        GuardInput guards = new() { Draft = "", OwnersTexts = [.. context.Turns.Select(t => t.Text), context.CustomersWords], MaxWords = maxWords };
        return answer.Then(s => Noted(hidden.Restore(s.Summary).Trim(), guards));
    }

    private async Task<ModelAnswer<T>> AskAsync<T>(PromptSet set, PromptJob job, string conversation, PromptData data, JsonElement schema, CancellationToken cancellationToken)
        where T : class
    {
        if (set.Render(job, data) is not { } prompt)
        {
            return new ModelAnswer<T>.None(ModelFailure.Off, "The prompt for this job is missing.");
        }
        var answer = await line.AskAsync(new(PromptSet.NameOf(job), conversation, prompt, schema), cancellationToken);
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
            [.. Guardrails.Check(guards with { Draft = translation, DraftLanguage = tag, DraftLanguageScore = score }), .. Grounding.Lost(text, translation)];
        return failures.Count == 0
            ? new ModelAnswer<string>.Given(translation)
            : new ModelAnswer<string>.None(ModelFailure.Stopped, $"The translation was stopped: {failures[0].Guardrail}.");
    }

    /// <summary>Staff read the note, so it may report a wish for money back in its own words; it may not state what nobody said.</summary>
    private static ModelAnswer<string> Noted(string note, GuardInput guards)
    {
        var failures = Guardrails.Check(guards with { Draft = note }).Where(f => f.Guardrail is not (Guardrail.ForbiddenPromise or Guardrail.Tone)).ToList();
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

    private static IEnumerable<string> Spoken(ModelContext context) => context.Turns.Where(t => t.FromCustomer).Select(t => t.Text).Append(context.CustomersWords);

    private static string Squeezed(string words) => string.Join(' ', ComparableText.Fold(words).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Trim('"', '\'', '.');

    private static IEnumerable<KnownDetail> Names(DraftRequest request) =>
        new[] { "customer.name", "customer.first_name" }
            .Select(request.Guards.Facts.Text)
            .OfType<string>()
            .Select(name => new KnownDetail(DetailKind.Name, name));

    private static PromptData Data(DraftRequest request, Placeholders hidden) => Data(request.Context, hidden) with
    {
        PlaybookTitle = request.PlaybookTitle,
        PlaybookReply = hidden.Hide(request.OwnersReply),
        Facts = [.. request.Guards.Facts.All.Where(f => !f.Name.StartsWith("message.", StringComparison.Ordinal)).Select(f => (f.Name, hidden.Hide(f.Value.Shown)))],
        Language = request.Guards.Language,
        MaxWords = request.Guards.MaxWords,
    };

    private static PromptData Data(ModelContext context, Placeholders hidden) => new()
    {
        CustomerWords = hidden.Hide(context.CustomersWords),
        Conversation = string.Join('\n', context.Turns.Select(t => $"{(t.FromCustomer ? "Customer" : "Shop")}: {OneLine(hidden.Hide(t.Text))}")),
    };

    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}

using OpsChat.Canary;
using OpsChat.Drafting;
using OpsChat.Facts;
using OpsChat.Gate;
using OpsChat.Playbooks;
using OpsChat.Storage;

namespace OpsChat.Messages;

/// <summary>
/// The way of a message, read first. One call answers everything that waits in one conversation:
/// 1. Admit (in <see cref="ConversationQueue"/>), 2. understand, 3. choose the playbook, 4. gather facts, 5. draft, 6. guard, 7. gate, 8. commit.
/// Steps 2 to 7 only compute values; the commit is the one effect, in one transaction.
/// </summary>
/// <param name="model">Null while none is configured: then nothing below depends on one.</param>
public sealed class MessagePipeline(
    IStore store, Func<PlaybookSnapshot> knowledge, FactGatherer gatherer, Func<CanaryConfig> canary, OpsChatOptions options, TimeProvider time, ModelReviser? model = null)
{
    /// <summary>Without a playbook nothing needs an order's facts, but a model's look-ups are bound to the order that the chat proves.</summary>
    private static readonly HashSet<string> s_whoAsks = ["order.number"];

    /// <returns>What was decided; null when nothing waited, or a newer message came and the turn must be taken again.</returns>
    public async Task<DecidedTurn?> RunAsync(ConversationId conversation, CancellationToken cancellationToken)
    {
        // 1. Admitted messages wait in the inbox; those of one conversation are answered together, once.
        var now = time.GetUtcNow();
        if (await store.ReadAsync(session => Turn.Load(session, conversation, now), cancellationToken) is not { } turn)
        {
            return null;
        }

        // A reload in between must not mix two states: everything below uses these.
        var known = knowledge();
        var rollout = canary().InForce(known.FullyAutonomous);

        // 2. Understand.
        var reading = known.Reader.Read(turn.Text, turn.Conversation.Language is "und" ? null : turn.Conversation.Language);

        // 3. Choose. Below the threshold there is no playbook, and nobody guesses.
        // Where the classifier is not sure, a model may read; the answer stays the owner's.
        var choice = PlaybookChoice.Make(reading, turn, known);
        var read = model is not null && rollout.PercentageOf(ModelStratum.Name) > 0 && ModelReviser.MayRead(reading, choice, turn, now)
            ? await model.ReadAsync(known, turn, cancellationToken)
            : null;
        if (read?.Reading is { } modelReading)
        {
            (choice, reading) = (choice.ByModel(modelReading, known), reading.With(modelReading.OrderNumbers));
        }

        var supportCase = OpenCase(turn, choice, reading, now);

        // 4. Gather facts, read-only. An order's facts come only after the chat proved the order.
        var gathered = await gatherer.GatherAsync(Question(turn, choice, supportCase, reading), known.Policy, cancellationToken);
        var facts = gathered.Facts.With(known.Shop.Facts(now, reading.Language));

        // 5. Draft, and 6. guard: the owner's words with facts in them.
        var arm = ArmOf(conversation, choice, rollout);
        var draw = await DrawAsync(turn, choice, rollout, cancellationToken);
        var brief = new DraftBrief(reading, choice.Playbook, supportCase, facts, gathered, known);
        var guarded = DraftWriter.Write(brief);

        // A model may word what would leave, or doubt it; what a guardrail stops falls back to the owner's words or to a person.
        GateInput AtTheGate(GuardedDraft words) => TurnGate.Input(turn, reading, choice, supportCase, gathered, words, arm, draw, now) with
        {
            TooManyApprovals = turn.CasesWithApproval.Count >= options.Approvals.MostPendingOfCustomer && !turn.CasesWithApproval.Contains(supportCase.Id),
        };
        ModelSuggestion? suggestion = null;
        if (model is not null)
        {
            var first = ReplyGate.Decide(AtTheGate(guarded));
            guarded = ModelReviser.IsAskedAfter(first) ? await model.ReviseAsync(guarded, brief, turn, ModelReviser.Leaves(first), cancellationToken) : guarded;
            suggestion = ModelReviser.MaySuggest(first) ? await model.SuggestAsync(brief, turn, now, cancellationToken) : null;
            guarded = guarded.With(read).With(suggestion);
        }

        // 7. Gate. Words go out at once; money waits for a person, who gets a note on a long conversation.
        var input = AtTheGate(guarded);
        var decision = ReplyGate.Decide(input);
        var summary = model is not null && decision.Verdict is Verdict.HandOff ? await model.SummariseAsync(known, gathered, turn, cancellationToken) : null;

        // 8. Commit.
        var decided = new DecidedTurn(turn, reading, choice, supportCase, gathered, facts, guarded, arm, draw, input, decision, known, now) { Summary = summary };
        return await store.WriteAsync(session => TurnRecorder.Apply(session, decided, options), cancellationToken) ? decided : null;
    }

    /// <summary>After repeated failures: the turn becomes a hand-off without a draft, so that a person sees it. False when even that must wait.</summary>
    public Task<bool> GiveUpAsync(ConversationId conversation, CancellationToken cancellationToken) => store.WriteAsync(session =>
    {
        var now = time.GetUtcNow();
        return Turn.Load(session, conversation, now) is { } turn && TurnRecorder.GiveUp(session, turn, knowledge(), now);
    }, cancellationToken);

    /// <summary>The case with this turn's words in it: the open one that the turn joins, or a new one.</summary>
    private static Case OpenCase(Turn turn, PlaybookChoice choice, Understanding.Reading reading, DateTimeOffset now)
    {
        var supportCase = choice.Case ?? new Case
        {
            Id = Ids.New('c', now),
            Conversation = turn.Conversation.Id,
            Playbook = choice.Playbook?.Issue ?? "",
            Version = choice.Playbook?.Version ?? "",
            OpenedAt = now,
        };
        return supportCase with
        {
            Words = Case.Joined(supportCase.Words, turn.Text),
            MovesMoney = supportCase.MovesMoney || reading.Money.Sense == Understanding.MoneySense.Moves,
            LastAt = now,
        };
    }

    private FactQuestion Question(Turn turn, PlaybookChoice choice, Case supportCase, Understanding.Reading reading) => new(
        choice.Playbook?.FactNames() ?? (model is null ? new HashSet<string>() : s_whoAsks),
        reading,
        turn.Text,
        choice.Case?.Words ?? "",
        turn.Conversation.Language is "und" ? null : turn.Conversation.Language,
        turn.Attachments.Count,
        // After a day of quiet the chat proves its orders anew: the phone may be in other hands.
        turn.Cases.Count > 0 ? turn.Conversation.Identity : turn.Conversation.Identity.ForNewCase());

    /// <summary>Whether an answer of this turn will be looked at by a person, should one be sent.</summary>
    private async Task<SpotCheckDraw> DrawAsync(Turn turn, PlaybookChoice choice, CanaryConfig rollout, CancellationToken cancellationToken) => choice.Playbook is not { } playbook
        ? SpotCheckDraw.No
        : SpotChecks.Draw(rollout, turn.Id, await store.ReadAsync(
            session => choice.ReadBy == ReadBy.Model
                ? session.Outcomes.Answered(ModelStratum.Name, ModelStratum.Version, rollout.MinimumScored)
                : session.Outcomes.Answered(playbook.Issue, playbook.Version, rollout.MinimumScored), cancellationToken));

    private static ArmOfTurn ArmOf(ConversationId id, PlaybookChoice choice, CanaryConfig rollout) => new(
        Bucket.Of(rollout.Salt, id.Channel, id.Customer),
        ModelStratum.PercentageOf(rollout, choice.Playbook?.Issue, choice.ReadBy),
        ModelStratum.ArmOf(rollout, choice.Playbook?.Issue, choice.ReadBy, id.Channel, id.Customer),
        ModelStratum.ShareOf(rollout, choice.Playbook?.Issue, choice.ReadBy));
}

/// <summary>The customer's side of the canary for this turn; stored only to explain it.</summary>
public sealed record ArmOfTurn(int Bucket, decimal Percentage, Arm Arm, double Share);

/// <summary>One decision with everything it came from.</summary>
public sealed record DecidedTurn(
    Turn Turn, Understanding.Reading Reading, PlaybookChoice Choice, Case SupportCase, GatheredFacts Gathered, FactSet Facts, GuardedDraft Guarded,
    ArmOfTurn Arm, SpotCheckDraw Draw, GateInput Input, Decision Decision, PlaybookSnapshot PlaybookSnapshot, DateTimeOffset At)
{
    public Draft Draft => Guarded.Draft;

    /// <summary>For the person who takes over; null when there is none.</summary>
    public HandOffSummary? Summary { get; init; }

    /// <summary>Every call of a model in this turn.</summary>
    public IReadOnlyList<ModelUse> ModelUses => [.. Guarded.ModelUses, .. Summary?.Uses ?? []];
}

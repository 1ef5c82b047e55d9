using OpsChat.Canary;
using OpsChat.Drafting;
using OpsChat.Facts;
using OpsChat.Messages;
using OpsChat.Playbooks;
using OpsChat.Text;
using OpsChat.Understanding;

namespace OpsChat.Decisions;

/// <summary>
/// Steps 2 to 7 of the way of a message, once in the program: the pipeline, <c>eval</c>, the playbooks' own tests, <c>try</c> and <c>replay</c>
/// all call it. 2. Understand, 3. choose the playbook, 4. gather facts, 5. draft, 6. guard, 7. gate. It changes nothing and reads no clock and no
/// chance: the same input, playbooks and answers to its look-ups give the same decision.
/// </summary>
/// <remarks>
/// Where several matters of one message are decided one by one, steps 2 to 7 are taken for each matter with the text of its clauses: a look-up is
/// known by the words that it is about, so one record holds all of them. What the customer told so far stands in <see cref="Case.Slots"/>.
/// </remarks>
public static class TurnDecider
{
    private static readonly HashSet<string> s_nothing = [];

    /// <summary>Without a playbook nothing needs an order's facts, but a model's look-ups are bound to the order that the chat proves.</summary>
    private static readonly HashSet<string> s_whoAsks = ["order.number"];

    /// <summary>Decides a turn from what is looked up meanwhile. Several matters are decided one by one; the first leads.</summary>
    public static async Task<TurnDecision> DecideAsync(TurnInput input, PlaybookSnapshot known, ILookups lookups, CancellationToken cancellationToken)
    {
        var reads = await MattersAsync(input, known, lookups, cancellationToken);
        var decided = new List<TurnDecision>();
        foreach (var matter in reads.Matters)
        {
            decided.Add(await DecideAsync(matter, reads, input, known, lookups, cancellationToken));
        }

        // What no answer accounts for is a person's.
        if (reads.Rest(decided) is { } rest)
        {
            decided.Add(await DecideAsync(rest, reads, input, known, lookups, cancellationToken));
        }

        return Joined(decided, reads);
    }

    private static async Task<TurnDecision> DecideAsync(
        Matter matter, ReadMatters reads, TurnInput input, PlaybookSnapshot known, ILookups lookups, CancellationToken cancellationToken)
    {
        var (turn, matters) = (input.Turn, reads.Matters.Count);

        // 2. Understand: what it tells, after what was said before, and what it asks. What was read to tell the matters apart is not read again.
        var clause = reads.Of(matter) ?? await ReadAsync(matter.Text, matter.Named, input, known, lookups, cancellationToken);
        var (text, told) = (clause.Asked, clause.Told);
        var reading = DoubtedWish.WithoutFaint(text, clause.Reading, told, turn, known);

        // 3. Choose. Below the threshold there is no playbook, and nobody guesses.
        // Where the classifier is not sure, a model may read; the answer stays the owner's.
        var choice = PlaybookChoice.Make(text, reading, told, turn, known);
        if (matters == 1 && LeftOutWords.Filled(new(text, reading, told), choice, input, known, lookups.Encoder) is { } filled)
        {
            (choice, reading, told) = filled;
        }

        (choice, reading) = (choice.With(input.Autonomy), DoubtedWish.In(text, reading, told, turn, choice));
        // It reads the whole turn, and so not what is left of one that was answered in part.
        var read =
            lookups.HasModel
            && matters == 1
            && matter.Number == 0
            && input.Rollout.ReadByModel > 0
            && ModelQuestions.MayRead(reading, choice, turn, input.At)
                ? await lookups.ReadAsync(known, turn, cancellationToken)
                : null;
        if (read?.Reading is { } modelReading)
        {
            (choice, reading) = (choice.ByModel(modelReading, known), reading.With(modelReading.OrderNumbers));
            told = told with { Details = reading.Entities };
        }

        // 4. Gather facts, read-only. An order's facts come only after the chat proved the order. Where no playbook was chosen, those that come
        // nearest still draft for the person who answers.
        var sentences = input.Schema >= TurnInput.SentencesOfTheMessage && matters == 1 && DraftGuess.MayBeNeeded(choice, reading)
            ? Clauses.Sentences(text).Select(sentence => known.Reader.Read(sentence, reading.Language, lookups.Encoder)).ToList()
            : [];
        reading = sentences.Aggregate(reading, (all, sentence) => all.WithAnswersOf(sentence));
        var guesses = DraftGuess.Of(choice, text, reading, sentences, told, turn, known);
        var gathered = await lookups.FactsAsync(
            QuestionOf(turn, text, choice, guesses, reading, told.Product, lookups.HasModel),
            known.Policy,
            cancellationToken
        );
        var supportCase = OpenCase(matter, input, choice, reading, told, known);
        var plain = gathered
            .Facts.With(known.Shop.Facts(input.At, reading.Language))
            .With(SlotFacts.Of(supportCase, matter.Text, matters, turn, known.Shop, input.At));
        var facts = plain.Worded(language => known.Shop.Facts(input.At, language).Concat(FactWords.In(language, plain)));

        // 5. Draft, and 6. guard: the owner's words with facts in them. Who asks states nothing, so a likely playbook may ask where it may not
        // answer; and what the owner decides may be laid before them.
        var brief = new DraftBrief(reading, choice.Playbook, supportCase, facts, gathered, known)
        {
            Text = text,
            Said = turn.Said,
            HasSpoken = turn.Said.Count > 0 || choice.Case is not null,
            MayRemind = WaitingWords.MayRemind(turn, input.At),
            Waits = choice.Case is { } open && turn.CasesWithCard.Contains(open.Id),
        };
        if ((DraftGuess.ThatAsks(guesses, brief) ?? DraftGuess.ThatIsWished(guesses, brief, told)) is { } likely && MayAsk(likely, turn, known))
        {
            choice = PlaybookChoice.Asking(likely, told, turn).With(input.Autonomy);
            supportCase = OpenCase(matter, input, choice, reading, told, known);
            brief = brief with { Playbook = choice.Playbook, SupportCase = supportCase };
        }

        var guarded = DraftWriter.Write(brief);
        var arm = input.Rollout.ArmFor(choice.Playbook?.Issue, choice.ReadBy);
        var draw = await DrawAsync(input, choice, lookups, cancellationToken);
        var gate = GateOf(reads, TurnGate.Input(input, choice, told, brief, guarded, arm, draw));

        // A model may compose what would leave, or doubt it; what a guardrail stops falls back to the owner's words or to a person.
        if (lookups.HasModel)
        {
            guarded = (await WithModelAsync(guarded, ReplyGate.Decide(gate), brief, input, lookups, cancellationToken)).With(read);
            gate = GateOf(reads, TurnGate.Input(input, choice, told, brief, guarded, arm, draw));
        }

        // 7. Gate. Words go out at once; money waits for a person.
        return new()
        {
            Input = input,
            Matter = matter,
            PlaybookSnapshot = known,
            Reading = reading,
            Told = told,
            Choice = choice,
            Guesses = choice.Playbook is null ? DraftGuess.Drafted(guesses, brief, turn)
                : gate.AsksMoreThanStock ? DraftGuess.Drafted(DraftGuess.OfGoods(reading, known), brief, turn)
                : [],
            SupportCase = supportCase,
            Gathered = gathered,
            Facts = facts,
            Guarded = guarded,
            Arm = arm,
            Draw = draw,
            Gate = gate,
            Decision = ReplyGate.Decide(gate),
        };
    }

    /// <summary>While a person has a matter, a likely playbook may still ask which goods or which place another one is about.</summary>
    private static bool MayAsk(DraftGuess asks, Turn turn, PlaybookSnapshot known) =>
        turn.CasesWithCard.Count == 0
        || (
            !known.NeedsOf(asks.Playbook.Issue).HasFlag(PlaybookNeeds.Order)
            && !turn.Cases.Any(open => open.Playbook == asks.Playbook.Issue && turn.CasesWithCard.Contains(open.Id))
        );

    /// <summary>Decides a stored turn again, from its record alone.</summary>
    /// <param name="known">The playbooks of then, or others.</param>
    public static Redecision Decide(TurnInput input, PlaybookSnapshot known)
    {
        if (input.Schema is < TurnInput.OldestSchema or > TurnInput.CurrentSchema)
        {
            return new Redecision.Undecidable(
                $"an input of schema {TurnInput.OldestSchema} to {TurnInput.CurrentSchema}; this one has {input.Schema}"
            );
        }

        var lookups = new RecordedLookups(input.Lookups, input.At);
        try
        {
            // Recorded look-ups are complete at once, and so is this.
            var decision = DecideAsync(input, known, lookups, CancellationToken.None).GetAwaiter().GetResult();
            return lookups.Encoder.Missing.Count > 0
                ? new Redecision.Undecidable("what the sentence encoder says of these words beside other examples")
                : new Redecision.Decided(decision);
        }
        catch (NotRecordedException e)
        {
            return new Redecision.Undecidable(e.Message);
        }
    }

    private static async Task<GuardedDraft> WithModelAsync(
        GuardedDraft owners, Decision first, DraftBrief brief, TurnInput input, ILookups lookups, CancellationToken cancellationToken)
    {
        var guarded = ModelQuestions.IsAskedAfter(first)
            ? await lookups.RevisedAsync(owners, brief, input.Turn, ModelQuestions.Leaves(first), cancellationToken)
            : owners;
        return ModelQuestions.MaySuggest(first)
            ? guarded.With(await lookups.SuggestedAsync(brief, input.Turn, input.At, cancellationToken))
            : guarded;
    }

    /// <summary>The matters of the turn; one when a question of ours is answered, or when the turn is about one thing.</summary>
    private static async Task<ReadMatters> MattersAsync(
        TurnInput input,
        PlaybookSnapshot known,
        ILookups lookups,
        CancellationToken cancellationToken
    )
    {
        var turn = input.Turn;
        if (input.Schema < TurnInput.SeveralMatters || turn.Conversation.TakenOverUntil > input.At || turn.IsPaused)
        {
            return ReadMatters.One(turn);
        }

        var isLongList = input.Schema >= TurnInput.PlaceOfTheMessage && MatterSplit.IsLongList(turn.Text);
        var apart = input.Schema >= TurnInput.SentencesOfTheMessage ? CoordinatedQuestions.WrittenOut(turn.Text) : null;
        var (clauses, mayBeBoth) = (MatterSplit.Clauses(apart ?? turn.Text), BothProducts.MayBeIn(turn.Text));
        if (clauses.Count == 0 && !mayBeBoth && !isLongList)
        {
            return ReadMatters.One(turn);
        }

        var whole = await ReadAsync(turn.Text, ProductFocus.None, input, known, lookups, cancellationToken);
        if (mayBeBoth && BothProducts.Matters(turn, whole) is { Count: > 1 } each)
        {
            return ReadMatters.One(turn) with { Matters = each, Read = [whole] };
        }

        if (clauses.Count == 0)
        {
            if (input.Schema >= TurnInput.QuestionBehindGoods && BothProducts.Compared(whole, [], turn) is { Count: > 1 } sides)
            {
                return ReadMatters.One(turn) with { Matters = sides, Read = [whole] };
            }

            var areTooMany = isLongList && !PlaybookChoice.AnswersOurQuestion(turn.Text, whole.Reading, whole.Told, turn);
            return ReadMatters.One(turn) with { Read = [whole], AreTooMany = areTooMany };
        }

        if (whole.Reading.Withdrawal != Withdrawal.Wholly && PlaybookChoice.AnswersOurQuestion(turn.Text, whole.Reading, whole.Told, turn))
        {
            return ReadMatters.One(turn) with { Read = [whole] };
        }

        // "Between pandan and lemongrass candle": cut in parts, the first would lose its noun.
        var text = turn.Text;
        if ((whole.Told.Product.WrittenOut ?? apart) is { } written)
        {
            (text, clauses) = (written, MatterSplit.Clauses(written));
            whole = await ReadAsync(written, ProductFocus.None, input, known, lookups, cancellationToken);
        }

        // "Do you have it in size 39, and are they waterproof": a part may speak of what the one before named.
        var (read, named) = (new List<ReadClause>(), ProductFocus.None);
        foreach (var clause in clauses)
        {
            var part = await ReadAsync(clause, named, input, known, lookups, cancellationToken);
            // The first of a list asks, and the others take over what it asks.
            var asking = read.LastOrDefault(before => before.Whole is null);
            read.Add(input.Schema >= TurnInput.ListedGoods && GoodsInAList.Question(asking, part) is { } question
                ? await ReadAsync(question, ProductFocus.None, input, known, lookups, cancellationToken) with { Text = clause, Whole = question }
                : part);
            if (input.Schema >= TurnInput.PlaceOfTheMessage && read[^1].Told.Places.Count == 0)
            {
                var there = read.LastOrDefault(before => before.Told.Places.Count > 0)?.Told.Places ?? [];
                read[^1] = read[^1] with { Told = read[^1].Told with { Places = there } };
            }

            var goods = read[^1].Told.Product;
            var isChosen = input.Schema >= TurnInput.OptionOfTheMessage && goods is { NamesOption: true, Titles: [_] };
            if (input.Schema >= TurnInput.GoodsOfTheMessage && (goods.IsNamed || isChosen))
            {
                named = new(goods.Titles, goods.Options, goods.Quantity);
            }
        }

        if (input.Schema < TurnInput.QuestionBehindGoods)
        {
            return MatterSplit.Of(text, whole, read, input, known);
        }

        if (BothProducts.Compared(whole, read, turn) is { Count: > 1 } compared)
        {
            return ReadMatters.One(turn) with { Matters = compared, Read = [whole, .. read] };
        }

        // "Are the mug in white and the kettle available": the last of a list asks, and those before it take over what it asks.
        for (var (at, asking) = (read.Count - 2, read[^1]); at >= 0; at--)
        {
            if (read[at].Whole is null && !Clauses.IsAsked(text, read[at].Text) && GoodsInAList.QuestionBehind(read[at], asking) is { } question)
            {
                read[at] = await ReadAsync(question, ProductFocus.None, input, known, lookups, cancellationToken)
                    with { Text = read[at].Text, Whole = question };
            }
            else
            {
                asking = read[at].Whole is null ? read[at] : asking;
            }
        }

        return MatterSplit.Of(text, whole, read, input, known);
    }

    private static GateInput GateOf(ReadMatters reads, GateInput gate) => reads.AreTooMany ? gate with { HasSeveralIssues = true } : gate;

    private static async Task<ReadClause> ReadAsync(
        string text,
        ProductFocus named,
        TurnInput input,
        PlaybookSnapshot known,
        ILookups lookups,
        CancellationToken cancellationToken
    )
    {
        var turn = input.Turn;
        var mention = await MentionAsync(text, named, turn, lookups, cancellationToken);
        // A part of a message is in the language of the whole.
        var isPart = text != turn.Text && input.Schema >= TurnInput.PlaceOfTheMessage;
        var language = turn.KnownLanguage ?? (isPart ? LanguageDetector.Sure(turn.Text) : null);
        // A colour or a size alone asks nothing in words of its own.
        var isOption = input.Schema >= TurnInput.QuestionBehindGoods
            && mention is { IsNamed: false, NamesOption: true, IsAllThatIsSaid: true, Request: null } && !text.Any(Scripts.IsUnspaced);
        var reading = known.Reader.Read(text, language, lookups.Encoder, isOption ? "" : mention.Request);
        reading = Withdrawals.In(reading with { Entities = AwaitedNumbers.With(reading.Entities, text, turn) }, text, turn, known);
        // A product may be named after a place.
        return new(
            text,
            reading,
            new ToldSlots(mention, Places.In(mention.Request ?? text), reading.Entities)
            {
                Day = DayReader.Read(text, known.Policy.DayOf(input.At)),
            }
        )
        {
            Named = named,
        };
    }

    /// <summary>The matters as one decision; the first that is answered leads.</summary>
    private static TurnDecision Joined(List<TurnDecision> decided, ReadMatters reads)
    {
        var leading = decided.FirstOrDefault(matter => matter.SaysSomething) ?? decided[0];
        return leading with
        {
            Others = [.. decided.Where(matter => matter != leading)],
            Encoder = reads
                .Read.Select(read => read.Reading.Encoder)
                .Concat(decided.Select(matter => matter.Reading.Encoder))
                .OfType<EncoderAnswers>()
                .Aggregate((EncoderAnswers?)null, (all, more) => all?.With(more) ?? more),
        };
    }

    /// <summary>
    /// Read after the product that was talked about last, in the same message or before it; when the words name one of an earlier matter, after
    /// that: "when will the frother be back" means the white one that was asked about.
    /// </summary>
    private static async Task<ProductMention> MentionAsync(
        string text,
        ProductFocus named,
        Turn turn,
        ILookups lookups,
        CancellationToken cancellationToken
    )
    {
        ProductFocus[] before = [.. turn.Cases.Select(open => open.Slots.Focus()).Prepend(named).Where(focus => focus.Titles.Count > 0)];
        var mention = await lookups.MentionAsync(text, before.Length > 0 ? before[0] : ProductFocus.None, cancellationToken);
        return
            mention is { IsNamed: true, Titles: [var title] }
            && Array.Find(before, focus => focus.Titles is [var known] && known == title) is { } earlier
            && earlier != before[0]
            ? await lookups.MentionAsync(text, earlier, cancellationToken)
            : mention;
    }

    private static Case OpenCase(Matter matter, TurnInput input, PlaybookChoice choice, Reading reading, ToldSlots told, PlaybookSnapshot known)
    {
        var turn = input.Turn;
        // "Gift wrapping" is not about the Gift Box.
        if (choice.Playbook is { } chosen && told.Product.Request is null && !known.NeedsOf(chosen.Issue).HasFlag(PlaybookNeeds.Product))
        {
            told = told with { Product = ProductMention.Nothing };
        }

        var supportCase = choice.Case ?? new Case
        {
            Id = matter.CaseIdIn(turn),
            Conversation = turn.Conversation.Id,
            Playbook = choice.Playbook?.Issue ?? "",
            Version = choice.Playbook?.Version ?? "",
            OpenedAt = input.At,
        };
        return supportCase with
        {
            Words = Case.Joined(supportCase.Words, matter.Text),
            MovesMoney = supportCase.MovesMoney || reading.Money.Sense == MoneySense.Moves,
            Slots = supportCase.Slots.With(told, turn.Messages[^1].Id),
            LastAt = input.At,
        };
    }

    private static FactQuestion QuestionOf(
        Turn turn,
        string text,
        PlaybookChoice choice,
        IReadOnlyList<DraftGuess> guesses,
        Reading reading,
        ProductMention mention,
        bool hasModel
    ) =>
        new(
            (choice.Playbook is { } playbook ? NeededFor(playbook) : null)
                ?? guesses.SelectMany(guess => guess.Playbook.FactNames()).Union(hasModel ? s_whoAsks : s_nothing).ToHashSet(),
            reading,
            text,
            mention,
            turn.KnownLanguage,
            turn.Attachments.Count,
            // After a day of quiet the chat proves its orders anew: the phone may be in other hands.
            turn.Cases.Count > 0
                ? turn.Conversation.Identity
                : turn.Conversation.Identity.ForNewCase()
        )
        {
            IsSuspect = turn.IsSuspect,
        };

    /// <summary>Who approves an action on an order is told of a return on record, whether or not the playbook speaks of it.</summary>
    private static IReadOnlySet<string> NeededFor(Playbook playbook) =>
        playbook.Settings.Financial == FinancialUse.Action && playbook.FactNames() is var names && names.Any(IsOfOrder)
            ? names.Append(FactNames.ReturnStatus).ToHashSet(StringComparer.Ordinal)
            : playbook.FactNames();

    private static bool IsOfOrder(string name) => name.StartsWith("order.", StringComparison.Ordinal);

    /// <summary>Whether an answer of this turn will be looked at by a person, should one be sent.</summary>
    private static async Task<SpotCheckDraw> DrawAsync(
        TurnInput input,
        PlaybookChoice choice,
        ILookups lookups,
        CancellationToken cancellationToken
    ) =>
        choice.Playbook is not { } playbook
            ? SpotCheckDraw.No
            : SpotChecks.Draw(input.Rollout.MinimumScored, input.Rollout.DrawShare, input.Rollout.Roll,
                choice.ReadBy == ReadBy.Model
                    ? await lookups.AnsweredAsync(ModelStratum.Name, ModelStratum.Version, input.Rollout.MinimumScored, cancellationToken)
                    : await lookups.AnsweredAsync(playbook.Issue, playbook.Version, input.Rollout.MinimumScored, cancellationToken));
}

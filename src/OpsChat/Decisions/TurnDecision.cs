using OpsChat.Canary;
using OpsChat.Drafting;
using OpsChat.Facts;
using OpsChat.Messages;
using OpsChat.Playbooks;
using OpsChat.Understanding;

namespace OpsChat.Decisions;

/// <summary>One decision with everything that it came from.</summary>
public sealed record TurnDecision
{
    public required TurnInput Input { get; init; }
    /// <summary>The words that it is about.</summary>
    public required Matter Matter { get; init; }

    /// <summary>Further matters of the same turn, each decided by itself; empty for a turn about one thing.</summary>
    public IReadOnlyList<TurnDecision> Others { get; init; } = [];

    /// <summary>All that the turn took from the sentence encoder; null when none took part.</summary>
    public EncoderAnswers? Encoder { get; init; }

    /// <summary>This matter and the others.</summary>
    public IEnumerable<TurnDecision> Matters => Others.Prepend(this);

    /// <summary>What the chat claimed and proved after this turn: what the matter that was about an order found, else what the words told.</summary>
    public IdentityState NextIdentity => (Matters.FirstOrDefault(matter => matter.Gathered.Identity is not null) ?? this).Gathered.NextIdentity;

    /// <summary>The number of the order that this matter is about as far as the chat told: the one that it names, else the latest of the
    /// chat; null when
    /// there is none.</summary>
    public string? OrderNamed =>
        Gathered.Proven?.Number
        ?? SupportCase.Slots.Order?.Value
        ?? (
            NextIdentity.OrderNumbers is [.., var given] ? given
            : NextIdentity.Proven is [.., var proven] ? proven
            : null
        );

    /// <summary>Orders on which a try failed in this turn.</summary>
    public IEnumerable<string> TriedKeys => Matters.SelectMany(matter => matter.Gathered.TriedKeys).Distinct();

    /// <summary>The customer gets an answer or a question on this matter.</summary>
    public bool SaysSomething => Decision.Verdict is Verdict.Send or Verdict.AskCustomer;

    public required PlaybookSnapshot PlaybookSnapshot { get; init; }
    public required Reading Reading { get; init; }
    public required ToldSlots Told { get; init; }
    public required PlaybookChoice Choice { get; init; }

    /// <summary>Drafts of the playbooks that come nearest where none was chosen, best first; for the person who answers.</summary>
    public IReadOnlyList<DraftGuess> Guesses { get; init; } = [];

    /// <summary>The case with this turn's words and slots in it: the open one that the turn joins, or a new one.</summary>
    public required Case SupportCase { get; init; }
    public required GatheredFacts Gathered { get; init; }

    /// <summary>The gathered facts and the shop's own.</summary>
    public required FactSet Facts { get; init; }
    public required GuardedDraft Guarded { get; init; }
    public required ArmOfTurn Arm { get; init; }
    public required SpotCheckDraw Draw { get; init; }

    /// <summary>What the gate saw.</summary>
    public required GateInput Gate { get; init; }
    public required Decision Decision { get; init; }

    /// <summary>For the person who takes over; null when there is none. Decides nothing.</summary>
    public HandOffSummary? Summary { get; init; }

    /// <summary>The order that the matter is about, for the person who answers; null when there is none. Decides nothing.</summary>
    public OrderOnCard? Order { get; init; }

    public Turn Turn => Input.Turn;
    public DateTimeOffset At => Input.At;
    public Draft Draft => Guarded.Draft;

    /// <summary>Every call of a model in this turn.</summary>
    public IReadOnlyList<ModelUse> ModelUses => [.. Guarded.ModelUses, .. Summary?.Uses ?? []];

    /// <summary>What the customer would read: the answer or the question; null when nothing can be shown.</summary>
    public string? Reply => Decision.Verdict is Verdict.AskCustomer ask ? ask.Question : Words;

    // A yes from the stock is no answer to another question, not even as a suggestion.
    private string? Words => Gate.AsksMoreThanStock ? null : Draft.Text;

    /// <summary>What a person is offered to send: the draft, else what a model found, else the question, else what comes nearest.</summary>
    public string? Suggestion =>
        ((string?[])[Words, Guarded.Suggestion?.Text, Guarded.Question, .. Guesses.Select(guess => guess.Text)]).FirstOrDefault(text =>
            text is not null && !Turn.WasRejected(text)
        );

    /// <summary>How sure it is that the suggestion's playbook is the right one; null when none is in it.</summary>
    public double? Confidence => Choice.Playbook is { } chosen ? Reading.Issues.FirstOrDefault(issue => issue.Issue == chosen.Issue)?.Confidence
        : Draft.Text is null && Guarded.Suggestion?.Text is null ? Guesses.FirstOrDefault(guess => guess.Text is not null)?.Confidence
        : null;

    /// <summary>What else could be meant.</summary>
    public IReadOnlyList<AlternativeDraft> Alternatives =>
        [
            .. Guesses
                .Where(guess => guess.Text is { } text && text != Suggestion && !Turn.WasRejected(text))
                .Take(MostAlternatives)
                .Select(guess => new AlternativeDraft(guess.Playbook.Issue, guess.Confidence, guess.Text!)),
        ];

    private const int MostAlternatives = 2;

    /// <summary>The case as it is remembered when the customer got nothing but this: answered, asked, or left with a person.</summary>
    public Case CaseAfter() =>
        Decision.Verdict switch
        {
            Verdict.Send when Reading.SmallTalk != SmallTalk.None && Draft.Origin == DraftOrigin.StandingText => SupportCase with
            {
                RemindedAt = Draft.IsReminder ? At : SupportCase.RemindedAt,
            },
            Verdict.Send => SupportCase with { Awaiting = [] },
            Verdict.AskCustomer ask => SupportCase with
            {
                Asked = [.. SupportCase.Asked.Union(ask.Items)],
                Awaiting = ask.Items,
                Questions = SupportCase.Questions + 1,
            },
            Verdict.AskOwner or Verdict.HandOff => SupportCase with { Awaiting = [], HoldingSent = true },
            _ => SupportCase,
        };
}

/// <summary>What comes of deciding a stored turn again. Closed.</summary>
public abstract record Redecision
{
    private Redecision() { }

    public sealed record Decided(TurnDecision Decision) : Redecision;

    /// <param name="Needs">What was not recorded, in words for a person.</param>
    public sealed record Undecidable(string Needs) : Redecision;
}

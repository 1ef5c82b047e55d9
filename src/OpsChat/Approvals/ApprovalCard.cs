using System.Text.RegularExpressions;
using OpsChat.Decisions;
using OpsChat.Drafting;
using OpsChat.Facts;
using OpsChat.Messages;
using OpsChat.Text;
using OpsChat.Understanding;

namespace OpsChat.Approvals;

/// <summary>Makes what the owner decides on: the exact text, the amount at stake, the facts, and what is unusual. Pure.</summary>
static partial class ApprovalCard
{
    /// <summary>The fact that says what the order could move at most.</summary>
    public const string Refundable = "order.refundable";

    /// <param name="pending">The card of the same case that waits already; the new one is its next revision, and has the text that a person gave
    /// it.</param>
    public static Approval Make(TurnDecision decided, Case supportCase, ApprovalOptions options, Approval? pending)
    {
        var text = decided.Draft.Text!;
        var playbook = decided.Choice.Playbook?.Issue ?? supportCase.Playbook;
        var currency = decided.PlaybookSnapshot.Policy.Currency;
        var card = new Approval
        {
            Id = pending?.Id ?? Ids.New('a', decided.At),
            Revision = (pending?.Revision ?? 0) + 1,
            Conversation = supportCase.Conversation,
            CaseId = supportCase.Id,
            Turn = decided.Turn.Id,
            CustomerWords = Case.Joined(pending?.CustomerWords, decided.Turn.Shown(decided.Turn.Text)),
            Text = text,
            Suggested = text,
            Playbook = playbook,
            Version = decided.Choice.Playbook?.Version ?? supportCase.Version,
            Action = ActionOf(playbook),
            OrderNumber = decided.Facts.Text("order.number"),
            Amount = AmountOf(decided, currency),
            Reasons = [.. CardReason.Of(decided)],
            Unusual = [.. Unusual(decided, isAboutAnOrder: !IsForEverybody(decided))],
            Facts = [.. decided.Facts.All.Select(ShownFact.From).Where(IsShown)],
            Marks = pending?.Marks ?? [],
            Unconfirmed = [.. pending?.Withdrawals ?? [], .. AskedFor(decided, pending, currency)],
            SeenSeq = decided.Turn.LastSeq,
            CreatedAt = pending?.CreatedAt ?? decided.At,
            ExpiresAt = decided.PlaybookSnapshot.Shop.Hours.AddOpenTime(decided.At, options.RespondWithin),
        }.ReadStake();
        return (pending is { } before && before.Text != before.Suggested ? Keeping(card, before, currency) : card).Sealed();
    }

    /// <summary>What is written for everybody, with hours, fees and limits in it: nothing of it is about one customer's order.</summary>
    private static bool IsForEverybody(TurnDecision decided) =>
        decided.Draft.IsWrittenTerms && decided.Guarded.DraftMoney.Sense != MoneySense.Moves;

    /// <summary>What is written for everybody has nothing at stake.</summary>
    private static Money? AmountOf(TurnDecision decided, string currency) =>
        IsForEverybody(decided)
            ? null
            : AmountAtStake.OfTemplate(
                decided.Draft.Text!,
                decided.Facts.Amount(Refundable),
                decided.Draft is { Origin: DraftOrigin.StandardReply or DraftOrigin.Rule } draft && draft.FactsUsed.Contains(AmountAtStake.Refunded)
                    ? decided.Facts.Amount(AmountAtStake.Refunded)
                    : null,
                AmountAtStake.CurrencyIn(decided.Facts.All.Select(ShownFact.From), currency),
                AmountAtStake.CodesIn(decided.Facts.All.Select(ShownFact.From))
            );

    private static IReadOnlyList<Doubt> AskedFor(TurnDecision decided, Approval? pending, string currency) =>
        AmountOf(decided, currency) is { } amount && decided.Facts.Amount(Refundable) is { } refundable && amount == refundable
            ? AskedOtherwise.Of(
                Case.Joined(pending?.CustomerWords, decided.Turn.Shown(decided.Turn.Text)),
                amount,
                decided.Facts.Find("order.items")?.Value is FactValue.Words { Values: var items } ? items : [],
                decided.Facts.Find("order.item_count")?.Value is FactValue.Number { Value: var pieces } ? pieces : null
            )
            : [];

    /// <summary>The customer's next words make a new draft, and do not take a person's edit away: the edited text stays, with what it moves and
    /// what is not confirmed of it, and the draft is named beside it.</summary>
    private static Approval Keeping(Approval card, Approval edited, string currency)
    {
        var ofAction = edited.Stake == MoneyStake.Action;
        var kept = (card with
        {
            Action = ofAction ? edited.Action : card.Action,
            Stake = ofAction ? MoneyStake.Action : null,
            Unconfirmed = edited.Unconfirmed,
            Marks = card.Suggested == edited.Suggested ? card.Marks : Case.Joined(card.Marks, DraftBeside(card.Suggested)),
        }).WithText(edited.Text, currency);
        var before = ofAction ? null : AmountAtStake.OfEdited(edited.Text, edited.Suggested, card.Facts, currency);
        return (kept with { Amount = AmountAtStake.Larger(kept.Amount, before) }).ReadStake();
    }

    private static string DraftBeside(string draft)
    {
        var line = draft.ReplaceLineEndings(" ").Trim();
        return $"the text is a person's; from the customer's new words OpsChat would have written "
            + $"“{(line.Length > MostQuoted ? $"{line[..MostQuoted]}…" : line)}”";
    }

    private const int MostQuoted = 300;

    /// <summary>The same with what its words move; of a card for an action its action decides.</summary>
    public static Approval ReadStake(this Approval card) =>
        card.Stake == MoneyStake.Action ? card : card with { Stake = AmountAtStake.StakeOf(card.Text, card.Amount, card.Facts) };

    /// <summary>The same card with other words of a person, as its next revision has them.</summary>
    /// <param name="currency">The shop's.</param>
    public static Approval WithText(this Approval card, string text, string currency) => (
        card with
        {
            Text = text,
            Amount = card.Stake == MoneyStake.Action
                ? AmountAtStake.OfEditedAction(text, card.Facts, currency)
                : AmountAtStake.OfEdited(text, card.Suggested, card.Facts, currency),
        }
    ).ReadStake();

    /// <summary>An action that a model proposed: the owner decides on the text and on what the shop has to do. The whole of what is left of the
    /// order is at stake, also when nobody knows how much that is and the text does not speak of it.</summary>
    public static Approval OfProposal(
        TurnDecision decided,
        Case supportCase,
        ActionProposal proposal,
        string text,
        ApprovalOptions options
    ) =>
        new Approval
        {
            Id = Ids.New('a', decided.At),
            Revision = 1,
            Conversation = supportCase.Conversation,
            CaseId = supportCase.Id,
            Turn = decided.Turn.Id,
            CustomerWords = decided.Turn.Shown(decided.Turn.Text),
            Text = text,
            Suggested = text,
            Playbook = supportCase.Playbook,
            Version = supportCase.Version,
            Action = proposal.Action,
            OrderNumber = proposal.Order,
            Amount = decided.Facts.Amount(Refundable),
            Stake = MoneyStake.Action,
            Reasons = [new CardReason.ModelProposed()],
            Unusual = [.. Unusual(decided, isAboutAnOrder: true)],
            Facts = [.. decided.Facts.All.Concat(decided.Guarded.Suggestion?.Facts ?? []).Select(ShownFact.From).Where(IsShown)],
            SeenSeq = decided.Turn.LastSeq,
            CreatedAt = decided.At,
            ExpiresAt = decided.PlaybookSnapshot.Shop.Hours.AddOpenTime(decided.At, options.RespondWithin),
        }.Sealed();

    /// <summary>What the shop has to do after approval is named by the playbook.</summary>
    public static string ActionOf(string playbook) => playbook.Length > 0 ? playbook : "answer";

    /// <summary>Everybody knows the shop's own facts.</summary>
    public static bool IsShown(ShownFact fact) => !fact.Name.StartsWith("store.", StringComparison.Ordinal);

    /// <summary>The customer names goods, or means those that were just talked about with "return it", and the order has none of them. Shops name
    /// one thing in many ways: where a line may be it, nothing is said.</summary>
    private static string? GoodsOfNoneIn(TurnDecision decided)
    {
        var named = decided.SupportCase.Slots.Product?.Value;
        var goods = named ?? (
            MeansIt().IsMatch(decided.Matter.Text)
                ? decided.Turn.Cases.Select(open => open.Slots.Product?.Value).FirstOrDefault()
                : null
        );
        return goods is not null
            && decided.Facts.Text("order.number") is { } order
            && decided.Facts.Find("order.items")?.Value is FactValue.Words { Values: { Count: > 0 } items }
            && !items.Any(item => GoodsWords.MayBeOneThing(item, goods))
                ? $"The customer {(named is null ? "asked about" : "names")} {goods}, and order {order} has none of it: {string.Join(", ", items)}."
                : null;
    }

    [GeneratedRegex(
        @"\b(?:return|refund|exchange|replace|change|send|pulangkan|tukar)\s+(?:it|them|itu|dia)\b|退它|换它|退掉它",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex MeansIt();

    private static bool IsOnItsWay(string status) => status is "requested" or "approved" or "in transit";

    /// <summary>The draft gives back all of an order that has left, and more than its goods cost: whether postage goes back too is the owner's to
    /// say. Null where a line has no price, so that nobody knows.</summary>
    private static string? PostageIn(TurnDecision decided)
    {
        if (decided.Gathered.Order is not { IsShipped: true, Total: { } total, Lines: { Count: > 0 } lines }
            || decided.Draft.Text is null
            || AmountOf(decided, decided.PlaybookSnapshot.Policy.Currency) != total
            || lines.Any(line => line.Price is not { } price || price.Currency != total.Currency))
        {
            return null;
        }

        var goods = new Money(lines.Sum(line => line.Price!.Value.Minor * line.Quantity), total.Currency);
        return goods.Minor < total.Minor
            ? $"{total} is all of the order: its lines add up to {goods}, and {new Money(total.Minor - goods.Minor, total.Currency)} more is "
                + "postage, tax or a fee, less any discount."
            : null;
    }

    /// <param name="isAboutAnOrder">Whether it matters whose order it is.</param>
    private static IEnumerable<string> Unusual(TurnDecision decided, bool isAboutAnOrder)
    {
        var facts = decided.Facts;
        if (isAboutAnOrder && facts.Find("order.number") is null)
        {
            yield return decided.NextIdentity.Proven.Count == 0
                ? "No order was proven to be this customer's."
                : "It is not known which of this customer's orders it is about.";
        }

        if (facts.Find("customer.refunds")?.Value is FactValue.Number { Value: >= 1 } refunds)
        {
            yield return $"{refunds.Shown} order(s) refunded in the last 90 days.";
        }

        // Before delivery there is no window that could be closed, and nothing unusual about that.
        if (facts.Find("return.deadline") is not null && facts.Find("return.window_open")?.Value is FactValue.Flag { Value: false })
        {
            yield return "The return window is over.";
        }

        if (facts.Text(FactNames.ReturnStatus) is { } status)
        {
            var asked = facts.Text("return.requested_on") is { } day ? $", asked for on {day}" : "";
            yield return $"A return of this order is on record already: {status}{asked}.{(IsOnItsWay(status) ? " The goods are not back yet." : "")}";
        }

        if (PostageIn(decided) is { } postage)
        {
            yield return postage;
        }

        if (facts.IsTrue("order.is_shipped") && facts.Find("order.is_delivered")?.Value is FactValue.Flag { Value: false })
        {
            yield return "The parcel is still on its way: it is not recorded as delivered.";
        }

        if (facts.IsTrue("order.is_refunded"))
        {
            yield return "This order is refunded already.";
        }

        if (decided.Gathered.SeveralOrders)
        {
            yield return "The message is about more than one order; the facts are about one.";
        }

        if (GoodsOfNoneIn(decided) is { } goods)
        {
            yield return goods;
        }

        foreach (var failure in decided.Guarded.Failures)
        {
            yield return $"Guardrail: {failure.Sentence}";
        }
    }
}

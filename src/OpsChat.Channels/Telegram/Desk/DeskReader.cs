using OpsChat.Agent;
using OpsChat.Approvals;
using OpsChat.Canary;
using OpsChat.Messages;
using OpsChat.Operations.Actions;
using OpsChat.Playbooks;
using OpsChat.Storage;
using OpsChat.Storage.Tables;

namespace OpsChat.Channels.Telegram.Desk;

/// <summary>Reads from the store which cards should stand in the owner chat, and how.</summary>
public sealed class DeskReader(Approvers approvers, CurrentPlaybooks knowledge, CurrentCanary canary, ButtonSeal seal, TimeProvider time)
{
    private const int MostCards = 200;
    private const int MostSpotChecks = 50;
    // What nobody judged in a week is not asked about in a chat any more; the report counts it.
    private static readonly TimeSpan s_spotCheckAge = TimeSpan.FromDays(7);
    // A doubt that is older than that was settled by what the customer wrote since.
    private static readonly TimeSpan s_doubtAge = TimeSpan.FromDays(7);

    public CardSetting Setting => new(seal, knowledge().Shop.Hours.Zone);

    /// <summary>Everything that waits, the most pressing first, and the last form of what is shown and waits no more.</summary>
    public IReadOnlyList<DeskCard> Read(UnitOfWork session, long chat, IReadOnlyList<ShownCard> shown) =>
    [
        .. Approvals(session, shown).Select(a => Card(session, a)),
        .. HandOffs(session, shown).Select(h => Card(session, h)),
        .. Actions(session, shown).Select(a => ActionCardText.Of(a, Setting)),
        .. Questions(session, shown).Select(q => RolloutCardText.Of(q, Setting)),
        .. Translations(session, shown).Select(row => TranslationCardText.Of(row, Setting)),
        .. SpotChecks(session, chat, shown),
    ];

    /// <summary>One card as it should look now; null when what it shows is gone.</summary>
    public DeskCard? Read(UnitOfWork session, ShownCard shown) => shown.Kind switch
    {
        CardKind.Approval => session.Approvals.Find(shown.Id) is { } approval ? Card(session, approval) : null,
        CardKind.HandOff => session.HandOffs.Find(shown.Id) is { } handOff ? Card(session, handOff) : null,
        CardKind.SpotCheck => session.Outbox.Find(shown.Id) is { } answer ? SpotCheckCardText.Of(Check(session, answer), Setting) : null,
        CardKind.Action => session.ShopActions.Find(shown.Id) is { } action ? ActionCardText.Of(action, Setting) : null,
        CardKind.Rollout => session.RolloutQuestions.Find(shown.Id) is { } question ? RolloutCardText.Of(question, Setting) : null,
        CardKind.Translation => session.Translations.Find(shown.Id) is { } row ? TranslationCardText.Of(row, Setting) : null,
        CardKind.SpotCheckList => List(session, shown.Chat),
        _ => null,
    };

    /// <summary>What nobody has seen yet, oldest first, as it is told: with customers' names for what the store knows them by.</summary>
    public static IReadOnlyList<Notice> Notices(UnitOfWork session) => Named(session, session.Notices.Unseen());

    public static IReadOnlyList<Notice> Named(UnitOfWork session, IEnumerable<Notice> notices) => [.. notices.Select(notice => notice with
    {
        Text = NoticeText.Named(notice.Text, id => session.Conversations.Find(id) is { } known ? CustomerName.Of(known.Name, id) : null),
    })];

    /// <summary>Who is asked after the first one did not decide: the second of the list, or the only one.</summary>
    public Approver? Next => approvers.All.Where(a => a.TelegramId != 0).Take(2).LastOrDefault();

    /// <summary>What waits for a decision, and what may have been sent, whoever approved it and wherever.</summary>
    private IEnumerable<Approval> Approvals(UnitOfWork session, IReadOnlyList<ShownCard> shown)
    {
        var since = time.GetUtcNow() - s_doubtAge;
        IReadOnlyList<Approval> pending =
        [
            .. session.Approvals.List(ApprovalState.Pending, MostCards),
            .. session.Approvals.List(ApprovalState.Uncertain, MostCards).Where(a => a.DecidedAt > since && a.Text.Length > 0),
        ];
        var others = shown
            .Where(s => s.Kind == CardKind.Approval && pending.All(a => a.Id != s.Id))
            .Select(s => session.Approvals.Find(s.Id))
            .OfType<Approval>();
        return pending.Reverse().Concat(others);
    }

    private static IEnumerable<HandOff> HandOffs(UnitOfWork session, IReadOnlyList<ShownCard> shown)
    {
        var open = session.HandOffs.List(HandOffState.Open, MostCards);
        var others = shown
            .Where(s => s.Kind == CardKind.HandOff && open.All(h => h.Id != s.Id))
            .Select(s => session.HandOffs.Find(s.Id))
            .OfType<HandOff>();
        return open.Reverse().Concat(others);
    }

    private static IEnumerable<ShopAction> Actions(UnitOfWork session, IReadOnlyList<ShownCard> shown)
    {
        var pending = session.ShopActions.List(ShopActionState.Pending, MostCards);
        var others = shown
            .Where(s => s.Kind == CardKind.Action && pending.All(a => a.Id != s.Id))
            .Select(s => session.ShopActions.Find(s.Id))
            .OfType<ShopAction>();
        return pending.Reverse().Concat(others);
    }

    private static IEnumerable<RolloutQuestion> Questions(UnitOfWork session, IReadOnlyList<ShownCard> shown)
    {
        var open = session.RolloutQuestions.Open();
        var others = shown
            .Where(s => s.Kind == CardKind.Rollout && open.All(q => q.Id != s.Id))
            .Select(s => session.RolloutQuestions.Find(s.Id))
            .OfType<RolloutQuestion>();
        return open.Concat(others);
    }

    private static IEnumerable<TranslationRow> Translations(UnitOfWork session, IReadOnlyList<ShownCard> shown)
    {
        var waiting = session.Translations.Waiting();
        var others = shown
            .Where(s => s.Kind == CardKind.Translation && waiting.All(row => row.Id != s.Id))
            .Select(s => session.Translations.Find(s.Id));
        return waiting.Concat(others.OfType<TranslationRow>());
    }

    private IEnumerable<DeskCard> SpotChecks(UnitOfWork session, long chat, IReadOnlyList<ShownCard> shown)
    {
        var cards = shown
            .Where(s => s.Kind == CardKind.SpotCheck)
            .Select(s => session.Outbox.Find(s.Id))
            .OfType<OutboxMessage>()
            .Select(a => SpotCheckCardText.Of(Check(session, a), Setting));
        return canary().Campaign || shown.Any(s => s.Kind == CardKind.SpotCheckList)
            ? [.. cards, List(session, chat)]
            : [.. cards, .. Unjudged(session, chat).Select(check => SpotCheckCardText.Of(check, Setting))];
    }

    private DeskCard List(UnitOfWork session, long chat) => SpotCheckCardText.List(Unjudged(session, chat), Setting);

    private List<AnswerToCheck> Unjudged(UnitOfWork session, long chat) =>
    [
        .. session.Desk.SpotChecksToShow(chat, time.GetUtcNow() - s_spotCheckAge, MostSpotChecks)
            .Select(id => Check(session, session.Outbox.Find(id)!)).Where(check => check.Judged is null),
    ];

    private DeskCard Card(UnitOfWork session, Approval approval)
    {
        var trace = approval.State == ApprovalState.Pending ? session.Turns.Find(approval.Turn)?.Trace : null;
        return ApprovalCardText.Of(approval, new(NameOf(session, approval.Conversation))
        {
            Rule = trace?.Rule,
            FactsUsed = trace?.FactsUsed ?? [],
            Next = Next,
            Remarks = approval.State == ApprovalState.Pending ? CardRemarks.Of(session, approval, knowledge().Shop.Hours) : [],
            Message = approval is { State: ApprovalState.Uncertain, Text.Length: > 0 } ? session.Outbox.OfApproval(approval.Id)?.Id : null,
        }, Setting);
    }

    private DeskCard Card(UnitOfWork session, HandOff handOff) => HandOffCardText.Of(handOff, NameOf(session, handOff.Conversation), Setting);

    private static AnswerToCheck Check(UnitOfWork session, OutboxMessage answer) => new(
        answer, SpotCheckDesk.WordsAnswered(session, answer.Turn),
        NameOf(session, answer.Conversation), SpotCheckDesk.JudgementOf(session, answer));

    private static string? NameOf(UnitOfWork session, ConversationId id) => session.Conversations.Find(id)?.Name;
}

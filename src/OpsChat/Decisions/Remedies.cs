using System.Runtime.CompilerServices;
using OpsChat.Playbooks;
using OpsChat.Understanding;

namespace OpsChat.Decisions;

/// <summary>Which playbook grants what a wish names: the one whose own examples wish for it. Pure.</summary>
static class Remedies
{
    /// <summary>The share of a playbook's examples that wish for one kind of thing, from which on that may be what it is about; and how many times
    /// the next playbook's share.</summary>
    private const double WishForIt = 0.3, MoreThanTheNext = 2;

    private static readonly ConditionalWeakTable<PlaybookSnapshot, IReadOnlyDictionary<string, Playbook>> s_known = [];

    /// <summary>Null where the wish names no kind or several, or where no playbook is about it more than others.</summary>
    public static Playbook? Of(MoneyReading money, PlaybookSnapshot known) =>
        money.Sense == MoneySense.Moves && KindsOf(money) is [var kind] ? s_known.GetValue(known, ByKind).GetValueOrDefault(kind) : null;

    /// <summary>"discount" of <c>moves-discount</c> and of <c>moves-wish-discount</c>.</summary>
    private static List<string> KindsOf(MoneyReading money) =>
        [.. money.Kinds.Select(section => section[(section.LastIndexOf('-') + 1)..]).Distinct()];

    private static IReadOnlyDictionary<string, Playbook> ByKind(PlaybookSnapshot known) =>
        known.Playbooks.Playbooks
            .Where(playbook => playbook.Settings.Financial == FinancialUse.Action && playbook.Examples.Count > 0)
            .SelectMany(playbook => playbook.Examples.SelectMany(text => KindsOf(MoneyDetector.Read(text)))
                .GroupBy(kind => kind)
                .Select(kind => (Kind: kind.Key, Playbook: playbook, Share: (double)kind.Count() / playbook.Examples.Count)))
            .GroupBy(each => each.Kind)
            .Select(of => of.OrderByDescending(each => each.Share).ToList())
            .Where(shares => shares[0].Share >= WishForIt && (shares.Count == 1 || shares[0].Share >= MoreThanTheNext * shares[1].Share))
            .ToDictionary(shares => shares[0].Kind, shares => shares[0].Playbook);
}

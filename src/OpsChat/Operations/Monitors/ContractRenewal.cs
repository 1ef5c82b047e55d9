using OpsChat.Operations.Actions;
using OpsChat.Operations.History;
using OpsChat.Operations.Settings;
using OpsChat.Text;

namespace OpsChat.Operations.Monitors;

/// <summary>
/// The day comes nearer by which a supplier's contract must be cancelled or negotiated anew: told sixty, thirty and seven days before it, and
/// while it is too late to cancel. A list of suppliers is written once a year, so it may be that old.
/// </summary>
internal sealed class ContractRenewal()
    : ShopMonitor("contract-renewal", TimeSpan.FromDays(1), AlertLines.Half(1), [new(FeedKind.Suppliers, TimeSpan.FromDays(400))])
{
    private const int FirstDays = 60;
    private const int NearDays = 30;
    private const int LastDays = 7;

    public override MonitorLook Look(ShopMoment shop, OperationsSettings settings)
    {
        var (findings, looked) = (new List<MonitorFinding>(), new HashSet<SubjectKey>());
        foreach (var terms in shop.AllTerms.Where(terms => terms.ContractUntil is not null))
        {
            looked.Add(SubjectKey.Of(("supplier", terms.Supplier)));
            var (until, notice) = (terms.ContractUntil!.Value, terms.ContractUntil.Value.AddDays(-Math.Max(0, terms.NoticeDays ?? 0)));
            if (until >= shop.Today && notice.DayNumber - shop.Today.DayNumber is var left && left <= FirstDays)
            {
                findings.Add(Finding(shop, terms, until, notice, left));
            }
        }

        return looked.Count > 0 ? new(findings, looked, [])
            : MonitorLook.NotPossible(new MonitorGap(FeedKind.Suppliers, "No file says until when a supplier's contract runs."));
    }

    private static MonitorFinding Finding(ShopMoment shop, SupplierTerms terms, DateOnly until, DateOnly notice, int left)
    {
        var told = left < 0 ? $"it could be cancelled until {notice:d MMM}, and goes on by what was agreed"
            : terms.NoticeDays is > 0 and var days
                ? $"notice of {Plural.Of(days, "day")} must be given by {notice:d MMM}, in {Plural.Of(left, "day")}"
            : $"that is in {Plural.Of(left, "day")}; no notice period is known";
        return new(
            SubjectKey.Of(("supplier", terms.Supplier)),
            // Each step is twice as strong, so that it is told again.
            left <= LastDays ? 4 : left <= NearDays ? 2 : 1,
            1,
            new Money(0, shop.Currency),
            left < 0 ? null : shop.Calendar.End(notice),
            "purchasing",
            $"{terms.Supplier}: the contract ends on {until:d MMM yyyy}; {told}.",
            [EvidenceRow.Of($"Contract until {until:d MMM yyyy}", terms.Place, shop.Now)],
            [
                new(
                    ActionKind.SupplierNote,
                    terms.Supplier,
                    new Dictionary<string, string>(StringComparer.Ordinal),
                    null,
                    $"Ask {terms.Supplier} for new terms; \"supplier brief {terms.Supplier}\" has the figures",
                    shop.Now.AddDays(FirstDays)
                ),
            ],
            CalculationTrace.Of("days to notice", "contract-renewal 1", ("left", left)));
    }
}

using OpsChat.Operations.Ads;
using OpsChat.Operations.History;
using OpsChat.Operations.Settings;
using OpsChat.Text;

namespace OpsChat.Operations.Monitors;

/// <summary>An ad group spent in one day several times its mean of the fourteen days before (OPERATIONS F10).</summary>
internal sealed class AdOvernight() : ShopMonitor("ad-overnight", TimeSpan.FromHours(1), AlertLines.Half(1), AdFindings.Needs)
{
    private const int UsualDays = 14;
    private const int LeastDays = 5;
    private const decimal LeastMore = 10;

    public override MonitorLook Look(ShopMoment shop, OperationsSettings settings)
    {
        if (!shop.Has(FeedKind.Ads))
        {
            return AdFindings.NoAds;
        }

        var (findings, looked) = (new List<MonitorFinding>(), new HashSet<SubjectKey>());
        foreach (var group in AdGroups.Of(shop, settings).All)
        {
            if (group.Days[^1].Day < shop.Today.AddDays(-2) || Usual(group) is not { } usual)
            {
                continue;
            }

            looked.Add(AdFindings.Subject(group));
            var (spent, more) = (group.Days[^1].Cost, Money.FromMajor(LeastMore, shop.Currency).Minor);
            var strength = Math.Min(spent / Math.Max(1, settings.Ads.Jump * usual), (spent - usual) / more);
            if (strength >= Lines.Clear)
            {
                findings.Add(Finding(shop, settings, group, usual, strength));
            }
        }

        return new(findings, looked, []);
    }

    /// <summary>The mean of the days before the newest one, days without a row counted as nothing; null while too few are known.</summary>
    private static double? Usual(AdGroup group)
    {
        var newest = group.Days[^1].Day;
        var before = group.Days.Where(d => d.Day < newest && d.Day >= newest.AddDays(-UsualDays)).ToList();
        return before.Count < LeastDays ? null : before.Sum(d => d.Cost) / Math.Min(UsualDays, newest.DayNumber - group.Days[0].Day.DayNumber);
    }

    private static MonitorFinding Finding(ShopMoment shop, OperationsSettings settings, AdGroup group, double usual, double strength)
    {
        Money Of(double minor) => new((long)Math.Round(minor), shop.Currency);
        var newest = group.Days[^1];
        var sold = newest.Conversions is not { } conversions ? ""
            : $" and brought {Plural.Of(conversions, "0.#", "sale")}"
                + (newest.Uncounted > 0 ? $" by the {Of(newest.Counted)} of it where sales are counted" : "");
        return new(
            AdFindings.Subject(group), strength, 0.9, Of(3 * (newest.Cost - usual)), shop.Now, "marketing",
            $"{group.Name} spent {Of(newest.Cost)} on {newest.Day:d MMM}{sold}; {Of(usual)} a day is usual.",
            [EvidenceRow.Of($"{Of(newest.Cost)} on {newest.Day:d MMM}, {group.Campaign}", group.Place, shop.Calendar.End(newest.Day))],
            [AdFindings.Pause(shop, group), AdFindings.Lower(shop, group, Of(usual))],
            CalculationTrace.Of("F10 jump", "ad-overnight 1", ("spent", newest.Cost), ("usual", usual), ("line", settings.Ads.Jump)));
    }
}

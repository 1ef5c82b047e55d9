using OpsChat.Operations.Actions;
using OpsChat.Operations.History;
using OpsChat.Operations.Settings;

namespace OpsChat.Operations.Monitors;

/// <summary>A subscription's charge failed and has not been made good within a day.</summary>
internal sealed class SubscriptionFailed()
    : ShopMonitor("subscription-failed", TimeSpan.FromHours(1), AlertLines.Half(1), [new(FeedKind.Subscriptions, TimeSpan.FromDays(40))])
{
    private const int Days = 45;
    private const int MonthsLeft = 12;
    private static readonly TimeSpan s_recoversWithin = TimeSpan.FromHours(24);

    public override MonitorLook Look(ShopMoment shop, OperationsSettings settings)
    {
        if (!shop.Has(FeedKind.Subscriptions))
        {
            return MonitorLook.NotPossible(new MonitorGap(FeedKind.Subscriptions, "No file says how subscriptions were charged."));
        }

        var (findings, looked) = (new List<MonitorFinding>(), new HashSet<SubjectKey>());
        foreach (var subscription in shop.ChargesSince(shop.Now.AddDays(-Days)).GroupBy(c => c.Subscription, StringComparer.Ordinal))
        {
            var subject = SubjectKey.Of(("subscription", subscription.Key));
            looked.Add(subject);
            if (subscription.Last() is { HasFailed: true } failed && shop.Now - failed.ChargeAt >= s_recoversWithin)
            {
                findings.Add(Finding(shop, settings, subject, failed, subscription.Count(c => c.HasFailed == true)));
            }
        }

        return new(findings, looked, []);
    }

    private static MonitorFinding Finding(ShopMoment shop, OperationsSettings settings, SubjectKey subject, SubscriptionCharge failed, int times)
    {
        var (day, retry) = (shop.Calendar.Day(failed.ChargeAt), failed.RetryAt is { } at && at > shop.Now
            ? $" The next try is on {shop.Calendar.Day(at):d MMM}." : " No other try is planned.");
        var atRisk = failed.Amount is { } amount && amount.Currency == settings.Currency ? amount with { Minor = amount.Minor * MonthsLeft }
            : new(0, settings.Currency);
        return new(
            subject, times, 0.8, atRisk, failed.RetryAt ?? shop.Now.AddDays(3), "support",
            $"Subscription {failed.Subscription} could not be charged{(failed.Amount is { } money ? $" {money}" : "")} on "
                + $"{day:d MMM}{(times > 1 ? $", {times} times by now" : "")}.{retry}",
            [EvidenceRow.Of($"Failed {day:d MMM}", failed.Place, failed.ChargeAt)],
            [
                new(ActionKind.ChargeAgain, failed.Subscription, new Dictionary<string, string>(StringComparer.Ordinal), failed.Amount,
                    $"Charge {failed.Subscription} again", shop.Now.AddDays(3)),
            ],
            CalculationTrace.Of("24 h", "subscription-failed 1", ("times", times)))
        {
            Group = SubjectKey.Of(("feed", "subscriptions")),
        };
    }
}

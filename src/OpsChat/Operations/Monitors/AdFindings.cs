using System.Globalization;
using OpsChat.Operations.Actions;
using OpsChat.Operations.Ads;
using OpsChat.Operations.History;
using OpsChat.Text;

namespace OpsChat.Operations.Monitors;

/// <summary>What the monitors of advertising have in common.</summary>
internal static class AdFindings
{
    public static IReadOnlyList<FeedNeed> Needs { get; } = [new(FeedKind.Ads, TimeSpan.FromDays(2))];

    public static MonitorLook NoAds { get; } = MonitorLook.NotPossible(new MonitorGap(FeedKind.Ads, "No file says what advertising costs."));

    public static SubjectKey Subject(AdGroup group) => SubjectKey.Of(("adGroup", group.Name));

    public static ProposedAction Pause(ShopMoment shop, AdGroup group) => new(
        ActionKind.PauseAd, group.Name, Parameters(group), null, $"Pause {group.Name}: {group.PerDay(shop.Currency)} a day", shop.Now.AddDays(2))
    {
        Affects = group.PerDay(shop.Currency),
    };

    /// <param name="perDay">What is left to it a day.</param>
    public static ProposedAction Lower(ShopMoment shop, AdGroup group, Money perDay) => new(
        ActionKind.LowerBudget, group.Name, With(Parameters(group), "perDay", perDay.Major.ToString("0.00", CultureInfo.InvariantCulture)), null,
        $"Lower {group.Name} from {group.PerDay(shop.Currency)} to {perDay} a day", shop.Now.AddDays(2))
    {
        Affects = new(Math.Max(0, group.PerDay(shop.Currency).Minor - perDay.Minor), perDay.Currency),
    };

    /// <summary>Money that one group loses, for one that earns it: it commits money, so it always waits for an approval.</summary>
    public static ProposedAction Move(ShopMoment shop, AdGroup from, AdGroup to, Money perDay) => new(
        ActionKind.RaiseBudget, to.Name, With(Parameters(to), "from", from.Name), perDay, $"Move {perDay} a day from {from.Name} to {to.Name}",
            shop.Now.AddDays(2));

    private static Dictionary<string, string> Parameters(AdGroup group) =>
        new(StringComparer.Ordinal) { ["sku"] = group.Sku ?? "", ["campaign"] = group.Campaign };

    private static Dictionary<string, string> With(Dictionary<string, string> parameters, string name, string value)
    {
        parameters[name] = value;
        return parameters;
    }
}

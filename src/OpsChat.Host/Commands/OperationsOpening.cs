using OpsChat.Agent;
using OpsChat.Host.Operations;
using OpsChat.Operations.History;
using OpsChat.Operations.Settings;
using OpsChat.Playbooks;
using OpsChat.ShopData;

namespace OpsChat.Host.Commands;

/// <summary>The settings and the shop that operations commands work with.</summary>
/// <param name="Hours">When the replayed shop ships; a folder from elsewhere says nothing, so every day counts.</param>
/// <param name="DayFirst">The owner's word on dates such as 03/04/2026; null when there is none.</param>
sealed record OperationsOpening(OperationsSettings Settings, OpeningHours Hours, bool? DayFirst)
{
    public static OperationsOpening Read(IConfiguration configuration)
    {
        var profile = PlaybookFolder.Load(Opening.FromHome(Opening.Options(configuration).Playbooks)).Shop;
        return new(OperationsSettings.Default(profile.Currency), OpeningHours.Always(profile.Hours.Zone), profile.DayFirst);
    }

    public static ShopHistory History(string folder, OperationsOpening opening)
    {
        if (!Directory.Exists(folder))
        {
            throw new SetupException($"There is no folder {folder}.");
        }

        var calendar = new ShopCalendar(opening.Hours);
        var settings = new ShopFolderSettings(calendar.Zone, opening.Settings.Currency, opening.DayFirst) { Calendar = calendar };
        return ShopHistory.Build(new ShopHistoryFolder(folder, settings).Read(null).Rows, calendar, opening.Settings.Currency);
    }
}

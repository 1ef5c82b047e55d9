using OpsChat.Agent;
using OpsChat.Host.Operations;
using OpsChat.Operations.History;
using OpsChat.Operations.Settings;
using OpsChat.Playbooks;

namespace OpsChat.Host.Commands;

/// <summary>The settings and the shop that operations commands work with.</summary>
/// <param name="Hours">When the replayed shop ships; a folder from elsewhere says nothing, so every day counts.</param>
sealed record OperationsOpening(OperationsSettings Settings, OpeningHours Hours)
{
    public static OperationsOpening Read(IConfiguration configuration)
    {
        var profile = PlaybookFolder.Load(Opening.FromHome(Opening.Options(configuration).Playbooks)).Shop;
        return new(OperationsSettings.Default(profile.Currency), OpeningHours.Always(profile.Hours.Zone));
    }

    public static ShopHistory History(string folder, OperationsOpening opening)
    {
        if (!Directory.Exists(folder))
        {
            throw new SetupException($"There is no folder {folder}.");
        }

        var calendar = new ShopCalendar(opening.Hours);
        return ShopHistory.Build(ShopExportRows.Read(folder, calendar, opening.Settings.Currency), calendar, opening.Settings.Currency);
    }
}

using Microsoft.Extensions.Logging;
using OpsChat.ShopData;

namespace OpsChat.Agent;

/// <summary>Looks at the shop's folder every second, so that a new export is in force without a restart.</summary>
public sealed partial class CsvShopRefresh(CsvShop shop, TimeProvider time, ILogger<CsvShopRefresh> log)
    : PeriodicService(TimeSpan.FromSeconds(1), time, log)
{

    protected override string WhenItFails => "The shop's files could not be looked at, and what was read last stays in force";

    public override Task LookAsync(CancellationToken cancellationToken)
    {
        if (shop.Refresh())
        {
            foreach (var finding in shop.Findings)
            {
                LogFinding(Log, finding.ToString());
            }

            LogRefreshed(Log, shop.Counts?.Orders ?? 0);
        }

        return Task.CompletedTask;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Shop data: {Finding}")]
    private static partial void LogFinding(ILogger log, string finding);

    [LoggerMessage(Level = LogLevel.Information, Message = "The shop's files changed; {Orders} orders are in force.")]
    private static partial void LogRefreshed(ILogger log, int orders);
}

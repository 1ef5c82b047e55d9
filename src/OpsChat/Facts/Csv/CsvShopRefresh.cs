using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace OpsChat.Facts.Csv;

/// <summary>Looks at the shop's folder every second, so that a new export is in force without a restart.</summary>
public sealed partial class CsvShopRefresh(CsvShop shop, TimeProvider time, ILogger<CsvShopRefresh> log) : BackgroundService
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (!shop.Refresh())
            {
                continue;
            }

            foreach (var finding in shop.Findings)
            {
                LogFinding(finding.ToString());
            }

            LogRefreshed(shop.Counts?.Orders ?? 0);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Shop data: {Finding}")]
    private partial void LogFinding(string finding);

    [LoggerMessage(Level = LogLevel.Information, Message = "The shop's files changed; {Orders} orders are in force.")]
    private partial void LogRefreshed(int orders);
}

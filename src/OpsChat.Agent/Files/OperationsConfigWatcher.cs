using Microsoft.Extensions.Logging;

namespace OpsChat.Agent;

/// <summary>Puts edits of <c>operations.config.json</c> in force, on every host.</summary>
public sealed partial class OperationsConfigWatcher(OperationsConfigFile config, TimeProvider time, ILogger<OperationsConfigWatcher> log)
    : PeriodicService(TimeSpan.FromSeconds(2), time, log)
{
    protected override string WhenItFails => "The settings of operations could not be looked at, and what was in force stays so";

    public override Task LookAsync(CancellationToken cancellationToken)
    {
        if (config.Reload())
        {
            foreach (var finding in config.Findings)
            {
                LogFinding(Log, finding.ToString());
            }
        }

        return Task.CompletedTask;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Operations settings: {Finding} What was in force stays so.")]
    private static partial void LogFinding(ILogger log, string finding);
}

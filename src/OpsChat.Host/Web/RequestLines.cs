namespace OpsChat.Host.Web;

/// <summary>
/// Keeps out of the log what the web framework tells of each request below a warning: addresses hold sign-in codes that are not used yet, and
/// customers' ids. Whatever the logging settings say, or say anew while the host runs.
/// </summary>
static class RequestLines
{
    private const string Framework = "Microsoft.AspNetCore";

    public static void AreNeverLogged(ILoggingBuilder logging) => logging.Services.PostConfigure<LoggerFilterOptions>(options =>
    {
        // Of all rules only the most special one that fits a category counts: so each of them has to say it. Where none fits, a warning is the
        // least that is logged.
        for (var i = 0; i < options.Rules.Count; i++)
        {
            options.Rules[i] = Without(options.Rules[i]);
        }
    });

    private static LoggerFilterRule Without(LoggerFilterRule rule) =>
        new(rule.ProviderName, rule.CategoryName, rule.LogLevel, (provider, category, level) =>
            (level >= LogLevel.Warning || category?.StartsWith(Framework, StringComparison.OrdinalIgnoreCase) != true)
            && rule.Filter?.Invoke(provider, category, level) != false
        );
}

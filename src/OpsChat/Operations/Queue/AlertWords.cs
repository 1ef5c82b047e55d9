namespace OpsChat.Operations.Queue;

/// <summary>The queue's own words, the same for console, chat and command line.</summary>
public static class AlertWords
{
    public static string Of(AlertNewsKind kind) => kind.ToString().ToLowerInvariant();

    public static string Of(AlertState state) => state.ToString().ToLowerInvariant();

    /// <summary><c>no problem</c>.</summary>
    public static string Of(AlertEnd end) => end switch
    {
        AlertEnd.ByData => "by data",
        AlertEnd.NoProblem => "no problem",
        _ => end.ToString().ToLowerInvariant(),
    };

    /// <summary>The reason that a person may close with; null when it is none.</summary>
    public static AlertEnd? EndOf(string? word) => word?.Trim().ToLowerInvariant().Replace('-', ' ') switch
    {
        "fixed" => AlertEnd.Fixed,
        "no problem" or "noproblem" => AlertEnd.NoProblem,
        _ => null,
    };

    /// <summary>One message that stands for itself.</summary>
    internal static string Ring(AlertNews news)
    {
        var start = news.Kind switch
        {
            AlertNewsKind.Worse => "Worse: ",
            AlertNewsKind.Overdue => "Still undecided: ",
            _ => "",
        };
        var risk = news.Alert.AtRisk.Minor > 0 ? $" {news.Alert.AtRisk} at risk." : "";
        return $"{start}{news.Alert.Headline}{risk} For {news.Alert.Owner}. ({news.Alert.Id})";
    }
}

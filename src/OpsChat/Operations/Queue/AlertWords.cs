using System.Globalization;

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

    /// <summary>What the order of the queue means; see <see cref="AlertScore"/>.</summary>
    public const string Order = "The most pressing first: the money at risk, times how sure the finding is, times how soon it has to be decided.";

    /// <summary>What counts beside the money for the place in the queue: <c>90 % sure</c>, and the urgency while the decision is not due.</summary>
    public static string Pressing(AlertScore score) => string.Create(
        CultureInfo.InvariantCulture, $"{100 * score.Confidence:0} % sure{(score.Urgency < 0.995 ? $", urgency {score.Urgency:0.00}" : "")}");

    /// <summary>The reason that a person may close with; null when it is none.</summary>
    public static AlertEnd? EndOf(string? word) => word?.Trim().ToLowerInvariant().Replace('-', ' ') switch
    {
        "fixed" => AlertEnd.Fixed,
        "no problem" or "noproblem" => AlertEnd.NoProblem,
        _ => null,
    };

    /// <summary><c>4h</c>, <c>3d</c>, <c>2w</c>; null when it is no such time.</summary>
    public static TimeSpan? SpanOf(string text) =>
        text is [.., var unit]
        && int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
        && count is > 0 and <= 3650
            ? unit switch
            {
                'm' => TimeSpan.FromMinutes(count),
                'h' => TimeSpan.FromHours(count),
                'd' => TimeSpan.FromDays(count),
                'w' => TimeSpan.FromDays(7 * count),
                _ => null,
            }
            : null;

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

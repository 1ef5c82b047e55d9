using OpsChat.Operations.Monitors;

namespace OpsChat.Operations.Queue;

/// <summary>What one look made of the queue.</summary>
/// <param name="News">What happened to alerts, most of it for the briefing.</param>
/// <param name="Gaps">What could not be looked at.</param>
public sealed record LookReport(DateTimeOffset At, int Monitors, AlertQueue Queue, IReadOnlyList<AlertNews> News, IReadOnlyList<MonitorGap> Gaps);

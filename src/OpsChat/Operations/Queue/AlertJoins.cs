namespace OpsChat.Operations.Queue;

/// <summary>
/// Which alert another one says better: they share the subject, and the one that joins is no entry of its own as long as the other is open.
/// </summary>
internal static class AlertJoins
{
    private static readonly (string Joins, string Into)[] s_joins =
    [
        ("stock-low", "stock-runout"),
        ("stock-low", "reorder"),
        ("reorder", "stock-runout"),
        ("ad-on-low-stock", "stock-runout"),
        ("parcel-late", "carrier-late"),
        ("parcel-late-risk", "carrier-late"),
        ("parcel-late-risk", "parcel-late"),
        ("parcel-stalled", "carrier-late"),
        ("parcel-stalled", "parcel-late"),
        ("parcel-stalled", "parcel-late-risk"),
        ("supplier-drift", "supplier-late"),
        ("stock-mismatch", "oversold"),
        ("ad-waste", "ad-overnight"),
        ("reviews", "returns-spike"),
    ];

    public static void Apply(Dictionary<string, Alert> alerts)
    {
        foreach (var alert in alerts.Values.Where(a => a.IsOpen && s_joins.Any(j => j.Joins == a.Monitor)).ToList())
        {
            var into = s_joins.Where(j => j.Joins == alert.Monitor).Select(j => alert.Subject.KeyFor(j.Into))
                .FirstOrDefault(key => alerts.GetValueOrDefault(key) is { IsOpen: true });
            if (into != alert.JoinedTo)
            {
                alerts[alert.Key] = alert with { JoinedTo = into };
            }
        }
    }
}

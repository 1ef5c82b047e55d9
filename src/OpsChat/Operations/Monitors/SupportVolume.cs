using OpsChat.Operations.History;
using OpsChat.Operations.Settings;
using OpsChat.Operations.Statistics;
using OpsChat.Text;

namespace OpsChat.Operations.Monitors;

/// <summary>
/// More customers than usual write about one thing and one carrier, item or region. Customers are counted, not messages; the usual number
/// is that of the four weeks before.
/// </summary>
internal sealed class SupportVolume()
    : ShopMonitor("support-volume", TimeSpan.FromHours(1), AlertLines.Half(Line), [new(FeedKind.Contacts, TimeSpan.FromDays(2))])
{
    private const int Window = 28;
    private const int Days = 28;
    private const double Line = 1000;

    public override MonitorLook Look(ShopMoment shop, OperationsSettings settings)
    {
        var from = shop.Now.AddDays(-(Window + Days));
        var (findings, looked) = (new List<MonitorFinding>(), new HashSet<SubjectKey>());
        foreach (var stream in shop.ContactsSince(from).SelectMany(Subjects).GroupBy(s => s.Subject))
        {
            looked.Add(stream.Key);
            var watch = RateWatch.Of(Steps(shop, [.. stream.Select(s => s.Contact)]), ChangeDetector.RateRatios, Line);
            if (watch.Strength >= Lines.Clear)
            {
                findings.Add(Finding(shop, settings, stream.Key, [.. stream.Select(s => s.Contact)], watch));
            }
        }

        return new(findings, looked, []);
    }

    private static IEnumerable<(SubjectKey Subject, ContactRow Contact)> Subjects(ContactRow contact)
    {
        foreach (var (name, value) in new[] { ("carrier", contact.Carrier), ("sku", contact.Sku), ("region", contact.Region) })
        {
            if (value is not null)
            {
                yield return (SubjectKey.Of(("issue", contact.Issue), (name, value)), contact);
            }
        }
    }

    /// <summary>Customers a day, today included, each once; expected are (customers of the 28 days before + 1) ÷ 29.</summary>
    private static List<(double, double)> Steps(ShopMoment shop, List<ContactRow> contacts)
    {
        var byDay = new double[Window + Days + 1];
        foreach (var day in contacts.Select(c => (Day: shop.Calendar.Day(c.At), c.Customer)).Distinct().GroupBy(c => c.Day))
        {
            var index = day.Key.DayNumber - shop.Today.DayNumber + Window + Days;
            byDay[Math.Clamp(index, 0, byDay.Length - 1)] += day.Count();
        }

        return [.. Enumerable.Range(Window, Days + 1).Select(d => (byDay[d], (byDay[(d - Window)..d].Sum() + 1) / (Window + 1)))];
    }

    private static MonitorFinding Finding(
        ShopMoment shop,
        OperationsSettings settings,
        SubjectKey subject,
        List<ContactRow> contacts,
        RateWatch watch
    )
    {
        var recent = contacts.Where(c => c.At > shop.Now.AddDays(-7)).ToList();
        var customers = recent.Select(c => c.Customer).Distinct(StringComparer.Ordinal).Count();
        var about = subject["carrier"] ?? subject["sku"] ?? subject["region"];
        return new(
            subject, watch.Strength, 0.9, Money.FromMajor(settings.Costs.Contact * customers, settings.Currency), shop.Now, "support",
            $"{customers} customers wrote about {subject["issue"]} and {about} in 7 days, {watch.RecentExpected:0.#} are usual.",
            [.. recent.TakeLast(12).Select(c => new EvidenceRow($"Conversation {c.Conversation}", "chat", null, c.At))], [],
            CalculationTrace.Of("F6 SR", "support-volume 1", ("customers", customers), ("expected", watch.RecentExpected)))
        {
            Rows =
            [
                .. recent
                    .Select(c => c.Conversation)
                    .Distinct(StringComparer.Ordinal)
                    .Select(c => new FindingRow(SubjectKey.Of(("conversation", c)), $"Conversation {c}")),
            ],
        };
    }
}

using System.Globalization;
using OpsChat.Canary;

namespace OpsChat.Host.Web.Pages.Charts;

/// <summary>One arm's curve: the rate so far as a line, its 95 % interval as a band.</summary>
/// <param name="Line">Points of an SVG polyline.</param>
/// <param name="Band">Points of an SVG polygon.</param>
public sealed record ArmCurve(Arm Arm, string Line, string Band, IReadOnlyList<ChartPoint> Points);

public sealed record ChartPoint(double X, double Y);

public sealed record ChartTick(double At, string Label);

/// <summary>A numbered line where a percentage or a version changed.</summary>
public sealed record ChartMark(double X, int Number, ReportMark Mark);

/// <summary>How large a picture is, and where its axes stand in it, in units of its view box: a phone's is drawn smaller rather than made smaller, so
/// that its words stay as large.</summary>
/// <param name="Right">Where the latest day stands.</param>
/// <param name="Days">How many days are named below it.</param>
public sealed record ChartFrame(double Width, double Height, double Left, double Right, double Top, double Bottom, int Days)
{
    public static ChartFrame Desktop { get; } = new(720, 280, 48, 632, 24, 250, 5);
    public static ChartFrame Phone { get; } = new(346, 260, 46, 324, 24, 230, 4);
}

/// <summary>Where everything of the error chart stands, in units of its view box. Pure.</summary>
public sealed record ErrorChartShape(
    ChartFrame Frame, IReadOnlyList<ArmCurve> Curves, IReadOnlyList<ChartTick> Rates, IReadOnlyList<ChartTick> Days, IReadOnlyList<ChartMark> Marks,
    double BudgetY)
{
    private const double HalfDot = 5;

    public static ErrorChartShape Of(CanaryReport report, TimeZoneInfo shop, ChartFrame frame)
    {
        var top = HighestShown(report);
        var (left, right, highest, bottom) = (frame.Left, frame.Right, frame.Top, frame.Bottom);
        double X(DateOnly day) =>
            left + (right - left) * (day.DayNumber - report.From.DayNumber) / Math.Max(1, report.To.DayNumber - report.From.DayNumber);
        double Y(double rate) => bottom - (bottom - highest) * Math.Min(1, rate / top);
        return new(
            frame,
            [
                .. report
                    .Days.Where(d => d.SoFar.Rate is not null)
                    .GroupBy(d => d.Arm)
                    .OrderByDescending(a => a.Key)
                    .Select(arm => Curve(arm.Key, [.. arm], X, Y)),
            ],
            [.. Enumerable.Range(0, 5).Select(i => top * i / 4).Select(rate => new ChartTick(Y(rate), ReportText.Percent(rate)))],
            [.. DayTicks(report, frame.Days).Select(day => new ChartTick(X(day), day.ToString("d MMM", CultureInfo.InvariantCulture)))],
            [.. report.Marks.Select(m => (Mark: m, Day: DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(m.At, shop).DateTime)))
                .Where(m => m.Day >= report.From && m.Day <= report.To).Select((m, i) => new ChartMark(X(m.Day), i + 1, m.Mark))],
            Y(report.ErrorBudget));
    }

    /// <summary>The first days' intervals span nearly everything; the scale follows the rates and the latest intervals instead, and bands are cut
    /// at the top.</summary>
    private static double HighestShown(CanaryReport report)
    {
        var rates = report.Days.Select(d => d.SoFar.Rate ?? 0).DefaultIfEmpty(0).Max() * 1.25;
        var latest = report.Days.Where(d => d.SoFar.Rate is not null).GroupBy(d => d.Arm).Select(a => a.Last().SoFar.High).DefaultIfEmpty(0).Max();
        var highest = Math.Min(1, Math.Max(Math.Max(rates, latest), report.ErrorBudget * 2));
        return new[] { 0.04, 0.08, 0.12, 0.2, 0.4, 0.6, 0.8, 1.0 }.First(step => step >= highest);
    }

    private static IEnumerable<DateOnly> DayTicks(CanaryReport report, int count)
    {
        var days = report.To.DayNumber - report.From.DayNumber;
        return Enumerable.Range(0, count).Select(i => report.From.AddDays(days * i / (count - 1))).Distinct();
    }

    private static ArmCurve Curve(Arm arm, IReadOnlyList<DayFigures> days, Func<DateOnly, double> x, Func<double, double> y)
    {
        var points = days.Select(d => new ChartPoint(x(d.Date), y(d.SoFar.Rate ?? 0))).ToList();
        var high = days.Select(d => new ChartPoint(x(d.Date), y(d.SoFar.High)));
        var low = days.Select(d => new ChartPoint(x(d.Date), y(d.SoFar.Low)));
        // One day alone has no width; its band is drawn as wide as its dot.
        IEnumerable<ChartPoint> band = days.Count > 1 ? high.Concat(low.Reverse())
            : high.SelectMany(p => new[] { p with { X = p.X - HalfDot }, p with { X = p.X + HalfDot } })
                .Concat(low.SelectMany(p => new[] { p with { X = p.X + HalfDot }, p with { X = p.X - HalfDot } }));
        return new(arm, Svg(points), Svg(band), points);
    }

    private static string Svg(IEnumerable<ChartPoint> points) => string.Join(' ', points.Select(p => $"{Number(p.X)},{Number(p.Y)}"));

    /// <summary>A coordinate as SVG reads it.</summary>
    public static string Number(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}

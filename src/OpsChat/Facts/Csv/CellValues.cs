namespace OpsChat.Facts.Csv;

/// <summary>Values as spreadsheets and shop systems write them.</summary>
internal static class CellValues
{
    /// <summary>The instant of a cell; without an offset it is local time in <paramref name="zone"/>. A date that could be another one is not read.</summary>
    public static DateTimeOffset? Moment(string text, TimeZoneInfo zone) => WrittenDate.Read(text, DayOrder.Unknown)?.In(zone);

    public static Money? Amount(string text, string currency) => WrittenAmount.Cell(text, currency);

    public static int? Count(string text) => WrittenNumber.Whole(text) is { } whole && Math.Abs(whole) <= int.MaxValue ? (int)whole : null;
}

using OpsChat.Operations.History;
using OpsChat.ShopData.Values;
using OpsChat.Text;

namespace OpsChat.ShopData.Tables;

/// <summary>What one reading of a shop's folder goes by, and what it finds wrong.</summary>
/// <param name="Zone">Of dates without an offset.</param>
/// <param name="Currency">Of amounts in rows without a currency; ISO 4217.</param>
/// <param name="Dates">The owner's word on dates such as 03/04/2026, for files that do not show it themselves.</param>
/// <param name="ShopUrl">The shop's address on the web, from which product pages follow; null when it is not known.</param>
/// <param name="ShiftDays">Whole days by which every date is moved; 0 for real data.</param>
internal sealed record ShopReading(TimeZoneInfo Zone, string Currency, DateOrder Dates, string? ShopUrl, int ShiftDays, DateTimeOffset ReadAt)
{
    /// <summary>More than these of one file tell nothing new.</summary>
    private const int MostOfAFile = 50;

    /// <summary>The shop's days, where its files are read as a history too; null for the chat alone.</summary>
    public ShopCalendar? Calendar { get; init; }

    /// <summary>What is later has not happened: a date was misread, or a clock is wrong.</summary>
    public DateTimeOffset Latest { get; init; } = DateTimeOffset.MaxValue;

    /// <summary>Something was left out because it has not happened yet: on a later day the same file says more.</summary>
    public bool HasLater { get; set; }

    /// <summary>Older counts of stock are left alone: nothing looks that far back.</summary>
    public DateTimeOffset StockFrom { get; init; } = DateTimeOffset.MinValue;

    private readonly Dictionary<string, int> _ofFile = new(StringComparer.Ordinal);

    private readonly HashSet<Finding> _told = [];

    public List<Finding> Findings { get; } = [];

    /// <summary>The same for another file, without the findings so far.</summary>
    public ShopReading Anew() =>
        new(Zone, Currency, Dates, ShopUrl, ShiftDays, ReadAt)
        {
            Calendar = Calendar,
            Latest = Latest,
            StockFrom = StockFrom,
        };

    public void Error(string file, int line, string problem, string remedy, int column = 1) => Add(new(file, line, column, problem, remedy));

    public void Warning(string file, int line, string problem, string remedy, int column = 1) =>
        Add(new(file, line, column, problem, remedy, IsError: false));

    private void Add(Finding finding)
    {
        var count = _ofFile.GetValueOrDefault(finding.File) + 1;
        // A cell may be asked for by the chat and by the history. What is not told is not remembered either: there may be millions.
        if (count > MostOfAFile + 1 || !_told.Add(finding))
        {
            return;
        }

        _ofFile[finding.File] = count;
        if (count <= MostOfAFile)
        {
            Findings.Add(finding);
        }
        else if (count == MostOfAFile + 1)
        {
            Findings.Add(
                new(
                    finding.File,
                    finding.Line,
                    1,
                    "There are more findings in this file.",
                    "Mend the first ones, and look again.",
                    IsError: false
                )
            );
        }
    }
}

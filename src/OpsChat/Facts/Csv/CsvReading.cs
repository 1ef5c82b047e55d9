using OpsChat.Playbooks;

namespace OpsChat.Facts.Csv;

/// <summary>What one reading of a shop's folder goes by, and what it finds wrong.</summary>
/// <param name="TimeZone">Of dates without an offset.</param>
/// <param name="Currency">Of amounts in rows without a currency.</param>
/// <param name="ShiftDays">Whole days by which every date is moved; 0 for real data.</param>
internal sealed record CsvReading(TimeZoneInfo TimeZone, string Currency, int ShiftDays, DateTimeOffset ReadAt)
{
    public List<Finding> Findings { get; } = [];

    public void Error(string file, int line, string problem, string remedy, int column = 1) =>
        Findings.Add(new Finding(file, line, column, problem, remedy));

    public void Warning(string file, int line, string problem, string remedy, int column = 1) =>
        Findings.Add(new Finding(file, line, column, problem, remedy, IsError: false));

    public Source SourceOf(CsvRow row) => new($"{row.File} line {row.Line}", ReadAt);
}

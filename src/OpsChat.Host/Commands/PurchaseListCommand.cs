using System.CommandLine;
using MiniExcelLibs;
using OpsChat.Operations.Stock;

namespace OpsChat.Host.Commands;

/// <summary><c>purchase-list</c>: what to order, by supplier, with the owner's simple table beside it.</summary>
static class PurchaseListCommand
{
    public static Command Create(GlobalOptions settings)
    {
        var supplier = new Option<string?>("--supplier") { Description = "Only this supplier", HelpName = "NAME" };
        var csv = new Option<string?>("--csv") { Description = "Write it as CSV", HelpName = "FILE" };
        var xlsx = new Option<string?>("--xlsx") { Description = "Write it as a spreadsheet", HelpName = "FILE" };
        var (json, asOf) = (EvaluationOptions.Json(), EvaluationOptions.Day("--as-of", "As it was that morning"));
        var command = new Command("purchase-list", "What to order from whom; sends nothing") { supplier, csv, xlsx, json, asOf };
        command.SetAction(
            async (parse, cancellationToken) =>
            {
                await using var operations = await OpenedOperations.OpenAsync(settings.Read(parse), cancellationToken);
                var moment = (await operations.Desk.ViewAsync(TimeProvider.System.GetUtcNow(), cancellationToken)).Moment(
                    operations.Moment(parse.GetValue(asOf))
                );
                var list = PurchaseList
                    .Of(moment, operations.Settings)
                    .Where(p =>
                        parse.GetValue(supplier) is not { } only || string.Equals(p.Supplier, only, StringComparison.OrdinalIgnoreCase)
                    )
                    .ToList();
                if (parse.GetValue(csv) is { } csvFile)
                {
                    await File.WriteAllTextAsync(csvFile, PurchaseSheet.Csv(list), cancellationToken);
                }

                if (parse.GetValue(xlsx) is { } sheet)
                {
                    await WriteSheetAsync(sheet, list, cancellationToken);
                }

                Console.WriteLine(
                    parse.GetValue(json) ? StockJson.Of(list, moment.Now).ToJsonString(WrittenJson.Options)
                    : StockTable.CannotTell(moment) is { } why ? TerminalText.Wrapped(why)
                    : Text(list)
                );
                return 0;
            }
        );
        return command;
    }

    private static async Task WriteSheetAsync(string file, IEnumerable<SupplierPurchase> list, CancellationToken cancellationToken)
    {
        var rows = PurchaseSheet
            .Rows(list)
            .Select(row =>
                PurchaseSheet.Columns.Zip(row, (name, value) => (name, value)).ToDictionary(c => c.name, c => OpsChat.Text.CsvText.Plain(c.value))
            )
            .ToList();
        await MiniExcel.SaveAsAsync(file, rows, excelType: ExcelType.XLSX, overwriteFile: true, cancellationToken: cancellationToken);
    }

    private static string Text(List<SupplierPurchase> list) =>
        list.Count == 0
            ? "Nothing has to be ordered."
            : string.Join(
                Environment.NewLine,
                list.SelectMany(p =>
                    new[]
                    {
                        TerminalText.Wrapped(
                            $"{p.Supplier ?? "No supplier known"}: {p.Total?.ToString() ?? "total not known"}{p.Charges.InWords}"
                                + $"{(p.NeedsConfirmation ? ", needs your confirmation" : "")}"
                        ),
                    }.Concat(
                        p.Lines.Select(l =>
                            TerminalText.Wrapped(
                                $"  {l.Order, 5} × {l.Sku} {l.Title}: {l.Available} there, {l.Incoming} coming, {l.RatePerDay:0.0#} a day, "
                                    + $"{l.LeadDays90:0} days; simple table {l.SimpleNeed}{(l.SimpleRemark is { } remark ? $" ({remark})" : "")}",
                                10
                            )
                        )
                    )
                )
            );
}

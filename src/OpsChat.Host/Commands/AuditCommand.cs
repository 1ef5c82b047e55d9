using System.CommandLine;
using OpsChat.Audit;
using OpsChat.Messages;

namespace OpsChat.Host.Commands;

/// <summary><c>audit verify</c> recomputes the chain; <c>audit export</c> writes it as JSON lines that can be verified elsewhere.</summary>
static class AuditCommand
{
    public static Command Create(GlobalOptions settings)
    {
        var verify = new Command("verify", "Recompute the audit chain; exit code 1 when it is broken");
        var file = new Option<string?>("--file") { Description = "Verify an export instead of the store", HelpName = "FILE" };
        verify.Options.Add(file);
        verify.SetAction((parse, cancel) => parse.GetValue(file) is { } export
            ? Task.FromResult(Tell(AuditExport.Verify(File.ReadLines(export))))
            : VerifyAsync(Opening.Options(settings.Read(parse)), cancel));
        var export = new Command("export", "Write the log as JSON lines");
        export.SetAction((parse, cancel) => ExportAsync(Opening.Options(settings.Read(parse)), cancel));
        return new Command("audit", "The append-only log of decisions, approvals and changes") { verify, export };
    }

    private static async Task<int> VerifyAsync(OpsChatOptions options, CancellationToken cancel)
    {
        await using var store = await Opening.StoreAsync(options, cancel);
        return Tell(await store.ReadAsync(
            session => AuditChain.Verify(session.Audit.All(), AnnouncedHead.Parse(session.Settings.Get(SettingNames.AuditAnnounced))), cancel));
    }

    private static int Tell(AuditVerdict verdict)
    {
        switch (verdict)
        {
            case AuditVerdict.Whole whole:
                Console.WriteLine($"The audit chain is whole: {whole.Entries:N0} entries, head {whole.Head}.");
                return 0;
            case AuditVerdict.Broken broken:
                Console.WriteLine($"The audit chain is broken at row {broken.Seq}: {broken.Why} Keep the database, and compare it with your last backup.");
                return 1;
            default:
                throw new InvalidOperationException("AuditVerdict is closed.");
        }
    }

    private static async Task<int> ExportAsync(OpsChatOptions options, CancellationToken cancel)
    {
        await using var store = await Opening.StoreAsync(options, cancel);
        return await store.ReadAsync(session =>
        {
            foreach (var entry in session.Audit.All())
            {
                Console.WriteLine(AuditExport.Line(entry));
            }

            return 0;
        }, cancel);
    }
}

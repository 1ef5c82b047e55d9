using System.CommandLine;
using OpsChat.Agent;
using OpsChat.Audit;
using OpsChat.Storage;

namespace OpsChat.Host.Commands;

/// <summary> <c>audit verify</c> recomputes the chain and compares the tables with it; <c>audit export</c> writes it as JSON lines that
/// can be verified
/// elsewhere.</summary>
static class AuditCommand
{
    private const string HeadForm =
        "A head is the row's number, a colon, and 64 hexadecimal digits, as OpsChat tells it in the owner chat: audit verify --head 120:5f0c…";

    public static Command Create(GlobalOptions settings)
    {
        var verify = new Command("verify", "Recompute the audit chain and compare the tables with it; exit code 1 when either is broken");
        var file = new Option<string?>("--file") { Description = "Verify an export instead of the store", HelpName = "FILE" };
        var head = new Option<AnnouncedHead?>("--head")
        {
            Description = "A head that the owner chat was told: the log must still have it", HelpName = "SEQ:HASH",
            CustomParser = written => Head(written),
        };
        verify.Options.Add(file);
        verify.Options.Add(head);
        verify.SetAction((parse, cancellationToken) => parse.GetValue(file) is { } export
            ? Task.FromResult(Tell(AuditExport.Verify(File.ReadLines(export), parse.GetValue(head))))
            : VerifyAsync(Opening.Options(settings.Read(parse)), parse.GetValue(head), cancellationToken));
        var export = new Command("export", "Write the log as JSON lines");
        export.SetAction((parse, cancellationToken) => ExportAsync(Opening.Options(settings.Read(parse)), cancellationToken));
        return new Command("audit", "The append-only log of decisions, approvals and changes") { verify, export };
    }

    private static AnnouncedHead? Head(System.CommandLine.Parsing.ArgumentResult written)
    {
        var head = AnnouncedHead.Parse(ParsedArgument.Text(written));
        if (head is null)
        {
            written.AddError(HeadForm);
        }

        return head;
    }

    /// <param name="kept">The head that the owner kept; the store's own copy could have been changed together with the log.</param>
    private static async Task<int> VerifyAsync(OpsChatOptions options, AnnouncedHead? kept, CancellationToken cancellationToken)
    {
        await using var store = await Opening.StoreForCommandAsync(options, cancellationToken);
        return Tell(await store.ReadAsync(
            session => session.AuditedRows.Verify(AnnouncedHead.Parse(session.Settings.Get(SettingNames.AuditAnnounced)), kept), cancellationToken));
    }

    private static int Tell(AuditVerdict verdict)
    {
        switch (verdict)
        {
            case AuditVerdict.Whole whole:
                Say($"The audit chain is whole: {whole.Entries:N0} entries,");
                Console.WriteLine($"head {new AnnouncedHead(whole.Entries, whole.Head)}");
                if (whole.Rows is { } rows)
                {
                    Say($"The tables agree with it: {rows}.");
                }

                return 0;
            case AuditVerdict.Broken broken:
                Say($"The audit chain is broken at row {broken.Seq}: {broken.Why} Keep the database, and compare it with your last backup.");
                return 1;
            default:
                throw new InvalidOperationException("AuditVerdict is closed.");
        }
    }

    private static void Say(string sentence) => Console.WriteLine(TerminalText.Wrapped(sentence));

    private static async Task<int> ExportAsync(OpsChatOptions options, CancellationToken cancellationToken)
    {
        await using var store = await Opening.StoreForCommandAsync(options, cancellationToken);
        return await store.ReadAsync(session =>
        {
            foreach (var entry in session.Audit.All())
            {
                Console.WriteLine(AuditExport.Line(entry));
            }

            return 0;
        }, cancellationToken);
    }
}

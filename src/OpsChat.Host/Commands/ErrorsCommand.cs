using System.CommandLine;

namespace OpsChat.Host.Commands;

/// <summary><c>errors export FILE</c> and <c>errors rebuild</c>: the error log for LiteDB's own tools, and made anew. The host may run
/// meanwhile.</summary>
static class ErrorsCommand
{
    public static Command Create(GlobalOptions settings)
    {
        var file = new Argument<string>("FILE") { Description = "The new file" };
        var export = new Command("export", "Write a copy for LiteDB's own tools") { file };
        export.SetAction(
            (parse, cancellationToken) =>
                RunAsync(settings, parse, log => ExportAsync(log, parse.GetValue(file)!, cancellationToken), cancellationToken)
        );
        var rebuild = new Command("rebuild", "Make the error log anew from the store");
        rebuild.SetAction((parse, cancellationToken) => RunAsync(settings, parse, log => RebuildAsync(log, cancellationToken), cancellationToken));
        return new Command("errors", "The log of what was scored, a LiteDB file") { export, rebuild };
    }

    private static async Task<int> RunAsync(
        GlobalOptions settings,
        ParseResult parse,
        Func<ErrorLogAccess, Task<string>> work,
        CancellationToken cancellationToken
    )
    {
        var options = Opening.Options(settings.Read(parse));
        await using var opened = await Opening.OpenForCommandAsync(options, TimeProvider.System, cancellationToken);
        Console.WriteLine(await work(new(options, opened.Shop)));
        return 0;
    }

    private static async Task<string> ExportAsync(ErrorLogAccess log, string file, CancellationToken cancellationToken)
    {
        await log.ExportAsync(file, cancellationToken);
        return $"Saved to {file}, {new FileInfo(file).Length:N0} bytes. It holds figures and no customer; open it with LiteDB Studio or "
            + "any LiteDB 5.";
    }

    private static async Task<string> RebuildAsync(ErrorLogAccess log, CancellationToken cancellationToken) =>
        $"The error log was made anew from the store; it holds every change up to number {(await log.RebuildAsync(cancellationToken)).Through:N0}.";
}

using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using OpsChat.Facts;
using OpsChat.Storage;
using Spectre.Console;

namespace OpsChat.Host.Commands;

/// <summary>The command line's top: expected trouble becomes one sentence and exit code 1, never a stack trace.</summary>
static partial class CommandLine
{
    /// <summary>How long a stop may take before the process ends anyway; longer than what the host itself takes for it
    /// (<see cref="Web.WebHost.StopWithin"/>).</summary>
    private static readonly TimeSpan s_endWithin = TimeSpan.FromSeconds(5);

    /// <summary>The exit code of operations commands that were typed wrongly; theirs of 1 says that a check found something.</summary>
    public const int BadUse = 2;

    /// <summary>How the program is called in help, whatever file it was started from.</summary>
    private const string ProgramName = "opschat";

    /// <summary>Columns of help, at most: those of a terminal that nobody made wider.</summary>
    private const int HelpWidth = 80;

    public static async Task<int> InvokeAsync(RootCommand root, string[] args)
    {
        // A file or a log shows the escapes of a terminal as they are.
        AnsiConsole.Profile.Capabilities.Ansi &= !Console.IsOutputRedirected;

        // Everything is caught here. What is not a known kind of trouble is a bug, and says so.
        try
        {
            var parsed = root.Parse(args);
            if (parsed.Action is ParseErrorAction mistake)
            {
                // What is wrong is one sentence; pages of help would bury it.
                mistake.ShowHelp = false;
            }

            if (parsed.Action is HelpAction)
            {
                Console.Write(HelpOf(parsed));
                return 0;
            }

            var code = await parsed.InvokeAsync(
                new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = s_endWithin }
            );
            return parsed.Action is ParseErrorAction && OperationsOpening.IsOurs(parsed) ? BadUse : code;
        }
        catch (OperationCanceledException)
        {
            return 0;
        }
        catch (Exception e) when (Sentence(e) is { } sentence)
        {
            // In a log a sentence stays on one line, where it can be searched for.
            await Console.Error.WriteLineAsync(Console.IsErrorRedirected ? sentence : TerminalText.WrappedLines(sentence));
            return e is BadUseException ? BadUse : 1;
        }
    }

    /// <summary>The help that was asked for.</summary>
    internal static string HelpOf(ParseResult asked)
    {
        var help = (HelpAction)asked.Action!;
        help.MaxWidth = HelpWidth;
        using var text = new StringWriter();
        asked.InvocationConfiguration.Output = text;
        help.Invoke(asked);
        // Its name is as long as the file's, so that no line grows by another one.
        return text.ToString().Replace($"  {RootCommand.ExecutableName} ", $"  {ProgramName} ", StringComparison.Ordinal);
    }

    private static string? Sentence(Exception e) =>
        e switch
        {
            StoreException or ShopUnavailableException or SetupException or BadUseException => e.Message,
            OptionsValidationException invalid => string.Join(Environment.NewLine, invalid.Failures),
            IOException { InnerException: Microsoft.AspNetCore.Connections.AddressInUseException } =>
                $"{e.Message.TrimEnd('.')}. Another program listens there (is OpsChat running already?). Stop it, or choose another "
                    + "address with OpsChat__Urls.",
            IOException or UnauthorizedAccessException => $"{e.Message} Check the path and its permissions.",
            InvalidOperationException when e.Message.StartsWith("Failed to convert configuration value", StringComparison.Ordinal) =>
                $"A setting cannot be read: {QuotedValue().Replace(e.Message, "what stands")}",
            _ => $"This is a bug in OpsChat: {e.GetType().Name}: {e.Message}{Environment.NewLine}Please report it with what you did.",
        };

    /// <summary>It may be a secret that was written to the wrong place.</summary>
    [GeneratedRegex("configuration value '.*'(?= at )", RegexOptions.Singleline)]
    private static partial Regex QuotedValue();
}

using System.CommandLine.Parsing;

namespace OpsChat.Host.Commands;

/// <summary>Values out of the command line: what cannot be read is one clear sentence.</summary>
static class ParsedArgument
{
    public static string Text(ArgumentResult written) => written.Tokens is [var token] ? token.Value : "";

    /// <param name="value">Null when what was written is none.</param>
    /// <param name="remedy">The sentence then.</param>
    public static T? Of<T>(ArgumentResult written, T? value, string remedy) where T : struct
    {
        if (value is null)
        {
            written.AddError(remedy);
        }

        return value;
    }
}

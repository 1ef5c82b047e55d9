using System.CommandLine;
using System.CommandLine.Parsing;

namespace OpsChat.Host.Commands;

/// <summary>Values out of the command line: what cannot be read is one clear sentence.</summary>
static class ParsedArgument
{
    public static string Text(ArgumentResult written) => written.Tokens is [var token] ? token.Value : "";

    /// <summary>Words that may be anything, of which one that looks like an option is a mistyped one: it must not become part of what is
    /// said.</summary>
    public static Argument<string[]> Words(string name, string description)
    {
        var words = new Argument<string[]>(name) { Description = description, Arity = ArgumentArity.OneOrMore };
        words.Validators.Add(written =>
        {
            if (written.Tokens.Select(token => token.Value).FirstOrDefault(LooksLikeAnOption) is { } option)
            {
                written.AddError($"There is no option '{option}'. --help lists them.");
            }
        });
        return words;
    }

    private static bool LooksLikeAnOption(string word) =>
        word.StartsWith("--", StringComparison.Ordinal) && word.Length > 2 && !word.Any(char.IsWhiteSpace);

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

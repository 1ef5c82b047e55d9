using System.Globalization;

namespace OpsChat.Benchmarks;

/// <summary>Options of a measurement as they stand on the command line: <c>--name value</c>.</summary>
sealed class Flags(IReadOnlyList<string> arguments)
{
    public bool Has(string name) => Text(name) is not null;

    /// <exception cref="FormatException">What follows the name is no number.</exception>
    public double Number(string name, double otherwise) => Text(name) is not { } text ? otherwise
        : double.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number
        : throw new FormatException($"--{name} needs a number; '{text}' is none.");

    /// <summary>What follows the name; null when it is not there.</summary>
    public string? Words(string name) => Text(name);

    private string? Text(string name)
    {
        var at = arguments.ToList().IndexOf("--" + name);
        return at >= 0 && at + 1 < arguments.Count ? arguments[at + 1] : null;
    }
}

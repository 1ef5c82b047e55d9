using OpsChat.Text;
using System.Text.RegularExpressions;

namespace OpsChat.Playbooks.Parsing;

/// <summary>Reads a playbook's front matter, strictly.</summary>
internal static partial class SettingsKeys
{
    private static readonly string[] Known = ["module", "autonomy", "financial", "max_words", "link", "owner"];
    private static readonly string[] Modules = ["pre-sales", "logistics", "post-sales", "support", "account"];

    public static PlaybookSettings Read(IReadOnlyList<FrontMatterEntry> entries, FindingList findings)
    {
        var settings = new PlaybookSettings();
        foreach (var entry in entries)
        {
            if (!Known.Contains(entry.Key.Text))
            {
                findings.Error(
                    entry.Key.At,
                    $"There is no setting `{entry.Key.Text}`.",
                    NearNames.Remedy(entry.Key.Text, Known, $"The settings are {string.Join(", ", Known)}.")
                );
            }
            else if (entry.Scalar is not { Text.Length: > 0 } value)
            {
                findings.Error(entry.Key.At, $"`{entry.Key.Text}` has no value.", "Write one word or number after the colon, or remove the line.");
            }
            else
            {
                settings = Set(settings, entry.Key.Text, value, findings);
            }
        }

        return settings;
    }

    private static PlaybookSettings Set(PlaybookSettings settings, string key, YamlText value, FindingList findings) => key switch
    {
        "autonomy" => settings with { Autonomy = OneOf<Autonomy>(key, value, findings) },
        "financial" => settings with { Financial = OneOf<FinancialUse>(key, value, findings) },
        "max_words" => settings with { MaxWords = MaxWords(value, findings) },
        "link" => settings with { LinkRequired = Link(value, findings) },
        "module" => settings with { Module = Module(value, findings) },
        _ => settings with { Owner = Name(key, value, findings) },
    };

    private static T OneOf<T>(string key, YamlText value, FindingList findings) where T : struct, Enum
    {
        var names = Enum.GetNames<T>().Select(name => name.ToLowerInvariant()).ToList();
        if (names.Contains(value.Text.ToLowerInvariant()))
        {
            return Enum.Parse<T>(value.Text, ignoreCase: true);
        }

        findings.Error(
            value.At,
            $"`{value.Text}` is no value for `{key}`.",
            NearNames.Remedy(value.Text, names, $"It is one of {string.Join(", ", names)}.")
        );
        return default;
    }

    private static int MaxWords(YamlText value, FindingList findings)
    {
        if (int.TryParse(value.Text, out var words) && words is >= 5 and <= 300)
        {
            return words;
        }

        findings.Error(value.At, $"`max_words` is `{value.Text}`.", "Write a whole number from 5 to 300.");
        return 60;
    }

    private static bool Link(YamlText value, FindingList findings)
    {
        if (value.Text is not ("required" or "optional"))
        {
            findings.Error(value.At, $"`link` is `{value.Text}`.", "Write `link: required`, or remove the line.");
        }

        return value.Text == "required";
    }

    private static string Module(YamlText value, FindingList findings)
    {
        if (!Modules.Contains(value.Text))
        {
            findings.Warn(
                value.At,
                $"`{value.Text}` is not one of the usual modules.",
                NearNames.Remedy(value.Text, Modules, $"The usual ones are {string.Join(", ", Modules)}.")
            );
        }

        return Name("module", value, findings);
    }

    private static string Name(string key, YamlText value, FindingList findings)
    {
        if (!PlainName().IsMatch(value.Text))
        {
            findings.Error(value.At, $"`{key}` is not a name.", "Use at most 60 letters, digits, spaces and hyphens.");
        }

        return value.Text;
    }

    [GeneratedRegex(@"^[\p{L}\p{N}_]([\p{L}\p{M}\p{N}_ .-]{0,58}[\p{L}\p{M}\p{N}_])?$")]
    private static partial Regex PlainName();
}

using System.ComponentModel;
using OpsChat.Agent;

namespace OpsChat.Host;

/// <summary>What is written in the settings and means nothing: a name that nobody reads, a value that cannot be what it should be. Shows no value:
/// it may be a secret in the wrong place.</summary>
static class SettingsReading
{
    private const string Section = "OpsChat";

    /// <summary>Values that cannot be read, a sentence each. Nothing starts with one of them.</summary>
    public static IReadOnlyList<string> Unreadable(IConfiguration configuration) =>
        [
            .. Walk(configuration.GetSection(Section), typeof(OpsChatOptions))
                .Where(setting => setting.Type is not null)
                .Select(setting => Unreadable(setting.At, setting.Type!))
                .OfType<string>(),
        ];

    /// <summary>Names that no setting has, each with the nearest that there is, and values that cannot be meant so. They are told, and the rest
    /// holds.</summary>
    public static IReadOnlyList<string> Doubtful(IConfiguration configuration, OpsChatOptions options) =>
        [
            .. Walk(configuration.GetSection(Section), typeof(OpsChatOptions))
                .Where(setting => setting.Type is null)
                .Select(setting => Unknown(setting.At, setting.Known)),
            .. options.Hosts.Contains('/', StringComparison.Ordinal)
                ? ["OpsChat__Hosts holds an address. Write names alone, with semicolons between: shop.example;www.shop.example"]
                : Array.Empty<string>(),
        ];

    /// <param name="Type">Null when no setting has this name.</param>
    /// <param name="Known">The names there are at its place.</param>
    private sealed record Setting(IConfigurationSection At, Type? Type, IReadOnlyList<string> Known);

    private static IEnumerable<Setting> Walk(IConfigurationSection section, Type type)
    {
        var properties = type.GetProperties().Where(property => property.Name != "EqualityContract").ToList();
        foreach (var child in section.GetChildren())
        {
            var known = properties.Find(property => property.Name.Equals(child.Key, StringComparison.OrdinalIgnoreCase))?.PropertyType;
            if (known is null)
            {
                yield return new(child, null, [.. properties.Select(property => property.Name)]);
            }
            else if (ItemOf(known) is { } item)
            {
                foreach (var setting in child.GetChildren().SelectMany(one => Walk(one, item)))
                {
                    yield return setting;
                }
            }
            else if (IsGroup(known))
            {
                foreach (var setting in Walk(child, known))
                {
                    yield return setting;
                }
            }
            else
            {
                yield return new(child, known, []);
            }
        }
    }

    private static Type? ItemOf(Type type) =>
        type is { IsGenericType: true } && type.GetGenericArguments() is [var item] && IsGroup(item) ? item : null;

    private static bool IsGroup(Type type) =>
        type.IsClass
        && type.Namespace?.StartsWith(nameof(OpsChat), StringComparison.Ordinal) == true
        && !TypeDescriptor.GetConverter(type).CanConvertFrom(typeof(string));

    private static string? Unreadable(IConfigurationSection at, Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        if (string.IsNullOrEmpty(at.Value) || TypeDescriptor.GetConverter(plain) is not { } converter || !converter.CanConvertFrom(typeof(string)))
        {
            return null;
        }

        try
        {
            converter.ConvertFromInvariantString(at.Value);
            return null;
        }
        catch (Exception e) when (e is FormatException or ArgumentException or NotSupportedException or OverflowException)
        {
            return $"{Name(at)} cannot be read. Write {Example(plain)}.";
        }
    }

    private static string Example(Type type) =>
        type.IsEnum ? "one of: " + string.Join(", ", Enum.GetNames(type).Select(name => name.ToLowerInvariant()))
        : type == typeof(bool) ? "true or false"
        : type == typeof(decimal) || type == typeof(double) ? "a number alone, without a currency: 200 or 200.50"
        : type == typeof(TimeSpan) ? "a time as hours, minutes and seconds: 00:30:00"
        : type == typeof(Uri) ? "an address: https://shop.example/"
        : "a whole number alone: 30";

    private static string Unknown(IConfigurationSection at, IReadOnlyList<string> known) =>
        $"{Name(at)} is no setting, so it has no effect. {NearNames.Remedy(at.Key, known, "The README lists the settings.")}";

    private static string Name(IConfigurationSection at) => at.Path.Replace(":", "__", StringComparison.Ordinal);
}

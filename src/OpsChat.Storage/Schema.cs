using System.Globalization;
using System.Reflection;

namespace OpsChat.Storage;

/// <summary>
/// The tables, as a list of steps: file N of <c>Schema/sqlite</c> or <c>Schema/postgres</c> brings a database from version N-1 to N and is never
/// edited after a release. Times are milliseconds since 1970, JSON is text, flags are 0 or 1. Both end with the same tables and columns.
/// </summary>
static class Schema
{
    public static int Version => Steps.Length;

    /// <summary>Of the embedded database.</summary>
    public static string[] Steps { get; } = Read(typeof(Schema).Assembly, "Schema/sqlite/");

    public static string[] PostgresSteps { get; } = Read(typeof(Schema).Assembly, "Schema/postgres/");

    private static string[] Read(Assembly assembly, string folder)
    {
        var files = assembly
            .GetManifestResourceNames()
            .Where(name => name.StartsWith(folder, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .ToArray();
        var steps = new string[files.Length];
        for (var i = 0; i < files.Length; i++)
        {
            if (!files[i].AsSpan(folder.Length).StartsWith($"{(i + 1).ToString("0000", CultureInfo.InvariantCulture)}-"))
            {
                throw new InvalidOperationException(
                    $"The schema's step {i + 1} is missing or there twice, near `{files[i]}`: number the files without a gap."
                );
            }

            using var reader = new StreamReader(assembly.GetManifestResourceStream(files[i])!);
            steps[i] = reader.ReadToEnd();
        }

        return steps;
    }
}

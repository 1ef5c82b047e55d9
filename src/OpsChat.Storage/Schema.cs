using System.Globalization;
using System.Reflection;

namespace OpsChat.Storage;

/// <summary>
/// The tables of the embedded database, as a list of steps: file N of <c>Schema/sqlite</c> brings a database from version N-1 to N and is never
/// edited after a release. Times are milliseconds since 1970, JSON is text, flags are 0 or 1.
/// </summary>
static class Schema
{
    private const string Folder = "Schema/sqlite/";

    public static int Version => Steps.Length;

    public static string[] Steps { get; } = Read(typeof(Schema).Assembly);

    private static string[] Read(Assembly assembly)
    {
        var files = assembly
            .GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .ToArray();
        var steps = new string[files.Length];
        for (var i = 0; i < files.Length; i++)
        {
            if (!files[i].AsSpan(Folder.Length).StartsWith($"{(i + 1).ToString("0000", CultureInfo.InvariantCulture)}-"))
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

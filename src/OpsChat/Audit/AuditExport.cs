using System.Text.Json;

namespace OpsChat.Audit;

/// <summary>The log as JSON lines, which can be verified without the store: each row carries its hash and the one before.</summary>
public static class AuditExport
{
    public static string Line(AuditEntry entry) => JsonSerializer.Serialize(entry, JsonSerializerOptions.Web);

    /// <summary>Recomputes an export; a line that cannot be read breaks it there.</summary>
    /// <param name="announced">What the owner was told; a null is none.</param>
    public static AuditVerdict Verify(IEnumerable<string> lines, params IReadOnlyList<AnnouncedHead?> announced)
    {
        var entries = new List<AuditEntry>();
        foreach (var line in lines.Where(l => l.Length > 0))
        {
            if (Read(line) is not { } entry)
            {
                return AuditChain.Verify(entries) is AuditVerdict.Broken earlier
                    ? earlier
                    : new AuditVerdict.Broken(entries.Count + 1, $"Line {entries.Count + 1} of the export cannot be read.");
            }

            entries.Add(entry);
        }

        return AuditChain.Verify(entries, announced);
    }

    private static AuditEntry? Read(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<AuditEntry>(line, JsonSerializerOptions.Web);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

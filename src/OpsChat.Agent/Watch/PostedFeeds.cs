using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using OpsChat.Storage.Tables;
using OpsChat.Storage;

namespace OpsChat.Agent;

/// <summary>
/// Rows that the shop's system posts: each post becomes a file beside the shop's own, read like one. Where hosts share the store it goes to all of
/// them.
/// </summary>
/// <param name="folder">Made at the first post.</param>
public sealed class PostedFeeds(string folder, IStore store, TimeProvider time)
{
    public const int MostBytes = 20 * 1024 * 1024;

    /// <param name="key">The sender's own; the same key is the same post.</param>
    /// <returns>What is wrong with it; null when it is kept.</returns>
    public async Task<string?> AcceptAsync(string kind, string key, byte[] body, CancellationToken cancellationToken)
    {
        if (kind.Length is 0 or > 40 || !kind.All(c => char.IsAsciiLetterLower(c) || c == '-'))
        {
            return "The kind of a feed is written in small letters and hyphens, such as purchase-orders.";
        }

        if (Csv(body) is not { } csv)
        {
            return "The body must be CSV with a header line, or a JSON list of flat objects.";
        }

        // The file is there before its key is: a stop between them lets the sender post again, which writes the same file.
        var name = $"posted-{kind}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)).AsSpan(0, 8))}.csv";
        if (await store.ReadAsync(session => session.Seen.Has(new(SeenKind.PostedFeed, name)), cancellationToken))
        {
            return null;
        }

        await LayAsync(name, csv, cancellationToken);
        await store.WriteAsync(session =>
        {
            if (store.IsShared)
            {
                session.PostedFeeds.Keep(name, csv, time.GetUtcNow());
            }

            if (session.Seen.Add(new(SeenKind.PostedFeed, name), time.GetUtcNow()))
            {
                session.Audit.Append("feed", "shop", kind, new { Verb = "posted", Bytes = csv.Length }, time.GetUtcNow());
            }
        }, cancellationToken);
        return null;
    }

    /// <summary>Takes what was posted to other hosts, and gives them what only this one has.</summary>
    public async Task ExchangeAsync(CancellationToken cancellationToken)
    {
        var known = await store.ReadAsync(session => session.PostedFeeds.Names(), cancellationToken);
        var here = Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "posted-*.csv").Select(Path.GetFileName).ToHashSet() : [];
        foreach (var name in known.Where(name => name == Path.GetFileName(name) && !here.Contains(name)))
        {
            if (await store.ReadAsync(session => session.PostedFeeds.Csv(name), cancellationToken) is { } csv)
            {
                await LayAsync(name, csv, cancellationToken);
            }
        }

        foreach (var name in here.OfType<string>().Except(known))
        {
            var csv = await File.ReadAllBytesAsync(Path.Combine(folder, name), cancellationToken);
            await store.WriteAsync(session => session.PostedFeeds.Keep(name, csv, time.GetUtcNow()), cancellationToken);
        }
    }

    private async Task LayAsync(string name, byte[] csv, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        var beside = Path.Combine(folder, name + ".new");
        await File.WriteAllBytesAsync(beside, csv, cancellationToken);
        File.Move(beside, Path.Combine(folder, name), overwrite: true);
    }

    private static byte[]? Csv(byte[] body)
    {
        var text = Encoding.UTF8.GetString(body).TrimStart('\uFEFF', ' ', '\r', '\n', '\t');
        if (!text.StartsWith('['))
        {
            return text.Contains('\n', StringComparison.Ordinal) ? body : null;
        }

        try
        {
            return OfRows(JsonSerializer.Deserialize<List<Dictionary<string, JsonElement>>>(text) ?? []);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static byte[]? OfRows(List<Dictionary<string, JsonElement>> rows)
    {
        var columns = rows.SelectMany(row => row.Keys).Distinct(StringComparer.Ordinal).ToList();
        if (columns.Count == 0)
        {
            return null;
        }

        var csv = new StringBuilder().AppendJoin(',', columns.Select(Cell)).Append('\n');
        foreach (var row in rows)
        {
            csv.AppendJoin(
                    ',',
                    columns.Select(column =>
                        Cell(
                            row.TryGetValue(column, out var value) && value.ValueKind != JsonValueKind.Null
                                ? Convert.ToString(value, CultureInfo.InvariantCulture) ?? ""
                                : ""
                        )
                    )
                )
                .Append('\n');
        }

        return Encoding.UTF8.GetBytes(csv.ToString());
    }

    private static string Cell(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
